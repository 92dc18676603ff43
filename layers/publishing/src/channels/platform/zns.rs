//! ZNS: notices by Zalo to a list of numbers, after a template that Zalo approved for the agency's Official Account. The words of the
//! template stand in the account's settings, so that people see what will be read; what is filled in is the variant's. One notice goes
//! to each number, and each is paid for; see [`crate::channels::mailing`].

use platforms::zalo;
use platforms::zns::{self, Template};

use super::{API, Field, Input, Link, Platform, number_wrong, optional, plain, secret, value};
use crate::channels::account::{Account, Values};
use crate::channels::platform::ACCESS_TOKEN;
use crate::web::Obstacle;

/// What one notice costs, in đồng, where somebody wrote it down.
pub const PRICE: &str = "price";
const TEMPLATE: &str = "template";
const WORDS: &str = "words";
const PRICE_MAX: u32 = 100_000;
/// Places of one template.
const PLACES_MAX: usize = 30;

/// Its access token is made from a refresh token of its own, see [`crate::channels::account::renewing`].
pub(super) const ZNS: Platform = Platform {
    is: platforms::Platform::Zns,
    brand: "Zalo ZNS",
    api: zalo::BUSINESS_API,
    fields: &[
        plain("app_id"),
        secret("app_secret"),
        secret("refresh_token"),
        plain(TEMPLATE),
        Field { input: Input::Area, ..plain(WORDS) },
        optional(PRICE),
    ],
    addresses: &[API],
    tells: false,
    wrong,
    link: Link::Nowhere,
    per_minute: 6,
    burst: 1,
    open: |api, settings, secrets| to(&api, settings, secrets, ("", "")),
    to: Some(to),
};

fn to(api: &str, settings: &Values, secrets: &Values, (number, mark): (&str, &str)) -> platforms::Account {
    platforms::Account::Zns(zns::Account {
        api: api.to_owned(),
        access_token: value(secrets, ACCESS_TOKEN).into(),
        template: template(settings),
        to: number.to_owned(),
        tracking: mark.to_owned(),
    })
}

/// The template of an account with these settings.
#[must_use]
pub fn template(settings: &Values) -> Template {
    Template { id: value(settings, TEMPLATE), words: value(settings, WORDS) }
}

/// Whether messages of the account are filled into a template: nobody writes their words.
#[must_use]
pub fn is_of_template(account: &Account) -> bool {
    account.platform().is_some_and(|platform| platform.is == platforms::Platform::Zns)
}

/// What one notice costs, in đồng.
#[must_use]
pub fn price(settings: &Values) -> Option<u64> {
    settings.get(PRICE).and_then(|price| price.parse().ok())
}

fn wrong(settings: &Values, _: bool) -> Vec<Obstacle> {
    let template = template(settings);
    let id = (!template.id.bytes().all(|letter| letter.is_ascii_alphanumeric())).then(|| Obstacle::new("channel-zns-id"));
    let malformed = template.malformed().map(|between| Obstacle::new("channel-zns-place").with("name", format!("<{between}>")));
    let many = (template.places().len() > PLACES_MAX).then(|| Obstacle::new("channel-zns-places-many").with("n", PLACES_MAX));
    let words = malformed.or(many).map(|wrong| wrong.at(WORDS));
    id.map(|wrong| wrong.at(TEMPLATE)).into_iter().chain(words).chain(number_wrong(settings, PRICE, PRICE_MAX)).collect()
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_template_is_said_at_its_field() {
        let with = |template: &str, words: &str, price: &str| -> Vec<&'static str> {
            let values = [(TEMPLATE, template), (WORDS, words), (PRICE, price)];
            let settings: Values = values.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
            wrong(&settings, false).iter().map(|obstacle| obstacle.field).collect()
        };
        assert!(with("7895417a", "Mời <ten:30> lúc <gio>", "300").is_empty());
        assert_eq!(with("78-95", "Mời <tên khách>", "rẻ"), [TEMPLATE, WORDS, PRICE]);
        let many: String = (0..=PLACES_MAX).map(|number| format!("<p{number}>")).collect();
        assert_eq!(with("7", &many, "300"), [WORDS]);
    }
}
