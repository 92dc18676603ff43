//! The second page of signing in by password: the code.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::sign_in::{self, Waiting};
use crate::base::App;
use crate::people::attempts::Attempt;
use crate::people::ceremony::{Ceremony, Kind};
use crate::people::session::{self, Origin};
use crate::people::{Person, totp::Proof};
use crate::web::{Locale, Page, Result, Said, Shell};

#[derive(Template)]
#[template(path = "people/staff/second_step.html")]
struct Code {
    l: Locale,
    shell: Shell,
    refused: bool,
}

/// `GET /desk/sign-in/code`
pub async fn show(shell: Shell, headers: HeaderMap, State(app): State<App>) -> Result<Response> {
    match Ceremony::look(&app, Kind::SecondStep, &headers).await? {
        Some(_) => Ok(Page(Code { l: shell.l, shell, refused: false }).into_response()),
        None => Ok(again()),
    }
}

#[derive(Deserialize)]
pub struct Given {
    code: String,
}

/// `POST /desk/sign-in/code`: the ceremony stays while the code is wrong; the attempts are counted.
pub async fn sign_in(
    shell: Shell,
    origin: Origin,
    headers: HeaderMap,
    State(app): State<App>,
    Form(given): Form<Given>,
) -> Result<Response> {
    let Some(ceremony) = Ceremony::look(&app, Kind::SecondStep, &headers).await? else { return Ok(again()) };
    let person = Person::find(&app.db, ceremony.person.unwrap_or_default()).await?;
    let attempt = Attempt::begin(&app, &person.email, &origin.address).await?;
    let proof = if person.is_disabled() { None } else { person.take_code(&app, &given.code).await? };
    let Some(proof) = proof else {
        attempt.failed(&app, Some(&person), "code").await?;
        return Ok(Page(Code { l: shell.l, shell, refused: true }).status(StatusCode::UNPROCESSABLE_ENTITY));
    };
    attempt.succeeded(&app).await?;
    if !ceremony.end(&app).await? {
        return Ok(again());
    }
    let then = ceremony.state::<Waiting>()?.then;
    match proof {
        Proof::App => sign_in::enter(&app, &person, "password+totp", origin, &then).await,
        Proof::Recovery(left) => {
            let cookie = session::Model::begin(&app, &person, "password+recovery", origin).await?;
            let mut answer = Said::to("/desk/account", "recovery-code-used").with("n", left).into_response();
            answer.headers_mut().append(SET_COOKIE, cookie.parse()?);
            Ok(answer)
        }
    }
}

fn again() -> Response {
    Said::to("/desk/sign-in", "sign-in-took-too-long").into_response()
}
