//! The person adds, names and removes passkeys.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Response};
use axum::{Form, Json};
use serde::Deserialize;
use uuid::Uuid;

use super::PATH;
use crate::base::App;
use crate::people::Person;
use crate::people::passkey::Passkey;
use crate::web::who::Signed;
use crate::web::{Path, Result, Said};

/// `POST /desk/account/passkeys/options`: what the browser asks the device for (JSON).
pub async fn options(who: Signed, State(app): State<App>) -> Result<Response> {
    let person = Person::find(&app.db, who.person).await?;
    let (options, cookie) = Passkey::begin_registration(&app, &person).await?;
    Ok(([(SET_COOKIE, cookie)], Json(options)).into_response())
}

#[derive(Deserialize)]
pub struct Made {
    #[serde(default, rename = "passkey-label")]
    label: String,
    /// The device's answer as JSON.
    credential: String,
}

/// `POST /desk/account/passkeys`
pub async fn add(who: Signed, headers: HeaderMap, State(app): State<App>, Form(made): Form<Made>) -> Result<Said> {
    let person = Person::find(&app.db, who.person).await?;
    Passkey::finish_registration(&app, &person, &headers, &made.credential, &made.label).await?;
    Ok(Said::to(PATH, "passkey-added"))
}

#[derive(Deserialize)]
pub struct Called {
    label: String,
}

/// `POST /desk/account/passkeys/{id}`: calls it something else.
pub async fn rename(who: Signed, State(app): State<App>, Path(id): Path<Uuid>, Form(called): Form<Called>) -> Result<Said> {
    let person = Person::find(&app.db, who.person).await?;
    Passkey::find_own(&app.db, person.id, id).await?.rename(&app, &person, &called.label).await?;
    Ok(Said::to(PATH, "account-saved"))
}

/// `POST /desk/account/passkeys/{id}/removal`
pub async fn remove(who: Signed, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Said> {
    let person = Person::find(&app.db, who.person).await?;
    Passkey::find_own(&app.db, person.id, id).await?.remove(&app, &person.themselves()).await?;
    Ok(Said::to(PATH, "passkey-removed"))
}
