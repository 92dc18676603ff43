//! The vocabulary the recogniser reads with: kinds of bodies, names that contain commas, headings, labels, columns.
//!
//! It ships as `data/gazetteer.json` and knows Vietnamese administration in general. A caller adds the agencies it
//! keeps ([`Gazetteer::add_body`]), whose names are then never split.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::model::Kind;
use super::words::{Phrases, Words};

/// What a label ("Đơn vị chủ trì:") or a column names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Label {
    /// "Cơ quan chủ trì, phối hợp"
    LeadCooperate,
    /// "Đơn vị chủ trì"
    Lead,
    /// "Cơ quan phối hợp"
    Cooperate,
    /// "Thời gian hoàn thành"
    Deadline,
    /// "Sản phẩm"
    Result,
    /// "Kinh phí"
    Funding,
    /// "Nội dung"
    Content,
    /// "Mục tiêu"
    Target,
    /// "Địa điểm" and others that are kept in the text only.
    Other,
}

/// What a section holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Section {
    /// Provisions of one kind.
    Of(Kind),
    /// Situation, scope, coming into force: no provision.
    Background,
}

/// What a column of a table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Column {
    /// "TT"
    Number,
    /// "Nhiệm vụ"
    Task,
    /// "Chỉ tiêu"
    Target,
    /// "Đơn vị tính"
    Unit,
    /// "Giá trị"
    Value,
    /// "Hiện trạng"
    Baseline,
    /// "Ghi chú"
    Note,
    /// "Thời gian bắt đầu"
    Start,
    /// "Thời gian kết thúc"
    End,
}

#[derive(Deserialize)]
struct File {
    bodies: Vec<String>,
    heads: Vec<String>,
    bare_heads: Vec<String>,
    not_heads: Vec<String>,
    quantifiers: Vec<String>,
    members: Vec<String>,
    class_heads: Vec<String>,
    subject_heads: Vec<String>,
    levels: Vec<String>,
    qualifiers: Vec<String>,
    kin: Vec<Vec<String>>,
    org_nouns_after: Vec<String>,
    roles: Vec<String>,
    verbs: Vec<String>,
    name_words: Vec<String>,
    compounds: Vec<String>,
    stops: Vec<String>,
    not_bodies: Vec<String>,
    sections: HashMap<String, Vec<String>>,
    labels: HashMap<Label, Vec<String>>,
    columns: HashMap<Column, Vec<String>>,
}

/// Names and words the recogniser knows.
#[derive(Clone, Debug)]
pub struct Gazetteer {
    pub(super) bodies: Phrases<()>,
    pub(super) heads: Phrases<()>,
    pub(super) bare_heads: Phrases<()>,
    pub(super) not_heads: Phrases<()>,
    pub(super) quantifiers: Phrases<()>,
    pub(super) members: Phrases<()>,
    pub(super) class_heads: Phrases<()>,
    pub(super) subject_heads: Phrases<()>,
    pub(super) levels: Phrases<()>,
    pub(super) qualifiers: Phrases<()>,
    pub(super) kin: Phrases<usize>,
    pub(super) org_nouns_after: Phrases<()>,
    pub(super) roles: Phrases<()>,
    pub(super) verbs: Phrases<()>,
    pub(super) name_words: Phrases<()>,
    pub(super) compounds: Phrases<()>,
    pub(super) stops: Phrases<()>,
    pub(super) not_bodies: Phrases<()>,
    pub(super) sections: Phrases<Section>,
    pub(super) labels: Phrases<Label>,
    pub(super) columns: Phrases<Column>,
}

static STANDARD: LazyLock<Gazetteer> = LazyLock::new(|| {
    let text = include_str!("../../../data/gazetteer.json");
    let file: File = serde_json::from_str(text).expect("the shipped gazetteer is valid: a test reads it");
    Gazetteer::compile(&file)
});

impl Gazetteer {
    /// The shipped vocabulary, without the agencies of any one province.
    pub fn standard() -> &'static Self {
        &STANDARD
    }

    /// Makes a name known as that of one body: it is recognised whole and never split at its commas.
    pub fn add_body(&mut self, name: &str) {
        self.bodies.add(name, ());
    }

    /// The shipped vocabulary and these names.
    pub fn with_bodies<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> Self {
        Self::standard().widened(names)
    }

    /// This vocabulary and these names.
    pub(super) fn widened<S: AsRef<str>>(&self, names: impl IntoIterator<Item = S>) -> Self {
        let mut all = self.clone();
        for name in names {
            all.add_body(name.as_ref());
        }
        all
    }

    /// The name is known as that of one body, whatever level ("tỉnh", "xã …") follows it.
    pub(super) fn knows(&self, name: &str) -> bool {
        self.bodies.has(&Words::new(name), 0)
    }

    fn compile(file: &File) -> Self {
        let mut all = Self {
            bodies: file.bodies.iter().collect(),
            heads: file.heads.iter().collect(),
            bare_heads: file.bare_heads.iter().collect(),
            not_heads: file.not_heads.iter().collect(),
            quantifiers: file.quantifiers.iter().collect(),
            members: file.members.iter().collect(),
            class_heads: file.class_heads.iter().collect(),
            subject_heads: file.subject_heads.iter().collect(),
            levels: file.levels.iter().collect(),
            qualifiers: file.qualifiers.iter().collect(),
            kin: Phrases::default(),
            org_nouns_after: file.org_nouns_after.iter().collect(),
            roles: file.roles.iter().collect(),
            verbs: file.verbs.iter().collect(),
            name_words: file.name_words.iter().collect(),
            compounds: file.compounds.iter().collect(),
            stops: file.stops.iter().collect(),
            not_bodies: file.not_bodies.iter().collect(),
            sections: Phrases::default(),
            labels: meanings(&file.labels),
            columns: meanings(&file.columns),
        };
        for (group, words) in file.kin.iter().enumerate() {
            words.iter().for_each(|word| all.kin.add(word, group));
        }
        for (name, words) in &file.sections {
            let section = Kind::of_code(name).map_or(Section::Background, Section::Of);
            words.iter().for_each(|word| all.sections.add(word, section));
        }
        all
    }
}

fn meanings<T: Copy + Eq + std::hash::Hash>(lists: &HashMap<T, Vec<String>>) -> Phrases<T> {
    let mut all = Phrases::default();
    for (meaning, phrases) in lists {
        phrases.iter().for_each(|phrase| all.add(phrase, *meaning));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_file_is_read() {
        let gazetteer = Gazetteer::standard();
        assert!(gazetteer.knows("Sở Văn hoá, Thể thao và Du lịch tỉnh Mẫu"));
        assert!(!gazetteer.knows("Sở Hàng hải"));
        let words = Words::new("Thời gian hoàn thành: 2026");
        assert_eq!(gazetteer.labels.at(&words, 0), Some((4, &Label::Deadline)));
    }

    #[test]
    fn a_caller_adds_the_agencies_it_keeps() {
        let gazetteer = Gazetteer::with_bodies(["Trung tâm Mẫu, vườn ươm"]);
        assert!(gazetteer.knows("Trung tâm Mẫu, vườn ươm"));
        assert!(!Gazetteer::standard().knows("Trung tâm Mẫu, vườn ươm"));
    }

    #[test]
    fn no_phrase_means_two_kinds_of_section() {
        let words = Words::new("Nguồn lực thực hiện");
        assert_eq!(Gazetteer::standard().sections.at(&words, 0), Some((2, &Section::Of(Kind::Funding))));
    }
}
