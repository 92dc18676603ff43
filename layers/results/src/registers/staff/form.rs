//! The form of a record. It works without script; what was typed is never lost.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use crate::base::{App, Role, Who, new_id, time};
use crate::channels::staff::one;
use crate::people::Agency;
use crate::registers::kind::{self, Field, Kind};
use crate::registers::record::{Record, State};
use crate::registers::rights;
use crate::registers::typed::{CODE_LETTERS_MAX, NOTE_LETTERS_MAX, TITLE_LETTERS_MAX, Typed};
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Page, Path, Result, Said, Shell};

/// Something to choose.
pub struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

#[derive(Template)]
#[template(path = "registers/staff/form.html")]
pub struct RecordForm {
    l: Locale,
    shell: Shell,
    kind: &'static Kind,
    /// None while it is begun.
    record: Option<Record>,
    id: Uuid,
    version: i32,
    typed: Typed,
    categories: Vec<Choice>,
    /// For which agency; only for who writes for all.
    agencies: Vec<Choice>,
    errors: Mistakes,
    conflict: bool,
}

impl RecordForm {
    fn heading(&self) -> String {
        self.l.t(if self.record.is_some() { "register-edit" } else { "register-new" })
    }

    fn action(&self) -> String {
        self.record.as_ref().map_or_else(|| "/desk/registers".into(), |one| Record::path(one.id))
    }

    fn is_confirmed(&self) -> bool {
        self.record.as_ref().is_some_and(|one| one.state == State::Confirmed)
    }

    fn has(&self, field: &str) -> bool {
        match field {
            "lead" => self.kind.has(Field::Lead),
            "category" => self.kind.has(Field::Category),
            "listed" => self.kind.has(Field::Listed),
            "trained" => self.kind.has(Field::Trained),
            "term" => self.kind.has(Field::Term),
            _ => self.kind.has(Field::Figures),
        }
    }

    fn is_listed(&self) -> bool {
        !self.typed.listed.is_empty()
    }

    fn title_label(&self) -> String {
        self.l.t(&format!("{}-title", self.kind.key()))
    }

    fn title_max(&self) -> usize {
        TITLE_LETTERS_MAX
    }

    fn code_max(&self) -> usize {
        CODE_LETTERS_MAX
    }

    fn note_max(&self) -> usize {
        NOTE_LETTERS_MAX
    }
}

type Pairs = Vec<(String, String)>;

fn typed(fields: &[(String, String)]) -> Typed {
    let text = |name: &str| vietnamese::normalise(one(fields, name)).replace('\0', "");
    Typed {
        title: text("title"),
        code: text("code"),
        from_on: text("from_on"),
        until_on: text("until_on"),
        lead: text("lead"),
        category: text("category"),
        listed: text("listed"),
        trained_on: text("trained_on"),
        part: text("part"),
        whole: text("whole"),
        note: text("note"),
    }
}

/// The agencies that exist, for who writes for all of them.
async fn agencies(app: &App, who: &Who, chosen: Uuid) -> Result<Vec<Choice>> {
    if !who.is(Role::Coordinator) {
        return Ok(Vec::new());
    }
    let open = Agency::open_on(&app.db, time::local_date(app.clock.now())).await?;
    let choice = |body: &Agency| Choice { value: body.id.to_string(), label: body.name.clone(), chosen: body.id == chosen };
    let mut choices: Vec<Choice> = open.iter().map(choice).collect();
    choices.sort_by(|one, other| vietnamese::order::compare_natural(&one.label, &other.label));
    Ok(choices)
}

fn page(shell: Shell, kind: &'static Kind, record: Option<Record>, typed: Typed) -> RecordForm {
    let l = shell.l;
    let category =
        |code: &String| Choice { value: code.clone(), label: kind::category(l, code), chosen: typed.category == *code };
    RecordForm {
        categories: kind.categories.iter().map(category).collect(),
        agencies: Vec::new(),
        id: record.as_ref().map_or_else(new_id, |one| one.id),
        version: record.as_ref().map_or(0, |one| one.version),
        errors: Mistakes::default(),
        conflict: false,
        kind,
        record,
        typed,
        l,
        shell,
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    register: String,
}

/// `GET /desk/registers/new`
pub async fn new(who: Signed, shell: Shell, Shared(app): Shared<App>, Query(wanted): Query<Wanted>) -> Result<Page<RecordForm>> {
    let agency = who.agency.ok_or(Error::Forbidden)?;
    rights::require(rights::writes(&who, agency))?;
    let kind = kind::of(&wanted.register).ok_or(Error::NotFound)?;
    let agencies = agencies(&app, &who, agency).await?;
    Ok(Page(RecordForm { agencies, ..page(shell, kind, None, Typed::default()) }))
}

/// `POST /desk/registers`
pub async fn begin(who: Signed, shell: Shell, Shared(app): Shared<App>, Form(fields): Form<Pairs>) -> Result<Response> {
    let id: Uuid = one(&fields, "id").parse().map_err(|_| Error::bad("failure-bad-request"))?;
    let kind = kind::of(one(&fields, "register")).ok_or(Error::NotFound)?;
    let own = who.agency.ok_or(Error::Forbidden)?;
    let agency = one(&fields, "agency").parse::<Uuid>().ok().filter(|_| who.is(Role::Coordinator)).unwrap_or(own);
    let typed = typed(&fields);
    let (status, found) = match Record::begin(&app, &who, (id, agency), kind, &typed).await {
        Ok(()) => return Ok(Said::to(Record::path(id), "register-was-begun").into_response()),
        Err(error) => error.handed_back()?,
    };
    if status == StatusCode::CONFLICT {
        // It was begun and says something else: what was typed is handed back as a change of it.
        let record = Record::find_for(&app, &who, id).await?;
        rights::require(rights::writes(&who, record.agency))?;
        let kind = record.kind().ok_or(Error::NotFound)?;
        return Ok(Page(RecordForm { conflict: true, ..page(shell, kind, Some(record), typed) }).status(status));
    }
    let (errors, agencies) = (Mistakes::told(&found, shell.l), agencies(&app, &who, agency).await?);
    Ok(Page(RecordForm { id, errors, agencies, ..page(shell, kind, None, typed) }).status(status))
}

/// `GET /desk/registers/{id}/edit`
pub async fn edit(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Page<RecordForm>> {
    let record = Record::find_for(&app, &who, id).await?;
    rights::require(rights::writes(&who, record.agency))?;
    if record.state == State::Withdrawn {
        return Err(Error::refused("register-is-withdrawn"));
    }
    let kind = record.kind().ok_or(Error::NotFound)?;
    let typed = Typed::from(&record.latest());
    Ok(Page(page(shell, kind, Some(record), typed)))
}

/// `POST /desk/registers/{id}`
pub async fn change(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    Form(fields): Form<Pairs>,
) -> Result<Response> {
    let record = Record::find_for(&app, &who, id).await?;
    let kind = record.kind().ok_or(Error::NotFound)?;
    let (typed, seen) = (typed(&fields), one(&fields, "version").parse().unwrap_or_default());
    let (status, found) = match record.change(&app, &who, &typed, seen).await {
        Ok(()) => return Ok(Said::to(Record::path(id), "register-was-kept").into_response()),
        Err(error) => error.handed_back()?,
    };
    let errors = Mistakes::told(&found, shell.l);
    let page = RecordForm { errors, conflict: status == StatusCode::CONFLICT, ..page(shell, kind, Some(record), typed) };
    Ok(Page(page).status(status))
}
