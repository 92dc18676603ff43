//! The little of XML that the parts of a package need.

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::error::ReadError;

/// Namespaces of WordprocessingML, transitional and strict.
const NAMESPACES: [&str; 2] =
    ["http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main"];

/// A part, event by event; empty elements come as a start and an end.
pub(super) struct Part<'a> {
    reader: Reader<&'a [u8]>,
    /// The prefix bound to WordprocessingML, with its colon.
    prefix: String,
}

impl<'a> Part<'a> {
    pub fn new(xml: &'a str) -> Self {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, prefix: prefix(xml) }
    }

    pub fn next(&mut self) -> Result<Event<'a>, ReadError> {
        match self.reader.read_event().map_err(ReadError::corrupt)? {
            Event::DocType(_) => Err(ReadError::corrupt("XML có DTD")),
            event => Ok(event),
        }
    }

    /// The name without prefix when it belongs to WordprocessingML.
    pub fn name<'n>(&self, qualified: &'n str) -> Option<&'n str> {
        qualified.strip_prefix(self.prefix.as_str())
    }

    /// Passes over the element that has just begun.
    pub fn skip(&mut self, start: &BytesStart) -> Result<(), ReadError> {
        self.reader.read_to_end(start.name()).map(drop).map_err(ReadError::corrupt)
    }
}

/// The prefix that the first element binds to WordprocessingML: "w:" in practice.
fn prefix(xml: &str) -> String {
    let head = xml.get(..xml.len().min(16_384)).unwrap_or(xml);
    let binding = NAMESPACES.iter().find_map(|namespace| {
        let end = head.find(&format!("=\"{namespace}\""))?;
        let start = head[..end].rfind("xmlns:")? + "xmlns:".len();
        Some(&head[start..end])
    });
    format!("{}:", binding.unwrap_or("w"))
}

/// The value of an attribute by its name without prefix.
pub(super) fn attribute(start: &BytesStart, name: &str) -> Option<String> {
    let found = start.attributes().with_checks(false).flatten().find(|found| found.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
}

/// `w:val` of an element.
pub(super) fn val(start: &BytesStart) -> Option<String> {
    attribute(start, "val")
}

/// A property that is on when it is present and not switched off ("w:b", "w:b w:val='0'").
pub(super) fn is_on(start: &BytesStart) -> bool {
    !matches!(val(start).as_deref(), Some("0" | "false" | "off" | "none"))
}

/// The character that a reference stands for.
pub(super) fn character(reference: &BytesRef) -> Option<char> {
    if let Some(character) = reference.resolve_char_ref().ok().flatten() {
        return Some(character);
    }
    match reference.xml10_content().as_ref() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}
