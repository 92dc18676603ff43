//! The person turns the second step on and off.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use super::{PATH, again};
use crate::base::App;
use crate::people::attempts::Attempt;
use crate::people::person::Model as Person;
use crate::people::session::Origin;
use crate::people::totp::Enrolment;
use crate::web::who::Signed;
use crate::web::{Locale, Obstacle, Page, Result, Said, Shell};

const HERE: &str = "/desk/account/second-step";

#[derive(Template)]
#[template(path = "people/staff/account/enrolment.html")]
struct Enrolling {
    l: Locale,
    shell: Shell,
    enrolment: Enrolment,
    refused: bool,
}

#[derive(Template)]
#[template(path = "people/staff/account/recovery_codes.html")]
struct Codes {
    l: Locale,
    shell: Shell,
    codes: Vec<String>,
    /// A `data:` address of the codes as a text file.
    file: String,
}

/// `POST /desk/account/second-step`: makes a secret.
pub async fn begin(who: Signed, State(app): State<App>) -> Result<Redirect> {
    Person::find(&app.db, who.person).await?.begin_second_step(&app).await?;
    Ok(Redirect::to(HERE))
}

/// `GET /desk/account/second-step`: shows the secret until it is confirmed.
pub async fn show(who: Signed, shell: Shell, State(app): State<App>) -> Result<Response> {
    let person = Person::find(&app.db, who.person).await?;
    Ok(enrolling(&app, shell, &person, false)?.map_or_else(|| Redirect::to(PATH).into_response(), IntoResponse::into_response))
}

fn enrolling(app: &App, shell: Shell, person: &Person, refused: bool) -> Result<Option<Page<Enrolling>>> {
    let enrolment = person.enrolment(app, &shell.site.name)?;
    Ok(enrolment.map(|enrolment| Page(Enrolling { l: shell.l, shell, enrolment, refused })))
}

#[derive(Deserialize)]
pub struct Given {
    code: String,
}

/// `POST /desk/account/second-step/confirmation`: a right code turns it on and shows the recovery codes, once.
pub async fn confirm(who: Signed, shell: Shell, State(app): State<App>, Form(given): Form<Given>) -> Result<Response> {
    let person = Person::find(&app.db, who.person).await?;
    if let Some(codes) = person.confirm_second_step(&app, &given.code).await? {
        return Ok(shown(shell, &person, codes));
    }
    Ok(match enrolling(&app, shell, &person, true)? {
        Some(page) => page.status(StatusCode::UNPROCESSABLE_ENTITY),
        None => Redirect::to(PATH).into_response(),
    })
}

/// `POST /desk/account/second-step/codes`: new recovery codes, for a right code.
pub async fn renew(
    who: Signed,
    shell: Shell,
    origin: Origin,
    State(app): State<App>,
    Form(given): Form<Given>,
) -> Result<Response> {
    let person = Person::find(&app.db, who.person).await?;
    if !is_right(&app, &person, &origin, &given.code).await? {
        return again(&app, &who, shell, vec![("codes-code", Obstacle::new("second-step-refused"))]).await;
    }
    let codes = person.renew_recovery_codes(&app).await?;
    Ok(shown(shell, &person, codes))
}

/// `POST /desk/account/second-step/removal`: turns it off, for a right code.
pub async fn remove(
    who: Signed,
    shell: Shell,
    origin: Origin,
    State(app): State<App>,
    Form(given): Form<Given>,
) -> Result<Response> {
    let person = Person::find(&app.db, who.person).await?;
    if !is_right(&app, &person, &origin, &given.code).await? {
        return again(&app, &who, shell, vec![("removal-code", Obstacle::new("second-step-refused"))]).await;
    }
    let transaction = app.begin().await?;
    person.drop_second_step(&app, &transaction, &person.themselves()).await?;
    app.commit(transaction).await?;
    Ok(Said::to(PATH, "second-step-off").into_response())
}

async fn is_right(app: &App, person: &Person, origin: &Origin, code: &str) -> Result<bool> {
    let attempt = Attempt::begin(app, &person.email, &origin.address).await?;
    if person.has_second_step() && person.take_code(app, code).await?.is_some() {
        attempt.succeeded(app).await?;
        return Ok(true);
    }
    attempt.failed(app, Some(person), "code").await?;
    Ok(false)
}

fn shown(shell: Shell, person: &Person, codes: Vec<String>) -> Response {
    let text = format!("{}\n{}\n{}\n\n{}\n", shell.site.name, shell.origin, person.email, codes.join("\n"));
    let file = format!("data:text/plain;charset=utf-8;base64,{}", STANDARD.encode(text));
    Page(Codes { l: shell.l, shell, codes, file }).into_response()
}
