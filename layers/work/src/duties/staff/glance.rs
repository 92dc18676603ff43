//! The pictures of the leader's page that duties can tell: how much comes in time, and who is furthest behind.

use super::board::Counted;
use super::leader::PATH;
use super::trend::{DEFINITION, Trend};
use crate::duties::backlog::Backlog;
use crate::duties::progress::Which;
use crate::duties::trend::{Point, Step};
use crate::web::Locale;
use crate::web::chart::{Chart, Figure, Kind, Notes, Series};

/// So many agencies are drawn.
const WORST: usize = 10;

/// Of what was handed in until each evening, how much came in time; a gap where nothing was handed in yet.
#[must_use]
pub fn in_time(l: Locale, asked: &Counted, points: &[Point]) -> Figure {
    let share = |point: &Point| percent(point.on_time, point.submitted);
    let shares: Vec<Option<f64>> = points.iter().map(share).collect();
    let title = match shares.iter().rev().find_map(|share| *share) {
        Some(share) => l.t1("trend-in-time-finding", "share", crate::web::chart::worded(share, "%")),
        None => l.t("trend-in-time-none"),
    };
    let list = |point: &Point, which: Which| {
        asked.address("/desk/progress/slots", &[("which", which.code()), ("by", &point.on.to_string())])
    };
    Figure {
        id: "in-time",
        chart: Chart {
            title,
            unit: "%".into(),
            labels: Trend::labels(points),
            series: vec![Series { name: l.t("trend-in-time"), points: shares }],
            definition_href: DEFINITION.into(),
            data_href: asked.address("/desk/progress/trend", &[("step", Step::Month.code())]),
            ..Chart::default()
        },
        notes: Notes {
            ticks: Trend::ticks(l, points, Step::Month),
            hrefs: points.iter().map(|point| vec![list(point, Which::OnTime)]).collect(),
            ..Notes::default()
        },
        kind: Kind::Line,
        about: l.t("trend-in-time-about"),
        source: l.t("trend-source"),
        here: asked.address(PATH, &[]),
        is_lively: true,
    }
}

/// A ratio of counts; None of nothing.
fn percent(part: i64, whole: i64) -> Option<f64> {
    (whole > 0).then(|| part as f64 * 100.0 / whole as f64)
}

/// The agencies furthest behind, what is overdue and what was sent back; None where nobody is. `red`: the worst first.
#[must_use]
pub fn worst(l: Locale, asked: &Counted, red: &[Backlog], path: &str) -> Option<Figure> {
    let shown: Vec<_> = red.iter().take(WORST).filter_map(|one| Some((one, asked.agencies.get(&one.id)?))).collect();
    let count = |which: Which| shown.iter().map(|(one, _)| Some(which.of(&one.tally) as f64)).collect();
    let series = |which: Which, key: &str| Series { name: l.t(key), points: count(which) };
    let list = |slug: &str| [Which::Overdue, Which::Returned].map(|which| asked.list(which, slug, "")).to_vec();
    let worst = shown.first()?;
    Some(Figure {
        id: "worst",
        chart: Chart {
            title: l.t2("leader-worst-finding", "agencies", red.len(), "worst", worst.1.label()),
            labels: shown.iter().map(|(_, agency)| agency.label()).collect(),
            series: vec![series(Which::Overdue, "progress-overdue"), series(Which::Returned, "progress-returned")],
            definition_href: DEFINITION.into(),
            ..Chart::default()
        },
        notes: Notes {
            tones: vec!["late", "returned"],
            hrefs: shown.iter().map(|(_, agency)| list(&agency.slug)).collect(),
            ..Notes::default()
        },
        kind: Kind::Bars(WORST),
        about: l.t("leader-worst-about"),
        source: l.t("trend-source"),
        here: asked.address(path, &[]),
        is_lively: false,
    })
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn of_nothing_there_is_no_share() {
        assert_eq!(percent(0, 0), None);
        assert_eq!(percent(0, 4), Some(0.0));
        assert_eq!(percent(3, 4), Some(75.0));
    }
}
