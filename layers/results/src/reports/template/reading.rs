//! Reading what stands in the form of an outline: that of a template, and that of one document.

use super::outline::{Asked, FIELDS_MAX, Of, Outline, SECTIONS_MAX, Section};
use crate::web::Obstacle;

const TITLE_LETTERS_MAX: usize = 300;
const TEXT_LETTERS_MAX: usize = 20_000;
const LINE_LETTERS_MAX: usize = 500;
pub const LINES_MAX: usize = 60;

type Pairs = [(String, String)];

/// One value of a form, as people write: composed letters, plain ends of lines.
#[must_use]
pub fn one(fields: &Pairs, name: &str) -> String {
    let found = fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str()).unwrap_or_default();
    clean(found)
}

/// All values of that name, in their order.
#[must_use]
pub fn many(fields: &Pairs, name: &str) -> Vec<String> {
    fields.iter().filter(|(field, _)| field == name).map(|(_, value)| clean(value)).collect()
}

fn clean(text: &str) -> String {
    vietnamese::normalise(text).replace("\r\n", "\n").replace('\0', "")
}

/// Lines that say something; whether there are too many is said by [`obstacles`].
#[must_use]
pub fn lines(fields: &Pairs, name: &str) -> Vec<String> {
    let text = one(fields, name);
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// Whether the form has an outline in it at all.
#[must_use]
pub fn has_sections(fields: &Pairs) -> bool {
    fields.iter().any(|(name, _)| name == "section_of")
}

/// The outline as it stands in the form. Rows without a word are left out.
#[must_use]
pub fn outline(fields: &Pairs) -> Outline {
    let columns = ["section_of", "section_level", "section_title", "section_text"].map(|name| many(fields, name));
    let cell = |column: usize, row: usize| columns[column].get(row).cloned().unwrap_or_default();
    let section = |row| {
        let of = Of::of_code(&cell(0, row)).unwrap_or_default();
        let (title, text) = (cell(2, row).trim().to_owned(), cell(3, row).trim().to_owned());
        let says = !title.is_empty() || !text.is_empty() || (of != Of::Words && of != Of::Figures);
        says.then(|| Section { of, level: cell(1, row).parse().unwrap_or_default(), title, text })
    };
    let asked = |line: String| {
        let (code, label) = line.split_once('|').unwrap_or((line.as_str(), ""));
        Asked { code: code.trim().to_owned(), label: label.trim().to_owned() }
    };
    Outline {
        subject: one(fields, "subject").trim().to_owned(),
        addressees: lines(fields, "addressees"),
        bases: lines(fields, "bases"),
        recipients: lines(fields, "recipients"),
        archive: one(fields, "archive").trim().to_owned(),
        fields: lines(fields, "fields").into_iter().map(asked).collect(),
        sections: (0..columns[0].len().min(SECTIONS_MAX * 2)).filter_map(section).collect(),
    }
}

/// What of it can not be.
#[must_use]
pub fn obstacles(outline: &Outline) -> Vec<Obstacle> {
    let mut found = Vec::new();
    let mut say = |is: bool, obstacle: Obstacle| {
        if is {
            found.push(obstacle);
        }
    };
    let long = |text: &str, most: usize| text.chars().count() > most;
    say(outline.subject.is_empty(), Obstacle::new("report-needs-subject").at("subject"));
    say(
        long(&outline.subject, TITLE_LETTERS_MAX),
        Obstacle::new("report-subject-long").with("n", TITLE_LETTERS_MAX).at("subject"),
    );
    say(outline.sections.is_empty(), Obstacle::new("report-needs-sections").at("sections"));
    say(outline.sections.len() > SECTIONS_MAX, Obstacle::new("report-sections-many").with("n", SECTIONS_MAX).at("sections"));
    say(outline.fields.len() > FIELDS_MAX, Obstacle::new("report-fields-many").with("n", FIELDS_MAX).at("fields"));
    let is_code = |code: &str| {
        let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
        !code.is_empty() && code.len() <= 40 && code.chars().all(plain)
    };
    for asked in &outline.fields {
        let wrong = !is_code(&asked.code) || asked.label.is_empty();
        say(wrong, Obstacle::new("report-field-wrong").with("name", &asked.code).at("fields"));
    }
    for (number, section) in (1..).zip(&outline.sections) {
        let at = |key| Obstacle::new(key).with("n", number).at("sections");
        say(section.level > 3, at("report-section-level"));
        say(section.of.is_annex() && section.title.is_empty(), at("report-section-annex-title"));
        let names_none = matches!(section.of, Of::Figures | Of::Map) && section.text.is_empty();
        say(names_none, at("report-section-no-figures"));
        say(long(&section.title, TITLE_LETTERS_MAX) || long(&section.text, TEXT_LETTERS_MAX), at("report-section-long"));
    }
    for (name, lines) in [("addressees", &outline.addressees), ("bases", &outline.bases), ("recipients", &outline.recipients)] {
        say(lines.len() > LINES_MAX, Obstacle::new("report-lines-many").with("n", LINES_MAX).at(name));
    }
    let around = outline.addressees.iter().chain(&outline.bases).chain(&outline.recipients);
    say(
        around.into_iter().any(|line| long(line, LINE_LETTERS_MAX)),
        Obstacle::new("report-lines-long").with("n", LINE_LETTERS_MAX).at("recipients"),
    );
    found
}
