//! The list behind a figure of the board.

use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;
use uuid::Uuid;

use super::board::{Ask, Counted, Overseer, mark};
use super::narrowing::Named;
use crate::agency_plans::AgencyPlan;
use crate::agency_plans::coverage::{OfAgency, Stage};
use crate::base::App;
use crate::web::unread::UNREAD_LETTERS;
use crate::web::{Error, Locale, Page, Result, Shell, address, cut};

/// Which list: the board's own question and where on it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Where {
    plan: String,
    year: String,
    /// `issued`, `draft`, `without`, `covered`, `uncovered` or `duty`.
    which: String,
    duty: String,
    /// Words of the name of an agency.
    q: String,
}

/// The lists of agencies among which a reader chooses by where they stand.
const OF_AGENCIES: [&str; 5] = ["holding", "issued", "draft", "without", "covered"];

/// One agency, or one duty.
pub struct Row {
    pub name: String,
    pub note: String,
    pub href: String,
    pub mark: &'static str,
    pub word: String,
}

#[derive(Template)]
#[template(path = "agency_plans/staff/list.html")]
pub struct List {
    l: Locale,
    shell: Shell,
    heading: String,
    about: String,
    /// A year or a list in the address that is none.
    unread: String,
    back: String,
    rows: Vec<Row>,
    /// The question as it stands in the address, without what the filter asks.
    kept: Vec<(&'static str, String)>,
    q: String,
    /// Code and name of each list to choose from, and whether it is this one; none where it is a list of one duty.
    states: Vec<(&'static str, String, bool)>,
    /// It lists agencies: duties have no name of an agency to look for.
    of_agencies: bool,
    clear: String,
}

/// `GET /desk/agency-plans/list`
pub async fn show(_who: Overseer, shell: Shell, State(app): State<App>, Query(ask): Query<Where>) -> Result<Page<List>> {
    let of_board = Ask { plan: ask.plan.clone(), year: ask.year.clone(), ..Ask::default() };
    let counted = Counted::of(&app, &of_board).await?;
    let l = shell.l;
    let named = Named::of(&ask.q);
    let is_named = |of: &&OfAgency| named.fits(counted.agencies.get(&of.agency));
    let mut about = counted.plan.title();
    let rows = match ask.which.as_str() {
        "uncovered" => duties(l, &counted),
        "duty" => {
            let duty = ask.duty.parse::<Uuid>().map_err(|_| Error::NotFound)?;
            let found = counted.duties.iter().find(|one| one.id == duty).ok_or(Error::NotFound)?;
            about = format!("{}. {}", found.path, found.title);
            of_duty(l, &counted, duty, is_named)
        }
        which => {
            let asked = counted.sorted().into_iter().filter(is_named).filter(|of| is_asked(which, of));
            asked.map(|of| agency(l, &counted, of)).collect()
        }
    };
    let known = OF_AGENCIES.into_iter().chain(["uncovered", "duty"]).find(|known| *known == ask.which);
    let which = known.unwrap_or(OF_AGENCIES[0]);
    let mut unread = of_board.unread();
    unread.extend((known.is_none() && !ask.which.is_empty()).then(|| cut(&ask.which, UNREAD_LETTERS)));
    let kept = kept(&ask, which);
    if !named.is_anybody() {
        about = format!("{about} · {}: {}", l.t("filter-chosen"), ask.q.trim());
    }
    Ok(Page(List {
        heading: l.t1(&format!("agency-plans-list-{which}"), "count", rows.len()),
        about,
        unread: unread.join(", "),
        back: format!("/desk/agency-plans/board{}", address::query(&[("plan", &ask.plan), ("year", &ask.year)])),
        rows,
        clear: {
            let kept: Vec<(&str, &str)> = kept.iter().map(|(name, value)| (*name, value.as_str())).collect();
            format!("/desk/agency-plans/list{}", address::query(&kept))
        },
        states: if which == "duty" { Vec::new() } else { states(l, which) },
        of_agencies: which != "uncovered",
        kept,
        q: ask.q,
        l,
        shell,
    }))
}

/// What stays as it is when the list is narrowed.
fn kept(ask: &Where, which: &str) -> Vec<(&'static str, String)> {
    let mut kept = vec![("plan", ask.plan.clone()), ("year", ask.year.clone())];
    if which == "duty" {
        kept.extend([("which", which.to_owned()), ("duty", ask.duty.clone())]);
    }
    kept.retain(|(_, value)| !value.is_empty());
    kept
}

/// The lists of agencies to choose from.
fn states(l: Locale, which: &str) -> Vec<(&'static str, String, bool)> {
    let word = |code: &'static str| match code {
        "holding" => l.t("filter-all"),
        "without" => l.t(Stage::None.key()),
        "draft" => l.t(Stage::Draft.key()),
        "issued" => l.t(Stage::Issued.key()),
        _ => l.t("agency-plans-some-covered"),
    };
    OF_AGENCIES.map(|code| (code, word(code), code == which)).into()
}

fn is_asked(which: &str, of: &OfAgency) -> bool {
    match which {
        "issued" => of.stage == Stage::Issued,
        "draft" => of.stage == Stage::Draft,
        "without" => of.stage == Stage::None,
        "covered" => !of.covered.is_empty(),
        _ => true,
    }
}

fn agency(l: Locale, counted: &Counted, of: &OfAgency) -> Row {
    let note = match of.stage {
        Stage::Issued => l.t2("agency-plan-covers-of", "n", of.covered.len(), "count", of.held.len()),
        _ => l.t1("agency-plan-holds", "count", of.held.len()),
    };
    let href = of.plan.map_or_else(|| public(counted, of.agency), AgencyPlan::desk_path);
    Row { name: counted.named(of.agency), note, href, mark: mark(of.stage), word: l.t(of.stage.key()) }
}

fn public(counted: &Counted, agency: Uuid) -> String {
    counted.agencies.get(&agency).map(crate::people::agency::brief::Brief::duties_path).unwrap_or_default()
}

fn of_duty(l: Locale, counted: &Counted, duty: Uuid, is_named: impl Fn(&&OfAgency) -> bool) -> Vec<Row> {
    let holders = counted.sorted().into_iter().filter(is_named).filter(|of| of.held.contains(&duty));
    let row = |of: &OfAgency| {
        let covers = of.covered.contains(&duty);
        Row {
            mark: if covers { "issued" } else { "late" },
            word: l.t(if covers { "agency-plan-yes" } else { "agency-plan-no" }),
            ..agency(l, counted, of)
        }
    };
    let mut rows: Vec<Row> = holders.map(row).collect();
    rows.sort_by_key(|row| row.mark);
    rows
}

fn duties(l: Locale, counted: &Counted) -> Vec<Row> {
    let uncovered = counted.coverage.uncovered();
    let row = |duty: &crate::duties::Duty| Row {
        name: duty.title.clone(),
        note: duty.path.clone(),
        href: counted.list("duty", &duty.id.to_string()),
        mark: "late",
        word: l.t("agency-plan-no"),
    };
    counted.duties.iter().filter(|duty| uncovered.contains(&duty.id)).map(row).collect()
}
