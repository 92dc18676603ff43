//! The periods that can be closed, and those that are.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Query, State};
use chrono::{Days, NaiveDate};
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use super::requests::{Watcher, plans_of};
use crate::base::{App, Who, time};
use crate::duties::closing::{self, Closing, Standing};
use crate::duties::listed::COUNTED_AGAIN_S;
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
    let mut periods = closing::periods(&app.db, &ids, until).await?;
    let duties: Vec<Uuid> = periods.iter().map(|period| period.duty).collect();
    let about = duty::Entity::find().filter(duty::Column::Id.is_in(duties.clone())).all(&app.db).await?;
    let about: HashMap<Uuid, Duty> = about.into_iter().map(|duty| (duty.id, duty)).collect();
    let closed = Closing::of_duties(&app.db, &duties).await?;
    let closed: HashMap<(Uuid, String), Closing> = closed.into_iter().map(|one| ((one.duty, one.period.clone()), one)).collect();
    // What can be closed now stands first; then what is to come, the nearest first; then what is closed.
    let turn = |one: &Standing| match (closed.contains_key(&(one.duty, one.period.clone())), one.is_ripe(today)) {
        (false, true) => 0,
        (false, false) => 1,
        (true, _) => 2,
    };
    let waiting = periods.iter().filter(|one| turn(one) == 0).count();
    periods.sort_by_key(|one| {
        let turn = turn(one);
        (turn, if turn == 1 { (one.due_on - today).num_days() } else { (today - one.due_on).num_days() })
    });
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

/// How many periods of the plans that this person follows can be closed and are not.
///
/// # Errors
/// The database failed.
pub async fn ripe(app: &App, who: &Who) -> Result<usize> {
    let ids: Vec<Uuid> = plans_of(app, who).await?.into_iter().map(|plan| plan.id).collect();
    let today = time::local_date(app.clock.now());
    let count = async {
        let mut periods = closing::periods(&app.db, &ids, today).await?;
        periods.retain(|one| one.is_ripe(today));
        let duties: Vec<Uuid> = periods.iter().map(|period| period.duty).collect();
        let closed = Closing::of_duties(&app.db, &duties).await?;
        let is_closed = |one: &Standing| closed.iter().any(|closing| closing.duty == one.duty && closing.period == one.period);
        Ok::<_, DbErr>(periods.iter().filter(|one| !is_closed(one)).count())
    };
    Ok(*app.lately(&format!("closings.ripe.{ids:?}"), COUNTED_AGAIN_S, count).await?)
}

fn line(l: Locale, period: &Standing, duty: &Duty, plan: String, closed: Option<&Closing>, today: NaiveDate) -> Line {
    let ripe = period.is_ripe(today);
    let mark = match closed {
        Some(_) => "issued",
        None if ripe => "late",
        None => "open",
    };
    let open_until = period.open_until.filter(|until| *until >= today);
    Line {
        href: Closing::desk_path(period.duty, &period.period),
        title: l.t2("closing-what", "period", view::period(l, &period.period), "title", cut(&duty.title, TITLE_LETTERS)),
        plan,
        due: time::day(period.due_on),
        left: match (closed, open_until) {
            (Some(closed), _) => l.t1("closing-closed", "version", closed.version),
            (None, _) if ripe => l.t("closing-waits"),
            (None, Some(until)) if period.due_on < today => l.t1("closing-taken-until", "day", time::day(until)),
            (None, _) => view::left(l, period.due_on, today),
        },
        mark,
        answered: l.t2("closing-answered", "answered", period.answered, "expected", period.expected),
        closed: closed.map(|closed| time::minute(closed.at)).unwrap_or_default(),
    }
}
