//! What a request asks: parameters that are known by name, and a JSON body. What can not be read is said where it stands.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::response::IntoResponse;
use chrono::NaiveDate;
use serde::de::DeserializeOwned;

use super::listing::{Cursor, LIMIT, LIMIT_MAX};
use super::problem::NOT_JSON;
use crate::base::App;
use crate::web::{Error, Obstacle};

/// The parameters of the address.
#[derive(Debug)]
pub struct Asked(Vec<(String, String)>);

impl Asked {
    /// Refuses a parameter that is not one of these: a filter that is misspelt must not look as if it had found everything.
    ///
    /// # Errors
    /// [`Error::Bad`] naming the parameter.
    pub fn only(&self, known: &[&'static str]) -> Result<&Self, Error> {
        match self.0.iter().find(|(name, _)| !known.contains(&name.as_str())) {
            None => Ok(self),
            Some((name, _)) => {
                let name: String = name.chars().take(40).collect();
                let known = if known.is_empty() { "–".to_owned() } else { known.join(", ") };
                Err(Error::Bad(Obstacle::new("api-parameter-unknown").with("name", name).with("known", known)))
            }
        }
    }

    /// The value of a parameter; None when it is absent or empty.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(one, _)| one == name).map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// A day, as `2026-06-20`.
    ///
    /// # Errors
    /// [`Error::Bad`] at the parameter.
    pub fn day(&self, name: &'static str) -> Result<Option<NaiveDate>, Error> {
        let read = |text: &str| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| text.len() == 10);
        let wrong = |text: &str| Error::Bad(Obstacle::new("api-parameter-day").at(name).with("value", short(text)));
        self.text(name).map(|text| read(text).ok_or_else(|| wrong(text))).transpose()
    }

    /// One of these words.
    ///
    /// # Errors
    /// [`Error::Bad`] at the parameter, with the words.
    pub fn one_of<T: Copy>(&self, name: &'static str, words: &[(&str, T)]) -> Result<Option<T>, Error> {
        let Some(text) = self.text(name) else { return Ok(None) };
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, one)| *one);
        found.map(Some).ok_or_else(|| {
            let known = words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
            Error::Bad(Obstacle::new("api-parameter-word").at(name).with("value", short(text)).with("known", known))
        })
    }

    /// How many things: 1 to 500, 100 unless said.
    ///
    /// # Errors
    /// [`Error::Bad`] at `limit`.
    pub fn limit(&self) -> Result<u64, Error> {
        let Some(text) = self.text("limit") else { return Ok(LIMIT) };
        let read = text.parse().ok().filter(|limit| (1..=LIMIT_MAX).contains(limit));
        read.ok_or_else(|| Error::Bad(Obstacle::new("api-parameter-limit").at("limit").with("n", LIMIT_MAX)))
    }

    /// Where the page begins; `parts` is how many values order the list.
    ///
    /// # Errors
    /// [`Error::Bad`] at `cursor` when it was not given out by us.
    pub fn cursor(&self, parts: usize) -> Result<Option<Cursor>, Error> {
        let Some(text) = self.text("cursor") else { return Ok(None) };
        let read = Cursor::read(text).filter(|cursor| cursor.0.len() == parts);
        read.map(Some).ok_or_else(|| Error::Bad(Obstacle::new("api-parameter-cursor").at("cursor")))
    }

    /// The parameters with another cursor, as a query string with `?`.
    #[must_use]
    pub fn turned(&self, cursor: &str) -> String {
        let others = self.0.iter().filter(|(name, _)| name != "cursor").map(|(name, value)| (name.as_str(), value.as_str()));
        let pairs: Vec<(&str, &str)> = others.chain([("cursor", cursor)]).collect();
        crate::web::address::query(&pairs)
    }
}

fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

impl FromRequestParts<App> for Asked {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let read = Query::<Vec<(String, String)>>::from_request_parts(parts, app).await;
        read.map(|Query(pairs)| Self(pairs)).map_err(|_| Error::bad("api-parameters-unreadable"))
    }
}

/// A JSON body.
pub struct Sent<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Sent<T> {
    type Rejection = Error;
    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if !kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json")) {
            return Err(Error::bad(NOT_JSON));
        }
        let bytes = Bytes::from_request(request, app).await.map_err(|rejection| {
            let status = rejection.into_response().status();
            if status == StatusCode::PAYLOAD_TOO_LARGE { Error::TooLarge(2) } else { Error::bad("api-body-broken") }
        })?;
        let read = serde_json::from_slice(&bytes);
        read.map(Self).map_err(|error| Error::Bad(Obstacle::new("api-body-unreadable").with("words", error)))
    }
}
