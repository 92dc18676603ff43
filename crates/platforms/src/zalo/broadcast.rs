//! Sending articles to those who follow the account. Zalo looks at it for about half an hour first.

use serde_json::{Value, json};

use super::{Account, answer};
use crate::wire::{confirmed, cut, refusal, stopped};
use crate::{Journal, Line, Outcome, Why};

/// Articles of one broadcast.
pub const ARTICLES_MAX: usize = 5;
/// What is said of a broadcast whose outcome is not known.
pub const UNASKED: &str = "Zalo is not asked after a broadcast";

/// Whom to. Everybody where nothing is said; several numbers have commas between them, as in the tables of "Gửi tin Truyền thông
/// broadcast" (cities are still the 63 provinces of before July 2025).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Target {
    pub ages: Option<String>,
    pub gender: Option<String>,
    pub locations: Option<String>,
    pub cities: Option<String>,
    pub platform: Option<String>,
}

impl Target {
    fn written(&self) -> Value {
        let all = [
            ("ages", &self.ages),
            ("gender", &self.gender),
            ("locations", &self.locations),
            ("cities", &self.cities),
            ("platform", &self.platform),
        ];
        all.iter()
            .filter_map(|(name, value)| Some(((*name).to_owned(), Value::from(value.as_deref()?))))
            .collect::<serde_json::Map<_, _>>()
            .into()
    }
}

/// Sends articles by their ids. The copy's id is that of the message. Zalo has no way to ask for it or to call it back.
pub async fn broadcast<L: Line, J: Journal>(
    line: &L,
    account: &Account,
    articles: &[&str],
    target: &Target,
    journal: &mut J,
) -> Outcome {
    if articles.is_empty() || articles.len() > ARTICLES_MAX {
        return Outcome::Refused(refusal(Why::Content, &format!("{} articles, 1 to {ARTICLES_MAX} are sent", articles.len())));
    }
    let elements: Vec<Value> = articles.iter().map(|id| json!({ "media_type": "article", "attachment_id": id })).collect();
    let payload = json!({ "template_type": "media", "elements": elements });
    let body = json!({
        "recipient": { "target": target.written() },
        "message": { "attachment": { "type": "template", "payload": payload } },
    });
    if let Err(stop) = journal.about_to_publish().await {
        return stopped(&stop);
    }
    let address = format!("{}/v2.0/oa/message", account.api);
    match answer::post(line, &address, &account.access_token, &body).await.publishing() {
        Ok(data) => match data["message_id"].as_str() {
            Some(id) => confirmed(id, None),
            None => Outcome::Unknown { says: cut(&format!("no message_id in {data}")) },
        },
        Err(outcome) => outcome,
    }
}
