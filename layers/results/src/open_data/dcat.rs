//! The catalogue for programs: DCAT-AP 3.0 (SEMIC) on DCAT 3 (W3C Recommendation of 22 August 2024), as JSON-LD 1.1 and as Turtle. Both are
//! written from the same statements, so that neither says what the other does not.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::catalogue::Dataset;
use crate::base::{App, time};
use crate::web::{Locale, Result, address};

pub const JSON_LD: &str = "application/ld+json";
pub const TURTLE: &str = "text/turtle; charset=utf-8";

/// The vocabularies by their usual prefixes.
pub const PREFIXES: [(&str, &str); 6] = [
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dct", "http://purl.org/dc/terms/"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("vcard", "http://www.w3.org/2006/vcard/ns#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];
const FREQUENCIES: &str = "http://publications.europa.eu/resource/authority/frequency/";
const MEDIA_TYPES: &str = "https://www.iana.org/assignments/media-types/";
/// Reuse with the source named (ADMS licence types).
const ATTRIBUTION: &str = "http://purl.org/adms/licencetype/Attribution";

/// What is said of a subject.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Object {
    /// A thing, by its address.
    Thing(String),
    /// A thing of a vocabulary: `dcat:Dataset`.
    Term(&'static str),
    /// A text in a language.
    Text(String, &'static str),
    /// A moment (`xsd:dateTime`).
    Moment(String),
}

/// One statement: subject, predicate, object.
pub type Statement = (String, &'static str, Object);

struct Saying {
    origin: String,
    lang: &'static str,
    said: Vec<Statement>,
}

impl Saying {
    fn say(&mut self, subject: &str, predicate: &'static str, object: Object) {
        self.said.push((subject.to_owned(), predicate, object));
    }

    fn text(&mut self, subject: &str, predicate: &'static str, text: &str) {
        self.say(subject, predicate, Object::Text(text.to_owned(), self.lang));
    }

    fn thing(&mut self, subject: &str, predicate: &'static str, thing: &str) {
        self.say(subject, predicate, Object::Thing(thing.to_owned()));
    }

    fn agent(&mut self, id: &str, name: &str) {
        self.say(id, "rdf:type", Object::Term("foaf:Agent"));
        self.text(id, "foaf:name", name);
    }

    fn set(&mut self, catalogue: &str, licence: &str, one: &Dataset) {
        let id = format!("{catalogue}#{}", address::encode(&one.id));
        self.thing(catalogue, "dcat:dataset", &id);
        self.say(&id, "rdf:type", Object::Term("dcat:Dataset"));
        self.text(&id, "dct:title", &one.title);
        self.text(&id, "dct:description", &one.description);
        self.say(&id, "dct:identifier", Object::Text(one.id.clone(), ""));
        let publisher = format!("{}{}#publisher", self.origin, one.publisher.path);
        self.thing(&id, "dct:publisher", &publisher);
        self.agent(&publisher, &one.publisher.name);
        self.thing(&id, "dct:accrualPeriodicity", &format!("{FREQUENCIES}{}", one.frequency.code()));
        self.thing(&id, "dcat:landingPage", &format!("{}{}", self.origin, one.page));
        if let Some(at) = one.modified {
            self.say(&id, "dct:modified", Object::Moment(time::machine(at)));
        }
        for file in &one.files {
            let place = format!("{}{}", self.origin, file.path);
            let piece = format!("{place}#distribution");
            self.thing(&id, "dcat:distribution", &piece);
            self.say(&piece, "rdf:type", Object::Term("dcat:Distribution"));
            self.text(&piece, "dct:title", &format!("{} · {}", one.title, file.format));
            self.thing(&piece, "dcat:accessURL", &place);
            self.thing(&piece, "dcat:downloadURL", &place);
            let media_type = file.media_type.split(';').next().unwrap_or_default();
            self.thing(&piece, "dcat:mediaType", &format!("{MEDIA_TYPES}{media_type}"));
            self.thing(&piece, "dct:license", licence);
        }
    }
}

/// Everything that the catalogue says, each once.
#[must_use]
pub fn statements(app: &App, l: Locale, sets: &[Dataset]) -> Vec<Statement> {
    let (origin, site) = (app.config.public_url(), app.site());
    let mut saying = Saying { origin: origin.clone(), lang: l.0.tag(), said: Vec::new() };
    let catalogue = format!("{origin}/du-lieu-mo");
    let licence = format!("{catalogue}/huong-dan-ky-thuat#licence");
    saying.say(&catalogue, "rdf:type", Object::Term("dcat:Catalog"));
    saying.text(&catalogue, "dct:title", &l.t1("open-data-catalogue", "name", &site.name));
    saying.text(&catalogue, "dct:description", &l.t("open-data-lead"));
    saying.thing(&catalogue, "foaf:homepage", &catalogue);
    saying.thing(&catalogue, "dct:license", &licence);
    let owner = format!("{origin}/#publisher");
    saying.thing(&catalogue, "dct:publisher", &owner);
    saying.agent(&owner, if site.owner.is_empty() { &site.name } else { &site.owner });
    if let Some(at) = sets.iter().filter_map(|one| one.modified).max() {
        saying.say(&catalogue, "dct:modified", Object::Moment(time::machine(at)));
    }
    saying.say(&licence, "rdf:type", Object::Term("dct:LicenseDocument"));
    saying.text(&licence, "dct:title", &l.t("open-data-terms"));
    saying.thing(&licence, "dct:type", ATTRIBUTION);
    for one in sets {
        saying.set(&catalogue, &licence, one);
    }
    let mut seen = BTreeSet::new();
    saying.said.retain(|one| seen.insert(one.clone()));
    saying.said
}

fn node(object: &Object) -> Value {
    match object {
        Object::Thing(id) => json!({ "@id": id }),
        Object::Term(term) => json!({ "@id": term }),
        Object::Text(text, "") => json!({ "@value": text }),
        Object::Text(text, lang) => json!({ "@value": text, "@language": lang }),
        Object::Moment(at) => json!({ "@value": at, "@type": "xsd:dateTime" }),
    }
}

/// JSON-LD: a node for each subject.
///
/// # Errors
/// Never, in memory.
pub fn json_ld(said: &[Statement]) -> Result<Vec<u8>> {
    let mut nodes: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    for (subject, predicate, object) in said {
        let of = nodes.entry(subject.as_str()).or_default();
        let (name, value) = match (*predicate, object) {
            ("rdf:type", Object::Term(term)) => ("@type", json!(term)),
            (predicate, object) => (predicate, node(object)),
        };
        if let Some(list) = of.entry(name).or_insert_with(|| json!([])).as_array_mut() {
            list.push(value);
        }
    }
    let graph: Vec<Value> = nodes
        .into_iter()
        .map(|(id, mut of)| {
            of.insert("@id".into(), json!(id));
            Value::Object(of)
        })
        .collect();
    let context: Map<String, Value> = PREFIXES.iter().map(|(name, place)| ((*name).to_owned(), json!(place))).collect();
    Ok(serde_json::to_vec_pretty(&json!({ "@context": context, "@graph": graph }))?)
}

/// An address as it may stand between angle brackets (Turtle 1.1, IRIREF).
fn iri(id: &str) -> String {
    let mut out = String::from("<");
    for letter in id.chars() {
        match letter {
            '<' | '>' | '"' | '{' | '}' | '|' | '^' | '`' | '\\' | '\0'..=' ' => {
                out.push_str(&format!("%{:02X}", u32::from(letter)));
            }
            letter => out.push(letter),
        }
    }
    out.push('>');
    out
}

/// A text between quotation marks (Turtle 1.1, STRING_LITERAL_QUOTE).
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}

/// Turtle: a line a statement.
#[must_use]
pub fn turtle(said: &[Statement]) -> String {
    let mut out: String = PREFIXES.iter().map(|(name, place)| format!("@prefix {name}: <{place}> .\n")).collect();
    for (subject, predicate, object) in said {
        let object = match object {
            Object::Thing(id) => iri(id),
            Object::Term(term) => (*term).to_owned(),
            Object::Text(text, "") => quoted(text),
            Object::Text(text, lang) => format!("{}@{lang}", quoted(text)),
            Object::Moment(at) => format!("{}^^xsd:dateTime", quoted(at)),
        };
        out.push_str(&format!("{} {predicate} {object} .\n", iri(subject)));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_text_or_an_address_is_escaped() {
        let said = vec![("https://a.vn/<x> y".to_owned(), "dct:title", Object::Text("Một \"hai\"\n\\ba".into(), "vi"))];
        let text = turtle(&said);
        assert!(text.ends_with("<https://a.vn/%3Cx%3E%20y> dct:title \"Một \\\"hai\\\"\\n\\\\ba\"@vi .\n"), "{text}");
        let read: Value = serde_json::from_slice(&json_ld(&said).expect("JSON")).expect("JSON");
        assert_eq!(read["@graph"][0]["dct:title"][0]["@value"], "Một \"hai\"\n\\ba");
    }
}
