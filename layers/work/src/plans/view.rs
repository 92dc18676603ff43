//! Provisions as pages show them: words ready, names with their links.

use std::collections::HashMap;

use uuid::Uuid;

use super::party::{Part, Party, Resolution};
use super::programme::Entry;
use super::recognise::Doubt;
use super::{due, target};
use crate::people::agency::brief::Brief;
use crate::web::Locale;

/// The agencies by their id, for names and links.
pub type Agencies = HashMap<Uuid, Brief>;

/// A body named in a provision.
pub struct Body {
    pub id: Uuid,
    /// As written.
    pub name: String,
    /// What plans ask of the agency, when the name is resolved.
    pub href: String,
    /// The agency's own name when it differs from what is written.
    pub is: String,
    /// `agency`, `class`, `ambiguous`, `unknown`, `chosen`
    pub resolution: &'static str,
}

/// A provision, ready to be shown.
pub struct Row {
    pub id: Uuid,
    pub version: i32,
    pub path: String,
    /// The path as a reader is told it: `V.end` is the closing paragraph of part V.
    pub place: String,
    /// For ids and anchors: `III-1-b-4`.
    pub anchor: String,
    pub kind: String,
    pub kind_label: String,
    pub text: String,
    pub heading: String,
    pub leads: Vec<Body>,
    pub supports: Vec<Body>,
    pub recipients: Vec<Body>,
    pub is_support: bool,
    pub due: String,
    pub due_group: String,
    pub due_raw: String,
    pub target: String,
    pub target_short: String,
    pub result: String,
    pub doubts: Vec<Doubt>,
    pub is_doubtful: bool,
    pub is_confirmed: bool,
    pub is_edited: bool,
}

impl Row {
    /// Makes an entry ready.
    #[must_use]
    pub fn of(l: Locale, entry: &Entry, agencies: &Agencies) -> Self {
        let provision = &entry.provision;
        let bodies = |part: Part| entry.bodies(part).map(|party| Body::of(party, agencies)).collect();
        Self {
            id: provision.id,
            version: provision.version,
            place: match provision.path.strip_suffix(".end") {
                Some(part) => l.t1("path-closing", "part", part),
                None => l.t1("promise-path", "path", &provision.path),
            },
            path: provision.path.clone(),
            anchor: anchor(&provision.path),
            kind: provision.kind.clone(),
            kind_label: l.t(&format!("provision-kind-{}", provision.kind)),
            text: provision.text.clone(),
            heading: provision.headings().last().cloned().unwrap_or_default(),
            leads: bodies(Part::Lead),
            supports: bodies(Part::Support),
            recipients: bodies(Part::Recipient),
            is_support: provision.role == "support",
            due: due::words(l, &entry.deadline),
            due_group: entry.due_group(),
            due_raw: entry.deadline.raw.clone().unwrap_or_default(),
            target: entry.target.as_ref().map(target::words).unwrap_or_default(),
            target_short: entry.target.as_ref().map(target::short).unwrap_or_default(),
            result: provision.result.clone().unwrap_or_default(),
            doubts: if provision.confirmed_at.is_some() { Vec::new() } else { provision.doubts() },
            is_doubtful: provision.is_doubtful(),
            is_confirmed: provision.confirmed_at.is_some(),
            is_edited: provision.edited,
        }
    }
}

impl Body {
    fn of(party: &Party, agencies: &Agencies) -> Self {
        let agency = party.agency.and_then(|id| agencies.get(&id));
        Self {
            id: party.id,
            name: party.name.clone(),
            href: agency.map(Brief::duties_path).unwrap_or_default(),
            is: agency
                .filter(|agency| !vietnamese::same_name(&agency.name, &party.name))
                .map(|agency| agency.name.clone())
                .unwrap_or_default(),
            resolution: match party.resolution {
                Resolution::Agency => "agency",
                Resolution::Class => "class",
                Resolution::Ambiguous => "ambiguous",
                Resolution::Unknown => "unknown",
                Resolution::Chosen => "chosen",
            },
        }
    }
}

/// A path as an element id: `V.7.đ` → `V-7-dd`.
#[must_use]
pub fn anchor(path: &str) -> String {
    path.replace('đ', "dd")
        .replace('Đ', "DD")
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' })
        .collect()
}

/// A choice of a filter: its value, its words, how many it leaves, whether it is on.
pub struct Choice {
    pub value: String,
    pub label: String,
    pub count: usize,
    pub chosen: bool,
}

/// The words of a group of deadlines.
#[must_use]
pub fn due_label(l: Locale, group: &str) -> String {
    match group {
        "recurring" | "report" | "none" | "unknown" => l.t(&format!("due-group-{group}")),
        year => vietnamese::capitalised(&l.t1("due-year", "year", year)),
    }
}
