//! What happened to one agency, in words: from the ledger, newest first.

use uuid::Uuid;

use crate::base::fact::{self, Fact};
use crate::base::{App, time};
use crate::people::agency::brief::Brief;
use crate::people::{person, telling};
use crate::web::{Locale, Result};

/// More than this stands in the ledger.
const SHOWN_MAX: u64 = 60;

/// One entry of the history.
pub struct Event {
    pub what: String,
    pub details: Vec<String>,
    pub who: String,
    pub at: String,
    pub when: String,
    pub why: String,
    pub icon: &'static str,
}

/// The agency's history: three statements.
///
/// # Errors
/// The database failed.
pub async fn of(app: &App, l: Locale, agency: Uuid) -> Result<Vec<Event>> {
    let rows = fact::Model::history(&app.db, agency, SHOWN_MAX).await?;
    let who: Vec<Uuid> = rows.iter().filter_map(|row| row.person).collect();
    let (people, agencies) = (person::names(&app.db, &who).await?, Brief::all(&app.db).await?);
    let agency = |id: Uuid| agencies.get(&id).map(|agency| agency.short_name.clone());
    let who = |row: &fact::Model| match row.person {
        None => l.t("agency-by-system"),
        Some(id) => [people.get(&id).cloned(), row.agency.and_then(agency)].into_iter().flatten().collect::<Vec<_>>().join(", "),
    };
    // An attempt of somebody without the right is the auditor's matter, not a part of the agency's life.
    let lived = rows.iter().filter(|row| row.kind != "AccessRefused");
    Ok(lived
        .map(|row| {
            let fact = row.fact();
            let told = fact.as_ref().map(|fact| telling::told_among(l, fact, &agencies));
            let (what, details) = told.map_or_else(|| (l.t("agency-fact-other"), Vec::new()), |told| (told.title, told.details));
            let (at, when) = (time::machine(row.at), time::minute(row.at));
            Event { what, details, who: who(row), at, when, why: row.why.clone().unwrap_or_default(), icon: icon(fact.as_ref()) }
        })
        .collect())
}

fn icon(fact: Option<&Fact>) -> &'static str {
    match fact {
        Some(Fact::AgencyOpened { .. }) => "plus",
        Some(Fact::AgencyRenamed { .. } | Fact::AgencyEdited { .. }) => "pencil-line",
        Some(Fact::AgencyClosed { .. }) => "archive",
        Some(Fact::AgencySucceeded { .. }) => "merge",
        Some(Fact::AgencyConfirmed) => "badge-check",
        _ => "circle-dot",
    }
}
