//! `/tim-kiem`: everything public, by any words. A plain GET form; the filters are in the address.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use retrieval::{Answer, Hit};
use serde::Deserialize;

use super::asking::{self, LETTERS_MAX, Wanted};
use super::feed::KINDS;
use super::{Standing, feed};
use crate::base::{App, time};
use crate::web::address;
use crate::web::paging::Paging;
use crate::web::{Locale, Page, Result, Shell, cut};

const PAGE: u64 = 10;
/// As many as the index judges.
const JUDGED: usize = 100;
const SUGGESTIONS: usize = 8;
/// So much of the question is said again.
const ECHO_LETTERS_MAX: usize = 80;

/// What the address says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    kind: String,
    agency: String,
    section: String,
    /// `2026-03-01`, as the browser's field for days sends it, or `01/03/2026`.
    from: String,
    to: String,
    page: String,
}

/// A piece of text, and whether it was asked for.
pub struct Piece {
    pub text: String,
    pub marked: bool,
}

/// A hit as the page shows it.
pub struct Line {
    pub href: String,
    pub kind: String,
    pub title: Vec<Piece>,
    pub quotation: Vec<Piece>,
    pub heading: String,
    pub agency: String,
    pub section: String,
    pub day: String,
}

/// A value that narrows, with how many of the best hits have it.
pub struct Choice {
    pub value: String,
    pub label: String,
    pub count: usize,
    pub chosen: bool,
}

#[derive(Template)]
#[template(path = "search/page.html")]
pub struct Found {
    l: Locale,
    shell: Shell,
    asked: Asked,
    lines: Vec<Line>,
    total: String,
    /// How many of the best are shown, when that is not all.
    shown: Option<usize>,
    unknown_numbers: Vec<String>,
    without_phrase: bool,
    kinds: Vec<Choice>,
    agencies: Vec<Choice>,
    sections: Vec<Choice>,
    paging: Paging,
    building: Option<usize>,
    /// The day that could not be read, as typed.
    wrong_day: Option<String>,
    /// The kind that is none, as it stood in the address: it narrows nothing.
    wrong_kind: Option<String>,
}

impl Found {
    fn has_question(&self) -> bool {
        !self.asked.q.trim().is_empty()
    }

    fn narrowed(&self) -> bool {
        [&self.asked.kind, &self.asked.agency, &self.asked.section, &self.asked.from, &self.asked.to]
            .iter()
            .any(|one| !one.is_empty())
    }

    /// Where nothing narrows; empty when nothing does.
    fn clear(&self) -> String {
        if self.narrowed() { format!("/tim-kiem{}", self.bare_query()) } else { String::new() }
    }

    /// The question as it is said again: a long one only begun.
    fn echo(&self) -> String {
        let begun: String = self.asked.q.chars().take(ECHO_LETTERS_MAX).collect();
        if begun.len() < self.asked.q.len() { begun + "…" } else { begun }
    }

    /// The question alone.
    fn bare_query(&self) -> String {
        address::query(&[("q", &self.asked.q)])
    }

    /// What narrows: the field, the key of its label, and what can be chosen.
    fn lists(&self) -> [(&'static str, &'static str, &[Choice]); 3] {
        [
            ("kind", "search-filter-kind", &self.kinds),
            ("agency", "search-filter-agency", &self.agencies),
            ("section", "search-filter-section", &self.sections),
        ]
    }

    fn page_href(&self, page: u64) -> String {
        self.asked.with("page", &page.to_string())
    }

    /// The labels of what narrows, each with the address without it.
    fn chips(&self) -> Vec<(String, String)> {
        let lists = [("kind", &self.kinds), ("agency", &self.agencies), ("section", &self.sections)];
        let chosen = lists.into_iter().flat_map(|(name, list)| list.iter().filter(|one| one.chosen).map(move |one| (name, one)));
        let mut chips: Vec<(String, String)> = chosen.map(|(name, one)| (one.label.clone(), self.asked.with(name, ""))).collect();
        for (name, key, value) in [("from", "search-from-chip", &self.asked.from), ("to", "search-to-chip", &self.asked.to)] {
            if let Some(day) = time::read_day(value) {
                chips.push((self.l.t1(key, "day", time::day(day)), self.asked.with(name, "")));
            }
        }
        chips
    }

    /// The pages around this one: number, address, whether it is this one.
    fn pages(&self) -> Vec<(String, String, bool)> {
        let from = self.paging.page.saturating_sub(3).max(1);
        let page = |page: u64| (page.to_string(), self.page_href(page), page == self.paging.page);
        (from..=(from + 6).min(self.paging.last())).map(page).collect()
    }

    fn turn(&self, by: i64) -> String {
        self.paging.turn(by).map(|page| self.page_href(page)).unwrap_or_default()
    }
}

impl Asked {
    /// The same question with one field changed.
    fn with(&self, field: &str, value: &str) -> String {
        let keep = |name: &'static str, own: &str| if name == field { value.to_owned() } else { own.to_owned() };
        let pairs = [
            ("q", keep("q", &self.q)),
            ("kind", keep("kind", &self.kind)),
            ("agency", keep("agency", &self.agency)),
            ("section", keep("section", &self.section)),
            ("from", keep("from", &self.from)),
            ("to", keep("to", &self.to)),
            ("page", if field == "page" { value.to_owned() } else { String::new() }),
        ];
        format!("/tim-kiem{}", address::query(&pairs.each_ref().map(|(name, value)| (*name, value.as_str()))))
    }

    /// Takes off a kind that is none.
    fn take_wrong_kind(&mut self) -> Option<String> {
        let is_wrong = !self.kind.is_empty() && !KINDS.contains(&self.kind.as_str());
        is_wrong.then(|| cut(&std::mem::take(&mut self.kind), ECHO_LETTERS_MAX))
    }

    fn wanted(&self) -> Wanted {
        Wanted {
            q: self.q.chars().take(LETTERS_MAX).collect(),
            kind: self.kind.clone(),
            agency: self.agency.clone(),
            section: self.section.clone(),
            from: time::read_day(&self.from),
            to: time::read_day(&self.to),
            skip: 0,
            limit: JUDGED,
        }
    }
}

/// `GET /tim-kiem`
pub async fn show(shell: Shell, State(app): State<App>, Query(mut asked): Query<Asked>) -> Result<Response> {
    asked.q = asked.q.trim().chars().take(LETTERS_MAX).collect();
    let wrong_kind = asked.take_wrong_kind();
    let l = shell.l;
    let wanted = asked.wanted();
    let answer = asking::ask(&app, wanted.clone()).await?.unwrap_or_default();
    // What can be chosen is what the question finds without the choice.
    let wide = match wanted.is_narrowed() {
        true => asking::ask(&app, Wanted { q: wanted.q.clone(), limit: JUDGED, ..Wanted::default() }).await?.unwrap_or_default(),
        false => answer.clone(),
    };
    let names = names(&app, wide.hits.iter().chain(&answer.hits), &asked.agency).await?;
    let paging = Paging::new(asked.page.parse().ok(), PAGE, u64::try_from(answer.shown).unwrap_or_default());
    let from = usize::try_from(paging.offset())?;
    let lines = answer.hits.iter().skip(from).take(usize::try_from(PAGE)?).map(|hit| line(l, hit, &names)).collect();
    let kind_name = |value: &str| l.t(&format!("search-kind-{value}"));
    let section_name = |value: &str| {
        let section = wide.hits.iter().find(|hit| hit.document.facet("section") == Some(value));
        section.and_then(|hit| asking::shown(&hit.document).section).unwrap_or_else(|| value.to_owned())
    };
    let agency_name = |value: &str| names.get(value).cloned().unwrap_or_else(|| l.t("search-agency-unknown"));
    let wrong_day =
        [&asked.from, &asked.to].into_iter().find(|text| !text.trim().is_empty() && time::read_day(text).is_none()).cloned();
    let page = Found {
        kinds: choices(&wide, "kind", &asked.kind, kind_name),
        agencies: choices(&wide, "agency", &asked.agency, agency_name),
        sections: choices(&wide, "section", &asked.section, section_name),
        total: counted(answer.total, answer.is_least),
        shown: (answer.total > answer.shown).then_some(answer.shown),
        unknown_numbers: answer.unknown_numbers,
        without_phrase: answer.without_phrase,
        building: match app.search.standing() {
            Standing::Following => None,
            Standing::Building(done) => Some(done),
            Standing::Closed => Some(0),
        },
        lines,
        paging,
        wrong_day,
        wrong_kind,
        asked,
        l,
        shell,
    };
    Ok(Page(page).into_response())
}

/// A count as it is said; where counting stopped before the end, with a plus.
fn counted(total: usize, is_least: bool) -> String {
    let figures = vietnamese::number::format_integer(i64::try_from(total).unwrap_or_default());
    if is_least { format!("{figures}+") } else { figures }
}

/// The names of the agencies that these are of: agencies are in the index themselves.
async fn names<'a>(app: &App, hits: impl Iterator<Item = &'a Hit>, asked: &str) -> Result<BTreeMap<String, String>> {
    let mut ids: Vec<String> = hits.filter_map(|hit| hit.document.facet("agency").map(str::to_owned)).collect();
    ids.push(asked.to_owned());
    ids.retain(|id| !id.is_empty());
    ids.sort();
    ids.dedup();
    let read = asking::reading(app, move |index| {
        let name = |id: String| Ok(index.get(&format!("agency:{id}"))?.map(|agency| (id, agency.title)));
        ids.into_iter().filter_map(|id| name(id).transpose()).collect()
    });
    Ok(read.await?.unwrap_or_default())
}

/// The values of a facet among the hits, the most frequent first; the chosen one always.
fn choices(answer: &Answer, facet: &str, chosen: &str, label: impl Fn(&str) -> String) -> Vec<Choice> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for value in answer.hits.iter().filter_map(|hit| hit.document.facet(facet)) {
        *counts.entry(value).or_default() += 1;
    }
    if !chosen.is_empty() {
        counts.entry(chosen).or_default();
    }
    let one =
        |(value, count): (&str, usize)| Choice { value: value.to_owned(), label: label(value), count, chosen: value == chosen };
    let mut choices: Vec<Choice> = counts.into_iter().map(one).collect();
    choices.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| vietnamese::order::compare_natural(&a.label, &b.label)));
    choices
}

fn line(l: Locale, hit: &Hit, names: &BTreeMap<String, String>) -> Line {
    let document = &hit.document;
    let text = hit.quotation.text(document);
    let from = hit.quotation.bytes.start;
    let marks: Vec<_> = hit.quotation.marks.iter().map(|mark| mark.start - from..mark.end - from).collect();
    let heading = document.passages.get(hit.quotation.passage).map(|passage| passage.heading.clone());
    Line {
        href: asking::href(hit),
        kind: l.t(&format!("search-kind-{}", document.facet("kind").unwrap_or_default())),
        title: pieces(&document.title, &hit.title_marks),
        quotation: pieces(text, &marks),
        heading: heading.unwrap_or_default(),
        agency: document.facet("agency").and_then(|id| names.get(id)).cloned().unwrap_or_default(),
        section: asking::shown(document).section.unwrap_or_default(),
        day: document.day.and_then(feed::day).map(time::day).unwrap_or_default(),
    }
}

/// A text cut at its marks.
fn pieces(text: &str, marks: &[std::ops::Range<usize>]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    let mut push = |piece: Option<&str>, marked| {
        if let Some(text) = piece.filter(|piece| !piece.is_empty()) {
            pieces.push(Piece { text: text.to_owned(), marked });
        }
    };
    for mark in marks {
        push(text.get(at..mark.start), false);
        push(text.get(mark.clone()), true);
        at = mark.end;
    }
    push(text.get(at..), false);
    pieces
}

/// One suggestion.
pub struct Suggested {
    href: String,
    title: String,
    kind: String,
}

#[derive(Template)]
#[template(path = "search/suggestions.html")]
pub struct Suggestions {
    l: Locale,
    shell: Shell,
    found: Vec<Suggested>,
    q: String,
    /// Everything for what was typed.
    all: String,
}

/// `GET /tim-kiem/goi-y?q=`: titles for what is being typed, as options of a list box.
pub async fn suggest(shell: Shell, State(app): State<App>, Query(asked): Query<Asked>) -> Result<Response> {
    let q: String = asked.q.trim().chars().take(100).collect();
    let typed = q.clone();
    let found = asking::reading(&app, move |index| index.suggest(&typed, SUGGESTIONS)).await?.unwrap_or_default();
    let l = shell.l;
    let suggested = found.into_iter().map(|suggestion| Suggested {
        href: asking::shown(&suggestion.document).url,
        kind: l.t(&format!("search-kind-{}", suggestion.document.facet("kind").unwrap_or_default())),
        title: suggestion.document.title,
    });
    let all = format!("/tim-kiem{}", address::query(&[("q", &q)]));
    Ok(Page(Suggestions { l, shell, found: suggested.collect(), q, all }).into_response())
}
