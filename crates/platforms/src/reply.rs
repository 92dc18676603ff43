//! One exchange, sorted by what it leaves known. What follows from that depends on the step it belongs to.

use crate::wire::{cut, refusal, retry_after, says, unavailable, undecided, why_of};
use crate::{Found, Line, LineError, Outcome, Refusal, Request, Response, Secret, Why};

/// What an exchange brought.
pub(crate) enum Reply {
    /// The answer that the platform's documents promise.
    Good(serde_json::Value),
    /// A documented error: certainly nothing was done.
    Error(Refusal),
    /// Broken inside (5xx) or not to be read: it may have been done.
    Unclear(String),
    /// No answer.
    Silent(LineError),
}

/// Sends a request. `read` knows the platform's answers; it is not asked about 5xx. The secret is taken out of all words.
pub(crate) async fn exchange<L: Line>(line: &L, request: Request, secret: &Secret, read: impl Fn(&Response) -> Reply) -> Reply {
    let clean = |says: &str| cut(&secret.hidden_in(says));
    let reply = match line.exchange(request).await {
        Ok(answer) if answer.status().is_server_error() => Reply::Unclear(says(&answer)),
        Ok(answer) => read(&answer),
        Err(LineError::NotSent(says)) => Reply::Silent(LineError::NotSent(clean(&says))),
        Err(LineError::Cut(says)) => Reply::Silent(LineError::Cut(clean(&says))),
    };
    match reply {
        Reply::Error(refusal) => Reply::Error(Refusal { says: clean(&refusal.says), ..refusal }),
        Reply::Unclear(says) => Reply::Unclear(clean(&says)),
        other => other,
    }
}

impl Reply {
    /// An answer without the form that the documents promise. Too many or too large a request, a front door refuses by status alone.
    pub(crate) fn unreadable(answer: &Response) -> Self {
        match why_of(answer.status()) {
            why @ (Why::Rate | Why::Media) => {
                Self::Error(Refusal { again_after: retry_after(answer.headers()), ..refusal(why, &says(answer)) })
            }
            _ => Self::Unclear(says(answer)),
        }
    }

    /// Of a call before the one that can not be taken back: whatever happened, nothing is published, and it may be repeated.
    pub(crate) fn preparing(self) -> Result<serde_json::Value, Refusal> {
        match self {
            Self::Good(value) => Ok(value),
            Self::Error(refusal) => Err(refusal),
            Self::Unclear(says) => Err(refusal(Why::Unavailable, &says)),
            Self::Silent(error) => Err(unavailable(&error)),
        }
    }

    /// Of the call that can not be taken back, and of changes.
    pub(crate) fn publishing(self) -> Result<serde_json::Value, Outcome> {
        match self {
            Self::Good(value) => Ok(value),
            Self::Error(refusal) => Err(Outcome::Refused(refusal)),
            Self::Unclear(says) => Err(Outcome::Unknown { says }),
            Self::Silent(error) => Err(undecided(&error)),
        }
    }

    /// Of a question: no answer is no knowledge, and neither is a refusal to answer.
    pub(crate) fn asking(self) -> Result<serde_json::Value, Found> {
        self.preparing().map_err(|refusal| Found::CanNotTell { says: refusal.says })
    }
}
