//! ZNS: a notice after a template, to a telephone number.

use serde_json::{Map, Value, json};

use super::answer::{self, number};
use crate::wire::{confirmed, cut, stopped};
use crate::{Journal, Line, Outcome, Refusal, Secret};

/// [`Approved::status`] of a template that may be sent.
pub const ENABLED: &str = "ENABLE";

/// Where and by which token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Business {
    /// [`super::BUSINESS_API`], without a slash at its end.
    pub api: String,
    pub access_token: Secret,
}

/// One notice to one number.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// `84…`, digits only.
    pub phone: String,
    pub template: String,
    /// The words for the places of the template.
    pub data: Map<String, Value>,
    /// Our own name of it, at most 48 characters: it comes back in the webhook that tells of its arrival.
    pub tracking: String,
}

/// Sends it. That it arrived is told by the webhook (`user_received_message`), with the tracking id.
pub async fn notify<L: Line, J: Journal>(line: &L, business: &Business, notice: &Notice, journal: &mut J) -> Outcome {
    let body = json!({
        "phone": notice.phone,
        "template_id": notice.template,
        "template_data": notice.data,
        "tracking_id": notice.tracking,
    });
    if let Err(stop) = journal.about_to_publish().await {
        return stopped(&stop);
    }
    let address = format!("{}/message/template", business.api);
    match answer::post(line, &address, &business.access_token, &body).await.publishing() {
        Ok(data) => match data["msg_id"].as_str() {
            Some(id) => confirmed(id, None),
            None => Outcome::Unknown { says: cut(&format!("no msg_id in {data}")) },
        },
        Err(outcome) => outcome,
    }
}

/// What Zalo says of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approved {
    pub name: String,
    /// [`ENABLED`], or why it may not be sent.
    pub status: String,
    /// The names of its places.
    pub places: Vec<String>,
}

/// Asks for a template ("Lấy thông tin chi tiết template"): whether this account may use it, and what is to be filled in.
///
/// # Errors
/// Zalo refuses, or does not answer.
pub async fn approved<L: Line>(line: &L, business: &Business, template: &str) -> Result<Approved, Refusal> {
    let address = format!("{}/template/info/v2", business.api);
    let data = answer::get(line, &address, &business.access_token, &[("template_id", template)]).await.preparing()?;
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let places = data["listParams"].as_array().into_iter().flatten().map(|place| word(&place["name"]));
    Ok(Approved { name: word(&data["templateName"]), status: word(&data["status"]), places: places.collect() })
}

/// How many notices are left of how many that may be sent today ("Lấy thông tin quota ZNS"); None where Zalo does not say.
///
/// # Errors
/// Zalo refuses, or does not answer.
pub async fn left_today<L: Line>(line: &L, business: &Business) -> Result<Option<(u64, u64)>, Refusal> {
    let address = format!("{}/message/quota", business.api);
    let data = answer::get(line, &address, &business.access_token, &[]).await.preparing()?;
    Ok(number(&data["remainingQuota"]).zip(number(&data["dailyQuota"])))
}
