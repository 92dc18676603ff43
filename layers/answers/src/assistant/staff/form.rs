//! The form of a written answer. It works without script; what was typed is never lost.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use crate::assistant::curated::writing::{BODY_LETTERS_MAX, GROUND_LETTERS_MAX, TITLE_LETTERS_MAX, Typed};
use crate::assistant::curated::{Curated, State};
use crate::base::{App, Who, new_id, time};
use crate::questions::question::Whole;
use crate::registers::rights;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Obstacle, Page, Path, Result, Said, Shell};

#[derive(Template)]
#[template(path = "assistant/staff/form.html")]
pub struct CuratedForm {
    l: Locale,
    shell: Shell,
    /// None while it is begun.
    one: Option<Curated>,
    id: Uuid,
    version: i32,
    /// The citizen's question that it is made of.
    question: String,
    typed: Typed,
    errors: Mistakes,
    conflict: bool,
}

impl CuratedForm {
    fn heading(&self) -> String {
        self.l.t(if self.one.is_some() { "curated-edit" } else { "curated-new" })
    }

    fn action(&self) -> String {
        self.one.as_ref().map_or_else(|| "/desk/assistant/answers".into(), |one| Curated::path(one.id))
    }

    fn stands(&self) -> bool {
        self.one.as_ref().is_some_and(|one| one.state == State::Approved)
    }

    fn title_max(&self) -> usize {
        TITLE_LETTERS_MAX
    }

    fn body_max(&self) -> usize {
        BODY_LETTERS_MAX
    }

    fn ground_max(&self) -> usize {
        GROUND_LETTERS_MAX
    }
}

/// What comes back of the form.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    id: String,
    version: i32,
    question: String,
    title: String,
    body: String,
    ground: String,
    from_on: String,
    until_on: String,
}

impl Sent {
    fn typed(&self) -> Typed {
        let text = |given: &str| vietnamese::normalise(given).replace('\0', "");
        Typed {
            title: text(&self.title),
            body: text(&self.body),
            ground: text(&self.ground),
            from_on: text(&self.from_on),
            until_on: text(&self.until_on),
        }
    }
}

/// What it is made of.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Of {
    /// A citizen's question.
    question: String,
    title: String,
}

fn own(who: &Who) -> Result<Uuid> {
    let own = who.agency.ok_or(Error::Forbidden)?;
    rights::require(rights::writes(who, own))?;
    Ok(own)
}

/// `GET /desk/assistant/answers/new`: empty, of a question that was not answered, or of a citizen's question with its answer.
pub async fn new(who: Signed, shell: Shell, Shared(app): Shared<App>, Query(of): Query<Of>) -> Result<Page<CuratedForm>> {
    own(&who)?;
    let today = time::local_date(app.clock.now());
    let mut typed = Typed { title: of.title, from_on: today.to_string(), ..Typed::default() };
    let mut question = String::new();
    if let Ok(id) = of.question.parse::<Uuid>() {
        let whole = Whole::find_for(&app, &who, id).await?;
        // Who wants no publication is not quoted: the officer asks it in other words.
        typed.title = if whole.question.in_private { String::new() } else { whole.question.title.clone() };
        typed.body = whole.given().map(|answer| answer.shown_text.clone()).unwrap_or_default();
        typed.ground = shell.l.t("curated-ground-question");
        question = id.to_string();
    }
    Ok(Page(CuratedForm {
        one: None,
        id: new_id(),
        version: 0,
        question,
        typed,
        errors: Mistakes::default(),
        conflict: false,
        l: shell.l,
        shell,
    }))
}

/// `POST /desk/assistant/answers`
pub async fn begin(who: Signed, shell: Shell, Shared(app): Shared<App>, Form(sent): Form<Sent>) -> Result<Response> {
    let agency = own(&who)?;
    let id: Uuid = sent.id.parse().map_err(|_| Error::bad("failure-bad-request"))?;
    let (typed, question) = (sent.typed(), sent.question.parse().ok());
    match Curated::begin(&app, &who, (id, agency), &typed, question).await {
        Ok(()) => Ok(Said::to(Curated::path(id), "curated-was-saved").into_response()),
        Err(Error::Refused(obstacles)) => Ok(again(shell, None, (id, 0), (sent.question, typed), &obstacles)),
        Err(error) => Err(error),
    }
}

/// `GET /desk/assistant/answers/{id}/edit`
pub async fn edit(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Page<CuratedForm>> {
    let one = Curated::find_for(&app, &who, id).await?;
    rights::require(rights::writes(&who, one.agency))?;
    Ok(Page(CuratedForm {
        id,
        version: one.version,
        question: String::new(),
        typed: Typed::of(&one.latest()),
        one: Some(one),
        errors: Mistakes::default(),
        conflict: false,
        l: shell.l,
        shell,
    }))
}

/// `POST /desk/assistant/answers/{id}`
pub async fn change(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    Form(sent): Form<Sent>,
) -> Result<Response> {
    let one = Curated::find_for(&app, &who, id).await?;
    let typed = sent.typed();
    match one.change(&app, &who, &typed, sent.version).await {
        Ok(()) => Ok(Said::to(Curated::path(id), "curated-was-saved").into_response()),
        Err(Error::Refused(obstacles)) => Ok(again(shell, Some(one), (id, sent.version), (String::new(), typed), &obstacles)),
        Err(Error::Stale) => {
            let version = one.version;
            let form = CuratedForm {
                one: Some(one),
                id,
                version,
                question: String::new(),
                typed,
                errors: Mistakes::default(),
                conflict: true,
                l: shell.l,
                shell,
            };
            Ok(Page(form).status(StatusCode::CONFLICT))
        }
        Err(error) => Err(error),
    }
}

fn again(
    shell: Shell,
    one: Option<Curated>,
    (id, version): (Uuid, i32),
    (question, typed): (String, Typed),
    obstacles: &[Obstacle],
) -> Response {
    let l = shell.l;
    let errors = Mistakes::told(obstacles, l);
    let form = CuratedForm { one, id, version, question, typed, errors, conflict: false, l, shell };
    Page(form).status(StatusCode::UNPROCESSABLE_ENTITY)
}
