//! Where each sentence stands: under which provision, in one with others, or in the annex. Nothing that is done here loses one.

use std::collections::BTreeSet;

use askama::Template;
use axum::Form;
use axum::extract::{Query, State as Shared};
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use crate::base::App;
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
use crate::web::{Error, Locale, Page, Path, Result, Said, Shell, cut};

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
}

impl Sentences {
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

/// `GET /desk/reports/{id}/sentences`
pub async fn show(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    Query(ask): Query<Ask>,
) -> Result<Page<Sentences>> {
    let l = shell.l;
    let report = Report::find_for(&app, &who, id).await?;
    rights::require(rights::writes(&who, report.agency))?;
    if !report.state.is_open() {
        return Err(Error::refused("report-is-frozen"));
    }
    let made = compose(&app, &report).await?;
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
    let merged = report.arrangement().merged.into_iter().map(|one| Merged {
        waits: !one.holds(),
        id: one.id,
        text: one.text,
        count: one.keys.len(),
        machine: one.machine,
    });
    let choice = |one: Part| Choice { value: one.code().to_owned(), label: l.t(one.key()), current: one == part };
    Ok(Page(Sentences {
        title: cut(&report.subject, 120),
        parts: Part::ALL.map(choice).into(),
        places: places(l, material, &used),
        groups: shown,
        annex: annexed.collect(),
        merged: merged.collect(),
        counted: arranged.counted,
        suggests: app.config.suggestions.is_some(),
        turned: ask.page,
        more: from + ROWS < total,
        part: part.code(),
        report,
        l,
        shell,
    }))
}

/// `POST /desk/reports/{id}/sentences`
pub async fn turn(
    who: Signed,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Said> {
    let report = Report::find_for(&app, &who, id).await?;
    let seen = reading::one(&fields, "version").parse().unwrap_or_default();
    let (keys, text) = (reading::many(&fields, "keys"), reading::one(&fields, "text"));
    let of = reading::one(&fields, "id");
    let said = match reading::one(&fields, "act").as_str() {
        "move" => {
            report.rearrange(&app, &who, Turn::Move { keys, to: reading::one(&fields, "to") }, seen).await?;
            "report-sentences-moved"
        }
        "merge" => {
            report.rearrange(&app, &who, Turn::Merge { keys, text }, seen).await?;
            "report-sentences-merged"
        }
        "unmerge" => {
            report.rearrange(&app, &who, Turn::Unmerge { id: of }, seen).await?;
            "report-sentences-parted"
        }
        "confirm" => {
            report.rearrange(&app, &who, Turn::Confirm { id: of, text }, seen).await?;
            "report-sentences-confirmed"
        }
        "shorten" => {
            report.shorten(&app, &who, &keys, seen).await?;
            "report-sentences-suggested"
        }
        _ => return Err(Error::NotFound),
    };
    let part = crate::web::address::query(&[("part", &reading::one(&fields, "part"))]);
    Ok(Said::to(format!("{}/sentences{part}", Report::path(id)), said))
}
