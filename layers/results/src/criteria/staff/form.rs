//! The form of a new set. What was typed is never lost.

use askama::Template;
use axum::Form;
use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::Datelike;
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use crate::base::{App, Who, new_id, time};
use crate::criteria::set::CriteriaSet;
use crate::criteria::writing::{TITLE_LETTERS_MAX, Typed};
use crate::criteria::{appraiser, rights};
use crate::people::class;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Page, Result, Said, Shell};

/// Something to choose.
pub struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

#[derive(Template)]
#[template(path = "criteria/staff/form.html")]
pub struct SetForm {
    l: Locale,
    shell: Shell,
    id: Uuid,
    typed: Typed,
    classes: Vec<Choice>,
    copies: Vec<Choice>,
    appraisers: Vec<Choice>,
    errors: Mistakes,
}

impl SetForm {
    fn title_max(&self) -> usize {
        TITLE_LETTERS_MAX
    }
}

/// What came with the form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    id: String,
    title: String,
    year: String,
    class: String,
    copy: String,
    appraiser: String,
}

async fn page(app: &App, who: &Who, shell: Shell, id: Uuid, typed: Typed) -> Result<SetForm> {
    let l = shell.l;
    let class =
        |one: &class::Class| Choice { value: one.code.clone(), label: one.name(l.0).to_owned(), chosen: typed.class == one.code };
    let mut sets = CriteriaSet::all(&app.db).await?;
    sets.retain(|set| rights::sees(who, set));
    let copy = |set: &CriteriaSet| Choice {
        value: set.id.to_string(),
        label: format!("{} · {}", set.year, set.title),
        chosen: typed.copy == Some(set.id),
    };
    let bodies = appraiser::choices(app, who.agency).await?.into_iter();
    let body = |(id, label): (Uuid, String)| Choice { value: id.to_string(), label, chosen: typed.appraiser == Some(id) };
    Ok(SetForm {
        classes: class::all().iter().map(class).collect(),
        copies: sets.iter().map(copy).collect(),
        appraisers: bodies.map(body).collect(),
        errors: Mistakes::default(),
        id,
        typed,
        l,
        shell,
    })
}

/// `GET /desk/criteria/new`
pub async fn new(who: Signed, shell: Shell, Shared(app): Shared<App>) -> Result<Page<SetForm>> {
    rights::require(rights::keeps(&who))?;
    let year = time::local_date(app.clock.now()).year().to_string();
    Ok(Page(page(&app, &who, shell, new_id(), Typed { year, ..Typed::default() }).await?))
}

/// `POST /desk/criteria`
pub async fn begin(who: Signed, shell: Shell, Shared(app): Shared<App>, Form(sent): Form<Sent>) -> Result<Response> {
    let id: Uuid = sent.id.parse().map_err(|_| Error::bad("failure-bad-request"))?;
    let typed = Typed {
        title: vietnamese::normalise(&sent.title).replace('\0', ""),
        year: sent.year,
        class: sent.class,
        copy: sent.copy.parse().ok(),
        appraiser: sent.appraiser.parse().ok(),
    };
    match CriteriaSet::begin(&app, &who, id, &typed).await {
        Ok(()) => Ok(Said::to(format!("{}/tree", CriteriaSet::path(id)), "criteria-was-begun").into_response()),
        Err(Error::Refused(found)) => {
            let l = shell.l;
            let errors = Mistakes::told(&found, l);
            let page = page(&app, &who, shell, id, typed).await?;
            Ok(Page(SetForm { errors, ..page }).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}
