use super::super::rule::{Is, Rule};
use super::*;

fn field(code: &str, kind: Kind) -> Field {
    Field { code: code.into(), label: format!("Ô {code}"), kind, ..Field::default() }
}

fn typed(pairs: &[(&str, &str)]) -> Typed {
    pairs.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect()
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 6, 10).expect("a day")
}

fn read(form: &Definition, pairs: &[(&str, &str)]) -> Result<Values, Vec<(&'static str, &'static str)>> {
    let none = HashMap::new();
    let typed = typed(pairs);
    let reading = Reading { form, typed: &typed, sure: &[], recorded: &none, earlier: &HashMap::new(), today: today() };
    let (values, wrong) = reading.read();
    if wrong.is_empty() { Ok(values) } else { Err(wrong.iter().map(|one| (one.field, one.key)).collect()) }
}

/// Scenario R6, at the fields of a form.
#[test]
fn each_figure_is_refused_or_read_as_vietnamese_writes_it() {
    let number = Definition { fields: vec![field("n", Kind::Number)], rules: Vec::new() };
    for (text, shown) in [("1.234", "1.234"), ("1 234", "1.234"), ("１２", "12"), ("0", "0")] {
        let values = read(&number, &[("n", text)]).expect(text);
        assert_eq!(values.value("n"), Some(&Value::Number(Amount::read(&shown.replace('.', "")).unwrap())), "{text}");
    }
    let wrong = [
        ("-3", "figure-out-of-range"),
        ("1000000000000000000", "figure-out-of-range"),
        ("NaN", "figure-no-number"),
        ("31/6", "figure-no-number"),
        ("1,234", "form-whole-only"),
        ("1,5", "form-whole-only"),
    ];
    for (text, key) in wrong {
        assert_eq!(read(&number, &[("n", text)]), Err(vec![("f0", key)]), "{text}");
    }
    let percent = Definition { fields: vec![Field { decimals: 2, ..field("p", Kind::Percent) }], rules: Vec::new() };
    assert_eq!(read(&percent, &[("p", "120")]), Err(vec![("f0", "figure-over-hundred")]));
    assert!(read(&percent, &[("p", "99,5%")]).is_ok());
    assert_eq!(
        read(&percent, &[("p", "1,234")]),
        Err(vec![("f0", "form-decimals")]),
        "refused before it is asked how it is meant"
    );
    let fine = Definition { fields: vec![Field { decimals: 3, ..field("n", Kind::Number) }], rules: Vec::new() };
    assert_eq!(read(&fine, &[("n", "1,234")]), Err(vec![("f0", "figure-ambiguous")]));
    let day = Definition { fields: vec![field("d", Kind::Day)], rules: Vec::new() };
    assert_eq!(read(&day, &[("d", "31/6/2026")]), Err(vec![("f0", "form-no-day")]));
    assert!(read(&day, &[("d", "30/6/2026")]).is_ok());
}

#[test]
fn a_gap_is_refused_explained_or_left_and_never_a_zero() {
    let of = |missing| Definition { fields: vec![Field { missing, ..field("n", Kind::Number) }], rules: Vec::new() };
    assert_eq!(read(&of(Missing::Refused), &[]), Err(vec![("f0", "form-field-missing")]));
    assert_eq!(read(&of(Missing::WithReason), &[("n.why", " . ")]), Err(vec![("f0-why", "form-missing-why")]));
    let explained = read(&of(Missing::WithReason), &[("n.why", "Chưa tổng hợp")]).expect("a reason");
    assert_eq!((explained.value("n"), explained.entries["n"].why.as_str()), (None, "Chưa tổng hợp"));
    assert_eq!(read(&of(Missing::NoData), &[]).expect("no data").value("n"), None);
}

#[test]
fn a_ratio_has_two_numbers_and_the_part_is_not_the_greater() {
    let form = Definition { fields: vec![field("r", Kind::Ratio)], rules: Vec::new() };
    assert!(read(&form, &[("r", "1"), ("r.whole", "2")]).is_ok());
    assert_eq!(read(&form, &[("r", "1")]), Err(vec![("f0-whole", "form-field-missing")]));
    assert_eq!(read(&form, &[("r", "3"), ("r.whole", "2")]), Err(vec![("f0", "form-ratio-over")]));
    assert!(read(&form, &[("r", "0"), ("r.whole", "0")]).is_ok(), "nothing of nothing has no share");
    assert_eq!(read(&form, &[("r", "1"), ("r.whole", "0")]), Err(vec![("f0", "form-ratio-over")]));
}

#[test]
fn a_warning_needs_a_word_and_a_blocking_rule_no_word_helps() {
    let rule = Rule { left: "n".into(), is: Is::AtMost, right: "10".into(), message: "Quá nhiều".into(), ..Rule::default() };
    let warns = Definition { fields: vec![field("n", Kind::Number)], rules: vec![rule.clone()] };
    assert_eq!(read(&warns, &[("n", "11")]), Err(vec![("x0", "form-explain")]));
    let kept = read(&warns, &[("n", "11"), ("rule.0", "Có thêm hai đợt")]).expect("explained");
    assert_eq!(kept.explained["rule.0"], "Có thêm hai đợt");
    let blocks = Definition { rules: vec![Rule { blocking: true, ..rule }], ..warns };
    assert_eq!(read(&blocks, &[("n", "11"), ("rule.0", "Có thêm hai đợt")]), Err(vec![("f0", "form-rule-broken")]));
}

#[test]
fn another_figure_than_is_recorded_needs_its_reason_and_both_are_kept() {
    let form = Definition { fields: vec![field("n", Kind::Number)], rules: Vec::new() };
    let recorded = HashMap::from([("n".to_owned(), Amount::from(3))]);
    let read = |pairs: &[(&str, &str)]| {
        let typed = typed(pairs);
        Reading { form: &form, typed: &typed, sure: &[], recorded: &recorded, earlier: &HashMap::new(), today: today() }.read()
    };
    assert_eq!(
        read(&[("n", "5")]).1.iter().map(|one| (one.field, one.key)).collect::<Vec<_>>(),
        [("f0-why", "form-recorded-differs")]
    );
    let (values, wrong) = read(&[("n", "5"), ("n.why", "Hai buổi ở xã chưa nhập")]);
    assert!(wrong.is_empty());
    let entry = &values.entries["n"];
    assert_eq!((entry.value.clone(), entry.recorded), (Some(Value::Number(Amount::from(5))), Some(Amount::from(3))));
    assert!(read(&[("n", "3")]).1.is_empty());
}

#[test]
fn what_was_handed_in_can_be_typed_again() {
    let form = Definition { fields: vec![field("n", Kind::Number), field("r", Kind::Ratio)], rules: Vec::new() };
    let values = read(&form, &[("n", "1.234"), ("r", "1"), ("r.whole", "2")]).expect("values");
    assert_eq!(again(&values), typed(&[("n", "1.234"), ("r", "1"), ("r.whole", "2")]));
}

#[test]
fn a_day_that_has_happened_is_no_day_to_come() {
    let of = |happened: bool| Definition {
        fields: vec![Field { code: "ngay".into(), label: "Ngày mở".into(), kind: Kind::Day, happened, ..Field::default() }],
        rules: Vec::new(),
    };
    let to_come = [("ngay", "10/10/2030")];
    assert_eq!(read(&of(true), &to_come).unwrap_err(), [("f0", "form-day-to-come")]);
    assert!(read(&of(false), &to_come).is_ok() && read(&of(true), &[("ngay", "10/6/2026")]).is_ok());
    let kept = serde_json::to_string(&of(false)).expect("JSON");
    assert!(!kept.contains("happened"), "forms that do not ask it stay as they are kept: {kept}");
}
