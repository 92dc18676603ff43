//! What waits for me as the one who decides for the agency, and whether the agency wants that.

use askama::Template;
use axum::Form;
use axum::extract::State;
use serde::Deserialize;
use uuid::Uuid;

use super::mine::Known;
use crate::base::{App, Who, time};
use crate::duties::clearance::{self, Clearance, Mode, Way};
use crate::duties::standing::Standing;
use crate::duties::{Slot, slot};
use crate::people::person;
use crate::web::{Error, Locale, Page, Result, Said, Shell};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

crate::admits! {
    /// Who decides for an agency.
    Decider: Approver
}
crate::admits! {
    /// Who keeps an agency's settings.
    Keeper: AgencyAdministrator
}

/// A presentation in the queue.
pub struct Row {
    /// The slot.
    pub id: Uuid,
    pub href: String,
    pub title: String,
    pub period: String,
    pub due: String,
    pub left: String,
    /// How the slot stands until it is let out: late, soon or open.
    pub mark: &'static str,
    pub who: String,
    pub at: String,
}

/// What waits for this person, longest waiting first: no statement for whoever decides for no agency.
///
/// # Errors
/// The database failed.
pub async fn rows(app: &App, l: Locale, who: &Who) -> Result<Vec<Row>> {
    let waiting = Clearance::waiting_for(&app.db, who).await?;
    if waiting.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = waiting.iter().map(|one| one.slot).collect();
    let slots = slot::Entity::find().filter(slot::Column::Id.is_in(ids)).all(&app.db).await?;
    let known = Known::of(app, &slots).await?;
    let people: Vec<Uuid> = waiting.iter().map(|one| one.person).collect();
    let names = person::names(&app.db, &people).await?;
    let today = time::local_date(app.clock.now());
    let row = |one: &Clearance| {
        let slot: &Slot = slots.iter().find(|slot| slot.id == one.slot)?;
        let standing = if slot.in_time_until < today { Standing::Overdue } else { Standing::Open };
        let row = known.row(l, slot, standing, today);
        Some(Row {
            id: slot.id,
            href: format!("{}#clearance", row.href),
            title: row.title,
            period: row.period,
            due: row.due,
            left: row.left,
            mark: row.mark,
            who: names.get(&one.person).cloned().unwrap_or_else(|| l.t("ledger-somebody")),
            at: time::minute(one.at),
        })
    };
    Ok(waiting.iter().filter_map(row).collect())
}

#[derive(Template)]
#[template(path = "duties/staff/clearances.html")]
pub struct Queue {
    l: Locale,
    shell: Shell,
    agency: String,
    clearances: Vec<Row>,
}

/// `GET /desk/duties/clearances`
pub async fn show(who: Decider, shell: Shell, State(app): State<App>) -> Result<Page<Queue>> {
    let clearances = rows(&app, shell.l, &who).await?;
    Ok(Page(Queue { l: shell.l, agency: who.agency_name.clone(), clearances, shell }))
}

#[derive(Template)]
#[template(path = "duties/staff/clearance_setting.html")]
pub struct Setting {
    l: Locale,
    shell: Shell,
    agency: String,
    mode: Mode,
    approvers: Vec<String>,
}

impl Setting {
    fn choices(&self) -> Vec<(&'static str, String, String, bool)> {
        let choice = |mode: Mode| {
            let code = mode.code();
            let help = self.l.t(&format!("clearance-mode-{code}-help"));
            (code, self.l.t(&format!("clearance-mode-{code}")), help, mode == self.mode)
        };
        Mode::ALL.map(choice).into()
    }
}

/// `GET /desk/duties/clearance`
pub async fn setting(who: Keeper, shell: Shell, State(app): State<App>) -> Result<Page<Setting>> {
    let Some(agency) = who.agency else { return Err(Error::refused("duties-without-agency")) };
    let way = Way::of(&app.db, agency, None).await?;
    let approvers = way.approvers.into_iter().map(|(_, name)| name).collect();
    Ok(Page(Setting { l: shell.l, agency: who.agency_name.clone(), mode: way.mode, approvers, shell }))
}

/// The form of the setting.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    mode: String,
}

/// `POST /desk/duties/clearance`
pub async fn set(who: Keeper, State(app): State<App>, Form(given): Form<Given>) -> Result<Said> {
    let Some(agency) = who.agency else { return Err(Error::refused("duties-without-agency")) };
    let mode = Mode::of_code(&given.mode).ok_or_else(|| Error::bad("failure-bad-request"))?;
    clearance::setting::Model::set(&app, &who, agency, mode).await?;
    Ok(Said::to("/desk/duties/clearance", "clearance-set"))
}
