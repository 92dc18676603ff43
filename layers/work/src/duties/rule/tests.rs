//! Due rules against the cases of scenarios R2 and R3, and against days that calendars stumble over.

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn frame(from: &str, until: &str) -> Frame {
    Frame { from: day(from), until: day(until) }
}

fn half_years() -> Often {
    Often::Yearly { days: vec![DayOfYear { month: 6, day: 20 }, DayOfYear { month: 12, day: 20 }] }
}

fn dues(rule: &Rule, frame: Frame) -> Vec<String> {
    rule.periods(frame, &Calendar::default()).iter().map(|period| format!("{} {}", period.key, period.due)).collect()
}

#[test]
fn half_years_are_due_before_they_end() {
    let rule = Rule { before: true, cut_off: CutOff::Fourteenth, ..Rule::plain(half_years()) };
    let periods = rule.periods(frame("2025-08-13", "2026-12-31"), &Calendar::default());
    let shown: Vec<_> =
        periods.iter().map(|period| format!("{} {}..{} {}", period.key, period.start, period.end, period.due)).collect();
    assert_eq!(
        shown,
        [
            "2025-H2 2025-06-15..2025-12-14 2025-12-19",
            "2026-H1 2025-12-15..2026-06-14 2026-06-19",
            "2026-H2 2026-06-15..2026-12-14 2026-12-19",
        ]
    );
}

#[test]
fn r2_on_a_day_is_not_before_it() {
    let on = Rule::plain(half_years());
    let before = Rule { before: true, ..on.clone() };
    let year = frame("2026-01-01", "2026-06-30");
    assert_eq!(dues(&on, year), ["2026-H1 2026-06-20"]);
    assert_eq!(dues(&before, year), ["2026-H1 2026-06-19"]);
}

#[test]
fn r3_a_saturday_moves_as_the_rule_says() {
    let calendar = Calendar::default();
    let due = |shift| {
        let rule = Rule { shift, ..Rule::plain(half_years()) };
        rule.periods(frame("2026-01-01", "2026-06-30"), &calendar)[0].due
    };
    assert_eq!(due(Shift::Next), day("2026-06-22"));
    assert_eq!(due(Shift::Previous), day("2026-06-19"));
    assert_eq!(due(Shift::None), day("2026-06-20"));
}

#[test]
fn months_end_where_they_end() {
    let rule = Rule::plain(Often::Monthly { day: 31 });
    assert_eq!(
        dues(&rule, frame("2028-01-01", "2028-04-01")),
        ["2028-01 2028-01-31", "2028-02 2028-02-29", "2028-03 2028-03-31", "2028-04 2028-04-30"]
    );
    let press = Rule { cut_off: CutOff::Fourteenth, ..Rule::plain(Often::Monthly { day: 20 }) };
    let first = &press.periods(frame("2026-01-01", "2026-01-31"), &Calendar::default())[0];
    assert_eq!((first.start, first.end, first.due), (day("2025-12-15"), day("2026-01-14"), day("2026-01-20")));
}

#[test]
fn the_twenty_ninth_of_february_is_the_last_of_february() {
    let rule = Rule::plain(Often::Yearly { days: vec![DayOfYear { month: 2, day: 29 }] });
    assert_eq!(dues(&rule, frame("2027-01-01", "2028-12-31")), ["2027 2027-02-28", "2028 2028-02-29"]);
}

#[test]
fn once_is_once_and_known_by_its_year() {
    let rule = Rule::plain(Often::Once { by: day("2026-12-31") });
    assert_eq!(dues(&rule, frame("2025-08-13", "2030-12-31")), ["2026 2026-12-31"]);
    let to_a_day = Rule { before: true, ..Rule::plain(Often::Once { by: day("2026-09-30") }) };
    assert_eq!(dues(&to_a_day, frame("2025-08-13", "2030-12-31")), ["2026-09-30 2026-09-29"]);
}

#[test]
fn five_days_of_a_year_are_five_periods_that_touch() {
    let days = [(2, 1), (4, 15), (6, 30), (9, 1), (12, 20)].map(|(month, day)| DayOfYear { month, day }).to_vec();
    let periods = Rule::plain(Often::Yearly { days }).periods(frame("2026-01-01", "2026-12-31"), &Calendar::default());
    assert_eq!(periods.len(), 5);
    assert!(periods.windows(2).all(|pair| pair[0].end.succ_opt() == Some(pair[1].start)));
}

#[test]
fn nonsense_makes_no_periods() {
    let odd = Rule::plain(Often::Yearly { days: vec![DayOfYear { month: 13, day: 1 }] });
    assert!(dues(&odd, frame("2026-01-01", "2030-12-31")).is_empty());
    let long = Rule::plain(Often::Monthly { day: 1 });
    assert_eq!(dues(&long, frame("2000-01-01", "2999-12-31")).len(), PERIODS_MAX);
}

#[test]
fn a_request_is_due_in_working_days() {
    let rule = Rule::plain(Often::OnRequest { working_days: 3 });
    assert!(rule.periods(frame("2026-01-01", "2026-12-31"), &Calendar::default()).is_empty());
    assert_eq!(rule.due_after(day("2026-06-18"), &Calendar::default()), Some(day("2026-06-23")));
}

#[test]
fn a_rule_survives_its_storage() {
    let rule = Rule { before: true, shift: Shift::Next, cut_off: CutOff::Fourteenth, ..Rule::plain(half_years()) };
    let text = serde_json::to_string(&rule).expect("json");
    assert_eq!(
        text,
        r#"{"often":"yearly","days":[{"month":6,"day":20},{"month":12,"day":20}],"before":true,"cut_off":"fourteenth","shift":"next"}"#
    );
    assert_eq!(serde_json::from_str::<Rule>(&text).expect("the rule"), rule);
}
