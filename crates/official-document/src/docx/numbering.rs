//! Automatic numbers: ISO/IEC 29500-1, 17.9. A reader sees "a)"; the file holds a list and a level.

use std::collections::{HashMap, HashSet};

use quick_xml::events::{BytesStart, Event};

use super::xml::{Part, attribute, val};
use crate::error::ReadError;
use vietnamese::roman::to_roman;

/// Levels of a list.
const LEVELS: usize = 9;

/// How a level counts and writes.
#[derive(Clone, Debug)]
struct Level {
    start: u32,
    format: String,
    text: String,
    /// Counting begins again after this level (1-based); 0 never; by default after any level above.
    restart: Option<usize>,
    /// All numbers in the text are written in figures.
    legal: bool,
    style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        Self { start: 1, format: "decimal".into(), text: String::new(), restart: None, legal: false, style: None }
    }
}

/// A definition that several lists may share, and with it their count.
#[derive(Clone, Debug, Default)]
struct Definition {
    levels: HashMap<usize, Level>,
    /// Another list whose definition counts instead.
    style_link: Option<String>,
}

/// A list: a definition with exceptions.
#[derive(Clone, Debug, Default)]
struct List {
    definition: u32,
    starts: HashMap<usize, u32>,
    levels: HashMap<usize, Level>,
}

/// The lists of a document and how far each has counted.
#[derive(Default)]
pub(super) struct Numbering {
    definitions: HashMap<u32, Definition>,
    /// Definitions by the name of the style that links to them.
    linked: HashMap<String, u32>,
    lists: HashMap<u32, List>,
    counts: HashMap<u32, [Option<u32>; LEVELS]>,
    /// Lists and levels whose own start has been used.
    started: HashSet<(u32, usize)>,
}

impl Numbering {
    /// Reads `numbering.xml`.
    pub fn read(xml: &str) -> Result<Self, ReadError> {
        let mut part = Part::new(xml);
        let mut numbering = Self::default();
        let mut cursor = Cursor::default();
        loop {
            match part.next()? {
                Event::Start(start) => {
                    if let Some(name) = part.name(start.name().as_ref()) {
                        cursor.begins(name, &start, &mut numbering);
                    }
                }
                Event::End(end) => {
                    if let Some("abstractNum" | "num") = part.name(end.name().as_ref()) {
                        cursor = Cursor::default();
                    }
                }
                Event::Eof => return Ok(numbering),
                _ => {}
            }
        }
    }

    /// Counts one paragraph of a list and writes its number; empty when the level shows nothing.
    pub fn count(&mut self, list: u32, level: usize) -> String {
        let level = level.min(LEVELS - 1);
        let Some(found) = self.lists.get(&list).cloned() else { return String::new() };
        let definition = self.definition(found.definition);
        let levels: Vec<Level> = (0..LEVELS).map(|at| self.level(&found, definition, at)).collect();
        let first_use = found.starts.contains_key(&level) && self.started.insert((list, level));
        let counts = self.counts.entry(definition).or_default();
        advance(counts, &levels, level, first_use.then(|| found.starts[&level]));
        write(&levels, counts, level)
    }

    /// The level that a style is tied to in a list.
    pub fn level_of_style(&self, list: u32, style: &str) -> Option<usize> {
        let found = self.lists.get(&list)?;
        let definition = self.definitions.get(&self.definition(found.definition))?;
        definition.levels.iter().find(|(_, level)| level.style.as_deref() == Some(style)).map(|(at, _)| *at)
    }

    /// The definition that counts: one may point to another by the name of a style.
    fn definition(&self, id: u32) -> u32 {
        let link = self.definitions.get(&id).and_then(|definition| definition.style_link.as_ref());
        link.and_then(|style| self.linked.get(style)).copied().unwrap_or(id)
    }

    fn level(&self, list: &List, definition: u32, at: usize) -> Level {
        let defined = || self.definitions.get(&definition).and_then(|definition| definition.levels.get(&at));
        list.levels.get(&at).or_else(defined).cloned().unwrap_or_default()
    }
}

fn advance(counts: &mut [Option<u32>; LEVELS], levels: &[Level], level: usize, start: Option<u32>) {
    counts[level] = Some(match (start, counts[level]) {
        (Some(start), _) => start,
        (None, Some(count)) => count.saturating_add(1),
        (None, None) => levels[level].start,
    });
    for above in 0..level {
        counts[above].get_or_insert(levels[above].start);
    }
    for below in level + 1..LEVELS {
        // "Restart after level n" begins again when a level at or above n counts; 0 never.
        let restarts = levels[below].restart.is_none_or(|after| level < after);
        if restarts {
            counts[below] = None;
        }
    }
}

/// "%1.%2" with the counts in place.
fn write(levels: &[Level], counts: &[Option<u32>; LEVELS], level: usize) -> String {
    let own = &levels[level];
    match own.format.as_str() {
        "bullet" => return bullet(&own.text),
        "none" if !own.text.contains('%') => return own.text.trim().to_owned(),
        _ => {}
    }
    let mut written = String::new();
    let mut signs = own.text.chars().peekable();
    while let Some(sign) = signs.next() {
        let place = if sign == '%' { signs.peek().and_then(|digit| digit.to_digit(10)) } else { None };
        let Some(at) = place.and_then(|place| usize::try_from(place).ok()?.checked_sub(1)).filter(|at| *at < LEVELS) else {
            written.push(sign);
            continue;
        };
        signs.next();
        let format = if own.legal { "decimal" } else { levels[at].format.as_str() };
        written.push_str(&number(counts[at].unwrap_or(levels[at].start), format));
    }
    written.trim().to_owned()
}

/// A count as its format writes it (ISO/IEC 29500-1, 17.18.59); formats of other scripts in figures.
fn number(count: u32, format: &str) -> String {
    match format {
        "lowerLetter" => letters(count).to_lowercase(),
        "upperLetter" => letters(count),
        "lowerRoman" => to_roman(count).unwrap_or_default().to_lowercase(),
        "upperRoman" => to_roman(count).unwrap_or_default(),
        "decimalZero" => format!("{count:02}"),
        "none" => String::new(),
        _ => count.to_string(),
    }
}

/// A … Z, AA, BB …: as Word counts, which knows no "Đ".
fn letters(count: u32) -> String {
    let place = u8::try_from(count.saturating_sub(1) % 26).unwrap_or(0);
    let times = usize::try_from(count.saturating_sub(1) / 26 + 1).unwrap_or(1).min(30);
    char::from(b'A' + place).to_string().repeat(times)
}

/// A bullet of a symbol font as the sign it looks like.
fn bullet(text: &str) -> String {
    let sign = text.trim().chars().next();
    sign.map(crate::normal::symbol).map_or(String::new(), |sign| if sign == 'o' { "◦".into() } else { sign.to_string() })
}

/// Where in `numbering.xml` the reading stands.
#[derive(Default)]
struct Cursor {
    definition: Option<u32>,
    list: Option<u32>,
    level: usize,
    /// Inside the exception of a list for a level.
    overriding: Option<usize>,
}

impl Cursor {
    fn begins(&mut self, name: &str, start: &BytesStart, numbering: &mut Numbering) {
        let id = |name: &str| attribute(start, name).and_then(|id| id.parse().ok());
        match name {
            "abstractNum" => {
                self.definition = id("abstractNumId");
                numbering.definitions.extend(self.definition.map(|id| (id, Definition::default())));
            }
            "num" => {
                self.list = id("numId");
                numbering.lists.extend(self.list.map(|id| (id, List::default())));
            }
            "lvl" => self.level = id("ilvl").and_then(|at| usize::try_from(at).ok()).unwrap_or(0).min(LEVELS - 1),
            "lvlOverride" => self.overriding = id("ilvl").and_then(|at| usize::try_from(at).ok()),
            _ => {
                if let Some(value) = val(start) {
                    self.property(name, value, numbering);
                }
            }
        }
    }

    fn property(&mut self, name: &str, value: String, numbering: &mut Numbering) {
        if let Some(list) = self.list.and_then(|id| numbering.lists.get_mut(&id)) {
            match (name, self.overriding) {
                ("abstractNumId", _) => list.definition = value.parse().unwrap_or_default(),
                ("startOverride", Some(at)) => list.starts.extend(value.parse().ok().map(|start| (at, start))),
                (_, Some(_)) => list.levels.entry(self.level).or_default().takes(name, value),
                _ => {}
            }
            return;
        }
        let Some(id) = self.definition else { return };
        let Some(definition) = numbering.definitions.get_mut(&id) else { return };
        match name {
            "numStyleLink" => definition.style_link = Some(value),
            "styleLink" => drop(numbering.linked.insert(value, id)),
            "multiLevelType" | "nsid" | "tmpl" | "name" => {}
            _ => definition.levels.entry(self.level).or_default().takes(name, value),
        }
    }
}

impl Level {
    fn takes(&mut self, name: &str, value: String) {
        match name {
            "start" => self.start = value.parse().unwrap_or(1),
            "numFmt" => self.format = value,
            "lvlText" => self.text = value,
            "lvlRestart" => self.restart = value.parse().ok(),
            "isLgl" => self.legal = value != "0" && value != "false",
            "pStyle" => self.style = Some(value),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
