//! Signing in with a passkey.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Response};
use axum::{Form, Json};
use serde::Deserialize;

use super::sign_in;
use crate::base::App;
use crate::people::attempts::Attempt;
use crate::people::passkey::Passkey;
use crate::people::passkey::sign_in::Refusal;
use crate::people::session::Origin;
use crate::web::{Error, Result};

#[derive(Deserialize)]
pub struct Asked {
    /// Empty: any passkey that the device knows for this site.
    #[serde(default)]
    email: String,
}

/// `POST /desk/sign-in/passkey/options`: what the browser asks the device for (JSON).
pub async fn options(State(app): State<App>, Form(asked): Form<Asked>) -> Result<Response> {
    let (options, cookie) = Passkey::begin_sign_in(&app, asked.email.trim()).await?;
    Ok(([(SET_COOKIE, cookie)], Json(options)).into_response())
}

#[derive(Deserialize)]
pub struct Answered {
    /// The device's answer as JSON.
    credential: String,
    #[serde(default)]
    then: String,
}

/// `POST /desk/sign-in/passkey`
pub async fn sign_in(
    origin: Origin,
    headers: HeaderMap,
    State(app): State<App>,
    Form(answered): Form<Answered>,
) -> Result<Response> {
    match Passkey::finish_sign_in(&app, &headers, &answered.credential).await? {
        Ok(person) => sign_in::enter(&app, &person, "passkey", origin, &answered.then).await,
        Err(Refusal::Late) => Err(Error::refused("passkey-took-too-long")),
        Err(Refusal::Wrong(person)) => {
            let email = person.as_ref().map(|person| person.email.clone()).unwrap_or_default();
            let attempt = Attempt::begin(&app, &email, &origin.address).await?;
            attempt.failed(&app, person.as_ref(), "passkey").await?;
            Err(Error::refused("passkey-unknown"))
        }
    }
}
