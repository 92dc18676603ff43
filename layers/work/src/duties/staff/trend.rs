//! How handing in went, as a picture with its table, and as a table to take away.

use axum::extract::{Query, State};
use chrono::NaiveDate;

use super::board::{Ask, Choice, Counted, Overseer};
use super::{glance, leader};
use crate::base::{App, time};
use crate::duties::progress::Which;
use crate::duties::trend::{self, Point, SHOWN, Step};
use crate::web::chart::{Chart, Figure, Kind, Notes, Series};
use crate::web::download::{CSV, Download};
use crate::web::{Locale, Markup, Result, Shell};

/// Where it is said what the figures count.
pub const DEFINITION: &str = "/huong-dan/viec-phai-lam#tien-do";

/// The picture.
pub struct Trend {
    pub drawn: Markup,
    /// The share that came in time, for whoever shows it too.
    pub in_time: Figure,
    pub steps: Vec<Choice>,
}

/// The lines that are drawn; what was in time stands in the table.
const LINES: [(Which, &str); 3] = [(Which::Expected, "unknown"), (Which::Submitted, "waiting"), (Which::Overdue, "late")];

impl Trend {
    /// Draws what the page at `path` asks for: one statement.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(app: &App, l: Locale, asked: &Counted, step: Step, path: &str) -> Result<Self> {
        let points = points(app, asked, step).await?;
        let choice = |other: Step| Choice {
            value: asked.address(path, &[("step", other.code())]),
            label: l.t(&format!("trend-by-{}", other.code())),
            chosen: other == step,
        };
        Ok(Self {
            drawn: figure(l, asked, &points, step, path).drawn(l)?,
            in_time: glance::in_time(l, asked, &points),
            steps: [Step::Month, Step::Week].map(choice).into(),
        })
    }

    /// The days of the points.
    #[must_use]
    pub fn labels(points: &[Point]) -> Vec<String> {
        points.iter().map(|point| time::day(point.on)).collect()
    }

    /// Words under the picture: all months of the year, also those to come; or the Sundays.
    #[must_use]
    pub fn ticks(l: Locale, points: &[Point], step: Step) -> Vec<String> {
        match step {
            Step::Month => (1..=12).map(|month| l.t1("trend-month", "month", month)).collect(),
            Step::Week => points.iter().map(|point| point.on.format("%-d/%-m").to_string()).collect(),
        }
    }
}

async fn points(app: &App, asked: &Counted, step: Step) -> Result<Vec<Point>> {
    let shares = trend::shares(&app.db, &asked.scope).await?;
    Ok(trend::points(&shares, &step.days(&asked.scope)))
}

fn figure(l: Locale, asked: &Counted, points: &[Point], step: Step, path: &str) -> Figure {
    let lines = LINES.map(|(which, _)| which);
    let hrefs = |point: &Point| {
        let by = point.on.to_string();
        let list = |which| asked.address("/desk/progress/slots", &[("which", Which::code(which)), ("by", &by)]);
        lines.into_iter().chain([Which::OnTime]).map(list).collect()
    };
    Figure {
        id: "trend",
        chart: Chart {
            title: finding(l, points),
            labels: Trend::labels(points),
            series: lines.map(|which| series(l, which, points)).into(),
            definition_href: DEFINITION.into(),
            data_href: asked.address("/desk/progress/trend", &[("step", step.code())]),
            ..Chart::default()
        },
        notes: Notes {
            tones: LINES.map(|(_, state)| state).into(),
            ticks: Trend::ticks(l, points, step),
            hrefs: points.iter().map(hrefs).collect(),
            aside: vec![series(l, Which::OnTime, points)],
            ..Notes::default()
        },
        kind: Kind::Line,
        about: l.t("trend-caption"),
        source: l.t("trend-source"),
        here: asked.address(path, &[("step", step.code())]),
        // The board is drawn once for everybody; the leader's page answers to pointer and keys.
        is_lively: path == leader::PATH,
    }
}

fn series(l: Locale, which: Which, points: &[Point]) -> Series {
    let points = points.iter().map(|point| point.of(which).map(|count| count as f64)).collect();
    Series { name: name(l, which), points }
}

fn name(l: Locale, which: Which) -> String {
    l.t(&format!("trend-{}", which.code()))
}

/// What the picture says: what is overdue, and whether that is more than at the point before.
fn finding(l: Locale, points: &[Point]) -> String {
    let Some(last) = points.last() else { return l.t("trend-not-begun") };
    let number = vietnamese::number::format_integer;
    let before = points.iter().rev().nth(1);
    let change = before.map_or(0, |before| last.overdue - before.overdue);
    let words = [
        ("count", number(last.overdue)),
        ("submitted", number(last.submitted)),
        ("change", number(change.abs())),
        ("day", before.map(|before| time::day(before.on)).unwrap_or_default()),
    ];
    let key = match (last.overdue, change) {
        (0, _) => "trend-finding-calm",
        (_, 0) => "trend-finding-same",
        (_, change) if change > 0 => "trend-finding-more",
        _ => "trend-finding-less",
    };
    l.with(key, &words)
}

/// `GET /desk/progress/trend`: the table of the picture as CSV (RFC 4180) with a byte order mark.
pub async fn csv(_who: Overseer, shell: Shell, State(app): State<App>, Query(ask): Query<Ask>) -> Result<Download> {
    let asked = Counted::asked(&app, &ask).await?;
    let points = points(&app, &asked, Step::from_code(&ask.step)).await?;
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    let head = std::iter::once(shell.l.t("trend-day")).chain(SHOWN.iter().map(|which| name(shell.l, *which)));
    writer.write_record(head)?;
    for point in points {
        let figures = SHOWN.iter().map(|which| point.of(*which).unwrap_or_default().to_string());
        writer.write_record(std::iter::once(iso(point.on)).chain(figures))?;
    }
    let bytes = writer.into_inner().map_err(|error| anyhow::anyhow!("{error}"))?;
    Ok(Download { name: format!("dien-bien-{}.csv", asked.plan.slug), media_type: CSV, bytes })
}

/// `2026-06-30`: what programs read.
fn iso(day: NaiveDate) -> String {
    day.to_string()
}
