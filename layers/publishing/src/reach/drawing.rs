//! A figure over time as a line. Where nothing was given, or nobody could ask for too long, the line breaks; where the platform began to
//! count otherwise, a mark stands. Pure.

use chrono::{DateTime, Utc};

use super::schedule;
use super::trend::Point;
use crate::web::chart::spark::Spark;

/// Points that lie in the order of time, of a copy that is out since then, until now.
#[must_use]
pub fn of(points: &[Point], out_at: DateTime<Utc>, until: DateTime<Utc>, own: bool) -> Spark {
    let (mut runs, mut run, mut last): (Vec<Vec<(f64, f64)>>, Vec<(f64, f64)>, Option<DateTime<Utc>>) =
        (Vec::new(), Vec::new(), None);
    for point in points {
        let late = last.is_some_and(|last| is_long(last, point.at, out_at, own));
        if (late || point.value.is_none()) && !run.is_empty() {
            runs.push(std::mem::take(&mut run));
        }
        if let Some(value) = point.value {
            run.push((across(point.at, out_at, until), value as f64));
            last = Some(point.at);
        }
    }
    if !run.is_empty() {
        runs.push(run);
    }
    let marks = points.iter().filter(|point| point.is_redefined).map(|point| across(point.at, out_at, until));
    Spark { runs, marks: marks.collect(), why: String::new() }
}

/// Longer than two questions apart, as they were planned then.
fn is_long(last: DateTime<Utc>, at: DateTime<Utc>, out_at: DateTime<Utc>, own: bool) -> bool {
    let age = (at - out_at).num_seconds().max(0);
    let apart = schedule::apart_s(age, own).unwrap_or(schedule::DAYS * 86_400);
    (at - last).num_seconds() > 2 * apart + apart / 2
}

fn across(at: DateTime<Utc>, from: DateTime<Utc>, until: DateTime<Utc>) -> f64 {
    let whole = (until - from).num_seconds().max(1) as f64;
    ((at - from).num_seconds() as f64 / whole).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn at(day: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_780_000_000, 0).expect("a moment") + TimeDelta::days(day)
    }

    fn point(day: i64, value: Option<i64>) -> Point {
        Point { at: at(day), value, is_redefined: false, is_lower: false }
    }

    #[test]
    fn a_gap_is_a_gap() {
        let points = [point(8, Some(0)), point(9, Some(10)), point(10, None), point(11, Some(20)), point(12, Some(5))];
        let drawn = of(&points, at(0), at(20), false);
        assert_eq!(drawn.runs, [[(0.4, 0.0), (0.45, 10.0)], [(0.55, 20.0), (0.6, 5.0)]]);
        assert_eq!(drawn.gaps(), 1);
        let svg = drawn.svg("Lượt xem");
        assert!(svg.contains("\"40.0,23.0 45.0,12.0\"") && svg.contains("\"55.0,1.0 60.0,17.5\""), "{svg}");
        // Nobody asked for four days: no line is drawn over them.
        let slept = of(&[point(8, Some(1)), point(12, Some(2)), point(13, Some(2))], at(0), at(20), false);
        assert_eq!(slept.runs.len(), 2);
        assert_eq!(of(&[], at(0), at(20), false), Spark::default());
        let redefined = Point { is_redefined: true, ..point(10, Some(3)) };
        assert_eq!(of(&[redefined], at(0), at(20), false).marks, [0.5]);
    }
}
