mod samples;

use std::collections::BTreeSet;

use samples::{change, samples};

use super::*;
use crate::base::Role;
use crate::web::Lang;

/// The kinds of facts as `base/fact.rs` has them.
fn kinds() -> BTreeSet<String> {
    let source = include_str!("../../base/fact.rs");
    let body = source.split("pub enum Fact {").nth(1).and_then(|rest| rest.split("\n}").next()).expect("the facts");
    let variants = body.lines().filter_map(|line| line.strip_prefix("    "));
    let variants = variants.filter(|line| line.starts_with(|letter: char| letter.is_ascii_uppercase()));
    variants.map(|line| line.split([' ', ',', '{']).next().unwrap_or_default().to_owned()).collect()
}

fn kind(fact: &Fact) -> String {
    serde_json::to_value(fact).expect("JSON")["kind"].as_str().expect("a kind").to_owned()
}

#[test]
fn every_fact_has_words_in_both_languages() {
    let told: BTreeSet<String> = samples().iter().map(kind).collect();
    assert_eq!(told, kinds(), "give the new fact a sample here");
    for l in [Locale(Lang::Vi), Locale(Lang::En)] {
        for fact in samples() {
            let telling = super::told(l, &fact);
            for line in std::iter::once(&telling.title).chain(&telling.details) {
                assert!(!line.contains("nknown localization") && !line.contains('{'), "{fact:?}: {line}");
            }
            assert_ne!(telling.title, l.t("agency-fact-other"), "{fact:?} has no words of its own");
        }
    }
}

#[test]
fn changes_are_told_field_by_field() {
    let l = Locale::default();
    let changes = vec![
        change("name", "Sở cũ", "Sở mới"),
        change("kind", "department", "committee_body"),
        change("open_from", "2025-07-01", ""),
        change("forgotten", "a", "b"),
    ];
    let telling = told(l, &Fact::AgencyEdited { changes });
    assert_eq!(telling.details[0], "Tên đầy đủ: Sở cũ → Sở mới");
    assert!(telling.details[1].starts_with("Loại: Sở → "), "{}", telling.details[1]);
    assert_eq!(telling.details[2], "Hoạt động từ ngày: 1/7/2025 → (để trống)");
    assert_eq!(telling.details[3], "forgotten: a → b");
    let long = "ẵ".repeat(5_000);
    let telling = told(l, &Fact::ProvisionCorrected { path: "I.1".into(), changes: vec![change("text", &long, "x")] });
    assert!(telling.details[0].chars().count() < 400, "a long text is cut");
}

#[test]
fn agencies_are_called_by_name_where_known() {
    let l = Locale::default();
    let id = Uuid::from_u128(7);
    let fact = Fact::RoleGranted { role: Role::Officer, agency: Some(id) };
    assert_eq!(told(l, &fact).title, "Giao vai trò Chuyên viên ở một cơ quan");
    let brief = Brief {
        id,
        slug: "so".into(),
        code: "S".into(),
        name: "Sở Thử nghiệm".into(),
        short_name: "Sở TN".into(),
        kind: crate::people::agency::Kind::Department,
        open_from: chrono::NaiveDate::default(),
        closed_on: None,
    };
    let agencies = Agencies::from([(id, brief)]);
    assert_eq!(told_among(l, &fact, &agencies).title, "Giao vai trò Chuyên viên ở Sở TN");
    let closed = Fact::AgencyClosed { on: "2026-06-30".into(), successors: vec![id] };
    assert_eq!(told_among(l, &closed, &agencies).details, ["Chuyển sang: Sở TN"]);
}
