//! What can go wrong for the person at the browser. Each is a page with a way on.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sea_orm::DbErr;
use uuid::Uuid;

/// The outcome of a handler.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a request was not done.
#[derive(Debug)]
pub enum Error {
    /// No such thing: 404.
    NotFound,
    /// It is there, but not for this person. Answered as 404, and noted in the ledger.
    Hidden(Uuid),
    /// Sign in first, then come back: 303.
    SignInFirst,
    /// Signed in, but the role is missing: 403.
    Forbidden,
    /// The token of a program lacks this scope: 403.
    LacksScope(&'static str),
    /// The house's rules forbid it now, for these reasons: 422.
    Refused(Vec<Obstacle>),
    /// Someone else was quicker: 409.
    Stale,
    /// The address answers other methods: 405; the answer's `Allow` says which.
    WrongMethod,
    /// The request makes no sense: 400.
    Bad(Obstacle),
    /// More than we take: 413, with the limit in megabytes.
    TooLarge(u64),
    /// Too often: 429, with the seconds to wait.
    TooMany(u64),
    /// Our fault: 500, logged with its cause.
    Internal(anyhow::Error),
}

/// One reason in the person's words: a Fluent key with its arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obstacle {
    pub key: &'static str,
    /// The field of the form beside which it stands; empty when it is about the whole.
    pub field: &'static str,
    pub arguments: Vec<(&'static str, String)>,
}

impl Obstacle {
    #[must_use]
    pub fn new(key: &'static str) -> Self {
        Self { key, field: "", arguments: Vec::new() }
    }

    /// Says beside which field it stands.
    #[must_use]
    pub fn at(mut self, field: &'static str) -> Self {
        self.field = field;
        self
    }

    /// Adds an argument of the text.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.arguments.push((name, value.to_string()));
        self
    }

    /// The reason in that language.
    #[must_use]
    pub fn text(&self, l: super::Locale) -> String {
        l.with(self.key, &self.arguments)
    }
}

impl Error {
    /// Refuses for one reason.
    #[must_use]
    pub fn refused(key: &'static str) -> Self {
        Self::Refused(vec![Obstacle::new(key)])
    }

    /// A request that makes no sense, for one reason.
    #[must_use]
    pub fn bad(key: &'static str) -> Self {
        Self::Bad(Obstacle::new(key))
    }

    /// What a form is handed back with: why it was refused (422), or nothing when somebody was quicker (409).
    ///
    /// # Errors
    /// Everything else goes on as it is.
    pub fn handed_back(self) -> Result<(StatusCode, Vec<Obstacle>)> {
        let status = self.status();
        match self {
            Self::Refused(obstacles) => Ok((status, obstacles)),
            Self::Stale => Ok((status, Vec::new())),
            other => Err(other),
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound | Self::Hidden(_) => StatusCode::NOT_FOUND,
            Self::SignInFirst => StatusCode::SEE_OTHER,
            Self::Forbidden | Self::LacksScope(_) => StatusCode::FORBIDDEN,
            Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Stale => StatusCode::CONFLICT,
            Self::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::Bad(_) => StatusCode::BAD_REQUEST,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Internal(_) if self.is_full() => StatusCode::INSUFFICIENT_STORAGE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Whether there is no room left where the database or the files lie: the same press works once there is.
    #[must_use]
    pub fn is_full(&self) -> bool {
        let Self::Internal(error) = self else { return false };
        let words = format!("{error:#}");
        // As SQLite (code 13), PostgreSQL (53100) and the operating system (ENOSPC) say it.
        ["database or disk is full", "No space left on device"].iter().any(|said| words.contains(said))
    }
}

/// What the error-page layer finds on a response and turns into a page.
#[derive(Clone)]
pub struct Failed(pub std::sync::Arc<Error>);

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        if let Self::Internal(error) = &self {
            tracing::error!(error = %format!("{error:#}"), "a request failed");
            metrics::counter!("lantoa_requests_failed_total").increment(1);
        }
        let mut answer = self.status().into_response();
        answer.extensions_mut().insert(Failed(std::sync::Arc::new(self)));
        answer
    }
}

impl<E: Into<anyhow::Error>> From<E> for Error {
    fn from(error: E) -> Self {
        let error: anyhow::Error = error.into();
        match error.downcast_ref::<DbErr>() {
            Some(DbErr::RecordNotFound(_)) => Self::NotFound,
            Some(DbErr::RecordNotUpdated) => Self::Stale,
            // PostgreSQL keeps no NUL in a text; whoever sends one is told so, wherever it was.
            Some(failed) if failed.to_string().contains("invalid byte sequence") => Self::bad("failure-unwritten"),
            _ => Self::Internal(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_from_other_failures() {
        let disk = Error::from(std::io::Error::other("No space left on device (os error 28)"));
        let database = Error::from(DbErr::Custom("error returned from database: (code: 13) database or disk is full".into()));
        for full in [disk, database] {
            assert!(full.is_full(), "{full:?}");
            assert_eq!(full.status(), StatusCode::INSUFFICIENT_STORAGE);
        }
        let other = Error::from(std::io::Error::other("permission denied"));
        assert_eq!((other.is_full(), other.status()), (false, StatusCode::INTERNAL_SERVER_ERROR));
    }
}
