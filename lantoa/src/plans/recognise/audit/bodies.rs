//! Bodies that have duties but owe no report.

use std::collections::{HashMap, HashSet};

use super::super::model::{DeadlineKind, Kind, Provision, Warning};
use super::super::words::{Words, canonical};

/// Bodies named in warnings at most.
const BODIES_MAX: usize = 60;

/// A warning for every body with duties to which no provision gives a report; one for the plan when nobody reports.
pub(super) fn without_report(provisions: &[Provision]) -> Vec<Warning> {
    let duties = || provisions.iter().filter(|one| one.kind.is_duty() && !one.leads.is_empty());
    let reporting: HashSet<String> =
        duties().filter(|one| reports(one)).flat_map(|one| &one.leads).map(|name| canonical(name)).collect();
    if duties().next().is_none() {
        return Vec::new();
    }
    if reporting.is_empty() {
        let message = "Kế hoạch không giao ai báo cáo kết quả; hãy quy định chế độ báo cáo.";
        return vec![Warning::new("", "no_report", message)];
    }
    let receiving: HashSet<String> =
        duties().filter(|one| reports(one)).flat_map(|one| &one.recipients).map(|name| canonical(name)).collect();
    let mut first: HashMap<String, &Provision> = HashMap::new();
    let mut order = Vec::new();
    for one in duties() {
        for name in &one.leads {
            let key = canonical(name);
            if !first.contains_key(&key) {
                first.insert(key.clone(), one);
                order.push((key, name));
            }
        }
    }
    let classes: Vec<&String> = reporting.iter().take(BODIES_MAX).collect();
    let silent = order.into_iter().take(BODIES_MAX * 10).filter(|(key, _)| {
        !receiving.contains(key) && !reporting.contains(key) && !classes.iter().any(|other| covers(other, key))
    });
    let warn = |(key, name): (String, &String)| {
        let path = first.get(&key).map(|one| one.path.as_str()).unwrap_or_default();
        Warning::new(path, "body_without_report", format!("“{name}” có nhiệm vụ nhưng không được giao báo cáo."))
    };
    silent.take(BODIES_MAX).map(warn).collect()
}

fn reports(one: &Provision) -> bool {
    let words = Words::new(&one.text);
    one.deadline.kind == DeadlineKind::ReportCycle
        || one.kind == Kind::Responsibility && (0..words.len()).any(|at| words.starts(at, "báo cáo"))
}

/// The class or body `reporter` includes the body `key`: "các sở, ban, ngành" includes "sở y tế".
fn covers(reporter: &str, key: &str) -> bool {
    if reporter == key || key.starts_with(reporter) {
        return true;
    }
    let class = reporter.starts_with("các ") || reporter.starts_with("thủ trưởng các ");
    let has = |word: &str| Words::new(reporter).find(0, word).is_some();
    let all = ["cơ quan", "đơn vị"].iter().any(|word| has(word));
    let departments = has("sở") || all;
    let communes = has("địa phương") || has("xã") || has("phường") || all;
    let department = ["sở ", "ban ", "văn phòng", "công an", "thanh tra", "phòng ", "trung tâm", "các sở", "bộ chỉ huy"]
        .iter()
        .any(|start| key.starts_with(start));
    let commune = ["ủy ban nhân dân các", "ubnd các", "ủy ban nhân dân xã", "các xã"].iter().any(|start| key.starts_with(start));
    let same_class = key.starts_with("các ")
        && ["sở", "địa phương", "cơ quan", "đơn vị"].iter().any(|word| has(word) && Words::new(key).find(0, word).is_some())
        && !key.contains("chủ quản");
    class && (departments && department || communes && commune || same_class)
}
