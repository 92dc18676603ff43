//! The periods that can be closed, and those that are.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Query, State};
use chrono::{Days, NaiveDate};
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use super::requests::{Watcher, plans_of};
use crate::base::{App, time};
use crate::duties::closing::{self, Closing, Standing};
use crate::duties::{Duty, duty, view};
use crate::web::paging::Paging;
use crate::web::{Locale, Page, Result, Shell, cut};

/// Periods that are due later are not shown: nobody closes them yet.
const AHEAD_DAYS: u64 = 31;
const ROWS: u64 = 50;
const TITLE_LETTERS: usize = 200;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    page: Option<u64>,
}

/// A period as a row.
pub struct Line {
    pub href: String,
    pub title: String,
    pub plan: String,
    pub period: String,
    pub due: String,
    pub left: String,
    pub mark: &'static str,
    pub answered: String,
    pub closed: String,
}

#[derive(Template)]
#[template(path = "duties/staff/closings.html")]
pub struct Closings {
    l: Locale,
    shell: Shell,
    heading: String,
    lines: Vec<Line>,
    paging: Paging,
}

impl Closings {
    /// The address of the page so many further on; empty when there is none.
    fn turn(&self, by: i64) -> String {
        self.paging.turn(by).map(|page| format!("/desk/closings?page={page}")).unwrap_or_default()
    }
}

/// `GET /desk/closings`
pub async fn show(who: Watcher, shell: Shell, State(app): State<App>, Query(ask): Query<Ask>) -> Result<Page<Closings>> {
    let plans: HashMap<Uuid, String> = plans_of(&app, &who).await?.into_iter().map(|plan| (plan.id, plan.title())).collect();
    let today = time::local_date(app.clock.now());
    let until = today.checked_add_days(Days::new(AHEAD_DAYS)).unwrap_or(today);
    let ids: Vec<Uuid> = plans.keys().copied().collect();
    let periods = closing::periods(&app.db, &ids, until).await?;
    let duties: Vec<Uuid> = periods.iter().map(|period| period.duty).collect();
    let about = duty::Entity::find().filter(duty::Column::Id.is_in(duties.clone())).all(&app.db).await?;
    let about: HashMap<Uuid, Duty> = about.into_iter().map(|duty| (duty.id, duty)).collect();
    let closed = Closing::of_duties(&app.db, &duties).await?;
    let closed: HashMap<(Uuid, String), Closing> = closed.into_iter().map(|one| ((one.duty, one.period.clone()), one)).collect();
    let waiting =
        periods.iter().filter(|one| one.due_on < today && !closed.contains_key(&(one.duty, one.period.clone()))).count();
    let paging = Paging::new(ask.page, ROWS, periods.len() as u64);
    let l = shell.l;
    let line = |period: &Standing| {
        let duty = about.get(&period.duty)?;
        let plan = plans.get(&duty.plan).cloned().unwrap_or_default();
        Some(line(l, period, duty, plan, closed.get(&(period.duty, period.period.clone())), today))
    };
    let shown = periods.iter().skip(usize::try_from(paging.offset()).unwrap_or_default()).take(ROWS as usize);
    let heading = match waiting {
        0 => l.t("closings-heading-none"),
        count => l.t1("closings-heading", "count", count),
    };
    Ok(Page(Closings { heading, lines: shown.filter_map(line).collect(), paging, l, shell }))
}

fn line(l: Locale, period: &Standing, duty: &Duty, plan: String, closed: Option<&Closing>, today: NaiveDate) -> Line {
    let mark = match (closed, period.due_on < today) {
        (Some(_), _) => "issued",
        (None, true) => "late",
        (None, false) => "open",
    };
    Line {
        href: Closing::desk_path(period.duty, &period.period),
        title: cut(&duty.title, TITLE_LETTERS),
        plan,
        period: view::period(l, &period.period),
        due: time::day(period.due_on),
        left: match closed {
            Some(closed) => l.t1("closing-closed", "version", closed.version),
            None if period.due_on < today => l.t("closing-waits"),
            None => view::left(l, period.due_on, today),
        },
        mark,
        answered: l.t2("closing-answered", "answered", period.answered, "expected", period.expected),
        closed: closed.map(|closed| time::minute(closed.at)).unwrap_or_default(),
    }
}
