//! The cases of a person's agency, and for who oversees all of them.

use askama::Template;
use axum::extract::{Query, State as Shared};
use sea_orm::entity::prelude::*;
use sea_orm::{Iterable, PaginatorTrait, QuerySelect};

use super::ladder::Keeper;
use crate::base::{App, Who, time};
use crate::cases::case::moving::Ground;
use crate::cases::case::{Case, Kind, State, acts_for};
use crate::cases::listing::{self, Ask, OVERDUE, View};
use crate::cases::rung::Rung;
use crate::cases::{export, view};
use crate::web::download::{CSV, Download};
use crate::web::paging::Paging;
use crate::web::unread::UNREAD_LETTERS;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Page, Result, Shell, address, cut};

const ROWS: u64 = 50;

/// A case as a row.
pub struct Row {
    pub href: String,
    pub title: String,
    pub raiser: String,
    pub holder: String,
    pub mark: &'static str,
    pub word: String,
    /// How much time is left; empty when the clock runs for nobody.
    pub clock: String,
    pub when: String,
    pub demo: bool,
}

impl Row {
    /// The case as a row.
    #[must_use]
    pub fn of(l: Locale, case: &Case, ground: &Ground) -> Self {
        let name = |id| ground.agencies.get(&id).map(|agency| agency.label()).unwrap_or_default();
        let clock = view::clock(l, case, ground);
        Self {
            href: Case::desk_path(case.id),
            title: case.title.clone(),
            raiser: name(case.agency),
            holder: name(case.holder),
            mark: view::mark(case, ground),
            word: view::word(l, case, ground),
            when: match case.due_at {
                Some(due) => l.t1("case-due-by", "at", time::minute(due)),
                None => l.t1("case-raised-on", "day", time::day(time::local_date(case.raised_at))),
            },
            clock,
            demo: case.demo,
        }
    }
}

/// A link with a count.
pub struct Tab {
    pub href: String,
    pub label: String,
    pub current: bool,
}

#[derive(Template)]
#[template(path = "cases/staff/list.html")]
pub struct List {
    l: Locale,
    shell: Shell,
    ask: Ask,
    view: View,
    heading: String,
    tabs: Vec<Tab>,
    states: Vec<Tab>,
    rows: Vec<Row>,
    paging: Paging,
    may_raise: bool,
    keeps_ladder: bool,
    /// Something narrows the list down.
    narrowed: bool,
}

impl List {
    fn csv(&self) -> String {
        format!("/desk/cases/csv{}", self.query(&self.ask.state, &self.ask.q, ""))
    }

    /// The address of the page so many further on; empty when there is none.
    fn turn(&self, by: i64) -> String {
        let Some(to) = self.paging.turn(by) else { return String::new() };
        format!("/desk/cases{}", self.query(&self.ask.state, &self.ask.q, &to.to_string()))
    }

    /// As much of the state in the address as a notice repeats.
    fn unread(&self) -> String {
        cut(&self.ask.state, UNREAD_LETTERS)
    }

    fn query(&self, state: &str, q: &str, page: &str) -> String {
        address::query(&[("view", self.view.code()), ("state", state), ("q", q), ("page", page)])
    }
}

/// Who asks, and what they may see.
struct Asking {
    views: Vec<View>,
    view: View,
    /// How many of each view.
    counts: Vec<u64>,
}

impl Asking {
    async fn of(app: &App, who: &Who, ask: &Ask) -> Result<Self> {
        let views = View::of(who, &Rung::ladder(&app.db, Kind::Difficulty).await?);
        let mut counts = Vec::new();
        for view in &views {
            counts.push(listing::of(who, *view).count(&app.db).await?);
        }
        // What waits for the agency comes first; where nothing does, what it raised, or all.
        let best = views.iter().zip(&counts).find(|(_, count)| **count > 0).map(|(view, _)| *view);
        let asked = View::from_code(&ask.view).filter(|view| views.contains(view));
        let view = asked.or(best).or(views.first().copied()).ok_or(Error::Forbidden)?;
        Ok(Self { views, view, counts })
    }
}

/// `GET /desk/cases`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Page<List>> {
    let l = shell.l;
    let ground = Ground::of(&app).await?;
    let Asking { views, view, counts } = Asking::of(&app, &who, &ask).await?;
    let wanted = listing::asked(&who, view, &ask, ground.now);
    let paging = Paging::new(ask.page, ROWS, wanted.clone().count(&app.db).await?);
    let cases = wanted.offset(paging.offset()).limit(ROWS).all(&app.db).await?;
    let late = listing::of(&who, view).filter(listing::overdue(ground.now)).count(&app.db).await?;
    let tab = |(one, count): (&View, &u64)| Tab {
        href: format!("/desk/cases?view={}", one.code()),
        label: l.t1(&format!("cases-view-{}", one.code()), "count", count),
        current: *one == view,
    };
    let states = states(l, view, &ask, late, &listing::counts(&app.db, &who, view).await?);
    Ok(Page(List {
        heading: heading(l, view, late, counts.iter().zip(&views).find(|(_, one)| **one == view).map_or(0, |(count, _)| *count)),
        tabs: views.iter().zip(&counts).map(tab).collect(),
        states,
        rows: cases.iter().map(|case| Row::of(l, case, &ground)).collect(),
        paging,
        may_raise: who.agency.is_some_and(|own| acts_for(&who, own) && ground.is_open(own)),
        keeps_ladder: who.is_any(Keeper::ROLES),
        narrowed: !ask.state.is_empty() || !ask.q.trim().is_empty(),
        view,
        ask,
        l,
        shell,
    }))
}

/// The answer to "what waits?" in one line.
fn heading(l: Locale, view: View, late: u64, count: u64) -> String {
    match (view, late, count) {
        (View::With, 0, 0) => l.t("cases-heading-calm"),
        (View::With, 0, count) => l.t1("cases-heading-with", "count", count),
        (_, late, _) if late > 0 => l.t1("cases-heading-late", "count", late),
        (_, _, count) => l.t1("cases-heading", "count", count),
    }
}

/// The states that occur, each with how many; first all of them.
fn states(l: Locale, view: View, ask: &Ask, late: u64, counts: &[(State, i64)]) -> Vec<Tab> {
    let tab = |state: &str, label: String| Tab {
        href: format!("/desk/cases{}", address::query(&[("view", view.code()), ("state", state), ("q", &ask.q)])),
        current: ask.state == state,
        label,
    };
    let counted = |state: State| counts.iter().find(|(one, _)| *one == state).map(|(_, count)| *count).filter(|count| *count > 0);
    let mut tabs = vec![tab("", l.t("cases-state-any"))];
    if late > 0 || ask.state == OVERDUE {
        tabs.push(tab(OVERDUE, format!("{} ({late})", l.t("case-state-overdue"))));
    }
    for state in State::iter() {
        if let Some(count) = counted(state).or_else(|| (ask.state == state.code()).then_some(0)) {
            tabs.push(tab(&state.code(), format!("{} ({count})", l.t(&state.key()))));
        }
    }
    tabs
}

/// `GET /desk/cases/csv`: the same list, whole.
pub async fn csv(who: Signed, shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Download> {
    let ground = Ground::of(&app).await?;
    let Asking { view, .. } = Asking::of(&app, &who, &ask).await?;
    let cases = listing::asked(&who, view, &ask, ground.now).all(&app.db).await?;
    let bytes = export::table(shell.l, &cases, &ground)?;
    Ok(Download { name: format!("vu-viec-{}.csv", ground.today), media_type: CSV, bytes })
}
