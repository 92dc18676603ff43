//! What a document is made of, part by part. Pure.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The most parts of a document.
pub const SECTIONS_MAX: usize = 40;
/// The most questions that a template asks.
pub const FIELDS_MAX: usize = 20;

/// The whole of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Outline {
    /// What the document is about, with `{words in braces}`.
    pub subject: String,
    /// "Kính gửi".
    pub addressees: Vec<String>,
    /// "Căn cứ …", without the marks at their ends.
    pub bases: Vec<String>,
    /// "Nơi nhận", without dashes.
    pub recipients: Vec<String>,
    /// "VT, CĐS": what stands behind "Lưu:".
    pub archive: String,
    /// What whoever writes fills in.
    pub fields: Vec<Asked>,
    pub sections: Vec<Section>,
}

/// Something that is filled in for each document: `{so_lop}` in the text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub code: String,
    pub label: String,
}

/// A part of the document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Section {
    pub of: Of,
    /// 0: without a heading; 1: `I.`, 2: `1.`, 3: `a)`.
    pub level: u8,
    pub title: String,
    /// Standing text, a paragraph a line; of figures and maps a line each: `progress:done | Cơ quan đã nộp`.
    pub text: String,
}

/// What a part is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Of {
    /// Standing text.
    #[default]
    Words,
    /// Figures, each with its way down to what it counts.
    Figures,
    /// The targets of the plan: what is wanted, what is counted so far, and what is missing.
    Targets,
    /// What agencies gave in the form, put together field by field.
    Totals,
    /// What agencies wrote that they did, by provision.
    Results,
    Difficulties,
    Proposals,
    /// Who is not in, by name.
    Absent,
    /// How many are in, of each kind of agency.
    Chart,
    /// Maps of the communes, a line each as of figures, with their tables as annexes. Only where the province brought boundaries.
    Map,
    /// An annex: a row for each agency.
    Agencies,
    /// An annex: every sentence that the text leaves out.
    Sentences,
}

impl Of {
    pub const ALL: [Self; 12] = [
        Self::Words,
        Self::Figures,
        Self::Targets,
        Self::Totals,
        Self::Results,
        Self::Difficulties,
        Self::Proposals,
        Self::Absent,
        Self::Chart,
        Self::Map,
        Self::Agencies,
        Self::Sentences,
    ];

    /// The word in forms, data and Fluent keys.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Figures => "figures",
            Self::Targets => "targets",
            Self::Totals => "totals",
            Self::Results => "results",
            Self::Difficulties => "difficulties",
            Self::Proposals => "proposals",
            Self::Absent => "absent",
            Self::Chart => "chart",
            Self::Map => "map",
            Self::Agencies => "agencies",
            Self::Sentences => "sentences",
        }
    }

    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|of| of.code() == code)
    }

    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("report-of-{}", self.code())
    }

    /// Whether it stands behind the signature.
    #[must_use]
    pub const fn is_annex(self) -> bool {
        matches!(self, Self::Agencies | Self::Sentences)
    }
}

impl Outline {
    /// Whether a part of it is made of that.
    #[must_use]
    pub fn has(&self, of: Of) -> bool {
        self.sections.iter().any(|section| section.of == of)
    }

    /// Codes of figures with the words beside them, in the order in which they stand.
    #[must_use]
    pub fn figures(&self) -> Vec<(String, String)> {
        self.lines_of(Of::Figures)
    }

    /// Codes of figures of which there is a map, with its caption.
    #[must_use]
    pub fn maps(&self) -> Vec<(String, String)> {
        self.lines_of(Of::Map)
    }

    fn lines_of(&self, of: Of) -> Vec<(String, String)> {
        self.sections.iter().filter(|section| section.of == of).flat_map(|section| figures_of(&section.text)).collect()
    }
}

/// The lines of a part of figures or maps.
#[must_use]
pub fn figures_of(text: &str) -> Vec<(String, String)> {
    let line = |line: &str| {
        let (code, words) = line.split_once('|').unwrap_or((line, ""));
        let code = code.trim();
        (!code.is_empty()).then(|| (code.to_owned(), words.trim().to_owned()))
    };
    text.lines().filter_map(line).collect()
}

/// What stands in braces in a text, in its order.
#[must_use]
pub fn asked_in(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, behind)) = rest.split_once('{') {
        let Some((name, after)) = behind.split_once('}') else { break };
        found.push(name.trim());
        rest = after;
    }
    found
}

/// The text as a list calls it: what nobody filled in yet is a gap.
#[must_use]
pub fn with_gaps(text: &str) -> String {
    let names = asked_in(text).into_iter().map(|name| (name.to_owned(), "…".to_owned())).collect();
    filled(text, &names).0
}

/// The text with what is known in the place of braces. What is not known stays as it is, and its names are given.
#[must_use]
pub fn filled(text: &str, known: &BTreeMap<String, String>) -> (String, Vec<String>) {
    let (mut out, mut missing, mut rest) = (String::new(), Vec::new(), text);
    while let Some((before, behind)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, after)) = behind.split_once('}') else {
            out.push('{');
            rest = behind;
            continue;
        };
        match known.get(name.trim()).filter(|value| !value.trim().is_empty()) {
            Some(value) => out.push_str(value),
            None => {
                missing.push(name.trim().to_owned());
                out.push_str(&format!("{{{name}}}"));
            }
        }
        rest = after;
    }
    out.push_str(rest);
    (out, missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_are_filled_and_what_is_missing_is_said() {
        let known = BTreeMap::from([("ky".to_owned(), "tháng 6".to_owned()), ("trong".to_owned(), " ".to_owned())]);
        assert_eq!(filled("Kỳ {ky}.", &known), ("Kỳ tháng 6.".into(), vec![]));
        assert_eq!(filled("{ nam } và {trong}", &known), ("{ nam } và {trong}".into(), vec!["nam".into(), "trong".into()]));
        assert_eq!(filled("a { b", &known).0, "a { b", "a brace that is not closed stays");
        assert_eq!(asked_in("{ky} … {nam}"), ["ky", "nam"]);
        assert_eq!(with_gaps("Kết quả {ke_hoach } kỳ { ky} {"), "Kết quả … kỳ … {");
    }

    #[test]
    fn a_line_of_figures_has_a_code_and_words() {
        let lines = figures_of("progress:done | Đã nộp\n\nmeasure:x");
        let said: Vec<(&str, &str)> = lines.iter().map(|(code, words)| (code.as_str(), words.as_str())).collect();
        assert_eq!(said, [("progress:done", "Đã nộp"), ("measure:x", "")]);
    }
}
