//! XMP (ISO 16684-1) with the properties of Dublin Core, Photoshop and IPTC that describe a picture.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::found::Found;

/// Deeper nesting is no description.
const DEPTH_MAX: usize = 64;

/// Reads a packet; what can not be read says nothing.
pub fn read(packet: &[u8]) -> Found {
    let Ok(text) = std::str::from_utf8(packet) else { return Found::default() };
    let mut found = Found::default();
    let mut reader = Reader::from_str(text);
    let mut within: Vec<String> = Vec::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                attributes(&start, &mut found);
                within.push(start.local_name().as_ref().to_owned());
            }
            Ok(Event::Empty(start)) => attributes(&start, &mut found),
            Ok(Event::End(_)) => drop(within.pop()),
            Ok(Event::Text(words)) => {
                let value = words.xml10_content();
                let value = value.trim();
                let names = within.iter().rev().filter(|name| !matches!(name.as_str(), "li" | "Alt" | "Seq" | "Bag"));
                if let Some(name) = names.clone().next() {
                    say(&mut found, name, value);
                }
            }
            Ok(Event::GeneralRef(_)) => {}
            Ok(Event::Eof | Event::DocType(_)) | Err(_) => return found,
            Ok(_) => {}
        }
        if within.len() > DEPTH_MAX {
            return found;
        }
    }
}

fn attributes(start: &BytesStart, found: &mut Found) {
    for attribute in start.attributes().with_checks(false).flatten() {
        if let Ok(value) = attribute.normalized_value(XmlVersion::Implicit1_0) {
            say(found, attribute.key.local_name().as_ref(), value.trim());
        }
    }
}

/// The first value of a property is kept: of several languages the default one stands first.
fn say(found: &mut Found, name: &str, value: &str) {
    let field = match name {
        "title" => &mut found.title,
        "description" => &mut found.caption,
        "creator" => &mut found.creator,
        "rights" => &mut found.copyright,
        "Credit" => &mut found.credit,
        "AltTextAccessibility" => &mut found.alt,
        "DigitalSourceType" => &mut found.source,
        _ => return,
    };
    if field.is_empty() {
        value.clone_into(field);
    }
}
