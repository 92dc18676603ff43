//! ZNS: a notice after a template, to a telephone number.

use serde_json::{Map, Value, json};

use super::answer;
use crate::wire::{confirmed, cut, stopped};
use crate::{Journal, Line, Outcome, Secret};

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
