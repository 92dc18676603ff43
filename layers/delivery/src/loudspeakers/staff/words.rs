//! How things are said: the province's words and the agency's.

use askama::Template;
use axum::Form;
use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use loudspeakers::script::{Entry, Manner, blocks_of_text, script};
use sea_orm::entity::prelude::*;

use crate::base::{App, Who};
use crate::channels::staff::one;
use crate::loudspeakers::rights;
use crate::loudspeakers::term::{self, Term};
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Page, Path, Result, Said, Shell};

const TRIED_LETTERS_MAX: usize = 500;

#[derive(Template)]
#[template(path = "loudspeakers/staff/words.html")]
pub struct Words {
    l: Locale,
    shell: Shell,
    /// With whether the reader may take it away.
    rows: Vec<(Term, bool)>,
    may_own: bool,
    may_province: bool,
    given: (String, String),
    tried: String,
    heard: String,
    errors: Mistakes,
}

async fn page(app: &App, who: &Who, shell: Shell) -> Result<Words> {
    let own = rights::own_agency(who).ok();
    if own.is_none() && !who.is_any(rights::OVERSEERS) {
        return Err(Error::Forbidden);
    }
    let rows = Term::of(&app.db, own).await?.into_iter().map(|one| {
        let may = term::may_set(who, one.agency);
        (one, may)
    });
    Ok(Words {
        rows: rows.collect(),
        may_own: own.is_some_and(|agency| term::may_set(who, Some(agency))),
        may_province: term::may_set(who, None),
        given: (String::new(), String::new()),
        tried: String::new(),
        heard: String::new(),
        errors: Mistakes::default(),
        l: shell.l,
        shell,
    })
}

/// `GET /desk/loudspeakers/words`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>) -> Result<Page<Words>> {
    Ok(Page(page(&app, &who, shell).await?))
}

/// `POST /desk/loudspeakers/words`: sets a word; or, where only a text to try came, says how it is read out.
pub async fn set(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let tried: String = one(&fields, "tried").chars().take(TRIED_LETTERS_MAX).collect();
    if !tried.trim().is_empty() {
        let agency = rights::own_agency(&who).unwrap_or_default();
        let lexicon = term::lexicon(&app, agency).await?;
        let heard = script(&blocks_of_text(&tried), &lexicon, &Manner::default()).text();
        let page = page(&app, &who, shell).await?;
        return Ok(Page(Words { tried, heard, ..page }).into_response());
    }
    let agency = if one(&fields, "whose") == "province" { None } else { Some(rights::own_agency(&who)?) };
    let entry = Entry {
        written: one(&fields, "written").to_owned(),
        said: one(&fields, "said").to_owned(),
        any_case: !one(&fields, "any_case").is_empty(),
        unit: !one(&fields, "unit").is_empty(),
    };
    match term::set(&app, &who, agency, &entry).await {
        Ok(()) => Ok(Said::to("/desk/loudspeakers/words", "loud-term-kept").into_response()),
        Err(Error::Refused(found)) => {
            let errors = Mistakes::told(&found, shell.l);
            let page = page(&app, &who, shell).await?;
            let given = (entry.written, entry.said);
            Ok(Page(Words { given, errors, ..page }).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}

/// `POST /desk/loudspeakers/words/{id}/removal`
pub async fn remove(who: Signed, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Response> {
    term::remove(&app, &who, id).await?;
    Ok(Said::to("/desk/loudspeakers/words", "loud-term-removed").into_response())
}
