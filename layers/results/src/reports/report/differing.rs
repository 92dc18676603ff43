//! What a version says otherwise than the one before: agencies that came or answered anew, figures that were restated, sentences that came
//! or went. Both are frozen, so the list is the same for ever. Pure.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::composed::{Composed, Shown};
use crate::web::Locale;

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Difference {
    /// Was not in, is now.
    Arrived {
        name: String,
    },
    /// Was in, is no longer.
    Gone {
        name: String,
    },
    /// In by a newer version of its answer.
    Restated {
        name: String,
        from: i32,
        to: i32,
    },
    Figure {
        name: String,
        from: String,
        to: String,
    },
    SentenceCame {
        text: String,
    },
    SentenceWent {
        text: String,
    },
    Subject {
        from: String,
        to: String,
    },
}

impl Difference {
    /// In words.
    #[must_use]
    pub fn text(&self, l: Locale) -> String {
        let shown = |value: &String| if value.is_empty() { l.t("report-figure-none") } else { value.clone() };
        match self {
            Self::Arrived { name } => l.t1("report-difference-arrived", "name", name),
            Self::Gone { name } => l.t1("report-difference-gone", "name", name),
            Self::Restated { name, from, to } => {
                let words = [("name", name.clone()), ("from", from.to_string()), ("to", to.to_string())];
                l.with("report-difference-restated", &words)
            }
            Self::Figure { name, from, to } => {
                l.with("report-difference-figure", &[("name", name.clone()), ("from", shown(from)), ("to", shown(to))])
            }
            Self::SentenceCame { text } => l.t1("report-difference-came", "text", text),
            Self::SentenceWent { text } => l.t1("report-difference-went", "text", text),
            Self::Subject { from, to } => l.with("report-difference-subject", &[("from", from.clone()), ("to", to.clone())]),
        }
    }
}

/// From an earlier version to a later one.
#[must_use]
pub fn between(before: &Composed, after: &Composed) -> Vec<Difference> {
    let mut found = Vec::new();
    if before.subject != after.subject {
        found.push(Difference::Subject { from: before.subject.clone(), to: after.subject.clone() });
    }
    agencies(before, after, &mut found);
    figures(&before.figures, &after.figures, &mut found);
    let keys = |all: &[(String, String)]| all.iter().map(|(key, _)| key.clone()).collect::<BTreeSet<_>>();
    let (old, new) = (keys(&before.sentences), keys(&after.sentences));
    let came = after.sentences.iter().filter(|(key, _)| !old.contains(key));
    found.extend(came.map(|(_, text)| Difference::SentenceCame { text: text.clone() }));
    let went = before.sentences.iter().filter(|(key, _)| !new.contains(key));
    found.extend(went.map(|(_, text)| Difference::SentenceWent { text: text.clone() }));
    found
}

fn agencies(before: &Composed, after: &Composed, found: &mut Vec<Difference>) {
    let of = |one: &Composed| one.present.iter().cloned().collect::<BTreeMap<String, i32>>();
    let (old, new) = (of(before), of(after));
    for (name, version) in &new {
        match old.get(name) {
            None => found.push(Difference::Arrived { name: name.clone() }),
            Some(from) if from != version => {
                found.push(Difference::Restated { name: name.clone(), from: *from, to: *version });
            }
            Some(_) => {}
        }
    }
    found.extend(old.keys().filter(|name| !new.contains_key(*name)).map(|name| Difference::Gone { name: name.clone() }));
}

fn figures(before: &[Shown], after: &[Shown], found: &mut Vec<Difference>) {
    let value = |one: &Shown| format!("{} {}", one.value(), one.unit).trim().to_owned();
    for figure in after {
        let old = before.iter().find(|one| one.code == figure.code).map(value).unwrap_or_default();
        let new = value(figure);
        if old != new {
            let name = if figure.label.is_empty() { figure.code.clone() } else { figure.label.clone() };
            found.push(Difference::Figure { name, from: old, to: new });
        }
    }
}
