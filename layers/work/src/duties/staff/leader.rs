//! The leader's one page: what is red, since when, why, whose it is and what is due next; worst first, on one sheet of A4. Pictures
//! follow it, also those that later capabilities hang there (`Place::Leader`).

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Query, State};
use chrono::{Datelike, Months, NaiveDate};
use sea_orm::entity::prelude::*;

use super::board::{Ask, Choice, Counted, choice};
use super::glance;
use super::trend::Trend;
use crate::base::capability::panels;
use crate::base::{App, Drawing, Place, time};
use crate::duties::backlog::{self, Backlog, By, LateReason};
use crate::duties::holder::{Holder, Part};
use crate::duties::progress::{Tally, Which};
use crate::duties::trend::Step;
use crate::duties::{Duty, view};
use crate::people::agency::directory::{self, Line};
use crate::people::session::presence;
use crate::plans::Plan;
use crate::web::{Locale, Markup, Page, Result, Shell, cut};

/// The address of the page.
pub const PATH: &str = "/desk/leader";
/// The worst of each that fit on the sheet.
const SHOWN: usize = 6;
/// So many late answers are looked through for what is usually said.
const REASONS: u64 = 300;
/// Nobody in for so long is worth saying.
const AWAY_DAYS: i64 = 30;
const REASON_LETTERS: usize = 60;
const TITLE_LETTERS: usize = 80;
const WHOSE_LETTERS: usize = 60;

crate::admits! {
    /// Who reads what the province's leaders read.
    Decider: Leader Coordinator Auditor
}

/// More or fewer than a month ago.
pub struct Change {
    /// `up`, `down`, or empty for neither.
    pub way: &'static str,
    pub count: String,
    pub words: String,
}

/// An agency or a duty that is red.
pub struct Red {
    pub name: String,
    pub href: String,
    /// Whose it is: contacts of an agency, leads of a duty.
    pub whose: String,
    pub overdue: i64,
    pub change: Change,
    pub since: String,
    pub days: String,
    pub why: Vec<String>,
    pub next: String,
}

/// The reds of one sort, and where all of them are.
pub struct Reds {
    pub id: &'static str,
    pub title: String,
    pub head: String,
    /// Where all of them are, and how many more there are.
    pub all: String,
    pub all_words: String,
    pub rows: Vec<Red>,
}

#[derive(Template)]
#[template(path = "duties/staff/leader.html")]
pub struct Leader {
    l: Locale,
    shell: Shell,
    heading: String,
    lead: String,
    plan: String,
    plans: Vec<Choice>,
    reds: Vec<Reds>,
    trend: Trend,
    glances: Vec<Markup>,
    panels: Vec<Drawing>,
    board: String,
    /// The lists behind the headline.
    ways: Vec<(String, String)>,
    printed: String,
}

/// What the page is made of.
struct Known {
    l: Locale,
    asked: Counted,
    then: NaiveDate,
    reasons: Vec<LateReason>,
}

/// `GET /desk/leader`
pub async fn show(_who: Decider, shell: Shell, State(app): State<App>, Query(ask): Query<Ask>) -> Result<Page<Leader>> {
    let (l, asked) = (shell.l, Counted::asked(&app, &ask).await?);
    let today = asked.scope.today;
    let then = today.checked_sub_months(Months::new(1)).unwrap_or(today);
    let reasons = backlog::late_reasons(&app.db, asked.plan.id, REASONS).await?;
    let known = Known { l, asked, then, reasons };
    let agencies = backlog::of(&app.db, &known.asked.scope, By::Agency, then).await?;
    let duties = backlog::of(&app.db, &known.asked.scope, By::Duty, then).await?;
    let (heading, lead) = known.said(&agencies);
    let plans = Plan::adopted(&app.db).await?;
    let place = Place::Leader { plan: known.asked.plan.id, year: known.asked.scope.until.year() };
    let trend = Trend::of(&app, l, &known.asked, Step::Month, PATH).await?;
    let worst = glance::worst(l, &known.asked, &red_first(agencies.clone()), PATH);
    let glances = std::iter::once(&trend.in_time).chain(&worst).map(|figure| figure.drawn(l)).collect::<Result<Vec<_>>>()?;
    Ok(Page(Leader {
        heading,
        lead,
        plan: known.asked.plan.title(),
        plans: plans.iter().map(|plan| choice(&plan.slug, plan.title(), plan.id == known.asked.plan.id)).collect(),
        reds: vec![known.agencies(&app, agencies).await?, known.duties(&app, duties).await?],
        glances,
        trend,
        panels: panels(&app, l, place).await?,
        board: known.asked.address("/desk/progress", &[]),
        ways: ways(l, &known.asked),
        printed: time::minute(app.clock.now()),
        l,
        shell,
    }))
}

/// What the headline counts, opened.
fn ways(l: Locale, asked: &Counted) -> Vec<(String, String)> {
    [Which::Overdue, Which::Submitted, Which::Expected]
        .map(|which| (l.t(&format!("progress-{}", which.code())), asked.list(which, "", "")))
        .into()
}

/// Those that are red, the worst first: most overdue, then most sent back, then the oldest.
fn red_first(mut all: Vec<Backlog>) -> Vec<Backlog> {
    all.retain(|one| one.tally.overdue > 0 || one.tally.returned > 0);
    all.sort_by_key(|one| (-one.tally.overdue, -one.tally.returned, one.since, one.id));
    all
}

/// As many of them as fit on the sheet, and how many more there are.
fn worst(all: Vec<Backlog>) -> (Vec<Backlog>, usize) {
    let mut all = red_first(all);
    let more = all.len().saturating_sub(SHOWN);
    all.truncate(SHOWN);
    (all, more)
}

impl Known {
    /// The headline, and how it compares with a month ago.
    fn said(&self, agencies: &[Backlog]) -> (String, String) {
        let l = self.l;
        let number = vietnamese::number::format_integer;
        let mut total = Tally::default();
        agencies.iter().for_each(|one| total += one.tally);
        let (overdue_then, submitted_then) =
            agencies.iter().fold((0, 0), |sum, one| (sum.0 + one.overdue_then, sum.1 + one.submitted_then));
        let late = agencies.iter().filter(|one| one.tally.overdue > 0).count();
        let heading = match (total.expected, late) {
            (0, _) => l.t("progress-heading-nothing"),
            (_, 0) => l.t("leader-heading-calm"),
            _ => l.t2("leader-heading", "agencies", late, "count", number(total.overdue)),
        };
        let words = [
            ("change", self.change(total.overdue, overdue_then).words),
            ("day", time::day(self.then)),
            ("share", view::share(l, &total, total.done()).unwrap_or_default()),
            ("done", number(total.submitted - submitted_then)),
        ];
        (heading, if total.expected == 0 { String::new() } else { l.with("leader-lead", &words) })
    }

    fn change(&self, now: i64, then: i64) -> Change {
        let (way, key) = match now - then {
            0 => ("", "leader-same"),
            more if more > 0 => ("up", "leader-more"),
            _ => ("down", "leader-less"),
        };
        let count = vietnamese::number::format_integer((now - then).abs());
        Change { way, words: self.l.t1(key, "count", &count), count }
    }

    fn red(&self, one: &Backlog, (name, whose): (String, String), further: (&'static str, &str)) -> Red {
        let late = one.tally.overdue > 0;
        let which = if late { Which::Overdue } else { Which::Returned };
        let (l, today) = (self.l, self.asked.scope.today);
        Red {
            name,
            whose,
            href: self.asked.address("/desk/progress/slots", &[("which", which.code()), further]),
            overdue: one.tally.overdue,
            change: self.change(one.tally.overdue, one.overdue_then),
            since: one.since.map(time::day).unwrap_or_default(),
            days: one.since.map(|since| l.t1("leader-days", "count", (today - since).num_days())).unwrap_or_default(),
            why: Vec::new(),
            next: one.next.map(time::day).unwrap_or_default(),
        }
    }

    /// What is known of the cause: sent back, nobody in, what was said the last time.
    fn why(&self, one: &Backlog, away: Option<String>, said: Option<&LateReason>) -> Vec<String> {
        let returned = one.tally.returned;
        let returned = (returned > 0).then(|| self.l.t1("leader-returned", "count", returned));
        let said = said.map(|said| self.l.t1("leader-said", "reason", cut(said.reason.trim(), REASON_LETTERS)));
        [away, returned, said].into_iter().flatten().collect()
    }

    /// Whether nobody of the agency has been in lately.
    fn away(&self, last: Option<&DateTimeUtc>) -> Option<String> {
        let Some(last) = last else { return Some(self.l.t("leader-never-in")) };
        let day = time::local_date(*last);
        let is_away = (self.asked.scope.today - day).num_days() > AWAY_DAYS;
        is_away.then(|| self.l.t1("leader-not-in-since", "day", time::day(day)))
    }

    async fn agencies(&self, app: &App, all: Vec<Backlog>) -> Result<Reds> {
        let (worst, more) = worst(all);
        let ids: Vec<Uuid> = worst.iter().map(|one| one.id).collect();
        let seen = presence::last_in(&app.db, &ids).await?;
        let contacts: HashMap<Uuid, Line> = directory::all(&app.db)
            .await?
            .into_iter()
            .filter(|line| ids.contains(&line.id))
            .map(|line| (line.id, line))
            .collect();
        let row = |one: &Backlog| {
            let line = contacts.get(&one.id);
            let name = line.map(|line| vietnamese::capitalised(&line.short_name)).unwrap_or_default();
            let reach = line.and_then(|line| line.phone.clone().or_else(|| line.email.clone()));
            let slug = line.map(|line| line.slug.clone()).unwrap_or_default();
            let said = self.reasons.iter().find(|reason| reason.agency == one.id);
            let why = self.why(one, self.away(seen.get(&one.id)), said);
            Red { why, ..self.red(one, (name, reach.unwrap_or_default()), ("agency", &slug)) }
        };
        Ok(Reds {
            id: "agencies",
            title: self.l.t("leader-agencies"),
            head: self.l.t("nav-agencies"),
            all: format!("{}#agencies", self.asked.address("/desk/progress", &[])),
            all_words: if more > 0 { self.l.t1("leader-more-agencies", "count", more) } else { self.l.t("leader-all-agencies") },
            rows: worst.iter().map(row).collect(),
        })
    }

    async fn duties(&self, app: &App, all: Vec<Backlog>) -> Result<Reds> {
        let (worst, more) = worst(all);
        let ids: Vec<Uuid> = worst.iter().map(|one| one.id).collect();
        let duties: HashMap<Uuid, Duty> =
            Duty::of_plan(&app.db, self.asked.plan.id).await?.into_iter().map(|duty| (duty.id, duty)).collect();
        let holders = Holder::of(&app.db, &ids).await?;
        let row = |one: &Backlog| {
            let leads = holders.iter().filter(|holder| holder.duty == one.id && holder.part == Part::Lead);
            let leads = cut(&leads.map(|holder| holder.name.as_str()).collect::<Vec<_>>().join("; "), WHOSE_LETTERS);
            let said = self.reasons.iter().find(|reason| reason.duty == one.id);
            let name = duties.get(&one.id).map(|duty| match duty.path.as_str() {
                "" => cut(&duty.title, TITLE_LETTERS),
                path => format!("{path} · {}", cut(&duty.title, TITLE_LETTERS)),
            });
            let why = self.why(one, None, said);
            Red { why, ..self.red(one, (name.unwrap_or_default(), leads), ("duty", &one.id.to_string())) }
        };
        Ok(Reds {
            id: "duties",
            title: self.l.t("leader-duties"),
            head: self.l.t("leader-duty"),
            all: self.asked.list(Which::Overdue, "", ""),
            all_words: if more > 0 { self.l.t1("leader-more-duties", "count", more) } else { self.l.t("leader-all") },
            rows: worst.iter().map(row).collect(),
        })
    }
}
