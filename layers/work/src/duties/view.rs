//! Duties in words: rules, periods, where a slot stands, how much time is left.

use chrono::NaiveDate;

use super::progress::Tally;
use super::rule::{CutOff, DayOfYear, Often, Rule, Shift};
use super::slot::Slot;
use super::standing::{SOON_DAYS, Standing};
use crate::base::time;
use crate::web::Locale;

/// The rule as printed on a slot: how often, cut-off and shift.
#[must_use]
pub fn rule(l: Locale, rule: &Rule) -> String {
    let mut words = vec![often(l, rule)];
    if matches!(rule.often, Often::OnRequest { .. } | Often::Never) {
        return words.remove(0);
    }
    if rule.cut_off == CutOff::Fourteenth {
        words.push(l.t("rule-cut-off-fourteenth"));
    }
    words.push(l.t(match rule.shift {
        Shift::None => "rule-shift-none",
        Shift::Previous => "rule-shift-previous",
        Shift::Next => "rule-shift-next",
    }));
    words.join(" · ")
}

fn often(l: Locale, rule: &Rule) -> String {
    let on = |strict: &'static str, plain: &'static str| if rule.before { strict } else { plain };
    match &rule.often {
        Often::Once { by } => l.t1(on("rule-once-before", "rule-once"), "day", time::day(*by)),
        Often::Monthly { day: 31 } => l.t("rule-month-end"),
        Often::Monthly { day } => l.t1(on("rule-monthly-before", "rule-monthly"), "day", day),
        Often::Yearly { days } => l.t1(on("rule-yearly-before", "rule-yearly"), "days", list(days)),
        Often::Continuous { checks } => l.t1(on("rule-continuous-before", "rule-continuous"), "days", list(checks)),
        Often::Never => l.t("rule-never"),
        Often::OnRequest { working_days } => l.t1("rule-on-request", "days", working_days),
    }
}

/// `20/6, 20/12`
#[must_use]
pub fn list(days: &[DayOfYear]) -> String {
    days.iter().map(|on| format!("{}/{}", on.day, on.month)).collect::<Vec<_>>().join(", ")
}

/// `6 tháng đầu năm 2026`, `Quý III năm 2026`, `Tháng 5/2026`, `Năm 2026`.
#[must_use]
pub fn period(l: Locale, key: &str) -> String {
    let (year, part) = key.split_once('-').unwrap_or((key, ""));
    match part.split_at_checked(1) {
        _ if part.is_empty() => l.t1("period-year", "year", year),
        Some(("H", half)) => l.t1(if half == "1" { "period-first-half" } else { "period-second-half" }, "year", year),
        Some(("Q", quarter)) => {
            let roman = quarter.parse().ok().and_then(vietnamese::roman::to_roman).unwrap_or_else(|| quarter.to_owned());
            l.t2("period-quarter", "quarter", roman, "year", year)
        }
        _ => match (key.parse::<NaiveDate>(), part.parse::<u32>()) {
            (Ok(day), _) => l.t1("period-day", "day", time::day(day)),
            (_, Ok(month)) if part.len() == 2 => l.t2("period-month", "month", month, "year", year),
            (_, Ok(turn)) => l.t2("period-turn", "turn", turn, "year", year),
            _ => key.to_owned(),
        },
    }
}

/// A column of the board: a period, or several that stand together.
#[must_use]
pub fn column(l: Locale, column: &str) -> String {
    match column {
        super::progress::MONTHLY => l.t("period-monthly"),
        super::progress::ONCE => l.t("period-once"),
        other => period(l, other),
    }
}

/// A part of what was expected, in words: `62%`, `dưới 1%`, `0%`. Rounded down, so only all is 100 %; None of nothing.
#[must_use]
pub fn share(l: Locale, tally: &Tally, part: i64) -> Option<String> {
    Some(match tally.percent(part)? {
        0 if part > 0 => l.t("share-below-one"),
        percent => l.t1("share-percent", "percent", percent),
    })
}

/// The last day, as people have to keep it: where the slot was opened after its day, until when it is taken.
#[must_use]
pub fn due(l: Locale, slot: &Slot) -> String {
    if slot.in_time_until == slot.due_on {
        return time::day(slot.due_on);
    }
    l.t2("due-opened-late", "due", time::day(slot.due_on), "until", time::day(slot.in_time_until))
}

/// How much time is left, for those who owe it: `Quá hạn 4 ngày`, `Hôm nay`, `Còn 3 ngày`.
#[must_use]
pub fn left(l: Locale, due: NaiveDate, today: NaiveDate) -> String {
    match (due - today).num_days() {
        0 => l.t("left-today"),
        days if days < 0 => l.t1("left-late", "count", -days),
        days if days <= 60 => l.t1("left-days", "count", days),
        days => l.t1("left-months", "count", days / 30),
    }
}

/// The mark of the design system's set of states.
#[must_use]
pub fn mark(slot: &Slot, standing: Standing, today: NaiveDate) -> &'static str {
    match standing {
        Standing::Void => "superseded",
        Standing::Overdue => "late",
        Standing::Submitted => "waiting",
        Standing::Returned => "returned",
        Standing::Accepted => "on-time",
        Standing::Open if (slot.in_time_until - today).num_days() <= SOON_DAYS => "soon",
        Standing::Open => "open",
    }
}
