//! What of criteria waits for a person, on the first screen of the desk.

use futures_util::future::BoxFuture;
use sea_orm::entity::prelude::*;

use super::appeal::Appeal;
use super::rights;
use super::set::{self, CriteriaSet, State};
use super::sheet::{self, Sheet};
use crate::base::capability::Todo;
use crate::base::{App, Who, time};
use crate::web::{Locale, Result};

/// Asked when a person opens the desk.
pub fn todos<'a>(app: &'a App, who: &'a Who, l: Locale) -> BoxFuture<'a, Result<Vec<Todo>>> {
    Box::pin(found(app, who, l))
}

/// One statement while nothing goes on; none for who works for no agency.
async fn found(app: &App, who: &Who, l: Locale) -> Result<Vec<Todo>> {
    let Some(agency) = who.agency else { return Ok(Vec::new()) };
    let open = set::Entity::find().filter(set::Column::State.is_not_in([State::Published, State::Dropped]));
    let mut todos = Vec::new();
    for set in open.all(&app.db).await? {
        let waits = set.submitted_by.is_some() && rights::issues(who, &set);
        if waits {
            let words = l.t1("home-criteria-issue", "name", &set.title);
            todos.push(Todo { words, href: CriteriaSet::path(set.id), state: "waiting" });
        }
        match set.state {
            State::Scoring if rights::scores(who, agency) => todos.extend(owed(app, l, &set, agency).await?),
            State::Appraisal | State::Appeals if rights::is_of_appraisers(who, &set) => {
                todos.extend(to_appraise(app, who, l, &set).await?);
            }
            _ => {}
        }
    }
    Ok(todos)
}

async fn owed(app: &App, l: Locale, set: &CriteriaSet, agency: Uuid) -> Result<Option<Todo>> {
    let own = sheet::Entity::find().filter(sheet::Column::CriteriaSet.eq(set.id)).filter(sheet::Column::Agency.eq(agency));
    let own = own.filter(sheet::Column::Submission.eq(0)).one(&app.db).await?;
    let (Some(own), Some(until)) = (own, set.score_until) else { return Ok(None) };
    let state = if until < time::local_date(app.clock.now()) { "late" } else { "soon" };
    let words = l.t2("home-criteria-score", "name", &set.title, "day", time::day(until));
    Ok(Some(Todo { words, href: Sheet::path(own.id), state }))
}

/// What the person may appraise themselves: nothing of their own agency, and nothing that they wrote.
async fn to_appraise(app: &App, who: &Who, l: Locale, set: &CriteriaSet) -> Result<Option<Todo>> {
    let mut sheets = set.unappraised_by_sheet(app).await?;
    sheets.retain(|(sheet, _)| rights::appraises(who, set, sheet) && sheet.drafted_by != Some(who.person));
    let ids: Vec<Uuid> = sheets.iter().map(|(sheet, _)| sheet.id).collect();
    let appeals = Appeal::of(&app.db, &ids).await?.iter().filter(|appeal| appeal.answered_at.is_none()).count();
    let (key, count) = match appeals {
        0 => ("home-criteria-appraise", sheets.iter().map(|(_, count)| count).sum()),
        appeals => ("home-criteria-appeals", appeals),
    };
    let words = l.t2(key, "name", &set.title, "count", count);
    Ok((count > 0).then(|| Todo { words, href: CriteriaSet::path(set.id), state: "waiting" }))
}
