//! Styles: what a paragraph or a run inherits.

use std::collections::HashMap;

use quick_xml::events::{BytesStart, Event};

use super::xml::{Part, is_on, val};
use crate::error::ReadError;

/// Longer chains of "based on" are taken for a circle.
const CHAIN_MAX: usize = 20;

/// What a style says about numbers and looks; `None` where it says nothing.
#[derive(Clone, Default)]
pub(super) struct Style {
    pub name: String,
    based_on: Option<String>,
    pub list: Option<u32>,
    pub level: Option<usize>,
    pub look: Look,
}

/// Bold, italic, capitals, hidden; `None` is inherited.
#[derive(Clone, Copy, Default)]
pub(super) struct Look {
    pub bold: Option<bool>,
    pub italic: Option<bool>,
    pub caps: Option<bool>,
    pub hidden: Option<bool>,
}

impl Look {
    /// Takes a run property; false when the element is none.
    pub fn takes(&mut self, name: &str, start: &BytesStart) -> bool {
        let property = match name {
            "b" => &mut self.bold,
            "i" => &mut self.italic,
            "caps" => &mut self.caps,
            "vanish" => &mut self.hidden,
            _ => return false,
        };
        *property = Some(is_on(start));
        true
    }

    /// This look over another.
    pub fn over(self, under: Self) -> Self {
        Self {
            bold: self.bold.or(under.bold),
            italic: self.italic.or(under.italic),
            caps: self.caps.or(under.caps),
            hidden: self.hidden.or(under.hidden),
        }
    }
}

/// The styles of a document by id.
#[derive(Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    default_paragraph: Option<String>,
}

impl Styles {
    /// Reads `styles.xml`.
    pub fn read(xml: &str) -> Result<Self, ReadError> {
        let mut part = Part::new(xml);
        let mut styles = Self::default();
        let mut open: Option<(String, Style)> = None;
        loop {
            match part.next()? {
                Event::Start(start) => {
                    let qualified = start.name();
                    match part.name(qualified.as_ref()) {
                        Some("style") => open = styles.begin(&start),
                        Some(name) => {
                            if let Some((_, style)) = &mut open {
                                style.takes(name, &start);
                            }
                        }
                        None => {}
                    }
                }
                Event::End(end) if part.name(end.name().as_ref()) == Some("style") => styles.styles.extend(open.take()),
                Event::Eof => return Ok(styles),
                _ => {}
            }
        }
    }

    fn begin(&mut self, start: &BytesStart) -> Option<(String, Style)> {
        let id = super::xml::attribute(start, "styleId")?;
        let attribute = |name: &str| super::xml::attribute(start, name).unwrap_or_default();
        if attribute("type") == "paragraph" && matches!(attribute("default").as_str(), "1" | "true") {
            self.default_paragraph = Some(id.clone());
        }
        Some((id, Style::default()))
    }

    /// The style with everything it inherits.
    pub fn settled(&self, id: Option<&str>) -> Style {
        let mut settled = Style::default();
        let mut next = id.or(self.default_paragraph.as_deref());
        for _ in 0..CHAIN_MAX {
            let Some(style) = next.and_then(|id| self.styles.get(id)) else { break };
            settled.look = settled.look.over(style.look);
            settled.list = settled.list.or(style.list);
            settled.level = settled.level.or(style.level);
            if settled.name.is_empty() {
                settled.name.clone_from(&style.name);
            }
            next = style.based_on.as_deref();
        }
        settled
    }
}

impl Style {
    fn takes(&mut self, name: &str, start: &BytesStart) {
        match name {
            "name" => self.name = val(start).unwrap_or_default(),
            "basedOn" => self.based_on = val(start),
            "numId" => self.list = val(start).and_then(|id| id.parse().ok()),
            "ilvl" => self.level = val(start).and_then(|level| level.parse().ok()),
            _ => {
                self.look.takes(name, start);
            }
        }
    }
}
