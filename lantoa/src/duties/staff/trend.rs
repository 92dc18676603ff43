//! How handing in went, as a picture with its table, and as a table to take away.

use axum::extract::{Query, State};
use chrono::{Datelike, NaiveDate};

use super::board::{Ask, Choice, Counted, Overseer};
use crate::base::{App, time};
use crate::duties::progress::Which;
use crate::duties::trend::{self, Point, SHOWN, Step};
use crate::web::download::{CSV, Download};
use crate::web::{Locale, Result, Shell};

/// A line of the picture.
pub struct Series {
    pub state: &'static str,
    pub label: String,
    pub value: String,
    /// In a box of 100 × 100, y downwards.
    pub points: String,
    /// The same in per cent of the whole drawing.
    pub dots: Vec<(String, String)>,
}

/// A word on an axis, and where.
pub struct Tick {
    pub at: String,
    pub label: String,
}

/// A line of the table: the day, and each figure with its list.
pub struct Evening {
    pub on: String,
    pub figures: Vec<(String, String)>,
}

/// The picture.
pub struct Trend {
    pub finding: String,
    pub series: Vec<Series>,
    pub months: Vec<Tick>,
    pub counts: Vec<Tick>,
    pub heads: Vec<String>,
    pub evenings: Vec<Evening>,
    pub csv: String,
    pub steps: Vec<Choice>,
}

/// Where the lines are drawn in the whole drawing: from the top, and how high; in per cent.
const TOP: f64 = 8.0;
const HIGH: f64 = 78.0;
/// The lines that are drawn; what was in time stands in the table.
const LINES: [(Which, &str); 3] = [(Which::Expected, "unknown"), (Which::Submitted, "waiting"), (Which::Overdue, "late")];

impl Trend {
    /// Draws what the page at `path` asks for: one statement.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(app: &App, l: Locale, asked: &Counted, step: Step, path: &str) -> Result<Self> {
        let points = points(app, asked, step).await?;
        let highest = points.iter().map(|point| point.due.max(point.submitted).max(point.overdue)).max().unwrap_or_default();
        let highest = round_up(highest);
        let choice = |other: Step| Choice {
            value: asked.address(path, &[("step", other.code())]),
            label: l.t(&format!("trend-by-{}", other.code())),
            chosen: other == step,
        };
        Ok(Self {
            finding: finding(l, &points),
            series: LINES.iter().map(|(which, state)| series(l, *which, state, &points, (step, highest))).collect(),
            months: ticks(l, &points, step),
            counts: [highest, highest / 2].map(|count| level(count, highest)).into(),
            heads: SHOWN.iter().map(|which| name(l, *which)).collect(),
            evenings: points.iter().rev().map(|point| evening(asked, point)).collect(),
            csv: asked.address("/desk/progress/trend", &[("step", step.code())]),
            steps: [Step::Month, Step::Week].map(choice).into(),
        })
    }
}

async fn points(app: &App, asked: &Counted, step: Step) -> Result<Vec<Point>> {
    let shares = trend::shares(&app.db, &asked.scope).await?;
    Ok(trend::points(&shares, &step.days(&asked.scope)))
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

/// The next round number with two even halves: 2, 4, 6, 8, 10, 20, 40 …
fn round_up(count: i64) -> i64 {
    let mut unit = 1;
    loop {
        for step in [2, 4, 6, 8, 10] {
            if step * unit >= count {
                return step * unit;
            }
        }
        unit *= 10;
    }
}

/// From the left, in per cent: a month stands in its twelfth of the year, weeks stand side by side.
#[expect(clippy::cast_precision_loss, reason = "places in a picture")]
fn across(point: &Point, turn: usize, of: usize, step: Step) -> f64 {
    match step {
        Step::Month => (f64::from(point.on.month0()) + 0.5) * 100.0 / 12.0,
        Step::Week => (turn as f64 + 0.5) * 100.0 / of.max(1) as f64,
    }
}

/// From the top, in per cent of where the lines are drawn.
#[expect(clippy::cast_precision_loss, reason = "places in a picture")]
fn down(count: i64, highest: i64) -> f64 {
    100.0 - count as f64 * 100.0 / highest.max(1) as f64
}

fn series(l: Locale, which: Which, state: &'static str, points: &[Point], (step, highest): (Step, i64)) -> Series {
    let places: Vec<(f64, f64)> = points
        .iter()
        .enumerate()
        .filter_map(|(turn, point)| Some((across(point, turn, points.len(), step), down(point.of(which)?, highest))))
        .collect();
    let last = points.last().and_then(|point| point.of(which)).unwrap_or_default();
    Series {
        state,
        label: name(l, which),
        value: vietnamese::number::format_integer(last),
        points: places.iter().map(|(x, y)| format!("{x:.2},{y:.2}")).collect::<Vec<_>>().join(" "),
        dots: places.iter().map(|(x, y)| (format!("{x:.2}"), format!("{:.2}", TOP + y * HIGH / 100.0))).collect(),
    }
}

fn level(count: i64, highest: i64) -> Tick {
    Tick { at: format!("{:.2}", TOP + down(count, highest) * HIGH / 100.0), label: vietnamese::number::format_integer(count) }
}

/// All months of the year, also those to come; every third week.
fn ticks(l: Locale, points: &[Point], step: Step) -> Vec<Tick> {
    match step {
        Step::Month => (0..12)
            .map(|month: u32| Tick {
                at: format!("{:.2}", (f64::from(month) + 0.5) * 100.0 / 12.0),
                label: l.t1("trend-month", "month", month + 1),
            })
            .collect(),
        Step::Week => points
            .iter()
            .enumerate()
            .filter(|(turn, _)| (points.len() - 1 - turn).is_multiple_of(3))
            .map(|(turn, point)| Tick {
                at: format!("{:.2}", across(point, turn, points.len(), step)),
                label: point.on.format("%-d/%-m").to_string(),
            })
            .collect(),
    }
}

fn evening(asked: &Counted, point: &Point) -> Evening {
    let by = point.on.to_string();
    let figure = |which: &Which| {
        let href = asked.address("/desk/progress/slots", &[("which", which.code()), ("by", &by)]);
        (vietnamese::number::format_integer(point.of(*which).unwrap_or_default()), href)
    };
    Evening { on: time::day(point.on), figures: SHOWN.iter().map(figure).collect() }
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

#[cfg(test)]
mod tests {
    use super::round_up;

    #[test]
    fn an_axis_ends_at_a_round_number_with_whole_halves() {
        let found: Vec<i64> = [0, 1, 2, 3, 5, 11, 21, 40, 41, 101, 1234].map(round_up).into();
        assert_eq!(found, [2, 2, 2, 4, 6, 20, 40, 40, 60, 200, 2000]);
    }
}
