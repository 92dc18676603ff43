//! The label style: "- Đơn vị chủ trì: …", "Thời gian hoàn thành: …", alone on a line, in a sub-heading or in a sentence.

mod place;
mod split;

use official_document::{Part, PartKind};

use place::label_at;
use split::{bracketed_roles, helped};

use super::deadline;
use super::gazetteer::{Gazetteer, Label};
use super::model::{Deadline, Origin};
use super::parties::{Manner, list_at, whole_list};
use super::roles::{Evidence, doers_at, partners};
use super::words::{Phrases, Words, phrases};

/// What labels say of a provision.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Labelled {
    /// "Đơn vị chủ trì".
    pub leads: Vec<String>,
    /// "Đơn vị phối hợp".
    pub cooperates: Vec<String>,
    /// "Thời gian hoàn thành".
    pub deadline: Option<Deadline>,
    /// "Sản phẩm".
    pub result: Option<String>,
    /// "Kinh phí".
    pub funding: Option<String>,
    /// The roles in "chủ trì, phối hợp" could not be told apart.
    pub roles_guessed: bool,
}

impl Labelled {
    /// Nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Fills what is missing from `other`.
    pub fn or(mut self, other: Self) -> Self {
        if self.leads.is_empty() {
            self.roles_guessed |= other.roles_guessed;
            self.leads = other.leads;
        }
        if self.cooperates.is_empty() {
            self.cooperates = other.cooperates;
        }
        self.deadline = self.deadline.or(other.deadline);
        self.result = self.result.or(other.result);
        self.funding = self.funding.or(other.funding);
        self
    }

    fn put(&mut self, gazetteer: &Gazetteer, label: Label, value: &str) {
        let value = closed(value);
        if !value.chars().any(char::is_alphanumeric) {
            return;
        }
        match label {
            Label::Lead | Label::LeadCooperate => {
                let roles = split_roles(gazetteer, value, label == Label::LeadCooperate);
                self.leads.extend(roles.leads);
                self.cooperates.extend(roles.cooperates);
                self.roles_guessed |= roles.guessed;
            }
            Label::Cooperate => self.cooperates.extend(whole_list(gazetteer, value)),
            Label::Deadline => self.deadline = self.deadline.take().or_else(|| Some(deadline::whole(value, Origin::Label))),
            Label::Result => self.result = self.result.take().or_else(|| Some(value.to_owned())),
            Label::Funding => self.funding = self.funding.take().or_else(|| Some(value.to_owned())),
            Label::Content | Label::Target | Label::Other => {}
        }
    }
}

/// A value without the signs that end it, and without a bracket that it does not open.
fn closed(value: &str) -> &str {
    let value = value.trim().trim_end_matches([';', ',', '.', ' ']);
    let open = value.matches('(').count() < value.matches(')').count();
    if open { value.trim_end_matches([')', ';', ',', '.', ' ']) } else { value }
}

/// Leads and partners of one value such as "Sở A chủ trì; Sở B phối hợp".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Roles {
    /// Who leads.
    pub leads: Vec<String>,
    /// Who takes part.
    pub cooperates: Vec<String>,
    /// Nothing told them apart: the first is taken as lead.
    pub guessed: bool,
}

/// Splits a value that may name both roles. `both`: its label or column names both.
pub(super) fn split_roles(gazetteer: &Gazetteer, value: &str, both: bool) -> Roles {
    let words = Words::new(value);
    let pairs = pairs(gazetteer, &words, true);
    if pairs.iter().any(|pair| matches!(pair.label, Label::Lead | Label::Cooperate)) {
        return labelled_roles(gazetteer, &words, &pairs);
    }
    if let Some(roles) = bracketed_roles(gazetteer, value) {
        return roles;
    }
    if let Some(roles) = helped(gazetteer, value) {
        return roles;
    }
    if let Some(doers) = doers_at(gazetteer, &words, 0).filter(|doers| doers.evidence == Evidence::Stated || doers.supports) {
        return Roles { leads: doers.names, cooperates: partners(gazetteer, &words), guessed: false };
    }
    let mut leads = whole_list(gazetteer, value);
    let cooperates = if both && leads.len() > 1 { leads.split_off(1) } else { Vec::new() };
    Roles { leads, guessed: both && !cooperates.is_empty(), cooperates }
}

fn labelled_roles(gazetteer: &Gazetteer, words: &Words<'_>, pairs: &[Pair]) -> Roles {
    let mut roles = Roles::default();
    if let Some(first) = pairs.first().filter(|pair| pair.start > 0) {
        // "Sở A; phối hợp: Sở B"
        roles.leads = whole_list(gazetteer, words.slice(0, first.start).trim_end_matches(['(', ';', ',', '.']));
    }
    for pair in pairs {
        let names = whole_list(gazetteer, closed(words.slice(pair.value, pair.end)));
        match pair.label {
            Label::Cooperate => roles.cooperates.extend(names),
            _ => roles.leads.extend(names),
        }
    }
    roles
}

#[derive(Clone, Copy, Debug)]
struct Pair {
    label: Label,
    start: usize,
    value: usize,
    end: usize,
}

/// The labels with a colon in a text, each with its value. `anywhere`: after any sign; otherwise after a sentence, a
/// semicolon or a bracket.
fn pairs(gazetteer: &Gazetteer, words: &Words<'_>, anywhere: bool) -> Vec<Pair> {
    let mut found: Vec<Pair> = Vec::new();
    for at in 0..words.len() {
        let opens = at == 0 || words.is(at - 1, &[".", ";", "(", "[", "-", "+"]) || anywhere && words.is(at - 1, &[","]);
        let Some((len, label)) = label_at(gazetteer, words, at) else { continue };
        // "(chủ trì: Sở A, thời gian hoàn thành: 2026)"
        let goes_on = (!found.is_empty() || label == Label::Deadline) && is_sure(label) && words.is(at.wrapping_sub(1), &[","]);
        if !opens && !goes_on {
            continue;
        }
        // "Sở A - Cơ quan thường trực: …" says what the body before the dash is.
        let aside = at > 1 && words.key(at - 1) == "-" && names_end_at(gazetteer, words, at - 1);
        if aside {
            continue;
        }
        // "Thực hiện: rà soát …" is no label; "Thực hiện: Sở Y tế" is one.
        let doing = words.starts(at, "thực hiện") && list_at(gazetteer, words, at + len + 1, Manner::Subject).is_none();
        if words.key(at + len) == ":" && found.len() < 24 && !doing {
            if let Some(last) = found.last_mut() {
                last.end = at;
            }
            found.push(Pair { label, start: at, value: at + len + 1, end: words.len() });
        }
    }
    found
}

/// The text up to `end` is a list of names.
fn names_end_at(gazetteer: &Gazetteer, words: &Words<'_>, end: usize) -> bool {
    end <= 40 && list_at(gazetteer, words, 0, Manner::Subject).is_some_and(|list| list.end == end)
}

/// The labels inside the text of a provision: "… (Chủ trì: Sở A; thời gian: 2026)."
pub(super) fn inline(gazetteer: &Gazetteer, words: &Words<'_>) -> Labelled {
    let mut all = Labelled::default();
    for pair in pairs(gazetteer, words, false) {
        if !matches!(pair.label, Label::Content | Label::Target | Label::Other) {
            all.put(gazetteer, pair.label, sentence_of(words, &pair));
        }
    }
    all
}

/// The value up to the end of its sentence, for a label in running text.
fn sentence_of<'t>(words: &Words<'t>, pair: &Pair) -> &'t str {
    let end = (pair.value..pair.end).find(|at| words.ends_sentence(*at, false) || words.is(*at, &[")", "]"])).unwrap_or(pair.end);
    words.slice(pair.value, end)
}

/// A part that is nothing but labels, with what they say; `None` for others. `among_labels`: its siblings are labels, so
/// that "Kinh phí:" or "Địa điểm:" is one too.
pub(super) fn of_part(gazetteer: &Gazetteer, part: &Part, among_labels: bool) -> Option<Labelled> {
    let label = label_of(gazetteer, part)?;
    let sure = is_sure(label);
    // "3. Kinh phí thực hiện: …" beside "4. Thời gian thực hiện: …" is a section of its own.
    if label == Label::Funding && matches!(part.kind, PartKind::Number) {
        return None;
    }
    if !sure && !among_labels || matches!(label, Label::Content | Label::Target) {
        return None;
    }
    let words = Words::new(&part.text);
    let mut all = Labelled::default();
    let pairs = pairs(gazetteer, &words, false);
    for pair in &pairs {
        let value = words.slice(pair.value, pair.end);
        all.put(gazetteer, pair.label, value);
    }
    add_children(gazetteer, part, label, &mut all);
    Some(all)
}

fn add_children(gazetteer: &Gazetteer, part: &Part, label: Label, all: &mut Labelled) {
    let mut plain = Vec::new();
    for child in &part.children {
        match of_part(gazetteer, child, true) {
            Some(inner) => *all = std::mem::take(all).or(inner),
            None => plain.push(child.text.as_str()),
        }
    }
    all.put(gazetteer, label, &plain.join("\n"));
}

/// The label a part starts with, when it is followed by a colon or is the whole text of a part with children.
pub(super) fn label_of(gazetteer: &Gazetteer, part: &Part) -> Option<Label> {
    if matches!(
        part.kind,
        PartKind::Phan
            | PartKind::Chuong
            | PartKind::Muc
            | PartKind::TieuMuc
            | PartKind::Dieu
            | PartKind::Roman
            | PartKind::Table
    ) {
        return None;
    }
    let words = Words::head(&part.text);
    let (len, label) = label_at(gazetteer, &words, 0)?;
    if words.starts(0, "thực hiện") && list_at(gazetteer, &words, len + 1, Manner::Subject).is_none() {
        return None;
    }
    let whole = len >= words.len() || len + 1 == words.len() && words.is(len, &[".", ":"]);
    (words.key(len) == ":" || whole && !part.children.is_empty()).then_some(label)
}

/// "Giao Phòng A chủ trì, Hội B phối hợp.": a line that only says who does it.
pub(super) fn assignment(gazetteer: &Gazetteer, text: &str) -> Option<Labelled> {
    let words = Words::head(text);
    let doers = doers_at(gazetteer, &words, 0).filter(|doers| doers.evidence >= Evidence::Asked && !doers.weak)?;
    let done = phrases!("chủ trì thực hiện|chủ trì tổ chức|chủ trì triển khai|chủ trì|thực hiện|phụ trách");
    let mut at = doers.end + words.any(doers.end, done)?;
    let with = words.any(at, phrases!(", phối hợp với|phối hợp với|, phối hợp cùng|,|;")).unwrap_or(0);
    if let Some(list) = list_at(gazetteer, &words, at + with, Manner::Subject).filter(|_| with > 0) {
        at = list.end + words.any(list.end, phrases!("phối hợp thực hiện|phối hợp|thực hiện")).unwrap_or(0);
    }
    let closed = (at..words.len()).all(|index| words.is(index, &[".", ";", "/"]));
    let whole = closed && text.len() < 200;
    whole.then(|| Labelled { leads: doers.names, cooperates: partners(gazetteer, &words), ..Labelled::default() })
}

/// "Quy mô tổ chức: …": a line that starts with a short title and a colon, a label of a sort nobody knows.
pub(super) fn is_titled_line(part: &Part) -> bool {
    let title = part.text.split_once(':').map(|(title, rest)| (title.split_whitespace().count(), rest.trim().is_empty()));
    matches!(part.kind, PartKind::Dash | PartKind::Plus | PartKind::Paragraph)
        && part.children.is_empty()
        && matches!(title, Some((1..=5, false)))
}

/// The label can be nothing else than a label.
pub(super) fn is_sure(label: Label) -> bool {
    matches!(label, Label::Lead | Label::LeadCooperate | Label::Cooperate | Label::Deadline)
}

#[cfg(test)]
mod tests {
    use super::super::samples::part;
    use super::*;

    #[test]
    fn lines_are_labels() {
        let gazetteer = Gazetteer::standard();
        let found =
            of_part(gazetteer, &part(PartKind::Dash, "-", "Đơn vị phối hợp: Vụ Pháp chế, Vụ Kế hoạch, Tài chính."), false)
                .unwrap();
        assert_eq!(found.cooperates, ["Vụ Pháp chế", "Vụ Kế hoạch, Tài chính"]);
        let found = of_part(gazetteer, &part(PartKind::Paragraph, "", "Thời gian hoàn thành: Quý IV/2026."), false).unwrap();
        assert_eq!(found.deadline.unwrap().quarter, Some(4));
        assert_eq!(of_part(gazetteer, &part(PartKind::Dash, "-", "Kinh phí: 45 triệu đồng"), false), None);
        assert!(of_part(gazetteer, &part(PartKind::Dash, "-", "Kinh phí: 45 triệu đồng"), true).unwrap().funding.is_some());
        assert_eq!(of_part(gazetteer, &part(PartKind::Dash, "-", "Phối hợp với Sở Y tế mở lớp"), true), None);
    }

    #[test]
    fn a_label_goes_on_to_its_colon() {
        let gazetteer = Gazetteer::standard();
        let found = of_part(gazetteer, &part(PartKind::Dash, "-", "Thời hạn trình UBND tỉnh: tháng 9/2026."), false).unwrap();
        assert_eq!(found.deadline.unwrap().month, Some(9));
        let found = of_part(gazetteer, &part(PartKind::Dash, "-", "Cơ quan lập chủ trương đầu tư: Sở Xây dựng."), false).unwrap();
        assert_eq!(found.leads, ["Sở Xây dựng"]);
        assert_eq!(of_part(gazetteer, &part(PartKind::Dash, "-", "Cơ quan kiểm tra, đôn đốc: Sở Xây dựng."), false), None);
        assert_eq!(of_part(gazetteer, &part(PartKind::Dash, "-", "Hoàn thành 03 trạm: trạm A, trạm B."), false), None);
    }

    #[test]
    fn sub_headings_are_labels() {
        let mut heading = part(PartKind::Number, "2.", "Cơ quan chủ trì, phối hợp");
        let mut lead = part(PartKind::Letter, "a)", "Cơ quan chủ trì");
        lead.children.push(part(PartKind::Dash, "-", "Tỉnh đoàn."));
        let mut others = part(PartKind::Letter, "b)", "Cơ quan phối hợp");
        others.children.push(part(PartKind::Dash, "-", "Sở Khoa học và Công nghệ;"));
        others.children.push(part(PartKind::Dash, "-", "Hội Doanh nhân trẻ tỉnh."));
        heading.children = vec![lead, others];
        let found = of_part(Gazetteer::standard(), &heading, false).unwrap();
        assert_eq!(found.leads, ["Tỉnh đoàn"]);
        assert_eq!(found.cooperates, ["Sở Khoa học và Công nghệ", "Hội Doanh nhân trẻ tỉnh"]);
    }

    #[test]
    fn labels_stand_in_sentences() {
        let gazetteer = Gazetteer::standard();
        let words = Words::new("Phát triển chợ số (Chủ trì: Sở Công Thương; phối hợp: Bưu điện tỉnh; thời gian: 2026 - 2030).");
        let found = inline(gazetteer, &words);
        assert_eq!((found.leads, found.cooperates), (vec!["Sở Công Thương".to_owned()], vec!["Bưu điện tỉnh".to_owned()]));
        assert_eq!(found.deadline.unwrap().year, Some(2030));
        let words = Words::new("Lập kho dữ liệu. Đơn vị chủ trì: Sở Y tế. Thời gian hoàn thành: tháng 6/2027.");
        let found = inline(gazetteer, &words);
        assert_eq!((found.leads, found.deadline.unwrap().month), (vec!["Sở Y tế".to_owned()], Some(6)));
    }

    #[test]
    fn a_line_may_only_say_who_does_it() {
        let gazetteer = Gazetteer::standard();
        let found = assignment(gazetteer, "Giao Phòng Văn hóa - Xã hội chủ trì, Hội Liên hiệp Phụ nữ xã phối hợp.").unwrap();
        assert_eq!(found.leads, ["Phòng Văn hóa - Xã hội"]);
        assert_eq!(found.cooperates, ["Hội Liên hiệp Phụ nữ xã"]);
        assert_eq!(assignment(gazetteer, "Giao Phòng Văn hóa - Xã hội chủ trì mở 03 lớp."), None);
    }

    #[test]
    fn one_value_may_name_both_roles() {
        let gazetteer = Gazetteer::standard();
        for (value, leads, others) in [
            ("Chủ trì: Sở Y tế; Phối hợp: Sở Nội vụ, Công an tỉnh", vec!["Sở Y tế"], vec!["Sở Nội vụ", "Công an tỉnh"]),
            (
                "Phòng Nghiệp vụ Dược (chủ trì), các cơ sở bán lẻ thuốc (phối hợp)",
                vec!["Phòng Nghiệp vụ Dược"],
                vec!["các cơ sở bán lẻ thuốc"],
            ),
            ("Sở Y tế chủ trì, phối hợp với Sở Nội vụ", vec!["Sở Y tế"], vec!["Sở Nội vụ"]),
            ("Sở Y tế; phối hợp: Sở Nội vụ", vec!["Sở Y tế"], vec!["Sở Nội vụ"]),
        ] {
            let roles = split_roles(gazetteer, value, true);
            assert_eq!(
                (roles.leads, roles.cooperates),
                (leads.iter().map(ToString::to_string).collect(), others.iter().map(ToString::to_string).collect()),
                "{value}"
            );
        }
        assert!(split_roles(gazetteer, "Sở Y tế, Sở Nội vụ", true).guessed);
        assert!(!split_roles(gazetteer, "Sở Y tế, Sở Nội vụ", false).guessed);
    }
}
