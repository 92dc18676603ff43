//! The board's counts by part of the plan and by kind of duty; each figure opens its list.

use std::collections::BTreeMap;

use sea_orm::entity::prelude::*;

use super::board::Counted;
use crate::duties::backlog::Backlog;
use crate::duties::progress::{Tally, Which};
use crate::duties::{Duty, view};
use crate::web::Locale;

/// What stands in a line.
const SHOWN: [(Which, &str); 5] =
    [(Which::Expected, ""), (Which::Submitted, ""), (Which::OnTime, ""), (Which::Returned, "returned"), (Which::Overdue, "late")];

/// A figure that opens its list.
pub struct Count {
    pub value: String,
    pub href: String,
    pub state: &'static str,
}

/// One part, or one kind.
pub struct Line {
    pub label: String,
    /// The board of it alone.
    pub href: String,
    pub counts: Vec<Count>,
    /// What was handed in of what was expected, in words.
    pub share: String,
}

/// Lines under one heading.
pub struct Breakdown {
    pub title: String,
    pub head: String,
    pub lines: Vec<Line>,
}

/// The heads of the figures.
#[must_use]
pub fn heads(l: Locale) -> Vec<String> {
    SHOWN.iter().map(|(which, _)| l.t(&format!("progress-{}", which.code()))).collect()
}

/// By part and by kind, each in the order of the document; a heading under which there is nothing to compare is left out.
#[must_use]
pub fn breakdowns(l: Locale, counted: &Counted, duties: &[Duty], backlog: &[Backlog]) -> Vec<Breakdown> {
    let part = |duty: &Duty| duty.path.split_once('.').map(|(part, _)| part.to_owned());
    let kind = |duty: &Duty| Some(duty.kind.to_value());
    let part_label = |code: &str| l.t1("progress-part", "part", code);
    let kind_label = |code: &str| l.t(&format!("duty-kind-{code}"));
    let both = [
        Breakdown {
            title: l.t("progress-by-part"),
            head: l.t("filter-part"),
            lines: lines(l, counted, &sums(duties, backlog, part), ("part", &part_label)),
        },
        Breakdown {
            title: l.t("progress-by-kind"),
            head: l.t("progress-kind"),
            lines: lines(l, counted, &sums(duties, backlog, kind), ("kind", &kind_label)),
        },
    ];
    both.into_iter().filter(|breakdown| breakdown.lines.len() > 1).collect()
}

/// Sums of parts, in the order in which their first duty stands in the document.
fn sums(duties: &[Duty], backlog: &[Backlog], key: impl Fn(&Duty) -> Option<String>) -> Vec<(String, Tally)> {
    let tallies: BTreeMap<Uuid, Tally> = backlog.iter().map(|one| (one.id, one.tally)).collect();
    let mut sums: Vec<(String, Tally)> = Vec::new();
    for duty in duties {
        let (Some(key), Some(tally)) = (key(duty), tallies.get(&duty.id)) else { continue };
        match sums.iter_mut().find(|(known, _)| *known == key) {
            Some((_, sum)) => *sum += *tally,
            None => sums.push((key, *tally)),
        }
    }
    sums
}

fn lines(
    l: Locale,
    counted: &Counted,
    sums: &[(String, Tally)],
    (name, label): (&'static str, &dyn Fn(&str) -> String),
) -> Vec<Line> {
    let line = |(code, tally): &(String, Tally)| {
        let count = |(which, state): &(Which, &'static str)| {
            let count = which.of(tally);
            Count {
                value: vietnamese::number::format_integer(count),
                href: counted.address("/desk/progress/slots", &[(name, code), ("which", which.code())]),
                state: if count == 0 { "" } else { state },
            }
        };
        Line {
            label: label(code),
            href: counted.address("/desk/progress", &[(name, code)]),
            counts: SHOWN.iter().map(count).collect(),
            share: view::share(l, tally, tally.done()).unwrap_or_default(),
        }
    };
    sums.iter().map(line).collect()
}
