//! A gateway as data: kept in settings, checked when it is set.

use bytes::Bytes;
use http::Method;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::template::{Surroundings, filled};
use super::{Account, Alphabet, parts};
use crate::wire::{refusal, request};
use crate::{Refusal, Request, Why};

/// How one company's gateway is spoken to. Templates know `{to}`, `{text}`, `{sender}`, `{user}`, `{secret}` and `{alphabet}`
/// (`0` or `8`, the data coding of SMPP).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gateway {
    /// `GET` or `POST`.
    pub method: String,
    /// A template; what is filled in is percent-encoded.
    pub address: String,
    /// Names and templates.
    #[serde(default)]
    pub headers: Vec<(String, String)>,
    #[serde(default)]
    pub body_kind: BodyKind,
    /// A template.
    #[serde(default)]
    pub body: String,
    pub success: Success,
    /// JSON pointers (RFC 6901) into the answer: the id of the message, and the code of an error. Empty: not given.
    #[serde(default)]
    pub id_at: String,
    #[serde(default)]
    pub error_at: String,
    /// What the gateway's codes mean; one that is not listed goes by the status.
    #[serde(default)]
    pub refused: Vec<Refused>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BodyKind {
    #[default]
    None,
    Json,
    Form,
}

/// What a sent message looks like: a status in this range and, when a pointer is given, this word or number at it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Success {
    pub status_from: u16,
    pub status_to: u16,
    #[serde(default)]
    pub at: String,
    /// Any of them.
    #[serde(default)]
    pub is: Vec<String>,
}

impl Success {
    pub(super) fn is_said(&self, status: u16, body: &Value) -> bool {
        let is_in = (self.status_from..=self.status_to).contains(&status);
        is_in && (self.at.is_empty() || super::said(body, &self.at).is_some_and(|word| self.is.contains(&word)))
    }
}

/// One code of a gateway's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    pub code: String,
    pub why: String,
}

/// Why a gateway can not be used as it is set.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadGateway {
    #[error("the method is neither GET nor POST")]
    Method,
    #[error("the address is none of http or https with a host")]
    Address,
    #[error("neither address nor body nor headers have a place for {0}")]
    Place(&'static str),
    #[error("the body is no JSON")]
    Body,
    #[error("not a pointer: {0}")]
    Pointer(String),
    #[error("the range of status of a success is empty")]
    Success,
    #[error("no such reason: {0}")]
    Why(String),
}

impl Gateway {
    /// Whether it can be used.
    ///
    /// # Errors
    /// The first [`BadGateway`].
    pub fn check(&self) -> Result<(), BadGateway> {
        if !matches!(self.method.as_str(), "GET" | "POST") {
            return Err(BadGateway::Method);
        }
        let address = filled(&self.address, Surroundings::Form, |_: &str| "1".to_owned());
        let host =
            address.parse::<http::Uri>().ok().and_then(|uri| Some((uri.scheme_str()?.to_owned(), uri.authority()?.clone())));
        // A host out of a template would send the secret where a number points.
        let authority = self.address.split("://").nth(1).and_then(|rest| rest.split(['/', '?']).next()).unwrap_or_default();
        if host.is_none_or(|(scheme, _)| !matches!(scheme.as_str(), "http" | "https")) || authority.contains('{') {
            return Err(BadGateway::Address);
        }
        for (name, place) in [("to", "{to}"), ("text", "{text}")] {
            if ![&self.address, &self.body].iter().any(|template| template.contains(place)) {
                return Err(BadGateway::Place(name));
            }
        }
        let body = filled(&self.body, Surroundings::Json, |_: &str| "1".to_owned());
        if self.body_kind == BodyKind::Json && serde_json::from_str::<Value>(&body).is_err() {
            return Err(BadGateway::Body);
        }
        let pointers = [&self.id_at, &self.error_at, &self.success.at];
        if let Some(bad) = pointers.iter().find(|pointer| !pointer.is_empty() && !pointer.starts_with('/')) {
            return Err(BadGateway::Pointer((*bad).clone()));
        }
        if self.success.status_from > self.success.status_to {
            return Err(BadGateway::Success);
        }
        match self.refused.iter().find(|refused| named(&refused.why).is_none()) {
            Some(bad) => Err(BadGateway::Why(bad.why.clone())),
            None => Ok(()),
        }
    }

    /// What one of its codes means.
    pub(super) fn why(&self, code: &str) -> Option<Why> {
        self.refused.iter().find(|refused| refused.code == code).and_then(|refused| named(&refused.why))
    }

    pub(super) fn request(&self, account: &Account, text: &str) -> Result<Request, Refusal> {
        self.check().map_err(|error| refusal(Why::Protocol, &error.to_string()))?;
        let value = |name: &str| match name {
            "to" => account.to.clone(),
            "text" => text.to_owned(),
            "sender" => account.sender.clone(),
            "user" => account.user.clone(),
            "secret" => account.secret.reveal().to_owned(),
            _ => if parts(text).alphabet == Alphabet::Ucs2 { "8" } else { "0" }.to_owned(),
        };
        let address = filled(&self.address, Surroundings::Form, value);
        let header = |(name, template): &(String, String)| (name.to_lowercase(), filled(template, Surroundings::Header, value));
        let mut headers: Vec<(String, String)> = self.headers.iter().map(header).collect();
        let body = match self.body_kind {
            BodyKind::None => Bytes::new(),
            BodyKind::Json => Bytes::from(filled(&self.body, Surroundings::Json, value)),
            BodyKind::Form => Bytes::from(filled(&self.body, Surroundings::Form, value)),
        };
        let kind = match self.body_kind {
            BodyKind::None => None,
            BodyKind::Json => Some("application/json; charset=utf-8"),
            BodyKind::Form => Some("application/x-www-form-urlencoded"),
        };
        if let Some(kind) = kind.filter(|_| !headers.iter().any(|(name, _)| name == "content-type")) {
            headers.push(("content-type".to_owned(), kind.to_owned()));
        }
        let method = if self.method == "GET" { Method::GET } else { Method::POST };
        let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        // An impossible header names its value in no error.
        request(method, &address, &headers, body)
    }
}

/// A reason as it is written in settings.
fn named(why: &str) -> Option<Why> {
    Some(match why {
        "rate" => Why::Rate,
        "quota" => Why::Quota,
        "token" => Why::Token,
        "permission" => Why::Permission,
        "blocked" => Why::Blocked,
        "content" => Why::Content,
        "unavailable" => Why::Unavailable,
        "gone" => Why::Gone,
        _ => return None,
    })
}
