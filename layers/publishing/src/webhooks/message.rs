//! What a message says: its type, when it happened, what it is about and where the API shows it.

use sea_orm::DbErr;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::Event;
use crate::base::{App, fact};
use crate::duties::{Duty, Slot};
use crate::web::Error;

/// What is told of the work on duties: how much and which version, and nothing that anybody wrote.
const TOLD: [&str; 9] = ["version", "until", "duties", "opened", "voided", "moved", "period", "present", "absent"];

/// The message of an event; of a ping when there is no fact.
///
/// # Errors
/// The database failed.
pub async fn of(app: &App, event: Event, of: Option<&fact::Model>) -> Result<Value, DbErr> {
    let at = of.map_or_else(|| app.clock.now(), |fact| fact.at);
    let Some(fact) = of else { return Ok(json!({ "type": event.code(), "timestamp": at, "data": {} })) };
    let told = serde_json::from_str::<Value>(&fact.body).ok();
    let mut data = told.and_then(|told| told.as_object().cloned()).unwrap_or_default();
    data.remove("kind");
    match event {
        Event::SlotUnlocked | Event::AnswerSubmitted | Event::AnswerAccepted | Event::AnswerReturned => {
            data = only_told(data);
            if let Some(slot) = there(Slot::find(&app.db, fact.about).await)? {
                let named = [("agency", json!(slot.agency)), ("duty", json!(slot.duty)), ("plan", json!(slot.plan))];
                data.extend(named.map(|(key, value)| (key.to_owned(), value)));
                data.insert("period".into(), json!(slot.period));
            }
        }
        Event::DutyChanged | Event::PeriodClosed => {
            data = only_told(data);
            if let Some(duty) = there(Duty::find(&app.db, fact.about).await)? {
                data.insert("plan".into(), json!(duty.plan));
                data.insert("href".into(), json!(format!("{}/api/v1/plans/{}/duties", app.config.public_url(), duty.plan)));
            }
        }
        Event::DutiesSettled => data = only_told(data),
        _ => {}
    }
    let href = |id: Uuid| event.resource().map(|resource| format!("{}/api/v1/{resource}/{id}", app.config.public_url()));
    data.insert("id".into(), json!(fact.about));
    data.entry("href").or_insert_with(|| json!(href(fact.about)));
    Ok(json!({ "type": event.code(), "timestamp": at, "data": data }))
}

/// The message of an event with the data that another says.
#[must_use]
pub fn saying(event: Event, at: chrono::DateTime<chrono::Utc>, data: Value) -> Value {
    json!({ "type": event.code(), "timestamp": at, "data": data })
}

fn only_told(data: Map<String, Value>) -> Map<String, Value> {
    data.into_iter().filter(|(key, _)| TOLD.contains(&key.as_str())).collect()
}

/// What is not there any more is told of without its names.
fn there<T>(found: Result<T, Error>) -> Result<Option<T>, DbErr> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(DbErr::Custom(format!("{error:?}"))),
    }
}
