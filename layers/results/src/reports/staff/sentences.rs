//! Where each sentence stands: under which provision, in one with others, or in the annex. Nothing that is done here loses one.

use std::collections::BTreeSet;

use askama::Template;
use axum::Form;
use axum::extract::{Query, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use crate::base::{App, Who};
use crate::duties::collation::paper::mark;
use crate::reports::report::Report;
use crate::reports::report::arranging::{self, ANNEX, Counted, GENERAL};
use crate::reports::report::composing::compose;
use crate::reports::report::material::Material;
use crate::reports::report::narrative::Part;
use crate::reports::report::writing::Turn;
use crate::reports::rights;
use crate::reports::template::reading;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Obstacle, Page, Path, Result, Said, Shell, cut};

const PROVISION_LETTERS: usize = 90;
/// Sentences of a page.
const ROWS: usize = 150;
const PAGES_MAX: usize = 1_000;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    part: String,
    page: usize,
}

/// A sentence that stands somewhere.
pub struct Line {
    pub key: String,
    pub text: String,
    /// Words and address of each source.
    pub sources: Vec<(String, String)>,
    /// Empty where it stands for itself.
    pub note: String,
}

/// Sentences under a heading.
pub struct Group {
    pub title: String,
    pub lines: Vec<Line>,
}

/// A sentence that stands for others.
pub struct Merged {
    pub id: String,
    pub text: String,
    pub count: usize,
    pub machine: bool,
    pub waits: bool,
}

/// Something to choose.
pub struct Choice {
    pub value: String,
    pub label: String,
    pub current: bool,
}

#[derive(Template)]
#[template(path = "reports/staff/sentences.html")]
pub struct Sentences {
    l: Locale,
    shell: Shell,
    report: Report,
    title: String,
    parts: Vec<Choice>,
    places: Vec<Choice>,
    groups: Vec<Group>,
    annex: Vec<Line>,
    merged: Vec<Merged>,
    counted: Counted,
    suggests: bool,
    /// The page that is shown, from 0.
    turned: usize,
    more: bool,
    part: &'static str,
    typed: Typed,
}

impl Sentences {
    fn is_ticked(&self, key: &str) -> bool {
        self.typed.keys.iter().any(|one| one == key)
    }

    /// What was typed for several sentences.
    fn text(&self) -> &str {
        if self.typed.of.is_empty() { &self.typed.text } else { "" }
    }

    fn here(&self) -> String {
        format!("{}/sentences", Report::path(self.report.id))
    }
}

fn sources(l: Locale, material: &Material, places: &[usize]) -> Vec<(String, String)> {
    let of = places.iter().filter_map(|place| material.narrative.sources.get(*place));
    of.map(|source| (mark(l, source), source.href.clone())).collect()
}

fn places(l: Locale, material: &Material, used: &BTreeSet<&str>) -> Vec<Choice> {
    let place = |value: &str, label: String| Choice { value: value.to_owned(), label, current: false };
    let mut all = vec![
        place("", l.t("report-place-own")),
        place(GENERAL, l.t("report-group-general")),
        place(ANNEX, l.t("report-place-annex")),
    ];
    // Those that sentences stand under first: they are where others go.
    let (near, far): (Vec<_>, Vec<_>) = material.provisions.iter().partition(|one| used.contains(one.path.as_str()));
    for one in near.into_iter().chain(far) {
        all.push(place(&one.path, format!("{} · {}", one.path, cut(&one.title, PROVISION_LETTERS))));
    }
    all
}

/// The sentences of a page under their headings, and how many there are in all.
fn shown(l: Locale, material: &Material, groups: &[arranging::Group], from: usize) -> (Vec<Group>, usize) {
    let (mut found, mut at) = (Vec::new(), 0);
    for group in groups {
        let title = match group.path.as_str() {
            "" => l.t("report-group-general"),
            path => format!("{path}. {}", cut(&group.title, PROVISION_LETTERS)),
        };
        let mut lines = Vec::new();
        for item in &group.items {
            if (from..from + ROWS).contains(&at) {
                let note = if item.merged { l.t("report-merged-note") } else { String::new() };
                let (key, text) = (item.id.clone(), item.text.clone());
                lines.push(Line { key, text, sources: sources(l, material, &item.sources), note });
            }
            at += 1;
        }
        if !lines.is_empty() {
            found.push(Group { title, lines });
        }
    }
    (found, at)
}

/// What was typed and refused, or whose turn somebody else took.
#[derive(Debug, Default)]
struct Typed {
    keys: Vec<String>,
    text: String,
    to: String,
    /// The sentence whose text was typed, where it is one that stands for others.
    of: String,
    errors: Mistakes,
    conflict: bool,
}

impl Typed {
    fn of(fields: &[(String, String)], found: &[Obstacle], l: Locale, conflict: bool) -> Self {
        let of = reading::one(fields, "id");
        let at = |field: &str| match field {
            "text" if !of.is_empty() => format!("text-{of}"),
            "" => "keys".to_owned(),
            field => field.to_owned(),
        };
        Self {
            errors: found.iter().map(|one| (at(one.field), one.text(l))).collect(),
            keys: reading::many(fields, "keys"),
            text: reading::one(fields, "text"),
            to: reading::one(fields, "to"),
            of,
            conflict,
        }
    }
}

async fn page(app: &App, shell: Shell, report: Report, ask: &Ask, typed: Typed) -> Result<Sentences> {
    let l = shell.l;
    if !report.state.is_open() {
        return Err(Error::refused("report-is-frozen"));
    }
    let made = compose(app, &report).await?;
    let (material, arranged) = (&made.material, &made.arranged);
    let part = Part::ALL.into_iter().find(|part| part.code() == ask.part).unwrap_or(Part::Results);
    let used: BTreeSet<&str> = arranged.parts.iter().flat_map(|(_, groups)| groups).map(|group| group.path.as_str()).collect();
    let from = ask.page.min(PAGES_MAX) * ROWS;
    let (shown, total) = shown(l, material, arranged.groups(part), from);
    let of_part = arranged.annex.iter().filter(|(_, sentence)| sentence.part == part);
    let annexed = of_part.take(ROWS).map(|(why, sentence)| Line {
        key: sentence.key.clone(),
        text: sentence.text.clone(),
        sources: sources(l, material, &sentence.sources),
        note: l.t(why.key()),
    });
    let merged = report.arrangement().merged.into_iter().map(|one| merged(one, &typed));
    let choice = |one: Part| Choice { value: one.code().to_owned(), label: l.t(one.key()), current: one == part };
    let mut places = places(l, material, &used);
    places.iter_mut().for_each(|place| place.current = place.value == typed.to);
    Ok(Sentences {
        title: report.called(),
        parts: Part::ALL.map(choice).into(),
        places,
        groups: shown,
        annex: annexed.collect(),
        merged: merged.collect(),
        counted: arranged.counted,
        suggests: app.config.suggestions.is_some(),
        turned: ask.page,
        more: from + ROWS < total,
        part: part.code(),
        typed,
        report,
        l,
        shell,
    })
}

/// What was typed over it stays.
fn merged(one: arranging::Merged, typed: &Typed) -> Merged {
    let waits = !one.holds();
    let text = if typed.of == one.id && !typed.of.is_empty() { typed.text.clone() } else { one.text };
    Merged { waits, id: one.id, text, count: one.keys.len(), machine: one.machine }
}

/// `GET /desk/reports/{id}/sentences`
pub async fn show(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    Query(ask): Query<Ask>,
) -> Result<Page<Sentences>> {
    let report = Report::find_for(&app, &who, id).await?;
    rights::require(rights::writes(&who, report.agency))?;
    Ok(Page(page(&app, shell, report, &ask, Typed::default()).await?))
}

/// `POST /desk/reports/{id}/sentences`
pub async fn turn(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let report = Report::find_for(&app, &who, id).await?;
    let ask = Ask { part: reading::one(&fields, "part"), page: reading::one(&fields, "page").parse().unwrap_or_default() };
    let (status, found) = match turned(&app, &who, &report, &fields).await {
        Ok(said) => {
            let page = if ask.page == 0 { String::new() } else { ask.page.to_string() };
            let asked = crate::web::address::query(&[("part", &ask.part), ("page", &page)]);
            return Ok(Said::to(format!("{}/sentences{asked}", Report::path(id)), said).into_response());
        }
        Err(error) => error.handed_back()?,
    };
    let typed = Typed::of(&fields, &found, shell.l, status == StatusCode::CONFLICT);
    let now = Report::find_for(&app, &who, id).await?;
    Ok(Page(page(&app, shell, now, &ask, typed).await?).status(status))
}

/// Does it; says the key of what was done.
async fn turned(app: &App, who: &Who, report: &Report, fields: &[(String, String)]) -> Result<&'static str> {
    let seen = reading::one(fields, "version").parse().unwrap_or_default();
    let (keys, text) = (reading::many(fields, "keys"), reading::one(fields, "text"));
    let id = reading::one(fields, "id");
    match reading::one(fields, "act").as_str() {
        "move" => {
            let to = reading::one(fields, "to");
            report.rearrange(app, who, Turn::Move { keys, to }, seen).await.map(|()| "report-sentences-moved")
        }
        "merge" => report.rearrange(app, who, Turn::Merge { keys, text }, seen).await.map(|()| "report-sentences-merged"),
        "unmerge" => report.rearrange(app, who, Turn::Unmerge { id }, seen).await.map(|()| "report-sentences-parted"),
        "confirm" => report.rearrange(app, who, Turn::Confirm { id, text }, seen).await.map(|()| "report-sentences-confirmed"),
        "shorten" => report.shorten(app, who, &keys, seen).await.map(|()| "report-sentences-suggested"),
        _ => Err(Error::NotFound),
    }
}
