//! Denunciations, for the cleared alone: to everybody else these addresses do not exist, and that they asked is noted nowhere.

use std::collections::HashMap;

use askama::Template;
use axum::Form;
use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sea_orm::{EntityTrait, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::base::{App, time};
use crate::people::person;
use crate::questions::denunciation::acting::{self, Act, LETTERS_MAX};
use crate::questions::denunciation::entry::{self, Entry, Kind};
use crate::questions::denunciation::{Column, Content, Denunciation, Entity, State, added, reader};
use crate::web::who::Signed;
use crate::web::{Error, Locale, Page, Path, Result, Said, Shell};

const ROWS: u64 = 200;

/// One as a row: no word of it.
pub struct Row {
    pub href: String,
    pub when: String,
    pub word: String,
    pub mark: &'static str,
    /// Who wrote it wrote more, and the person who looks has not read that.
    pub added: bool,
    pub demo: bool,
}

#[derive(Template)]
#[template(path = "questions/staff/denunciations.html")]
pub struct List {
    l: Locale,
    shell: Shell,
    rows: Vec<Row>,
}

async fn cleared(app: &App, who: &Signed) -> Result<()> {
    if reader::is_cleared(app, who).await? { Ok(()) } else { Err(Error::NotFound) }
}

const fn mark(state: State) -> &'static str {
    match state {
        State::New => "waiting",
        State::Taken => "open",
        State::Closed => "superseded",
    }
}

/// `GET /desk/denunciations`
pub async fn list(who: Signed, shell: Shell, Shared(app): Shared<App>) -> Result<Page<List>> {
    cleared(&app, &who).await?;
    let l = shell.l;
    let rows = Entity::find().order_by_desc(Column::At).limit(ROWS).all(&app.db).await?;
    let added = added::unread(&app.db, who.person).await?;
    let row = |one: &Denunciation| Row {
        href: Denunciation::desk_path(one.id),
        when: time::minute(one.at),
        word: l.t(&one.state.key()),
        mark: mark(one.state),
        added: added.contains(&one.id),
        demo: one.demo,
    };
    Ok(Page(List { l, rows: rows.iter().map(row).collect(), shell }))
}

/// A line of its own ledger.
pub struct Line {
    pub what: String,
    pub who: String,
    pub when: String,
    pub machine: String,
    pub text: String,
}

#[derive(Template)]
#[template(path = "questions/staff/denunciation.html")]
pub struct Show {
    l: Locale,
    shell: Shell,
    row: Denunciation,
    content: Content,
    when: String,
    word: String,
    mark: &'static str,
    said: String,
    lines: Vec<Line>,
    acts: Vec<Act>,
    /// Act, what was typed, what is wrong.
    refusal: (String, String, String),
}

impl Show {
    fn may(&self, code: &str) -> bool {
        self.acts.iter().any(|act| act.code() == code)
    }

    fn path(&self, code: &str) -> String {
        format!("{}/{code}", Denunciation::desk_path(self.row.id))
    }

    fn typed(&self, code: &str) -> String {
        if self.refusal.0 == code { self.refusal.1.clone() } else { String::new() }
    }

    fn error(&self, code: &str) -> String {
        if self.refusal.0 == code { self.refusal.2.clone() } else { String::new() }
    }

    fn text_max(&self) -> usize {
        LETTERS_MAX
    }
}

async fn page(app: &App, shell: Shell, row: Denunciation) -> Result<Show> {
    let l = shell.l;
    let entries = Entry::of(app, row.id).await?;
    let people: Vec<Uuid> = entries.iter().filter_map(|(entry, _)| entry.person).collect();
    let names = person::names(&app.db, &people).await?;
    let line = |(entry, text): (Entry, String)| Line {
        what: l.t(&entry.kind.key()),
        who: entry.person.and_then(|id| names.get(&id).cloned()).unwrap_or_default(),
        when: time::minute(entry.at),
        machine: time::machine(entry.at),
        text,
    };
    Ok(Show {
        content: row.content(app)?,
        when: time::minute(row.at),
        word: l.t(&row.state.key()),
        mark: mark(row.state),
        said: row.said(app)?,
        lines: entries.into_iter().map(line).collect(),
        acts: acting::acts(row.state),
        refusal: (String::new(), String::new(), String::new()),
        row,
        l,
        shell,
    })
}

/// `GET /desk/denunciations/{id}`: that it was opened stands in its own ledger. // recorded by `denunciation_entry`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Page<Show>> {
    cleared(&app, &who).await?;
    let row = Denunciation::find(&app.db, id).await?;
    entry::write(&app, &app.db, id, (Kind::Opened, ""), Some(who.person)).await?;
    Ok(Page(page(&app, shell, row).await?))
}

/// `POST /desk/denunciations/{id}/{act}`
pub async fn act(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path((id, code)): Path<(Uuid, String)>,
    Form(fields): Form<HashMap<String, String>>,
) -> Result<Response> {
    cleared(&app, &who).await?;
    let l = shell.l;
    let act = Act::from_code(&code).ok_or(Error::NotFound)?;
    let text = fields.get(act.code()).cloned().unwrap_or_default();
    let version = fields.get("version").and_then(|version| version.parse().ok()).unwrap_or_default();
    let (status, words) = match acting::act(&app, &who, id, act, (version, &text)).await {
        Ok(()) if act == Act::GiveBack => {
            return Ok(Said::to("/desk/denunciations", "denunciation-was-given-back").into_response());
        }
        Ok(()) => return Ok(Said::to(Denunciation::desk_path(id), "denunciation-was-done").into_response()),
        Err(Error::Refused(obstacles)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, obstacles.iter().map(|one| one.text(l)).collect::<Vec<_>>().join(" "))
        }
        Err(Error::Stale) => (StatusCode::CONFLICT, l.t("question-stale")),
        Err(error) => return Err(error),
    };
    let row = Denunciation::find(&app.db, id).await?;
    let mut page = page(&app, shell, row).await?;
    page.refusal = (act.code().to_owned(), text, words);
    Ok(Page(page).status(status))
}
