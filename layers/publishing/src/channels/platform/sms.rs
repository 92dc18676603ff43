//! SMS by a company's gateway: how it is spoken to is a setting, since each company has its own way. One message goes to a list of
//! numbers; see [`crate::channels::mailing`].

use platforms::sms::{self, BadGateway, Gateway, PARTS_MAX};

use super::{Field, Input, Link, Platform, initially, number, number_wrong, optional, plain, secret, value};
use crate::channels::account::Values;
use crate::web::Obstacle;
use crate::webhooks::address;

/// The setting that holds the gateway, as JSON.
pub const GATEWAY: &str = "gateway";
/// What one message may cost unless somebody says otherwise, in parts.
const PARTS: u32 = 3;

/// What stands there at first: the commonest kind, to be changed to the words of the company's document.
const EXAMPLE: &str = r#"{
  "method": "POST",
  "address": "https://sms.example.vn/send",
  "body_kind": "json",
  "body": "{\"key\": \"{secret}\", \"to\": \"{to}\", \"text\": \"{text}\", \"from\": \"{sender}\", \"coding\": \"{alphabet}\"}",
  "success": {"status_from": 200, "status_to": 299, "at": "/code", "is": ["100"]},
  "id_at": "/data/id",
  "error_at": "/error/code",
  "refused": [{"code": "101", "why": "token"}, {"code": "103", "why": "quota"}]
}"#;

pub(super) const SMS: Platform = Platform {
    is: platforms::Platform::Sms,
    brand: "SMS",
    api: "",
    fields: &[
        Field { input: Input::Area, initial: EXAMPLE, ..plain(GATEWAY) },
        plain("sender"),
        optional("user"),
        secret("secret"),
        initially("parts_max", "3"),
    ],
    addresses: &[GATEWAY],
    tells: false,
    wrong,
    link: Link::InText,
    per_minute: 6,
    burst: 1,
    open: |_, settings, secrets| platforms::Account::Sms(account(settings, secrets, "")),
    to: Some(to),
};

fn to(_: &str, settings: &Values, secrets: &Values, (number, _): (&str, &str)) -> platforms::Account {
    platforms::Account::Sms(account(settings, secrets, number))
}

/// The account for one number, `84…`.
#[must_use]
pub fn account(settings: &Values, secrets: &Values, to: &str) -> sms::Account {
    sms::Account {
        gateway: serde_json::from_str(&value(settings, GATEWAY)).unwrap_or_else(|_| none()),
        user: value(settings, "user"),
        secret: value(secrets, "secret").into(),
        sender: value(settings, "sender"),
        to: to.to_owned(),
        parts_max: number(settings, "parts_max", PARTS).clamp(1, PARTS_MAX),
    }
}

/// A gateway that can not be used: it refuses to make any request.
fn none() -> Gateway {
    Gateway {
        method: String::new(),
        address: String::new(),
        headers: Vec::new(),
        body_kind: sms::BodyKind::None,
        body: String::new(),
        success: sms::Success { status_from: 200, status_to: 299, at: String::new(), is: Vec::new() },
        id_at: String::new(),
        error_at: String::new(),
        refused: Vec::new(),
    }
}

fn wrong(settings: &Values, private: bool) -> Vec<Obstacle> {
    let mut wrong: Vec<Obstacle> = number_wrong(settings, "parts_max", PARTS_MAX).into_iter().collect();
    match serde_json::from_str::<Gateway>(&value(settings, GATEWAY)) {
        Err(error) => {
            let place = Obstacle::new("channel-gateway-json").with("line", error.line()).with("column", error.column());
            wrong.push(place.with("why", error.to_string()).at(GATEWAY));
        }
        Ok(gateway) => {
            wrong.extend(gateway.check().err().map(|bad| said(&bad).at(GATEWAY)));
            // Places of the template stand behind the host, so what is checked is what is called.
            wrong.extend(address::read(&plainly(&gateway.address), private).err().map(|obstacle| obstacle.at(GATEWAY)));
        }
    }
    wrong
}

/// What the crate says of a gateway, in the words of the interface.
fn said(bad: &BadGateway) -> Obstacle {
    match bad {
        BadGateway::Method => Obstacle::new("channel-gateway-method"),
        BadGateway::Address => Obstacle::new("channel-gateway-address"),
        BadGateway::Place(name) => Obstacle::new("channel-gateway-place").with("name", format!("{{{name}}}")),
        BadGateway::Body => Obstacle::new("channel-gateway-body"),
        BadGateway::Pointer(pointer) => Obstacle::new("channel-gateway-pointer").with("pointer", pointer),
        BadGateway::Success => Obstacle::new("channel-gateway-success"),
        BadGateway::Why(why) => Obstacle::new("channel-gateway-why").with("why", why),
    }
}

/// The address without what is filled in.
fn plainly(template: &str) -> String {
    template.replace(['{', '}'], "")
}
