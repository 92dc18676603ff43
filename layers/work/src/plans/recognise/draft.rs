//! One provision from its text, its labels and its scope.

use std::collections::HashMap;

use official_document::Span;

use super::deadline;
use super::gazetteer::{Gazetteer, Section};
use super::labels::{self, Labelled};
use super::listed;
use super::model::{Deadline, DeadlineKind, Doubt, Interval, Kind, Origin, Provision, Role};
use super::parties::whole_list;
use super::roles;
use super::scope::{Inherited, Scope};
use super::sections::{announced, by_nature, is_target};
use super::target;
use super::words::{Phrases, Words, phrases};

/// The words of a provision and where they stand.
#[derive(Clone, Debug, Default)]
pub(super) struct Source<'a> {
    /// Its path.
    pub path: String,
    /// Its marker.
    pub marker: &'a str,
    /// Its text.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// It closes the body: every subject in it owes something.
    pub closing: bool,
    /// "Mục tiêu:" stands before it.
    pub kind: Option<Kind>,
}

/// The provision these words state.
pub(super) fn provision(gazetteer: &Gazetteer, source: Source<'_>, scope: &Scope, labelled: Labelled) -> Provision {
    let words = Words::new(&source.text);
    let labelled = labelled.or(labels::inline(gazetteer, &words));
    let kind = kind_of(gazetteer, &words, &source, scope, &labelled);
    let mut provision = Provision {
        path: source.path.clone(),
        kind,
        text: source.text.clone(),
        span: source.span,
        marker: source.marker.to_owned(),
        headings: scope.trail.clone(),
        leads: Vec::new(),
        cooperates: Vec::new(),
        recipients: Vec::new(),
        role: Role::Lead,
        lead_source: None,
        deadline: Deadline::default(),
        target: None,
        target_type: None,
        result: labelled.result.clone(),
        funding: labelled.funding.clone(),
        doubts: Vec::new(),
    };
    put_parties(gazetteer, &words, &mut provision, scope, &labelled, source.closing);
    put_deadline(gazetteer, &words, &mut provision, scope, &labelled);
    put_target(&words, &mut provision, scope.general);
    put_doubts(gazetteer, &mut provision, &labelled, scope.kind.is_none() && source.kind.is_none() && !source.closing);
    provision
}

fn kind_of(gazetteer: &Gazetteer, words: &Words<'_>, source: &Source<'_>, scope: &Scope, labelled: &Labelled) -> Kind {
    if source.closing {
        return Kind::Responsibility;
    }
    if let Some(kind) = source.kind {
        return kind;
    }
    if let Some(kind) = announced_inline(gazetteer, &source.text, scope) {
        return kind;
    }
    let Some(kind) = scope.kind else {
        let led = scope.lead.as_ref().is_some_and(|lead| lead.origin == Some(Origin::Heading))
            || roles::in_body(gazetteer, words, Kind::Responsibility, false).is_some();
        return by_nature(words, led && labelled.leads.is_empty());
    };
    if scope.also.contains(&Kind::Target) && kind != Kind::Target && is_target(words) {
        return Kind::Target;
    }
    let aim_too = kind == Kind::Target && scope.also.contains(&Kind::Task);
    if aim_too && !is_target(words) && !labelled.leads.is_empty() { Kind::Task } else { kind }
}

/// "Nguồn vốn thực hiện: vốn doanh nghiệp …": the words before the colon announce the kind.
fn announced_inline(gazetteer: &Gazetteer, text: &str, scope: &Scope) -> Option<Kind> {
    let (title, _) = text.split_once(':').filter(|(title, _)| title.split_whitespace().count() <= 6)?;
    let parent = scope.kind.or(Some(Kind::Task));
    match announced(gazetteer, &Words::new(title), parent)?.section {
        Section::Of(kind @ (Kind::Funding | Kind::Target | Kind::Viewpoint)) => Some(kind),
        _ => None,
    }
}

fn put_parties(gazetteer: &Gazetteer, words: &Words<'_>, out: &mut Provision, scope: &Scope, labelled: &Labelled, closing: bool) {
    // "Phấn đấu đến năm 2026 …" under the name of a body is what that body is to reach.
    let owed = out.kind == Kind::Target && scope.kind.is_none_or(Kind::is_duty) && labelled_heading(scope);
    let inherits = !closing && (out.kind.is_duty() || out.kind == Kind::Funding || owed);
    // Whom the lines before the first part ask for everything is not who bears the costs.
    let costs = |lead: &Inherited| out.kind == Kind::Funding && scope.kind.is_none() && lead.origin == Some(Origin::IntroLine);
    let heading = scope.lead.as_ref().filter(|lead| inherits && !costs(lead));
    let mut supports = false;
    if !labelled.leads.is_empty() {
        (out.leads, out.lead_source) = (labelled.leads.clone(), Some(Origin::Label));
    } else if closing {
        let all = roles::all_in_body(gazetteer, words, out.kind);
        all.into_iter().flat_map(|doers| doers.names).for_each(|name| {
            if !out.leads.contains(&name) {
                out.leads.push(name)
            }
        });
        out.lead_source = (!out.leads.is_empty()).then_some(Origin::Body);
    } else if let Some(names) = titled_body(gazetteer, out, scope) {
        (out.leads, out.lead_source) = (names, Some(Origin::Body));
    } else if let Some(doers) = roles::in_body(gazetteer, words, out.kind, heading.is_some()) {
        supports = doers.supports;
        (out.leads, out.lead_source) = (doers.names, Some(Origin::Body));
    } else if let Some(names) = listed_subject(gazetteer, words, out, scope) {
        (out.leads, out.lead_source) = (names, Some(Origin::Body));
    } else if let Some(lead) = heading {
        (out.leads, out.lead_source) = (lead.leads.clone(), lead.origin);
        out.cooperates.clone_from(&lead.cooperates);
        supports = lead.supports;
    }
    if out.leads.is_empty() && labelled.cooperates.is_empty() && matches!(out.kind, Kind::Viewpoint | Kind::Target) {
        return;
    }
    let own = if labelled.cooperates.is_empty() { roles::partners(gazetteer, words) } else { labelled.cooperates.clone() };
    own.into_iter().for_each(|name| {
        if !out.cooperates.contains(&name) && !out.leads.contains(&name) {
            out.cooperates.push(name)
        }
    });
    if !matches!(out.kind, Kind::Viewpoint | Kind::Target) {
        out.recipients = roles::recipients(gazetteer, words, &out.leads);
    }
    out.role = role(words, out, supports);
}

/// "Các khối dân cư: Vận động …" in a list of bodies and their duties.
fn titled_body(gazetteer: &Gazetteer, out: &Provision, scope: &Scope) -> Option<Vec<String>> {
    let (title, _) = out.text.split_once(':').filter(|_| scope.bodies_listed && out.kind.is_duty())?;
    listed::body_of(gazetteer, &Words::head(title))
}

/// "Người chăn nuôi khai báo …" in a list of what bodies do.
fn listed_subject(gazetteer: &Gazetteer, words: &Words<'_>, out: &Provision, scope: &Scope) -> Option<Vec<String>> {
    let listed = scope.subjects_listed && scope.lead.is_none() && out.kind.is_duty();
    let end = listed::subject_end(gazetteer, words).filter(|_| listed)?;
    Some(whole_list(gazetteer, words.slice(0, end)))
}

fn labelled_heading(scope: &Scope) -> bool {
    scope.lead.as_ref().is_some_and(|lead| lead.origin == Some(Origin::Heading))
}

/// Under "Tổ chức thực hiện" a duty that starts with "Phối hợp với …" supports the bodies it names.
fn role(words: &Words<'_>, out: &Provision, supports: bool) -> Role {
    let cooperates = words
        .any(
            0,
            phrases!(
                "phối hợp chặt chẽ với|phối hợp chặt chẽ cùng|phối hợp tốt với|phối hợp cùng với|phối hợp cùng|\
             phối hợp với"
            ),
        )
        .is_some();
    // "Giao Sở A phối hợp với Sở B xây dựng …": whoever is charged with it leads.
    let charged = words.any(0, phrases!("giao|giao cho|phân công|yêu cầu")).is_some();
    let supporting = out.kind == Kind::Responsibility
        && !out.leads.is_empty()
        && (cooperates || supports && !charged && out.lead_source == Some(Origin::Body));
    if supporting { Role::Support } else { Role::Lead }
}

/// "Sở A thường xuyên cung cấp bản tin …": what the main verb of a duty without a time is done for good.
fn kept_up(gazetteer: &Gazetteer, words: &Words<'_>, kind: Kind, scope: &Scope) -> Option<Deadline> {
    let listed = || listed::subject_end(gazetteer, words).filter(|_| scope.subjects_listed);
    let at = roles::doers_at(gazetteer, words, 0).map(|doers| doers.end).or_else(listed).unwrap_or(0);
    let at = at + usize::from(words.is(at, &[":"]));
    let always = phrases!("thường xuyên , liên tục|thường xuyên và liên tục|thường xuyên");
    let before = |at: usize| words.any(at, always).filter(|len| gazetteer.verbs.has(words, at + len)).map(|len| (at, len));
    // "Giám sát | thường xuyên, liên tục Trung tâm dữ liệu"; "giáo dục thường xuyên" is a kind of school.
    let after = || {
        let verb = gazetteer.verbs.at(words, at).filter(|_| words.any(at, phrases!("giáo dục|chi|bảo đảm chi")).is_none());
        let mut place = verb.map(|(len, ())| at + len)?;
        // "Rà soát, cập nhật | thường xuyên": of several verbs the last.
        while let Some(skip) = words.any(place, phrases!(", và|,|và"))
            && let Some((len, ())) = gazetteer.verbs.at(words, place + skip)
            && words.any(place + skip, always).is_none()
        {
            place += skip + len;
        }
        words.any(place, always).map(|len| (place, len))
    };
    // "…, | thường xuyên đối thoại với gia đình trẻ." as the last clause.
    let last = || {
        let sign = (at..words.len()).rev().find(|index| words.is(*index, &[",", ";"])).filter(|sign| words.key(*sign) == ",");
        before(sign? + 1)
    };
    let (at, len) = before(at).or_else(after).or_else(last).filter(|_| kind.is_duty())?;
    Some(Deadline {
        kind: DeadlineKind::Recurring,
        interval: Some(Interval::Continuous),
        raw: Some(words.name(at, at + len)),
        source: Some(Origin::Body),
        ..Deadline::default()
    })
}

fn put_deadline(gazetteer: &Gazetteer, words: &Words<'_>, out: &mut Provision, scope: &Scope, labelled: &Labelled) {
    let led = !out.leads.is_empty();
    let reading = deadline::read(words, out.kind, led, scope.issued);
    let inherited = scope.deadline.clone().filter(|_| !matches!(out.kind, Kind::Viewpoint | Kind::Funding));
    let own = labelled.deadline.clone().filter(|found| found.kind != DeadlineKind::None);
    // A target under "a) Năm 2026" is of that year, however often it is measured.
    let rate = |found: &Deadline| out.kind == Kind::Target && found.kind == DeadlineKind::Recurring && inherited.is_some();
    let said = reading.deadline.clone().filter(|found| !rate(found));
    let chosen = own.clone().or(said).or(inherited);
    let chosen = chosen.or_else(|| kept_up(gazetteer, words, out.kind, scope));
    out.deadline = chosen.unwrap_or_default();
    if reading.approximate && own.is_none() {
        out.doubts.push(Doubt::new(
            "deadline",
            "approximate_deadline",
            "Thời hạn chỉ ước chừng theo năm; hãy xác định ngày cụ thể.",
        ));
    }
    if own.is_none() && !reading.others.is_empty() {
        let others = reading.others.join("”, “");
        out.doubts.push(Doubt::new(
            "deadline",
            "several_deadlines",
            format!("Có nhiều thời hạn trong một mục; còn: “{others}”."),
        ));
    }
}

fn put_target(words: &Words<'_>, out: &mut Provision, general: bool) {
    if matches!(out.kind, Kind::Viewpoint | Kind::Funding) {
        return;
    }
    out.target = target::read(words, out.kind).filter(|_| !(general && out.kind == Kind::Target && words.len() > 60));
    if out.kind == Kind::Target || out.target.is_some() {
        out.target_type = Some(target::sort_of(out.target.as_ref(), general));
    }
}

fn put_doubts(gazetteer: &Gazetteer, out: &mut Provision, labelled: &Labelled, guessed_kind: bool) {
    if guessed_kind {
        out.doubts.push(Doubt::new(
            "kind",
            "kind_guessed",
            "Không có đề mục cho biết đây là loại quy định gì; loại được đoán từ câu chữ.",
        ));
    }
    if out.deadline.kind == DeadlineKind::Unknown {
        let raw = out.deadline.raw.clone().unwrap_or_default();
        out.doubts.push(Doubt::new(
            "deadline",
            "unknown_deadline",
            format!("Có ghi thời hạn “{raw}” nhưng không xác định được; hãy nhập thời hạn."),
        ));
    }
    // Without an interval it would be followed as "thường xuyên", which nobody wrote.
    if out.deadline.kind == DeadlineKind::Recurring && out.deadline.interval.is_none() {
        let raw = out.deadline.raw.clone().unwrap_or_default();
        let message = format!("Chu kỳ “{raw}” không có trong danh sách; hãy chọn chu kỳ.");
        out.doubts.push(Doubt::new("deadline", "interval_unnamed", message));
    }
    if labelled.roles_guessed {
        out.doubts.push(Doubt::new(
            "leads",
            "roles_guessed",
            "Không phân biệt được cơ quan chủ trì và phối hợp; cơ quan đầu được coi là chủ trì.",
        ));
    }
    if out.kind.is_duty() && out.leads.is_empty() {
        out.doubts.push(Doubt::new("leads", "lead_missing", "Chưa rõ cơ quan chủ trì."));
    }
    let long = out.leads.iter().find(|name| name.chars().count() > 120 || !gazetteer.knows(name) && name.split(' ').count() > 14);
    if let Some(name) = long {
        out.doubts.push(Doubt::new("leads", "name_uncertain", format!("Tên “{name}” có thể đã bị cắt sai; hãy kiểm tra.")));
    }
}

/// A time in the words of a provision gives way to the label that stands under it alone.
pub(super) fn prefer_label(out: &mut Provision, labelled: &Labelled) {
    let told = labelled.deadline.as_ref().is_some_and(Deadline::is_known);
    if told && matches!(out.deadline.source, Some(Origin::Body | Origin::Leading)) {
        out.deadline = Deadline::default();
    }
}

/// Gives a provision that was read already what labels after it say ("3. Thời gian thực hiện: …" for a whole section).
pub(super) fn add_labels(out: &mut Provision, labelled: &Labelled) {
    let may_lead = !matches!(out.lead_source, Some(Origin::Label | Origin::Body));
    if may_lead && !labelled.leads.is_empty() {
        (out.leads, out.lead_source) = (labelled.leads.clone(), Some(Origin::Label));
        out.cooperates.clone_from(&labelled.cooperates);
        out.doubts.retain(|doubt| doubt.kind != "lead_missing");
        if labelled.roles_guessed {
            out.doubts.push(Doubt::new(
                "leads",
                "roles_guessed",
                "Không phân biệt được cơ quan chủ trì và phối hợp; cơ quan đầu được coi là chủ trì.",
            ));
        }
    } else if out.cooperates.is_empty() {
        out.cooperates.clone_from(&labelled.cooperates);
    }
    let open = matches!(out.deadline.source, None | Some(Origin::Heading));
    if let Some(deadline) = labelled.deadline.as_ref().filter(|_| open) {
        out.deadline = deadline.clone();
        out.doubts.retain(|doubt| doubt.kind != "unknown_deadline");
        if deadline.kind == DeadlineKind::Unknown {
            let raw = deadline.raw.clone().unwrap_or_default();
            out.doubts.push(Doubt::new(
                "deadline",
                "unknown_deadline",
                format!("Có ghi thời hạn “{raw}” nhưng không xác định được; hãy nhập thời hạn."),
            ));
        }
    }
    out.result = out.result.take().or_else(|| labelled.result.clone());
    out.funding = out.funding.take().or_else(|| labelled.funding.clone());
}

/// Two provisions never have one path: the second becomes "III.1(2)".
pub(super) fn make_paths_unique(provisions: &mut [Provision]) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for one in provisions {
        let count = seen.entry(one.path.clone()).or_default();
        *count += 1;
        if *count > 1 {
            let message = format!("Văn bản có hai mục cùng số hiệu “{}”.", one.path);
            one.path = format!("{}({count})", one.path);
            one.doubts.push(Doubt::new("path", "duplicate_path", message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, kind: Kind) -> Provision {
        let source = Source { text: text.to_owned(), kind: Some(kind), ..Source::default() };
        provision(Gazetteer::standard(), source, &Scope::default(), Labelled::default())
    }

    #[test]
    fn what_is_done_all_the_time_recurs() {
        let interval = |text: &str| read(text, Kind::Responsibility).deadline.interval;
        assert_eq!(interval("Sở Y tế thường xuyên cung cấp bản tin dịch bệnh."), Some(Interval::Continuous));
        assert_eq!(interval("Thường xuyên kiểm tra, đôn đốc."), Some(Interval::Continuous));
        assert_eq!(interval("Sở Y tế tham mưu tổ chức quán triệt; thường xuyên nắm bắt dư luận."), None);
        assert_eq!(interval("Giám sát thường xuyên, liên tục Trung tâm dữ liệu tỉnh."), Some(Interval::Continuous));
        assert_eq!(interval("Rà soát, cập nhật thường xuyên dữ liệu dân cư."), Some(Interval::Continuous));
        assert_eq!(interval("Vận động xóa bỏ hủ tục, thường xuyên đối thoại với gia đình trẻ."), Some(Interval::Continuous));
        assert_eq!(interval("Chi thường xuyên theo dự toán."), None);
        assert_eq!(interval("Sở Y tế thường xuyên rà soát, báo cáo hằng quý."), Some(Interval::Quarterly));
    }

    #[test]
    fn an_interval_without_a_name_is_doubted() {
        let doubts = |text: &str| read(text, Kind::Task).doubts.iter().any(|doubt| doubt.kind == "interval_unnamed");
        assert!(doubts("Sở Y tế thông báo định kỳ 10 ngày một lần."));
        assert!(!doubts("Sở Y tế thông báo định kỳ hằng tháng."));
    }

    #[test]
    fn who_is_charged_leads_even_together_with_others() {
        let role = |text: &str| read(text, Kind::Responsibility).role;
        assert_eq!(role("Giao Sở Y tế phối hợp với Sở Nội vụ xây dựng đề án."), Role::Lead);
        assert_eq!(role("Sở Y tế phối hợp với Sở Nội vụ xây dựng đề án."), Role::Support);
    }
}
