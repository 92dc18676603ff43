//! The demo plan shows every form that a provincial plan takes, so it must be read without a fault: the first thing a
//! newcomer tries is bringing it in.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::Value;

fn read(file: &str) -> Value {
    let path = format!("{}/data/{file}", env!("CARGO_MANIFEST_DIR"));
    let said = Command::new(env!("CARGO_BIN_EXE_lantoa")).args(["plan", "read", &path, "--format", "json"]).output();
    let said = said.expect("lantoa runs");
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    serde_json::from_slice(&said.stdout).expect("JSON")
}

#[test]
fn a_text_that_is_no_plan_is_no_success() {
    let file = std::env::temp_dir().join(format!("lantoa-prose-{}.txt", std::process::id()));
    for (text, said) in [
        ("Xin chào\n", "Không tách được quy định nào"),
        ("Mùa này nước lên chậm.\nNgười dân hai bên bờ đi thả lưới từ sáng sớm.\n", "có thể không phải kế hoạch"),
    ] {
        std::fs::write(&file, text).expect("a file");
        let answer = Command::new(env!("CARGO_BIN_EXE_lantoa")).args(["plan", "read"]).arg(&file).output().expect("lantoa runs");
        assert_eq!(answer.status.code(), Some(3), "{text}");
        assert!(String::from_utf8_lossy(&answer.stderr).contains(said));
        let plan: Value = serde_json::from_slice(&answer.stdout).expect("JSON");
        let kinds: Vec<&Value> = plan["warnings"].as_array().expect("warnings").iter().map(|warning| &warning["kind"]).collect();
        assert!(kinds.contains(&&Value::from("no_plan")), "{kinds:?}");
    }
    std::fs::remove_file(&file).expect("removed");
}

fn provisions(plan: &Value) -> &Vec<Value> {
    plan["provisions"].as_array().expect("provisions")
}

#[track_caller]
fn at<'a>(plan: &'a Value, path: &str) -> &'a Value {
    provisions(plan).iter().find(|provision| provision["path"] == path).unwrap_or_else(|| panic!("no provision {path}"))
}

fn count<'a>(plan: &'a Value, of: impl Fn(&'a Value) -> &'a Value) -> BTreeMap<&'a str, usize> {
    provisions(plan).iter().fold(BTreeMap::new(), |mut counts, provision| {
        *counts.entry(of(provision).as_str().unwrap_or_default()).or_default() += 1;
        counts
    })
}

#[test]
fn the_head_of_the_demo_plan_is_read() {
    let plan = read("demo-plan.txt");
    let head = &plan["document"];
    assert_eq!(head["symbol"], "01/KH-UBND");
    assert_eq!(head["date"], "2026-01-15");
    assert_eq!(head["issuer"], "ỦY BAN NHÂN DÂN TỈNH ĐỒNG THÁP");
    assert!(head["subject"].as_str().is_some_and(|subject| subject.ends_with("(bản thử nghiệm)")), "{head}");
}

#[test]
fn the_demo_plan_has_every_kind_and_every_deadline() {
    let plan = read("demo-plan.txt");
    let kinds = count(&plan, |provision| &provision["kind"]);
    let wanted = [("funding", 2), ("responsibility", 24), ("target", 11), ("task", 32), ("viewpoint", 5)];
    assert_eq!(kinds, wanted.into());
    let deadlines = count(&plan, |provision| &provision["deadline"]["kind"]);
    for kind in ["year", "quarter", "month", "date", "range", "recurring", "recurring_from", "report_cycle", "none"] {
        assert!(deadlines.contains_key(kind), "no {kind} among {deadlines:?}");
    }
    assert!(!deadlines.contains_key("unknown"), "{deadlines:?}");
}

#[test]
fn every_duty_of_the_demo_plan_has_its_leads_and_one_doubt_is_left_to_show() {
    let plan = read("demo-plan.txt");
    for provision in provisions(&plan) {
        let duty = provision["kind"] == "task" || provision["kind"] == "responsibility";
        let led = provision["leads"].as_array().is_some_and(|leads| !leads.is_empty());
        assert!(led || !duty, "{} has no lead", provision["path"]);
    }
    let doubted: Vec<&Value> = provisions(&plan).iter().filter(|one| one["doubts"] != Value::Array(Vec::new())).collect();
    let paths: Vec<&Value> = doubted.iter().map(|one| &one["path"]).collect();
    assert_eq!(paths, ["V.1.c"], "a sentence with two deadlines is honestly doubtful, nothing else is");
}

#[test]
fn names_with_commas_stay_whole_and_targets_keep_their_exception() {
    let plan = read("demo-plan.txt");
    let press = at(&plan, "V.6.a.1");
    assert_eq!(press["leads"].as_array().map(Vec::len), Some(3));
    assert_eq!(press["cooperates"][1], "Sở Văn hóa, Thể thao và Du lịch");
    assert_eq!(press["role"], "support");
    let secret = at(&plan, "II.2.d.1");
    assert_eq!(secret["target"]["exclude"], "(trừ nhiệm vụ thuộc danh mục bí mật nhà nước)");
    assert_eq!(at(&plan, "V.7.đ")["deadline"]["interval"], "half_yearly");
    assert_eq!(at(&plan, "V.end")["leads"][1], "Sở Khoa học và Công nghệ");
}

#[test]
fn the_amended_demo_plan_is_later_longer_and_shorter_in_known_places() {
    let (before, after) = (read("demo-plan.txt"), read("demo-plan-amended.txt"));
    let texts = |plan: &Value| -> Vec<String> {
        provisions(plan).iter().filter_map(|one| one["text"].as_str().map(str::to_owned)).collect()
    };
    let (old, new) = (texts(&before), texts(&after));
    assert_eq!(new.iter().filter(|text| !old.contains(text)).count(), 7, "one is new, six say something else");
    assert_eq!(old.iter().filter(|text| !new.contains(text)).count(), 7, "one is gone, six say something else");
    assert_eq!(at(&before, "III.1.b.4")["deadline"]["year"], 2026);
    assert_eq!(at(&after, "III.1.b.5")["deadline"]["year"], 2027, "inserted before it: the platform moved down and later");
    assert_eq!(at(&after, "II.2.d.2")["target"]["value"], 90.0);
}
