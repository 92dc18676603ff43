//! The coordinator's board: how far a plan got, by agency and period, on one page; every figure opens its list.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use chrono::{Datelike, NaiveDate};
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use super::breakdown::{self, Breakdown};
use super::trend::Trend;
use crate::base::{App, time};
use crate::duties::backlog::{self, By};
use crate::duties::duty::Kind;
use crate::duties::progress::{self, Cell, Scope, Tally, Which};
use crate::duties::trend::Step;
use crate::duties::{Duty, view};
use crate::people::agency::Standing;
use crate::people::agency::brief::{Brief, Known};
use crate::people::agency::directory::{self, Line};
use crate::people::map::Map;
use crate::plans::{Plan, plan};
use crate::web::{Error, Locale, Page, Result, Shell, address};

crate::admits! {
    /// Who looks over everything.
    Overseer: Coordinator Leader Auditor Finance
}

/// What the address asks to see.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    /// Slug of a plan; the newest one in force when empty.
    pub plan: String,
    /// `III`
    pub part: String,
    /// Periods that are due in this year; the present one when empty.
    pub year: String,
    /// A kind of duty; all of them when empty.
    pub kind: String,
    /// `week`: the trend by weeks instead of months.
    pub step: String,
}

/// A plan to choose, or a part, or a year.
pub struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

/// A figure that opens its list.
pub struct Figure {
    pub label: String,
    pub value: String,
    pub note: String,
    pub href: String,
    pub state: &'static str,
}

/// A share of the bar: state, place and width in per cent, and its words.
pub struct Share {
    pub state: &'static str,
    pub x: String,
    pub width: String,
    pub count: String,
    pub label: String,
    pub href: String,
}

/// One agency over the periods.
pub struct AgencyRow {
    pub name: String,
    pub href: String,
    pub total: String,
    pub late: i64,
    pub cells: Vec<Option<Heat>>,
}

/// One cell of the heat map.
pub struct Heat {
    pub state: &'static str,
    pub text: String,
    pub title: String,
    pub href: String,
}

/// What the public reads of it.
pub struct Public {
    pub is_open: bool,
    pub href: String,
    pub act: String,
}

#[derive(Template)]
#[template(path = "duties/staff/board.html")]
pub struct Board {
    l: Locale,
    shell: Shell,
    plan: String,
    heading: String,
    plans: Vec<Choice>,
    parts: Vec<Choice>,
    years: Vec<Choice>,
    figures: Vec<Figure>,
    shares: Vec<Share>,
    columns: Vec<String>,
    lines: Vec<AgencyRow>,
    map: Map,
    states: HashMap<String, &'static str>,
    csv: String,
    proofs: String,
    /// Where the rules of the plan's duties stand.
    rules: String,
    trend: Trend,
    breakdowns: Vec<Breakdown>,
    heads: Vec<String>,
    kinds: Vec<Choice>,
    /// Whether the person decides what the public reads.
    may_publish: bool,
    public: Public,
    printed: String,
}

impl Board {
    fn state_of(&self, href: &str) -> &'static str {
        self.states.get(href).copied().unwrap_or("unknown")
    }
}

/// What the pages of progress share: the plan, its counts, the agencies.
pub struct Counted {
    pub plan: Plan,
    pub scope: Scope,
    pub cells: Vec<Cell>,
    pub agencies: Arc<Known>,
}

impl Counted {
    /// Counts what is asked for.
    ///
    /// # Errors
    /// As [`Counted::asked`].
    pub async fn of(app: &App, ask: &Ask) -> Result<Self> {
        let asked = Self::asked(app, ask).await?;
        Ok(Self { cells: progress::cells(&app.db, &asked.scope).await?, ..asked })
    }

    /// What is asked for, without counting it.
    ///
    /// # Errors
    /// Refused when no plan is in force; not found when the address names none; or the database failed.
    pub async fn asked(app: &App, ask: &Ask) -> Result<Self> {
        let plan = if ask.plan.is_empty() {
            Plan::adopted(&app.db).await?.into_iter().next().ok_or_else(|| Error::refused("progress-without-plan"))?
        } else {
            Plan::find_by_slug(&app.db, &ask.plan).await?
        };
        let today = time::local_date(app.clock.now());
        let year = ask.year.parse().ok().filter(|year| (1900..3000).contains(year)).unwrap_or(today.year());
        let until = NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or(today);
        let from = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(today);
        let kind = Kind::try_from_value(&ask.kind).ok();
        let scope = Scope { plan: plan.id, part: ask.part.clone(), agency: None, duty: None, kind, from, until, today };
        Ok(Self { plan, scope, cells: Vec::new(), agencies: Known::now(app).await? })
    }

    /// The question of the address, as pairs; `kind` and `part` as they were understood.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let kind = self.scope.kind.map(|kind| kind.to_value()).unwrap_or_default();
        let year = self.scope.until.year().to_string();
        vec![("plan", self.plan.slug.clone()), ("part", self.scope.part.clone()), ("year", year), ("kind", kind)]
    }

    /// An address with the question and these further pairs; a later pair takes the place of an earlier one.
    #[must_use]
    pub fn address(&self, path: &str, further: &[(&'static str, &str)]) -> String {
        let mut pairs = self.pairs();
        pairs.retain(|(name, _)| further.iter().all(|(other, _)| other != name));
        pairs.extend(further.iter().map(|(name, value)| (*name, (*value).to_owned())));
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
        format!("{path}{}", address::query(&pairs))
    }

    /// The list behind a figure.
    #[must_use]
    pub fn list(&self, which: Which, agency: &str, period: &str) -> String {
        self.address("/desk/progress/slots", &[("which", which.code()), ("agency", agency), ("period", period)])
    }
}

/// `GET /desk/progress`
pub async fn show(who: Overseer, shell: Shell, State(app): State<App>, Query(ask): Query<Ask>) -> Result<Page<Board>> {
    let counted = Counted::of(&app, &ask).await?;
    let plans = Plan::adopted(&app.db).await?;
    let l = shell.l;
    let total = progress::total(&counted.cells);
    let duties = Duty::of_plan(&app.db, counted.plan.id).await?;
    let backlog = backlog::of(&app.db, &counted.scope, By::Duty, counted.scope.today).await?;
    let (parts, years) = choices(l, &counted, &duties);
    let is_shown = |line: &Line| line.kind.is_local() && line.standing(counted.scope.today) == Standing::Open;
    let communes: Vec<Line> = directory::all(&app.db).await?.into_iter().filter(is_shown).collect();
    Ok(Page(Board {
        heading: heading(l, &total),
        plan: counted.plan.title(),
        plans: plans.iter().map(|plan| choice(&plan.slug, plan.title(), plan.id == counted.plan.id)).collect(),
        parts,
        years,
        figures: figures(l, &counted, &total),
        shares: shares(l, &total, |which| counted.list(which, "", "")),
        columns: columns(&counted).iter().map(|column| view::column(l, column)).collect(),
        lines: lines(l, &counted),
        states: states(&counted),
        map: Map::of(&app.db, &communes, None).await?,
        rules: super::rules::path(counted.plan.id),
        csv: counted.address("/desk/progress/csv", &[]),
        proofs: counted.address("/desk/progress/proofs", &[]),
        trend: Trend::of(&app, l, &counted, Step::from_code(&ask.step), "/desk/progress").await?,
        breakdowns: breakdown::breakdowns(l, &counted, &duties, &backlog),
        heads: breakdown::heads(l),
        kinds: [Kind::Work, Kind::Report]
            .map(|kind| choice(&kind.to_value(), l.t(&kind.key()), counted.scope.kind == Some(kind)))
            .into(),
        may_publish: Plan::is_published_by(&who) && counted.plan.state == plan::State::Adopted,
        public: Public {
            is_open: counted.plan.progress_public,
            href: counted.plan.progress_path(),
            act: format!("{}/progress-publication", Plan::desk_path(counted.plan.id)),
        },
        printed: time::minute(app.clock.now()),
        l,
        shell,
    }))
}

/// The finding in one line.
fn heading(l: Locale, total: &Tally) -> String {
    match view::share(l, total, total.done()) {
        None => l.t("progress-heading-nothing"),
        Some(share) => l.t2("progress-heading", "share", share, "late", vietnamese::number::format_integer(total.overdue)),
    }
}

/// A choice of a filter.
#[must_use]
pub fn choice(value: &str, label: String, chosen: bool) -> Choice {
    Choice { value: value.to_owned(), label, chosen }
}

/// The parts of the plan that ask something, and the years in which something may be due.
fn choices(l: Locale, counted: &Counted, duties: &[Duty]) -> (Vec<Choice>, Vec<Choice>) {
    let mut parts: Vec<&str> = duties.iter().filter_map(|duty| Some(duty.path.split_once('.')?.0)).collect();
    parts.dedup();
    let part = |part: &&str| choice(part, l.t1("progress-part", "part", part), *part == counted.scope.part);
    let first = duties.iter().map(|duty| duty.starts_on.year()).min();
    let last = duties.iter().map(|duty| duty.ends_on.year()).max();
    let year = |year: i32| choice(&year.to_string(), l.t1("period-year", "year", year), year == counted.scope.until.year());
    let years = first.zip(last).map(|(first, last)| (first..=last).map(year).collect()).unwrap_or_default();
    (parts.iter().map(part).collect(), years)
}

fn figures(l: Locale, counted: &Counted, total: &Tally) -> Vec<Figure> {
    let shown = [
        (Which::Expected, ""),
        (Which::Submitted, "waiting"),
        (Which::OnTime, "on-time"),
        (Which::Late, "late"),
        (Which::Overdue, "late"),
        (Which::Waiting, "waiting"),
    ];
    let figure = |(which, state): (Which, &'static str)| {
        let count = which.of(total);
        let share = view::share(l, total, count).filter(|_| which != Which::Expected);
        Figure {
            label: l.t(&format!("progress-{}", which.code())),
            value: vietnamese::number::format_integer(count),
            note: share.map(|share| l.t1("progress-percent", "share", share)).unwrap_or_default(),
            href: counted.list(which, "", ""),
            state: if count == 0 { "" } else { state },
        }
    };
    shown.into_iter().map(figure).collect()
}

/// The bar of what became of all that was expected, cut in parts.
#[expect(clippy::cast_precision_loss, reason = "widths of a picture")]
#[must_use]
pub fn shares(l: Locale, total: &Tally, href: impl Fn(Which) -> String) -> Vec<Share> {
    let parts = [
        (Which::Accepted, "on-time"),
        (Which::Waiting, "waiting"),
        (Which::Returned, "returned"),
        (Which::Overdue, "late"),
        (Which::Open, "open"),
    ];
    let whole = total.expected.max(1) as f64;
    let mut from = 0.0;
    let mut shares = Vec::new();
    for (which, state) in parts {
        let count = which.of(total);
        let width = count as f64 * 100.0 / whole;
        shares.push(Share {
            state,
            x: format!("{from:.2}"),
            width: format!("{width:.2}"),
            count: vietnamese::number::format_integer(count),
            label: l.t(&format!("progress-{}", which.code())),
            href: href(which),
        });
        from += width;
    }
    shares
}

/// The worst state that somebody has to do something about.
#[must_use]
pub const fn state(tally: &Tally) -> &'static str {
    if tally.overdue > 0 {
        "late"
    } else if tally.returned > 0 {
        "returned"
    } else if tally.waiting() > 0 {
        "waiting"
    } else if tally.open() > 0 {
        "open"
    } else {
        "on-time"
    }
}

/// What is due all through the year stands last.
fn columns(counted: &Counted) -> Vec<String> {
    let mut columns: Vec<String> =
        progress::by(&counted.cells, |cell| progress::column(&cell.period).to_owned()).into_iter().map(|(key, _)| key).collect();
    columns.sort_by_key(|column| [progress::MONTHLY, progress::ONCE].contains(&column.as_str()));
    columns
}

/// Agencies in the order of what is late, then by name.
fn lines(l: Locale, counted: &Counted) -> Vec<AgencyRow> {
    let columns = columns(counted);
    let mut rows: BTreeMap<Uuid, BTreeMap<&str, Tally>> = BTreeMap::new();
    for cell in &counted.cells {
        *rows.entry(cell.agency).or_default().entry(progress::column(&cell.period)).or_default() += cell.tally();
    }
    let mut sorted: Vec<(Uuid, Tally, BTreeMap<&str, Tally>)> = rows
        .into_iter()
        .map(|(agency, cells)| {
            let mut total = Tally::default();
            cells.values().for_each(|tally| total += *tally);
            (agency, total, cells)
        })
        .collect();
    sorted.sort_by_key(|(agency, total, _)| (-total.overdue, counted.agencies.rank(*agency)));
    sorted
        .into_iter()
        .map(|(agency, total, cells)| {
            let (name, slug) = named(counted.agencies.get(&agency));
            let heat = |column: &String| cells.get(column.as_str()).map(|tally| heat(l, counted, tally, (&name, &slug, column)));
            AgencyRow {
                href: counted.list(Which::Expected, &slug, ""),
                total: format!("{}/{}", total.done(), total.expected),
                late: total.overdue,
                cells: columns.iter().map(heat).collect(),
                name: name.clone(),
            }
        })
        .collect()
}

fn named(agency: Option<&Brief>) -> (String, String) {
    agency.map(|agency| (agency.label(), agency.slug.clone())).unwrap_or_default()
}

fn heat(l: Locale, counted: &Counted, tally: &Tally, (name, slug, column): (&str, &str, &str)) -> Heat {
    let words = [
        ("agency", name.to_owned()),
        ("period", view::column(l, column)),
        ("done", tally.done().to_string()),
        ("expected", tally.expected.to_string()),
        ("late", tally.overdue.to_string()),
    ];
    Heat {
        state: state(tally),
        text: format!("{}/{}", tally.done(), tally.expected),
        title: l.with("progress-cell", &words),
        href: counted.list(Which::Expected, slug, column),
    }
}

/// The state of each agency by its public address, for the map.
fn states(counted: &Counted) -> HashMap<String, &'static str> {
    let sums = progress::by(&counted.cells, |cell| cell.agency);
    sums.iter().filter_map(|(agency, tally)| Some((counted.agencies.get(agency)?.public_path(), state(tally)))).collect()
}
