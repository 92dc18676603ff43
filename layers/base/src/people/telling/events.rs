//! Facts as the lines of a history: what, who, when, why.

use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::{Agencies, told_among};
use crate::base::{fact, time};
use crate::people::person;
use crate::web::Locale;

/// One line of a history.
#[derive(Clone, Debug)]
pub struct Event {
    pub title: String,
    pub details: Vec<String>,
    /// The person with their agency, or the system.
    pub who: String,
    /// RFC 3339, for machines.
    pub machine: String,
    pub when: String,
    pub why: String,
}

/// A history, newest first.
#[derive(Clone, Debug, Default)]
pub struct Events {
    pub list: Vec<Event>,
}

impl Events {
    /// Tells these facts. One statement, for the names of who did it.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, l: Locale, facts: &[fact::Model], agencies: &Agencies) -> Result<Self, DbErr> {
        let people: Vec<Uuid> = facts.iter().filter_map(|fact| fact.person).collect();
        let names = person::names(on, &people).await?;
        let event = |recorded: &fact::Model| {
            let telling = recorded.fact().map(|fact| told_among(l, &fact, agencies));
            let (title, details) = telling.map_or_else(|| (l.t("agency-fact-other"), Vec::new()), |one| (one.title, one.details));
            let agency = recorded.agency.and_then(|id| agencies.get(&id)).map(|agency| agency.short_name.as_str());
            let who = recorded.person.map_or_else(
                || l.t("ledger-system"),
                |id| {
                    let name = names.get(&id).map_or_else(|| l.t("ledger-somebody"), Clone::clone);
                    agency.map_or_else(|| name.clone(), |agency| format!("{name}, {agency}"))
                },
            );
            Event {
                title,
                details,
                who,
                machine: time::machine(recorded.at),
                when: time::minute(recorded.at),
                why: recorded.why.clone().unwrap_or_default(),
            }
        };
        Ok(Self { list: facts.iter().map(event).collect() })
    }
}
