//! Requests on demand: those that are open, those that are done or were taken back, each with its own rate.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State;
use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use crate::base::{App, Who, time};
use crate::duties::answer::Outcome;
use crate::duties::duty::Duty;
use crate::duties::progress::Tally;
use crate::duties::request::{self, Request};
use crate::duties::standing::{self, Standing};
use crate::duties::{Slot, slot, view};
use crate::plans::{Plan, plan};
use crate::web::{Locale, Page, Result, Shell};

crate::admits! {
    /// Who sees requests and closings: those who make them, and those who look over everything.
    Watcher: Coordinator Reviewer Leader Auditor Finance
}

/// A request as a row.
pub struct Line {
    pub href: String,
    pub title: String,
    pub plan: String,
    pub due: String,
    pub left: String,
    pub mark: &'static str,
    pub rate: String,
    pub note: String,
}

#[derive(Template)]
#[template(path = "duties/staff/requests.html")]
pub struct Requests {
    l: Locale,
    shell: Shell,
    heading: String,
    groups: Vec<(String, Vec<Line>)>,
    may_ask: bool,
}

/// The plans that were ever in force and whose requests the person may see, newest first.
///
/// # Errors
/// The database failed.
pub async fn plans_of(app: &App, who: &Who) -> Result<Vec<Plan>> {
    use sea_orm::QueryOrder;
    let ever = plan::Entity::find().filter(plan::Column::State.is_in([plan::State::Adopted, plan::State::Replaced]));
    let mut plans = ever.order_by_desc(plan::Column::IssuedOn).all(&app.db).await?;
    plans.retain(|plan| request::may_see(who, plan));
    Ok(plans)
}

/// `GET /desk/requests`
pub async fn show(who: Watcher, shell: Shell, State(app): State<App>) -> Result<Page<Requests>> {
    let plans = plans_of(&app, &who).await?;
    let ids: Vec<Uuid> = plans.iter().map(|plan| plan.id).collect();
    let titles: HashMap<Uuid, String> = plans.iter().map(|plan| (plan.id, plan.title())).collect();
    let requests = Request::of_plans(&app.db, &ids).await?;
    let today = time::local_date(app.clock.now());
    let duties: Vec<Uuid> = requests.iter().map(|(request, _)| request.duty).collect();
    let tallies = tallies(&app, &duties, today).await?;
    let l = shell.l;
    let (mut open, mut done) = (Vec::new(), Vec::new());
    for (request, duty) in &requests {
        let tally = tallies.get(&request.duty).copied().unwrap_or_default();
        let plan = titles.get(&request.plan).cloned().unwrap_or_default();
        let is_open = request.withdrawn_at.is_none() && tally.accepted < tally.expected;
        let line = line(l, request, duty, plan, &tally, today);
        if is_open { open.push((request.due_on, line)) } else { done.push(line) }
    }
    open.sort_by_key(|(due, _)| *due);
    let heading = match open.len() {
        0 => l.t("requests-heading-none"),
        count => l.t1("requests-heading", "count", count),
    };
    let may_ask = plans.iter().any(|plan| plan.state == plan::State::Adopted && request::may_run(&who, plan));
    let open = open.into_iter().map(|(_, line)| line).collect();
    let mut groups = vec![(l.t("requests-open"), open), (l.t("requests-done"), done)];
    groups.retain(|(_, lines)| !lines.is_empty());
    Ok(Page(Requests { heading, groups, may_ask, l, shell }))
}

fn line(l: Locale, request: &Request, duty: &Duty, plan: String, tally: &Tally, today: NaiveDate) -> Line {
    let withdrawn = request.withdrawn_at.is_some();
    let whole = tally.accepted == tally.expected;
    let mark = match (withdrawn, whole, tally.overdue > 0, tally.open() > 0) {
        (true, ..) => "superseded",
        (_, true, ..) => "on-time",
        (_, _, true, _) => "late",
        (_, _, _, true) => "open",
        _ => "waiting",
    };
    Line {
        href: Request::desk_path(request.duty),
        title: duty.title.clone(),
        plan,
        due: time::day(request.due_on),
        left: match mark {
            "superseded" => l.t("request-withdrawn"),
            "on-time" => l.t("request-whole"),
            _ => view::left(l, request.due_on, today),
        },
        mark,
        rate: rate(l, tally),
        note: if tally.overdue > 0 { l.t1("request-late", "count", tally.overdue) } else { String::new() },
    }
}

/// Its own rate: handed in and not sent back, of those asked.
#[must_use]
pub fn rate(l: Locale, tally: &Tally) -> String {
    let words = [
        ("done", tally.done().to_string()),
        ("expected", tally.expected.to_string()),
        ("percent", tally.percent(tally.done()).unwrap_or_default().to_string()),
    ];
    l.with("request-rate", &words)
}

/// The counts of each request: four statements, however many there are.
///
/// # Errors
/// The database failed.
pub async fn tallies(app: &App, duties: &[Uuid], today: NaiveDate) -> Result<HashMap<Uuid, Tally>> {
    let owed = slot::Entity::find().filter(slot::Column::Duty.is_in(duties.iter().copied()));
    let slots = owed.filter(slot::Column::VoidedOn.is_null()).all(&app.db).await?;
    let stories = standing::brief(&app.db, &slots).await?;
    let none = standing::Story::default();
    let mut tallies: HashMap<Uuid, Tally> = HashMap::new();
    for slot in &slots {
        *tallies.entry(slot.duty).or_default() += counted(slot, stories.get(&slot.id).unwrap_or(&none), today);
    }
    Ok(tallies)
}

/// One slot as counts.
#[must_use]
pub fn counted(slot: &Slot, story: &standing::Story, today: NaiveDate) -> Tally {
    let standing = story.standing(slot, today);
    let one = i64::from;
    let done = story.last().is_some() && standing != Standing::Returned;
    let excused = story.first_kept().is_some_and(|answer| answer.excusable == Some(true));
    Tally {
        expected: 1,
        submitted: one(story.last().is_some()),
        on_time: one(done && story.is_on_time(slot) == Some(true)),
        excused: one(done && story.is_on_time(slot) == Some(false) && excused),
        nothing: one(story.last().is_some_and(|last| last.outcome == Outcome::Nothing)),
        returned: one(standing == Standing::Returned),
        accepted: one(standing == Standing::Accepted),
        overdue: one(standing == Standing::Overdue),
    }
}
