//! The form of a document: what stands around the text, its parts, what is filled in, what is typed over figures. It works without script;
//! with it, the preview follows what is typed.

use std::collections::BTreeMap;

use askama::Template;
use axum::Form;
use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sea_orm::entity::prelude::*;

use super::{paper, show};
use crate::base::App;
use crate::reports::report::composing::compose;
use crate::reports::report::writing::Saved;
use crate::reports::report::{Head, Report};
use crate::reports::rights;
use crate::reports::template::outline::{Asked, Of, Outline, Section};
use crate::reports::template::reading;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Markup, Mistakes, Page, Path, Result, Said, Shell};

/// Parts that can be added in one go.
const BLANK_SECTIONS: usize = 2;
/// What the name of a field begins with that holds what is filled in, or typed over a figure.
pub const FIELD: &str = "field.";
pub const TYPED: &str = "typed.";

type Pairs = Vec<(String, String)>;

/// Something to choose.
pub struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

/// A part of the outline in the form.
struct SectionRow {
    ofs: Vec<Choice>,
    levels: Vec<Choice>,
    title: String,
    text: String,
}

/// The fields of an outline, for a template and for a document.
#[derive(Template)]
#[template(path = "reports/staff/outline.html")]
pub struct OutlineForm<'a> {
    l: Locale,
    shell: &'a Shell,
    outline: &'a Outline,
    addressees: String,
    bases: String,
    recipients: String,
    fields: String,
    rows: Vec<SectionRow>,
    /// Whether it says what whoever writes fills in.
    asks: bool,
    /// Where the preview is made while somebody types.
    preview: String,
    errors: &'a Mistakes,
}

fn row(l: Locale, section: &Section) -> SectionRow {
    let of = |of: Of| Choice { value: of.code().to_owned(), label: l.t(&of.key()), chosen: section.of == of };
    let level = |level: u8| Choice {
        value: level.to_string(),
        label: l.t(["report-level-none", "report-level-1", "report-level-2", "report-level-3"][usize::from(level)]),
        chosen: section.level == level,
    };
    SectionRow {
        ofs: Of::ALL.map(of).into(),
        levels: [0, 1, 2, 3].map(level).into(),
        title: section.title.clone(),
        text: section.text.clone(),
    }
}

/// The markup of the fields of an outline.
///
/// # Errors
/// The template failed.
pub fn outline(
    l: Locale,
    shell: &Shell,
    outline: &Outline,
    (asks, preview): (bool, String),
    errors: &Mistakes,
) -> Result<Markup> {
    let mut rows: Vec<SectionRow> = outline.sections.iter().map(|section| row(l, section)).collect();
    rows.extend((0..BLANK_SECTIONS).map(|_| row(l, &Section::default())));
    let asked = |one: &Asked| format!("{} | {}", one.code, one.label);
    let form = OutlineForm {
        l,
        shell,
        outline,
        addressees: outline.addressees.join("\n"),
        bases: outline.bases.join("\n"),
        recipients: outline.recipients.join("\n"),
        fields: outline.fields.iter().map(asked).collect::<Vec<_>>().join("\n"),
        rows,
        asks,
        preview,
        errors,
    };
    form.render().map(Markup).map_err(|error| Error::Internal(error.into()))
}

fn named(fields: &[(String, String)], begins: &str) -> BTreeMap<String, String> {
    let of = |(name, _): &(String, String)| {
        name.strip_prefix(begins).map(|code| (code.to_owned(), reading::one(fields, name).trim().to_owned()))
    };
    fields.iter().filter_map(of).filter(|(_, value)| !value.is_empty()).collect()
}

/// What stands in the form.
#[must_use]
pub fn sent(report: &Report, fields: &[(String, String)]) -> Saved {
    let text = |name: &str| reading::one(fields, name).trim().replace('\n', " ");
    Saved {
        head: Head {
            superior: text("superior"),
            issuer: text("issuer"),
            symbol: text("symbol"),
            place: text("place"),
            authority: reading::lines(fields, "authority"),
            position: text("position"),
            signer: text("signer"),
        },
        // What is filled in is asked by the template; a document only answers.
        outline: Outline { fields: report.outline().fields, ..reading::outline(fields) },
        typed: named(fields, TYPED),
        fields: named(fields, FIELD),
        sure: reading::many(fields, "sure"),
    }
}

/// `POST /desk/reports/{id}`
pub async fn save(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    Form(fields): Form<Pairs>,
) -> Result<Response> {
    let report = Report::find_for(&app, &who, id).await?;
    let seen = reading::one(&fields, "version").parse().unwrap_or_default();
    let saved = sent(&report, &fields);
    let typed = report.saying(&saved)?;
    let (status, found) = match report.save(&app, &who, saved, seen).await {
        Ok(()) => return Ok(Said::to(Report::path(id), "report-was-saved").into_response()),
        Err(error) => error.handed_back()?,
    };
    let errors = Mistakes::told(&found, shell.l);
    let page = show::page(&app, &who, shell, typed, (errors, status == StatusCode::CONFLICT)).await?;
    Ok(Page(page).status(status))
}

#[derive(Template)]
#[template(path = "reports/staff/preview.html")]
pub struct Preview {
    l: Locale,
    paper: Markup,
    margin: Vec<(String, String)>,
}

/// `POST /desk/reports/{id}/preview`: as it would be, of what is typed now.
pub async fn preview(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    Form(fields): Form<Pairs>,
) -> Result<Page<Preview>> {
    let report = Report::find_for(&app, &who, id).await?;
    rights::require(rights::writes(&who, report.agency))?;
    let made = compose(&app, &report.saying(&sent(&report, &fields))?).await?;
    Ok(Page(Preview { l: shell.l, paper: paper::shown(&made.composed, true)?, margin: paper::margin(shell.l, &made.composed) }))
}
