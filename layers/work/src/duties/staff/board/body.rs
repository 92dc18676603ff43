//! What the board shows, counted and drawn once for everybody who looks at the same: only the frame around it is theirs.

use std::collections::{BTreeMap, HashMap};

use askama::Template;
use chrono::Datelike;
use sea_orm::entity::prelude::*;

use super::super::breakdown::{self, Breakdown};
use super::super::trend::Trend;
use super::{Ask, Choice, Counted, choice};
use crate::base::App;
use crate::duties::backlog::{self, By};
use crate::duties::duty::Kind;
use crate::duties::progress::{self, Tally, Which};
use crate::duties::trend::Step;
use crate::duties::{Duty, view};
use crate::people::agency::Standing;
use crate::people::agency::brief::Brief;
use crate::people::agency::directory::{self, Line};
use crate::people::map::Map;
use crate::plans::Plan;
use crate::web::chart::{Fill, stack};
use crate::web::paging::Paging;
use crate::web::{Locale, Markup, Result, Shell};

/// The agencies of a province stand on one page; those of a country do not.
const ROWS: u64 = 150;
/// More communes than this are no picture any more.
const PLACES_MAX: usize = 400;

/// A figure that opens its list.
pub struct Figure {
    pub label: String,
    pub value: String,
    pub note: String,
    pub href: String,
    pub state: &'static str,
}

/// A part of the bar, and its words.
pub struct Share {
    pub state: &'static str,
    pub number: i64,
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

/// The drawn board.
#[derive(Debug)]
pub struct Body {
    /// The finding in one line.
    pub heading: String,
    pub html: Markup,
}

#[derive(Template)]
#[template(path = "duties/staff/board_body.html")]
struct Drawn<'a> {
    l: Locale,
    /// For its icons; what is drawn here is nobody's own.
    shell: &'a Shell,
    plans: Vec<Choice>,
    parts: Vec<Choice>,
    years: Vec<Choice>,
    kinds: Vec<Choice>,
    figures: Vec<Figure>,
    shares: Vec<Share>,
    columns: Vec<String>,
    lines: Vec<AgencyRow>,
    paging: Paging,
    previous: String,
    next: String,
    map: Map,
    states: HashMap<String, &'static str>,
    trend: Trend,
    breakdowns: Vec<Breakdown>,
    heads: Vec<String>,
}

impl Drawn<'_> {
    fn bar(&self) -> Markup {
        bar(&self.shares)
    }

    fn drawn_map(&self) -> Markup {
        let state = |href: &str| Fill::State(self.states.get(href).copied().unwrap_or("unknown"));
        self.map.drawn(&self.l.t("progress-map"), |place| (place.href.clone(), state(&place.href)))
    }
}

impl Body {
    /// Counts and draws what is asked for.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(app: &App, shell: &Shell, asked: &Counted, ask: &Ask) -> Result<Self> {
        let l = shell.l;
        let counted = asked.counted(app).await?;
        let total = progress::total(&counted.cells);
        let duties = Duty::of_plan(&app.db, counted.plan.id).await?;
        let backlog = backlog::of(&app.db, &counted.scope, By::Duty, counted.scope.today).await?;
        let (parts, years) = choices(l, &counted, &duties);
        let plans = Plan::adopted(&app.db).await?;
        let (paging, lines) = lines(l, &counted, ask.page);
        let turn = |by| paging.turn(by).map(|page| counted.address("/desk/progress", &[("page", &page.to_string())]));
        let drawn = Drawn {
            plans: plans.iter().map(|plan| choice(&plan.slug, plan.title(), plan.id == counted.plan.id)).collect(),
            parts,
            years,
            kinds: [Kind::Work, Kind::Report]
                .map(|kind| choice(&kind.to_value(), l.t(&kind.key()), counted.scope.kind == Some(kind)))
                .into(),
            figures: figures(l, &counted, &total),
            shares: shares(l, &total, |which| counted.list(which, "", "")),
            columns: columns(&counted).iter().map(|column| view::column(l, column)).collect(),
            lines,
            previous: turn(-1).unwrap_or_default(),
            next: turn(1).unwrap_or_default(),
            paging,
            map: map(app, &counted).await?,
            states: states(&counted),
            trend: Trend::of(app, l, &counted, Step::from_code(&ask.step), "/desk/progress").await?,
            breakdowns: breakdown::breakdowns(l, &counted, &duties, &backlog),
            heads: breakdown::heads(l),
            l,
            shell,
        };
        Ok(Self { heading: heading(l, &total), html: Markup(drawn.render()?) })
    }
}

/// The communes that exist; none when there are too many for one picture.
async fn map(app: &App, counted: &Counted) -> Result<Map> {
    let is_shown = |line: &Line| line.kind.is_local() && line.standing(counted.scope.today) == Standing::Open;
    let communes: Vec<Line> = directory::all(&app.db).await?.into_iter().filter(is_shown).collect();
    if communes.len() > PLACES_MAX { Ok(Map::default()) } else { Map::of(&app.db, &communes, None).await }
}

/// The finding in one line.
fn heading(l: Locale, total: &Tally) -> String {
    match view::share(l, total, total.done()) {
        None => l.t("progress-heading-nothing"),
        Some(share) => l.t2("progress-heading", "share", share, "late", vietnamese::number::format_integer(total.overdue)),
    }
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

/// The bar of what became of all that was expected, drawn.
#[must_use]
pub fn bar(shares: &[Share]) -> Markup {
    let parts: Vec<(&'static str, f64)> = shares.iter().map(|share| (share.state, share.number as f64)).collect();
    Markup(stack::svg(&parts))
}

/// The parts of what became of all that was expected.
#[must_use]
pub fn shares(l: Locale, total: &Tally, href: impl Fn(Which) -> String) -> Vec<Share> {
    let parts = [
        (Which::Accepted, "on-time"),
        (Which::Waiting, "waiting"),
        (Which::Returned, "returned"),
        (Which::Overdue, "late"),
        (Which::Open, "open"),
    ];
    let share = |(which, state): (Which, &'static str)| Share {
        state,
        number: which.of(total),
        count: vietnamese::number::format_integer(which.of(total)),
        label: l.t(&format!("progress-{}", which.code())),
        href: href(which),
    };
    parts.map(share).into()
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

/// Agencies in the order of what is late, then by name: one page of them.
fn lines(l: Locale, counted: &Counted, page: Option<u64>) -> (Paging, Vec<AgencyRow>) {
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
    let size = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    let paging = Paging::new(page, ROWS, u64::try_from(sorted.len()).unwrap_or_default());
    let shown = sorted
        .into_iter()
        .skip(size(paging.offset()))
        .take(size(ROWS))
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
        .collect();
    (paging, shown)
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
