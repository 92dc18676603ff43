//! A composed document as Office Open XML.

mod look;
mod sections;
mod table;
mod top;

use std::fmt::Write as _;

use super::WriteError;
use super::compose::{Closing, Composed, Laid, LaidAnnex, Look, Stretch};
use super::form;
use super::measure::Centred;
use super::picture::Shown;
use crate::ooxml::{HEAD, LETTERS, Package, WORDS, escaped};
use crate::paper::Run;
use look::{Line, twips};
use sections::Sections;

/// Writes the file.
pub(super) fn write(composed: &Composed, pictures: &[Shown]) -> Result<Vec<u8>, WriteError> {
    let language = if composed.language == "en" { "en-GB" } else { "vi-VN" };
    let styles = look::STYLES.replace("{letters}", &LETTERS.replace("vi-VN", language));
    let mut package = Package::new(&composed.title, styles);
    package.author.clone_from(&composed.author);
    package.day = composed.day.as_ref().map(|day| format!("{:04}-{:02}-{:02}", day.year, day.month, day.day)).unwrap_or_default();
    package.part("settings.xml", "settings", Some("settings"), settings().into_bytes());
    let sections = Sections::of(&mut package, &composed.head.contact);
    let mut writer = Writer { package, pictures, next: 0 };
    writer.top(composed);
    writer.body(&composed.body, &sections);
    if let Some(closing) = &composed.closing {
        writer.closing(closing);
    }
    let mut open = sections.section(false, composed.body.len() == 1, true);
    for annex in &composed.annexes {
        writer.ends_section(&open);
        writer.annex(annex);
        open = sections.section(annex.is_wide, true, false);
    }
    writer.package.body.push_str(&open);
    Ok(writer.package.bytes()?)
}

/// Word sets it by the rules of today, not of Word 2007.
fn settings() -> String {
    format!(
        "{HEAD}<w:settings xmlns:w=\"{WORDS}\"><w:defaultTabStop w:val=\"720\"/><w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>"
    )
}

struct Writer<'a> {
    package: Package,
    /// In the order of the document.
    pictures: &'a [Shown],
    /// The place of the next one.
    next: usize,
}

impl Writer<'_> {
    /// A line with a look of its own.
    fn line(&mut self, line: &Line, text: &str) {
        let made = self.package.made(&[Run::text(text)], &line.paragraph(), |_| line.run());
        self.package.body.push_str(&made);
    }

    /// Words in the middle of a column of that width, in even lines.
    fn centred(&mut self, line: Line, centred: &Centred, room: f32) {
        let side = (room - centred.within).max(0.0) / 2.0;
        self.line(&Line { left: side, right: side, ..line }, &centred.words);
    }

    /// A rule in the middle of a column: the upper edge of an empty line.
    fn rule(&mut self, width: f32, room: f32, below: f32) {
        let side = twips((room - width).max(0.0) / 2.0);
        let below = twips(below);
        let _ = write!(
            self.package.body,
            "<w:p><w:pPr><w:pBdr><w:top w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"auto\"/></w:pBdr><w:spacing w:before=\"40\" w:after=\"{below}\" w:line=\"40\" w:lineRule=\"exact\"/><w:ind w:left=\"{side}\" w:right=\"{side}\"/><w:rPr><w:sz w:val=\"2\"/></w:rPr></w:pPr></w:p>"
        );
    }

    fn body(&mut self, stretches: &[Stretch], sections: &Sections) {
        for (place, stretch) in stretches.iter().enumerate() {
            if place > 0 {
                let above = sections.section(stretches[place - 1].is_wide, place == 1, place == 1);
                self.ends_section(&above);
            }
            let last = if place + 1 == stretches.len() { stretch.blocks.len() } else { 0 };
            for (at, block) in (1..).zip(&stretch.blocks) {
                self.block(block, at == last);
            }
        }
    }

    /// `keep`: it stays on the page of what follows.
    fn block(&mut self, block: &Laid, keep: bool) {
        match block {
            Laid::Paragraph { look, level, runs } => self.paragraph(*look, *level, runs, keep),
            Laid::Table(laid) => self.table(laid),
            Laid::Figure { alt, caption, .. } => self.figure(alt, caption),
        }
    }

    fn paragraph(&mut self, look: Look, level: u8, runs: &[Run], keep: bool) {
        let style = match (look, level) {
            (Look::Middle, level) => format!("Middle{}", level.max(1)),
            (Look::Body, 0) => "Body".to_owned(),
            (Look::Body, level) => format!("Heading{level}"),
        };
        let keep = if keep { "<w:keepNext/>" } else { "" };
        let properties = format!("<w:pPr><w:pStyle w:val=\"{style}\"/>{keep}</w:pPr>");
        let made = self.package.made(runs, &properties, |run| look::emphasis(run, level > 0));
        self.package.body.push_str(&made);
    }

    /// The picture as SVG, and as points for programs that do not know it.
    fn figure(&mut self, alt: &str, caption: &str) {
        let Some(shown) = self.pictures.get(self.next) else { return };
        self.next += 1;
        let place = self.next;
        let png = self.package.part(&format!("media/picture{place}.png"), "image", None, shown.png.clone());
        let svg = self.package.part(&format!("media/picture{place}.svg"), "image", None, shown.svg.clone().into_bytes());
        let keep = if caption.is_empty() { "" } else { "<w:keepNext/>" };
        let drawing = look::drawing(place, &png, &svg, &escaped(alt), shown.width, shown.height);
        let _ = write!(
            self.package.body,
            "<w:p><w:pPr>{keep}<w:spacing w:before=\"120\" w:after=\"60\"/><w:jc w:val=\"center\"/></w:pPr><w:r>{drawing}</w:r></w:p>"
        );
        if !caption.is_empty() {
            self.line(&Line { italic: true, align: "center", after: form::GAP, points: 13.0, ..Line::default() }, caption);
        }
    }

    /// Recipients beside who signs, on one page with the last words of the body.
    fn closing(&mut self, closing: &Closing) {
        let (left, right) = (form::UPRIGHT * 0.48, form::UPRIGHT * 0.52);
        self.begin_layout(&[left, right]);
        self.begin_cell(left);
        if !closing.recipients.is_empty() {
            let label = Line { bold: true, italic: true, points: form::RECIPIENTS, align: "left", ..Line::default() };
            self.line(&label, form::RECIPIENTS_LABEL);
            let item = Line { points: form::RECIPIENT, align: "left", ..Line::default() };
            closing.recipients.iter().for_each(|recipient| self.line(&item, recipient));
        } else {
            self.package.body.push_str("<w:p/>");
        }
        self.end_cell();
        self.begin_cell(right);
        let post = Line { bold: true, align: "center", points: form::TITLE.points, ..Line::default() };
        closing.posts.iter().for_each(|words| self.line(&post, words));
        if closing.name.is_empty() {
            let _ = write!(self.package.body, "<w:p><w:pPr><w:spacing w:before=\"{}\"/></w:pPr></w:p>", twips(form::SIGNING));
        } else {
            self.line(&Line { before: form::SIGNING, ..post }, &closing.name);
        }
        self.end_cell();
        self.end_layout();
    }

    fn annex(&mut self, annex: &LaidAnnex) {
        let room = if annex.is_wide { form::WIDE } else { form::UPRIGHT };
        let label =
            Line { style: "Annex", keep: true, align: "center", bold: true, points: form::TITLE.points, ..Line::default() };
        if !annex.label.is_empty() {
            self.line(&label, &annex.label);
        }
        let title = if annex.label.is_empty() { label } else { Line { style: "", ..label } };
        if !annex.title.words.is_empty() {
            self.centred(title, &annex.title, room);
        }
        if let Some(note) = &annex.note {
            let line = Line { italic: true, keep: true, align: "center", points: form::NOTE.points, ..Line::default() };
            self.centred(line, note, room);
        }
        self.rule(annex.rule, room, form::GAP * 2.0);
        for block in annex.body.iter().flat_map(|stretch| &stretch.blocks) {
            self.block(block, false);
        }
    }

    fn ends_section(&mut self, section: &str) {
        let _ = write!(
            self.package.body,
            "<w:p><w:pPr><w:spacing w:line=\"20\" w:lineRule=\"exact\"/><w:rPr><w:sz w:val=\"2\"/></w:rPr>{section}</w:pPr></w:p>"
        );
    }
}

/// The namespaces of drawings.
const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006/";
