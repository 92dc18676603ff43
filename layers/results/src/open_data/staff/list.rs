//! What was brought in from other systems, with the form for more; and where the public finds what we give.

use askama::Template;
use axum::extract::State as Shared;

use crate::base::{App, Who, time};
use crate::open_data::intake::Import;
use crate::open_data::intake::reading::Decimals;
use crate::open_data::rights;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Page, Result, Shell};

/// An import as a row.
pub struct Row {
    pub href: String,
    pub source: String,
    pub file: String,
    pub rows: i32,
    pub taken_on: String,
    pub done_at: String,
    pub mark: &'static str,
    pub word: String,
}

/// What was typed, to be shown again beside what is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    pub source: String,
    pub taken_on: String,
    pub decimals: String,
    pub errors: Mistakes,
}

/// A choice of how decimals are written.
pub struct Choice {
    pub value: &'static str,
    pub label: String,
    pub chosen: bool,
}

#[derive(Template)]
#[template(path = "open_data/staff/list.html")]
pub struct List {
    l: Locale,
    shell: Shell,
    rows: Vec<Row>,
    typed: Typed,
    decimals: Vec<Choice>,
    may_import: bool,
}

/// The page, with what was typed.
///
/// # Errors
/// The database failed.
pub async fn page(app: &App, who: &Who, shell: Shell, typed: Typed) -> Result<List> {
    let l = shell.l;
    let row = |one: &Import| Row {
        href: Import::desk_path(one.id),
        source: one.source.clone(),
        file: one.file.clone(),
        rows: one.rows,
        taken_on: time::day(one.taken_on),
        done_at: one.done_at.map(time::minute).unwrap_or_default(),
        mark: if one.is_live() { "on-time" } else { "superseded" },
        word: l.t(if one.is_live() { "open-data-import-live" } else { "open-data-import-withdrawn" }),
    };
    let choice =
        |one: Decimals| Choice { value: one.code(), label: l.t(one.key()), chosen: Decimals::of_code(&typed.decimals) == one };
    Ok(List {
        rows: Import::history(&app.db).await?.iter().map(row).collect(),
        decimals: Decimals::ALL.map(choice).into(),
        may_import: rights::imports(who),
        typed,
        l,
        shell,
    })
}

/// `GET /desk/open-data`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>) -> Result<Page<List>> {
    if !rights::sees(&who) {
        return Err(Error::Forbidden);
    }
    let taken_on = time::local_date(app.clock.now()).to_string();
    Ok(Page(page(&app, &who, shell, Typed { taken_on, ..Typed::default() }).await?))
}
