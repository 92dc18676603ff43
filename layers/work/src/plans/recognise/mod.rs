//! From the structure of a document to the provisions of a plan: what is to be reached and done, by whom, by when.
//!
//! Rules and a gazetteer (`data/gazetteer.json`), no text of any one plan. Pure: structure in, provisions out, every doubt
//! beside the provision it is about.

mod audit;
pub mod compare;
mod deadline;
mod draft;
mod formula;
pub mod fuzz;
mod gazetteer;
mod labels;
mod links;
mod listed;
pub mod model;
mod outline;
mod own_names;
mod parties;
mod roles;
#[cfg(test)]
mod samples;
mod scope;
mod sections;
mod shape;
mod similarity;
mod table;
mod target;
#[cfg(test)]
mod tests;
mod words;
mod yearless;

use official_document::{Document, Field};

use similarity::{Index, pairs};

pub use similarity::most_alike;

pub use audit::NO_PLAN;
pub use gazetteer::Gazetteer;
pub use model::{
    Deadline, DeadlineKind, Doubt, Facts, Heading, Interval, Kind, Link, Origin, Point, Provision, Recognition, Role, Target,
    Warning,
};

/// Recognises the provisions of a document.
pub fn recognise(document: &Document, gazetteer: &Gazetteer) -> Recognition {
    let own = own_names::named(gazetteer, document);
    let widened = (!own.is_empty()).then(|| gazetteer.widened(&own));
    let gazetteer = widened.as_ref().unwrap_or(gazetteer);
    let found = outline::walk(gazetteer, document);
    let mut provisions = found.provisions;
    draft::make_paths_unique(&mut provisions);
    yearless::settle(document, &mut provisions);
    let index = Index::of(provisions.iter().map(|one| pairs(&one.text)).collect());
    let links = links::links(&provisions, &index);
    let mut recognition =
        Recognition { document: facts(document), provisions, warnings: found.warnings, headings: found.headings, links };
    recognition.warnings = audit::audit(document, &recognition, &index);
    recognition
}

fn facts(document: &Document) -> Facts {
    let header = &document.header;
    let value = |field: &Option<Field>| field.as_ref().map(|field| field.value.clone());
    Facts {
        superior: value(&header.superior),
        issuer: value(&header.issuer),
        number: value(&header.number),
        symbol: value(&header.symbol),
        type_name: value(&header.type_name),
        type_code: value(&header.type_code),
        place: value(&header.place),
        date: header.issued_on.map(|day| day.to_string()),
        subject: value(&header.subject),
    }
}
