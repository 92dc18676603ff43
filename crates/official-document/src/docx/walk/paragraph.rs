//! The paragraph that is being read.

use quick_xml::events::BytesStart;

use super::super::lay::{Piece, RawParagraph};
use super::super::numbering::Numbering;
use super::super::styles::{Look, Styles};
use super::super::xml::{attribute, val};
use crate::normal::symbol;

#[derive(Default)]
pub(super) struct OpenParagraph {
    words: String,
    /// Inside `w:pPr`.
    pub in_properties: bool,
    /// Its end was deleted: the next paragraph goes on from it.
    pub end_deleted: bool,
    /// Text boxes that hang in it, to follow it.
    pub boxes: Vec<Piece>,
    style: Option<String>,
    list: Option<u32>,
    level: Option<usize>,
    run: Look,
    in_run: bool,
    /// Inside `w:t`; true when its outer spaces count.
    text: Option<bool>,
    pending: String,
    /// Letters read, and how many of them are bold and italic.
    letters: usize,
    bold: usize,
    italic: usize,
    style_look: Option<Look>,
}

impl OpenParagraph {
    /// Takes an element inside the paragraph.
    pub fn property(&mut self, name: &str, start: &BytesStart, styles: &Styles) {
        if self.in_properties {
            return self.own_property(name, start);
        }
        match name {
            "pPr" => self.in_properties = true,
            "r" => {
                self.run = Look::default();
                self.in_run = true;
            }
            "rStyle" => self.run = self.run.over(styles.settled(val(start).as_deref()).look),
            "t" => self.text = Some(attribute(start, "space").as_deref() == Some("preserve")),
            "tab" | "ptab" if self.in_run => self.sign('\t'),
            "br" | "cr" if self.in_run => self.sign('\n'),
            "noBreakHyphen" => self.sign('-'),
            "sym" => {
                let code = attribute(start, "char").and_then(|code| u32::from_str_radix(&code, 16).ok());
                code.and_then(char::from_u32).into_iter().for_each(|code| self.sign(symbol(code)));
            }
            _ if self.in_run => drop(self.run.takes(name, start)),
            _ => {}
        }
        if self.style_look.is_none() && name == "r" {
            self.style_look = Some(styles.settled(self.style.as_deref()).look);
        }
    }

    fn own_property(&mut self, name: &str, start: &BytesStart) {
        match name {
            "pStyle" => self.style = val(start),
            "numId" => self.list = val(start).and_then(|id| id.parse().ok()),
            "ilvl" => self.level = val(start).and_then(|level| level.parse().ok()),
            "del" | "moveFrom" => self.end_deleted = true,
            _ => {}
        }
    }

    /// Characters between tags; only those of `w:t` are words.
    pub fn words(&mut self, words: &str) {
        if self.text.is_some() {
            self.pending.push_str(words);
        }
    }

    /// An element inside the paragraph ends.
    pub fn end(&mut self, name: &str) {
        match name {
            "pPr" => self.in_properties = false,
            "r" => self.in_run = false,
            "t" => {
                let words = std::mem::take(&mut self.pending);
                let kept = self.text.take().unwrap_or(true);
                self.say(if kept { &words } else { words.trim() });
            }
            _ => {}
        }
    }

    fn sign(&mut self, sign: char) {
        self.say(sign.encode_utf8(&mut [0; 4]));
    }

    fn say(&mut self, words: &str) {
        let look = self.run.over(self.style_look.unwrap_or_default());
        if look.hidden == Some(true) {
            return;
        }
        let letters = words.chars().filter(|character| character.is_alphanumeric()).count();
        self.letters += letters;
        self.bold += if look.bold == Some(true) { letters } else { 0 };
        self.italic += if look.italic == Some(true) { letters } else { 0 };
        if look.caps == Some(true) {
            self.words.push_str(&words.to_uppercase());
        } else {
            self.words.extend(words.chars().map(symbol));
        }
    }

    /// The paragraph as it is read, counted in its list.
    pub fn close(self, styles: &Styles, numbering: &mut Numbering) -> RawParagraph {
        let style = styles.settled(self.style.as_deref());
        let contents = style.name.to_lowercase().starts_with("toc ");
        if contents {
            return RawParagraph::default();
        }
        let list = self.list.or(style.list).filter(|list| *list != 0);
        let of_style = |list| self.style.as_deref().and_then(|style| numbering.level_of_style(list, style));
        let level = list.map(|list| self.level.or_else(|| of_style(list)).or(style.level).unwrap_or(0));
        let label = list.zip(level).map_or_else(String::new, |(list, level)| numbering.count(list, level));
        let whole = |some: usize| self.letters > 0 && some == self.letters;
        RawParagraph { label, bold: whole(self.bold), italic: whole(self.italic), words: self.words }
    }
}
