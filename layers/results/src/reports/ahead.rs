//! Drafts that lie there before anybody asks: an agency's own report the day before its last day (the press's of the 20th on the 19th), and
//! the province's as soon as the period is closed. A draft that is there already stays as it is.

use std::collections::{HashMap, HashSet};

use chrono::Days;
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;

use super::regime::{self, Regime};
use super::report::writing::Wanted;
use super::report::{self, Report};
use super::template::Template;
use crate::base::{App, By, Chore, fact, new_id};
use crate::duties::closing::Closing;
use crate::duties::duty::Kind;
use crate::duties::{Duty, Slot, slot};
use crate::people::{Notice, Words, grant};
use crate::plans::Plan;
use crate::web::Error;

/// Asked again after so long.
const EVERY_S: i64 = 600;
/// Drafts that are begun in one go; the others come with the next.
const MOST: usize = 400;

/// The chore that drafts.
#[must_use]
pub fn chore() -> Chore {
    Chore { name: "draft-reports", every_s: EVERY_S, work: |app| Box::pin(draft(app)) }
}

/// Begins what is missing.
///
/// # Errors
/// The database failed.
pub async fn draft(app: &App) -> anyhow::Result<()> {
    let regimes = regime::all(app).await?;
    let duties: HashMap<Uuid, Duty> = regimes.into_iter().map(|(duty, _)| (duty.id, duty)).collect();
    if duties.is_empty() {
        return Ok(());
    }
    let today = regime::today(app);
    let tomorrow = today.checked_add_days(Days::new(1)).unwrap_or(today);
    let due = slot::Entity::find()
        .filter(slot::Column::Duty.is_in(duties.keys().copied()))
        .filter(slot::Column::VoidedOn.is_null())
        .filter(slot::Column::DueOn.gte(today))
        .filter(slot::Column::DueOn.lte(tomorrow));
    let due = due.all(&app.db).await?;
    let places = due.iter().map(place);
    let kept: Vec<Option<String>> = report::Entity::find()
        .select_only()
        .column(report::Column::Place)
        .filter(report::Column::Place.is_in(places))
        .into_tuple()
        .all(&app.db)
        .await?;
    let kept: HashSet<String> = kept.into_iter().flatten().collect();
    let mut templates: HashMap<Uuid, Option<String>> = HashMap::new();
    for slot in due.iter().filter(|slot| !kept.contains(&place(slot))).take(MOST) {
        let Some(duty) = duties.get(&slot.duty) else { continue };
        let template = match templates.get(&duty.id) {
            Some(known) => known.clone(),
            None => {
                let code = Regime::of(app, duty).await?.own_template;
                let there = Template::newest(&app.db, &code).await?.map(|template| template.code);
                templates.insert(duty.id, there.clone());
                there
            }
        };
        let Some(template) = template else { continue };
        begin(app, &template, slot).await?;
    }
    Ok(())
}

fn place(slot: &Slot) -> String {
    Report::place_of(slot.duty, &slot.period, slot.agency, 1)
}

async fn begin(app: &App, template: &str, slot: &Slot) -> anyhow::Result<()> {
    let wanted = Wanted {
        id: new_id(),
        template: template.to_owned(),
        agency: slot.agency,
        own: true,
        duty: Some(slot.duty),
        period: slot.period.clone(),
        closing: 0,
    };
    let by = By { agency: Some(slot.agency), ..By::system() };
    begun(Report::begin(app, &by, &wanted).await)
}

/// Another node, or a person, was quicker: that is as good.
fn begun(done: Result<Uuid, Error>) -> anyhow::Result<()> {
    match done {
        Ok(_) | Err(Error::Refused(_)) => Ok(()),
        Err(Error::Internal(error)) => Err(error),
        Err(error) => Err(anyhow::anyhow!("a draft of a report: {error:?}")),
    }
}

/// A period was closed: the province's draft is begun, or whoever keeps the one that is there is told that it is out of date.
///
/// # Errors
/// The database failed.
pub async fn after_closing(app: &App, recorded: &fact::Model) -> anyhow::Result<()> {
    let duty = match Duty::find(&app.db, recorded.about).await {
        Ok(duty) => duty,
        Err(Error::NotFound) => return Ok(()),
        // Answered again later: no draft is lost because the database was away.
        Err(error) => anyhow::bail!("the duty: {error:?}"),
    };
    if duty.kind != Kind::Report {
        return Ok(());
    }
    let Some(closing) = Closing::told_by(&app.db, recorded).await? else { return Ok(()) };
    let plan = Plan::find_recorded(app, duty.plan).await?;
    let there = Report::of_period(&app.db, duty.id, &closing.period).await?;
    let Some(last) = there.into_iter().find(|report| !report.own) else {
        let regime = Regime::of(app, &duty).await?;
        if Template::newest(&app.db, &regime.template).await?.is_none() {
            return Ok(());
        }
        let wanted = Wanted {
            id: new_id(),
            template: regime.template,
            agency: plan.agency,
            own: false,
            duty: Some(duty.id),
            period: closing.period,
            closing: closing.version,
        };
        let by = By { agency: Some(plan.agency), ..By::system() };
        return begun(Report::begin(app, &by, &wanted).await);
    };
    if last.closing >= closing.version {
        return Ok(());
    }
    let words = Words { key: "notice-report-outdated", name: &last.subject, href: &Report::path(last.id) };
    let mut told = last.writers();
    told.extend(grant::Model::people_in(&app.db, super::rights::SIGNERS, last.agency).await?);
    told.sort_unstable();
    told.dedup();
    for person in told {
        Notice::tell(app, recorded, person, words).await?;
    }
    Ok(())
}
