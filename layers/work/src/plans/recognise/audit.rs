//! What a coordinator should know about a plan before adopting it: gaps, repetitions, things that can not be met.

mod bodies;
mod wording;

use std::collections::{HashMap, HashSet};

use official_document::{Document, Span};

use super::model::{DeadlineKind, Kind, Link, Provision, Recognition, TargetType, Warning};
use super::similarity::Index;
use super::words::{Phrases, Words, canonical, phrases, text_key};

/// The kind of the warning that a text is no plan.
pub const NO_PLAN: &str = "no_plan";
/// Paths named in one message at most.
const NAMED_MAX: usize = 12;

/// All warnings of a recognised document, those of the reader included, in the order of the text.
pub(super) fn audit(document: &Document, recognition: &Recognition, index: &Index) -> Vec<Warning> {
    let provisions = &recognition.provisions;
    let mut all = recognition.warnings.clone();
    all.extend(no_plan(provisions));
    all.extend(from_reader(document, recognition));
    all.extend(doubts(provisions));
    all.extend(targets_without_task(provisions, &recognition.links));
    all.extend(tasks_without_target(provisions, &recognition.links));
    all.extend(provisions.iter().filter_map(without_date));
    all.extend(provisions.iter().filter_map(undated_review));
    all.extend(provisions.iter().filter_map(|one| central_class(document, one)));
    all.extend(identical(provisions));
    all.extend(bodies::without_report(provisions));
    all.extend(wording::differing(provisions, index));
    let order: HashMap<&str, usize> = provisions.iter().enumerate().map(|(place, one)| (one.path.as_str(), place)).collect();
    all.sort_by_key(|warning| order.get(warning.path.as_str()).map_or(0, |place| place + 1));
    all
}

/// A text that gives no duties: nothing in it, or only sentences without number, heading or body, each taken for a task.
fn no_plan(provisions: &[Provision]) -> Option<Warning> {
    const NOTHING: &str = "Không tách được quy định nào: văn bản có thể không phải kế hoạch, hoặc không có phần, mục đánh số. Hãy kiểm tra lại tệp.";
    const PROSE: &str = "Văn bản không có phần, mục nào và không nêu cơ quan nào: có thể không phải kế hoạch. \
        Các quy định đều là câu chữ được đoán; hãy kiểm tra lại tệp.";
    let guessed = |one: &Provision| one.doubts.iter().any(|doubt| doubt.kind == "kind_guessed");
    let bare = |one: &Provision| one.marker.is_empty() && one.headings.is_empty() && one.leads.is_empty();
    let prose = provisions.iter().all(|one| guessed(one) && bare(one));
    prose.then(|| Warning::new("", NO_PLAN, if provisions.is_empty() { NOTHING } else { PROSE }))
}

/// The reader's own warnings at the path they stand at: "truncated", "sequence_gap" …
fn from_reader(document: &Document, recognition: &Recognition) -> Vec<Warning> {
    let provisions = recognition.provisions.iter().map(|one| (one.span, one.path.as_str()));
    let headings = recognition.headings.iter().map(|one| (one.span, one.path.as_str()));
    let mut places: Vec<(Span, &str)> = provisions.chain(headings).collect();
    places.sort_unstable_by_key(|(span, _)| span.start);
    let path_at = |span: Span| {
        let after = places.partition_point(|(place, _)| place.start <= span.start);
        let found = after.checked_sub(1).map(|before| places[before]).filter(|(place, _)| span.start < place.end);
        found.map(|(_, path)| path.to_owned()).unwrap_or_default()
    };
    let named = |warning: &official_document::Warning| {
        let path = warning.span.map(path_at).unwrap_or_default();
        Warning::new(&path, &warning.code.replace('-', "_"), warning.message.clone())
    };
    document.warnings.iter().map(named).collect()
}

/// Doubts that concern the plan as such, not only its reading.
fn doubts(provisions: &[Provision]) -> Vec<Warning> {
    const TOLD: [&str; 5] = ["unknown_deadline", "year_from_document", "several_deadlines", "lead_missing", "duplicate_path"];
    let of = |one: &Provision| {
        let told = one.doubts.iter().filter(|doubt| TOLD.contains(&doubt.kind.as_str()));
        told.map(|doubt| Warning::new(&one.path, &doubt.kind, doubt.message.clone())).collect::<Vec<_>>()
    };
    provisions.iter().flat_map(of).collect()
}

fn targets_without_task(provisions: &[Provision], links: &[Link]) -> Vec<Warning> {
    let targets: HashSet<&str> = links.iter().map(|link| link.target.as_str()).collect();
    let served = |path: &str| targets.contains(path);
    let alone = |one: &&Provision| {
        one.kind == Kind::Target && one.target_type != Some(TargetType::General) && one.leads.is_empty() && !served(&one.path)
    };
    let message =
        "Chỉ tiêu chưa có nhiệm vụ nào nhắc tới và chưa có cơ quan chịu trách nhiệm; hãy nối với nhiệm vụ hoặc giao cơ quan.";
    provisions.iter().filter(alone).map(|one| Warning::new(&one.path, "target_without_task", message)).collect()
}

/// One warning for the plan: that a task has no measure is usual.
fn tasks_without_target(provisions: &[Provision], links: &[Link]) -> Option<Warning> {
    let duties: HashSet<&str> = links.iter().map(|link| link.duty.as_str()).collect();
    let linked = |path: &str| duties.contains(path);
    let tasks: Vec<&str> = provisions
        .iter()
        .filter(|one| one.kind == Kind::Task && one.target.is_none() && !linked(&one.path))
        .map(|one| one.path.as_str())
        .collect();
    let any_target = provisions.iter().any(|one| one.kind == Kind::Target);
    (any_target && !tasks.is_empty()).then(|| {
        let message = format!("{} nhiệm vụ không gắn với chỉ tiêu nào: {}.", tasks.len(), listed(&tasks));
        Warning::new("", "tasks_without_target", message)
    })
}

fn without_date(one: &Provision) -> Option<Warning> {
    let open = one.kind == Kind::Task && one.deadline.kind == DeadlineKind::None;
    open.then(|| Warning::new(&one.path, "duty_without_date", "Nhiệm vụ không ghi thời hạn."))
}

/// "tổng kết" in a duty that gives no date for it.
fn undated_review(one: &Provision) -> Option<Warning> {
    if !one.kind.is_duty()
        || matches!(
            one.deadline.kind,
            DeadlineKind::Date | DeadlineKind::Month | DeadlineKind::Quarter | DeadlineKind::Year | DeadlineKind::Range
        )
    {
        return None;
    }
    if !one.text.contains("ổng kết") {
        return None;
    }
    let words = Words::new(&one.text);
    let at = words.find(0, "tổng kết")?;
    let stop = (at..words.len()).find(|index| words.ends_sentence(*index, true)).unwrap_or(words.len());
    let dated = (at..stop).any(|index| words.is(index, &["năm", "tháng", "quí", "ngày"]) && words.whole(index + 1).is_some());
    (!dated).then(|| Warning::new(&one.path, "undated_review", "Giao tổng kết nhưng không ghi thời điểm."))
}

/// "bộ, ngành" in a plan of a province or commune, carried over from a document of the centre.
fn central_class(document: &Document, one: &Provision) -> Option<Warning> {
    let issuer = document.header.issuer.as_ref().map(|field| canonical(&field.value)).unwrap_or_default();
    let superior = document.header.superior.as_ref().map(|field| canonical(&field.value)).unwrap_or_default();
    let central = ["bộ ", "chính phủ", "thủ tướng", "quốc hội", "ban chấp hành trung ương", "cục ", "tổng cục"];
    let above = |name: &str| central.iter().any(|start| name.starts_with(start)) && !name.starts_with("bộ chỉ huy");
    if above(&issuer) || above(&superior) || !one.kind.is_duty() {
        return None;
    }
    if !one.text.contains("ngành") {
        return None;
    }
    let words = Words::new(&one.text);
    let found = (0..words.len()).any(|at| {
        words.any(at, phrases!("bộ , ngành|bộ ngành|bộ và ngành")).is_some() && !words.is(at.wrapping_sub(1), &["cán"])
    });
    found.then(|| {
        Warning::new(&one.path, "central_class", "Nhắc tới “bộ, ngành” là cấp trung ương; có thể chép từ văn bản cấp trên.")
    })
}

fn identical(provisions: &[Provision]) -> Vec<Warning> {
    let mut groups: HashMap<String, Vec<&Provision>> = HashMap::new();
    for one in provisions.iter().filter(|one| one.kind.is_duty()) {
        groups.entry(text_key(&one.text)).or_default().push(one);
    }
    let repeated = groups.into_values().filter(|group| group.len() > 1);
    let warning = |group: Vec<&Provision>| {
        let others: Vec<&str> = group[1..].iter().map(|one| one.path.as_str()).collect();
        let message = format!("Giống hệt từng chữ với {}; vẫn là các nhiệm vụ riêng.", listed(&others));
        Warning::new(&group[0].path, "identical_duty", message)
    };
    repeated.map(warning).collect()
}

fn listed(paths: &[&str]) -> String {
    let mut text = paths.iter().take(NAMED_MAX).copied().collect::<Vec<_>>().join(", ");
    if paths.len() > NAMED_MAX {
        text.push_str(" …");
    }
    text
}
