//! A provision as an answer: what was asked for in the document's own words, and the provision as its source.

use super::intent::{self, Intent, Wish};
use super::timing::{self, Meant};
use crate::assistant::said::{Cited, Line, Said};
use crate::plans::party::Part;
use crate::plans::plan::Plan;
use crate::plans::programme::Entry;
use crate::plans::{due, target, view};
use crate::web::Locale;

/// A provision longer than this is quoted by its sentence that says most.
pub const QUOTE_LETTERS: usize = 600;
/// Who asks what somebody has to do is told all of it, unless it is longer than this.
const WORK_LETTERS: usize = 2_000;

/// Adds a provision to what is said.
pub fn add(said: &mut Said, l: Locale, (plan, entry): (&Plan, &Entry), wishes: &[Wish], intent: &Intent) {
    let provision = &entry.provision;
    let names = |part: Part| entry.bodies(part).map(|party| party.name.as_str()).collect::<Vec<_>>().join("; ");
    let leads = names(Part::Lead);
    let quote = if wishes.contains(&Wish::Role) {
        sentence(&provision.text, &intent.topic)
    } else {
        let most = if wishes.contains(&Wish::Work) { WORK_LETTERS } else { QUOTE_LETTERS };
        short(&provision.text, &intent.topic, most)
    };
    let number = cite(said, l, (plan, entry), quote);
    let mut tell = |text: String| said.lines.push(Line { text, sources: vec![number] });
    for wish in wishes {
        match wish {
            Wish::Lead => tell(l.t1("assistant-exact-lead", "who", &leads)),
            Wish::Support => tell(l.t1("assistant-exact-support", "who", names(Part::Support))),
            Wish::Due => match timing::meant(&provision.text, &when(l, entry), &intent.topic) {
                Meant::Only => tell(l.t1("assistant-exact-due", "when", when(l, entry))),
                Meant::Said(time) => tell(l.t1("assistant-exact-due", "when", time)),
                Meant::Unsure => {}
            },
            Wish::ReportDay if leads.is_empty() => tell(l.t1("assistant-exact-report", "when", when(l, entry))),
            Wish::ReportDay => tell(l.t2("assistant-exact-report-of", "who", &leads, "when", when(l, entry))),
            Wish::Percent | Wish::Number => {
                let words = entry.target.as_ref().map(target::words).unwrap_or_default();
                if !words.is_empty() {
                    tell(l.t1("assistant-exact-target", "what", words));
                }
            }
            Wish::Recipient => {
                let to = names(Part::Recipient);
                if !to.is_empty() {
                    tell(l.t1("assistant-exact-recipient", "who", to));
                }
            }
            Wish::Work => tell(l.t1("assistant-exact-work", "who", &leads)),
            Wish::Exception | Wish::Role | Wish::Basis => {}
        }
    }
    tell(format!("“{quote}”"));
}

/// Adds a provision as a source with that quote; returns its number.
pub fn cite(said: &mut Said, l: Locale, (plan, entry): (&Plan, &Entry), quote: &str) -> usize {
    let provision = &entry.provision;
    // Who leads often stands in the heading above: that is quoted first, since the sentence does not say it.
    let headings = provision.headings();
    let first = entry.bodies(Part::Lead).next().map(|party| party.name.as_str()).unwrap_or_default();
    let is_above = !first.is_empty() && !provision.text.contains(first);
    let heading = headings.iter().rev().find(|heading| is_above && heading.contains(first)).cloned().unwrap_or_default();
    said.sources.push(Cited {
        id: format!("provision:{}", provision.id),
        external_id: None,
        kind: "provision".into(),
        title: format!("{} · {}", plan.title(), l.t1("promise-path", "path", &provision.path)),
        path: format!("{}#{}", plan.public_path(), view::anchor(&provision.path)),
        lead: heading,
        quote: quote.to_owned(),
    });
    said.sources.len()
}

/// The deadline in the document's words; where it says none by itself, in ours.
fn when(l: Locale, entry: &Entry) -> String {
    let raw = entry.deadline.raw.as_deref().map(str::trim).filter(|raw| !raw.is_empty());
    raw.map_or_else(|| due::words(l, &entry.deadline), str::to_owned)
}

/// All of it, or the sentence that says most where it is too long.
#[must_use]
pub fn short<'a>(text: &'a str, topic: &[String], most: usize) -> &'a str {
    if text.chars().count() <= most { text } else { sentence(text, topic) }
}

/// The sentence that says most of the topic, as it stands there.
fn sentence<'a>(text: &'a str, topic: &[String]) -> &'a str {
    let says = |piece: &str| {
        let words = intent::words(piece);
        topic.iter().filter(|word| words.contains(word)).count()
    };
    let mut best = (0, text);
    let mut from = 0;
    for (at, _) in text.match_indices(". ").chain(std::iter::once((text.len(), ""))) {
        let end = if at == text.len() { at } else { at + 1 };
        let piece = text[from..end].trim();
        if says(piece) > best.0 {
            best = (says(piece), piece);
        }
        from = end;
    }
    best.1
}

/// Adds the passages of a preamble that name a document of the sort that is asked for; says whether there was one.
pub fn basis<'a>(
    said: &mut Said,
    l: Locale,
    plan: &Plan,
    (intent, question): (&Intent, &str),
    passages: impl Iterator<Item = &'a str>,
) -> bool {
    let asked = intent::words(question).join(" ");
    let sort = ["quyet dinh", "nghi quyet", "chi thi", "luat", "nghi dinh", "chuong trinh"];
    let wanted = sort.iter().find(|sort| asked.contains(&format!("{sort} nao")));
    let topic: Vec<&String> = intent.topic.iter().filter(|word| !["ke", "hoach"].contains(&word.as_str())).collect();
    let before = said.sources.len();
    for passage in passages {
        let words = intent::words(passage);
        let joined = words.join(" ");
        let names = !vietnamese::document_numbers(passage).is_empty() && wanted.is_none_or(|sort| joined.contains(sort));
        if !names || !topic.iter().all(|word| words.contains(word)) {
            continue;
        }
        said.sources.push(Cited {
            id: format!("plan:{}", plan.id),
            external_id: None,
            kind: "plan".into(),
            title: plan.title(),
            path: plan.public_path(),
            lead: String::new(),
            quote: passage.to_owned(),
        });
        said.lines.push(Line { text: format!("“{}”", passage.trim()), sources: vec![said.sources.len()] });
    }
    let is_there = said.sources.len() > before;
    if is_there {
        said.intro = l.t1("assistant-exact-basis", "name", plan.title());
    }
    is_there
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn the_sentence_that_says_most_is_quoted_as_it_stands() {
        let text = "Sở Xây dựng lập danh mục. Sở Tài chính giữ vai trò nòng cốt về kinh phí. Các xã trồng cây.";
        let topic = ["vai", "tro", "kinh", "phi"].map(str::to_owned);
        assert_eq!(sentence(text, &topic), "Sở Tài chính giữ vai trò nòng cốt về kinh phí.");
        assert_eq!(sentence(text, &[]), text);
    }
}
