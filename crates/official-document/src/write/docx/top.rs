//! What stands over the body: the head in two columns, the title, whom it addresses, its bases.

use super::Writer;
use super::look::Line;
use crate::paper::Run;
use crate::write::compose::{Composed, Head};
use crate::write::form::{self, HANGING, Type};
use crate::write::measure::addressed_at;
use typesetting::fonts::Face;

impl Writer<'_> {
    pub(super) fn top(&mut self, composed: &Composed) {
        self.head(&composed.head);
        if let Some((type_name, subject)) = &composed.named {
            self.line(&Line { style: "Annex", before: 12.0, keep: true, ..centred(form::TITLE) }, type_name);
            if !subject.words.is_empty() {
                self.centred(Line { keep: true, ..centred(form::TITLE) }, subject, form::UPRIGHT);
            }
            self.rule(subject.rule, form::UPRIGHT, form::GAP * 2.0);
        }
        self.addressees(&composed.addressees);
        if let Some(authority) = &composed.authority {
            self.centred(Line { after: form::GAP * 2.0, ..centred(form::TITLE) }, authority, form::UPRIGHT);
        }
        for basis in &composed.bases {
            let run = Run::italic(basis);
            let made =
                self.package.made(&[run], "<w:pPr><w:pStyle w:val=\"Body\"/></w:pPr>", |run| super::look::emphasis(run, false));
            self.package.body.push_str(&made);
        }
        if !composed.decides.is_empty() {
            self.line(&Line { before: form::GAP, after: form::GAP * 2.0, keep: true, ..centred(form::TITLE) }, &composed.decides);
        }
    }

    fn head(&mut self, head: &Head) {
        let (left, right) = (head.left, form::UPRIGHT - head.left);
        self.begin_layout(&[left, right]);
        self.begin_cell(left);
        if let Some(superior) = &head.superior {
            self.centred(centred(form::SUPERIOR), superior, left);
        }
        self.centred(centred(form::ISSUER), &head.issuer, left);
        self.rule(head.issuer.rule, left, form::GAP);
        self.end_cell();
        self.begin_cell(right);
        self.line(&centred(form::NATION), head.nation);
        self.line(&centred(form::MOTTO), head.motto);
        self.rule(head.motto_width, right, form::GAP);
        self.end_cell();
        self.end_layout_row();
        self.begin_layout_row();
        self.begin_cell(left);
        self.line(&centred(form::NUMBER), &head.number);
        if let Some(about) = &head.about {
            self.centred(Line { before: form::GAP, ..centred(form::ABOUT) }, about, left);
        }
        if let Some((words, wide, _)) = head.stamp {
            let side = (left - form::points(wide)) / 2.0;
            let line = Line { before: form::GAP, framed: true, red: true, left: side, right: side, ..centred(form::STAMP) };
            self.line(&line, words);
        }
        self.end_cell();
        self.begin_cell(right);
        self.line(&centred(form::DATE), &head.dated);
        self.end_cell();
        self.end_layout();
    }

    /// One on the line of the label; several under its colon.
    fn addressees(&mut self, lines: &[String]) {
        let Some((label, listed)) = lines.split_first() else { return };
        let (before, after) = (form::GAP, form::GAP * 2.0);
        if listed.is_empty() {
            self.line(&Line { before, after, bold: false, ..centred(form::BODY) }, label);
            return;
        }
        let (left, under) = addressed_at();
        self.line(&Line { before, left, align: "left", keep: true, ..Line::default() }, label);
        for (place, one) in (1..).zip(listed) {
            let after = if place == listed.len() { after } else { 0.0 };
            self.line(&Line { left: left + under + HANGING, first: -HANGING, after, align: "left", ..Line::default() }, one);
        }
    }
}

fn centred(of: Type) -> Line {
    Line {
        align: "center",
        points: of.points,
        bold: matches!(of.face, Face::Bold | Face::BoldItalic),
        italic: matches!(of.face, Face::Italic | Face::BoldItalic),
        ..Line::default()
    }
}
