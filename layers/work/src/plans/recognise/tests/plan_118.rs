//! Plan 118/KH-UBND against its labels; both are shared data outside the repository.

use std::path::PathBuf;

use serde_json::Value;

use super::super::{DeadlineKind, Kind, Recognition};
use super::{as_json, here, recognised, truth};

fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("LANTOA_SHARED").map_or_else(|| here().join("../../../shared"), PathBuf::from);
    let present = folder.join("data/plan-118.txt").is_file();
    if !present {
        println!("skipped: ../shared is absent");
    }
    present.then_some(folder)
}

fn plan() -> Option<(String, Vec<Value>)> {
    let folder = shared()?;
    let text = std::fs::read_to_string(folder.join("data/plan-118.txt")).expect("the plan is text");
    Some((text, truth(&folder.join("data/plan-118.truth.json"))))
}

fn pairs(recognition: &Recognition, expected: &[Value]) -> Vec<(Value, Value)> {
    let ours = as_json(recognition);
    let paths = |list: &[Value]| list.iter().map(|one| one["path"].clone()).collect::<Vec<_>>();
    assert_eq!(paths(&ours), paths(expected));
    expected.iter().cloned().zip(ours).collect()
}

#[test]
fn every_provision_has_its_kind_lead_deadline_and_target() {
    let Some((text, expected)) = plan() else { return };
    let recognition = recognised(&text);
    let count = |kind: Kind| recognition.provisions.iter().filter(|one| one.kind == kind).count();
    let kinds = [Kind::Viewpoint, Kind::Target, Kind::Task, Kind::Funding, Kind::Responsibility].map(count);
    assert_eq!(kinds, [6, 12, 35, 2, 26]);
    for (expected, ours) in pairs(&recognition, &expected) {
        let path = &expected["path"];
        for field in ["kind", "leads"] {
            assert_eq!(expected[field], ours[field], "{path} {field}");
        }
        for field in ["kind", "year"] {
            assert_eq!(expected["deadline"][field], ours["deadline"][field], "{path} deadline {field}");
        }
        assert_eq!(expected["target"].is_null(), ours["target"].is_null(), "{path} target");
        for field in ["op", "unit", "subject", "exclude", "raw"] {
            assert_eq!(expected["target"][field], ours["target"][field], "{path} target {field}");
        }
        assert_eq!(expected["target"]["value"].as_f64(), ours["target"]["value"].as_f64(), "{path} target value");
    }
}

#[test]
fn texts_are_whole_and_verbatim() {
    let Some((text, expected)) = plan() else { return };
    let recognition = recognised(&text);
    for (provision, expected) in recognition.provisions.iter().zip(&expected) {
        let start = expected["text"].as_str().unwrap_or_default();
        assert!(provision.text.starts_with(start), "{}", provision.path);
        assert_eq!(provision.text.chars().count() as u64, expected["length"].as_u64().unwrap_or_default(), "{}", provision.path);
        assert!(provision.span.of(&text).ends_with(&provision.text), "{}", provision.path);
    }
}

#[test]
fn partners_recipients_and_roles_agree_for_at_least_77() {
    let Some((text, expected)) = plan() else { return };
    let pairs = pairs(&recognised(&text), &expected);
    for field in ["cooperates", "recipients", "role"] {
        let right = pairs.iter().filter(|(expected, ours)| expected[field] == ours[field]).count();
        assert!(right >= 77, "{field}: {right}");
    }
}

/// P1: the deadlines of part III.
#[test]
fn deadlines_of_the_tasks_are_counted() {
    let Some((text, _)) = plan() else { return };
    let recognition = recognised(&text);
    let tasks = || recognition.provisions.iter().filter(|one| one.kind == Kind::Task);
    let with = |kind: DeadlineKind, year: Option<i32>| {
        tasks().filter(|one| one.deadline.kind == kind && one.deadline.year == year).count()
    };
    assert_eq!(with(DeadlineKind::Recurring, None), 29);
    assert_eq!(with(DeadlineKind::RecurringFrom, Some(2026)), 1);
    assert_eq!([2025, 2026, 2027].map(|year| with(DeadlineKind::Year, Some(year))), [2, 2, 1]);
}

/// P11: provisions and headings in the order of the text are the body, byte for byte.
#[test]
fn provisions_and_headings_rebuild_the_body() {
    let Some((text, _)) = plan() else { return };
    let recognition = recognised(&text);
    let provisions = recognition.provisions.iter().map(|one| one.span);
    let mut spans: Vec<_> = provisions.chain(recognition.headings.iter().map(|one| one.span)).collect();
    spans.sort_unstable();
    let rebuilt: Vec<&str> = spans.iter().map(|span| span.of(&text)).collect();
    let body: Vec<&str> = text.lines().skip(5).take(111).collect();
    let differs = rebuilt.iter().zip(&body).position(|(ours, line)| ours != line);
    assert_eq!((rebuilt.len(), differs), (body.len(), None));
}

/// P12: the same text in other dresses gives the same provisions.
#[test]
fn dresses_of_the_text_change_nothing() {
    let Some((text, _)) = plan() else { return };
    let plain: Vec<_> = recognised(&text).provisions.iter().map(key).collect();
    let lines: Vec<&str> = text.lines().collect();
    let header = lines.chunks(40).map(|chunk| chunk.join("\n")).collect::<Vec<_>>().join("\nKế hoạch số 118/KH-UBND\n");
    let dresses = [
        ("crlf", text.replace('\n', "\r\n")),
        ("bom", format!("\u{feff}{text}")),
        ("trailing spaces", text.replace('\n', "   \n")),
        ("tabs", text.replace("   ", "\t")),
        ("nbsp", text.replace(" năm ", "\u{a0}năm\u{a0}")),
        ("smart hyphens", text.replace("\n- ", "\n– ").replace("57-NQ", "57–NQ")),
        ("page headers", header),
    ];
    for (name, dressed) in dresses {
        let found: Vec<_> = recognised(&dressed).provisions.iter().map(key).collect();
        assert_eq!(found, plain, "{name}");
    }
}

fn key(provision: &super::super::Provision) -> (String, Kind, Vec<String>, DeadlineKind, Option<i32>) {
    let leads = provision.leads.iter().map(|name| super::super::words::canonical(name)).collect();
    (provision.path.clone(), provision.kind, leads, provision.deadline.kind, provision.deadline.year)
}
