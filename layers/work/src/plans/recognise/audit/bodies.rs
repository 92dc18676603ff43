//! Bodies that have duties but owe no report.

use std::collections::HashSet;

use super::super::model::{DeadlineKind, Provision, Warning};
use super::super::words::{Phrases, Words, canonical, phrases};

/// Bodies named in warnings at most.
const BODIES_MAX: usize = 60;
/// Bodies that are told one by one although most owe no report.
const ONE_BY_ONE_MAX: usize = 3;
/// Bodies named in one warning at most.
const NAMED_MAX: usize = 8;

/// A warning for every body with duties to which no provision gives a report; one for the plan when nobody reports, or
/// nobody but who gathers the reports of the others.
pub(super) fn without_report(provisions: &[Provision]) -> Vec<Warning> {
    let duties: Vec<&Provision> = provisions.iter().filter(|one| one.kind.is_duty() && !one.leads.is_empty()).collect();
    if duties.is_empty() {
        return Vec::new();
    }
    let told: Vec<(&Provision, bool)> = duties.iter().filter_map(|one| reports(one).map(|gathers| (*one, gathers))).collect();
    if told.is_empty() {
        let message = "Kế hoạch không giao ai báo cáo kết quả; hãy quy định chế độ báo cáo.";
        return vec![Warning::new("", "no_report", message)];
    }
    if told.iter().all(|(_, gathers)| *gathers) {
        let names: Vec<&str> = told.iter().flat_map(|(one, _)| &one.leads).map(String::as_str).take(3).collect();
        let message = format!("Chỉ {} được giao tổng hợp, báo cáo; hãy quy định ai gửi báo cáo, khi nào.", names.join(", "));
        return vec![Warning::new("", "no_report", message)];
    }
    silent(&duties, &told)
}

fn silent(duties: &[&Provision], told: &[(&Provision, bool)]) -> Vec<Warning> {
    let names = |list: fn(&Provision) -> &[String]| -> HashSet<String> {
        told.iter().flat_map(|(one, _)| list(one)).map(|name| canonical(name)).collect()
    };
    let reporting = names(|one| &one.leads);
    let receiving = names(|one| &one.recipients);
    let classes: Vec<&String> = reporting.iter().take(BODIES_MAX).collect();
    let mut seen = HashSet::new();
    let (mut warnings, mut named) = (Vec::new(), Vec::new());
    let charged = duties.iter().filter(|one| is_charged(one));
    for (one, name) in charged.flat_map(|one| one.leads.iter().map(move |name| (one, name))).take(BODIES_MAX * 10) {
        let key = canonical(name);
        let covered = receiving.contains(&key) || classes.iter().any(|other| covers(other, &key));
        if seen.insert(key) && !covered && warnings.len() < BODIES_MAX {
            let message = format!("“{name}” có nhiệm vụ nhưng không được giao báo cáo.");
            warnings.push(Warning::new(&one.path, "body_without_report", message));
            named.push(name.as_str());
        }
    }
    // Where most owe none, that is how the document is made: one warning tells of all.
    if named.len() * 2 > seen.len() && named.len() > ONE_BY_ONE_MAX {
        let more = if named.len() > NAMED_MAX { " …" } else { "" };
        let names = named.iter().take(NAMED_MAX).copied().collect::<Vec<_>>().join("; ");
        let message = format!("{} cơ quan có nhiệm vụ nhưng không được giao báo cáo: {names}{more}.", named.len());
        return vec![Warning::new("", "body_without_report", message)];
    }
    warnings
}

/// The body is given something to do: who is only asked ("Đề nghị …") owes this plan no report, and "chịu trách nhiệm thi
/// hành" names everybody again.
fn is_charged(one: &Provision) -> bool {
    let words = Words::new(&one.text);
    let asked = |words: &Words<'_>| words.any(0, phrases!("đề nghị|kính đề nghị|trân trọng đề nghị|mời")).is_some();
    let above = one.headings.last().is_some_and(|title| asked(&Words::head(title)));
    let all_again = phrases!(
        "chịu trách nhiệm thi hành|chịu trách nhiệm tổ chức thực hiện|chịu trách nhiệm tổ chức thi hành|\
         căn cứ quyết định thi hành"
    );
    !asked(&words) && !above && !(0..words.len()).any(|at| words.any(at, all_again).is_some())
}

/// A report is due; `true` when it is made of the reports of others.
fn reports(one: &Provision) -> Option<bool> {
    let words = Words::new(&one.text);
    // "… nếu có vướng mắc, phản ánh về Sở A để tổng hợp, báo cáo …" is due only then.
    let only_then = one.deadline.kind == DeadlineKind::None && words.find(0, "vướng mắc").is_some();
    let said = (0..words.len()).find(|at| words.starts(*at, "báo cáo"));
    let sent = one.deadline.kind == DeadlineKind::ReportCycle || said.is_some();
    let gathers = |at: usize| words.any(at, phrases!("tổng hợp|đôn đốc|đầu mối")).is_some();
    (sent && !only_then).then(|| (0..said.unwrap_or(words.len())).any(gathers))
}

/// The class or body `reporter` includes the body `key`: "các sở, ban, ngành" includes "sở y tế".
fn covers(reporter: &str, key: &str) -> bool {
    if reporter == key || key.starts_with(reporter) {
        return true;
    }
    let head = ["thủ trưởng ", "người đứng đầu ", "lãnh đạo "].iter().find_map(|title| reporter.strip_prefix(title));
    if head.is_some_and(|of| key.starts_with(of) || key.strip_prefix("các ").is_some_and(|bare| bare.starts_with(of))) {
        return true;
    }
    let class = reporter.starts_with("các ") || head.is_some();
    let has = |word: &str| Words::new(reporter).find(0, word).is_some();
    let all = ["cơ quan", "đơn vị"].iter().any(|word| has(word));
    let departments = has("sở") || all;
    let communes = has("địa phương") || has("xã") || has("phường") || all;
    let of_ministry = has("vụ") || has("cục") || all;
    let starts = |list: &[&str]| list.iter().any(|start| key.starts_with(start));
    let department = starts(&[
        "sở ",
        "ban ",
        "văn phòng",
        "công an",
        "thanh tra",
        "phòng ",
        "trung tâm",
        "các sở",
        "bộ chỉ huy",
        "giám đốc",
        "thủ trưởng",
        "chi cục",
        "báo ",
        "đài ",
        "trường ",
        "bệnh viện",
        "trạm ",
    ]);
    let commune =
        starts(&["ủy ban nhân dân các", "ubnd các", "ủy ban nhân dân xã", "các xã", "chủ tịch ủy ban nhân dân", "các phường"]);
    let division = starts(&["vụ ", "cục ", "viện ", "văn phòng bộ", "thanh tra bộ", "các vụ", "các cục"]);
    let ministry = has("bộ") && key.starts_with("bộ ") && !department;
    let same_class = key.starts_with("các ")
        && ["sở", "địa phương", "cơ quan", "đơn vị"].iter().any(|word| has(word) && Words::new(key).find(0, word).is_some())
        && !key.contains("chủ quản");
    class && (departments && department || communes && commune || of_ministry && division || ministry || same_class)
}
