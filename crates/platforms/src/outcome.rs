//! What came of it.

use std::time::Duration;

/// What the platform made of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    /// The platform's own id.
    pub id: String,
    /// Where people see it, when the platform says.
    pub address: Option<String>,
}

/// The end of one attempt to publish, change or retract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The platform confirmed it.
    Published(Copy),
    /// The platform has it and works on it: ask for its status by this handle, later.
    Accepted { handle: String },
    /// It is certainly not there.
    Refused(Refusal),
    /// It may be there: the answer did not come, or can not be understood. What is known, in the platform's words.
    Unknown { says: String },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub why: Why,
    /// The platform's code and words, at most 500 bytes.
    pub says: String,
    /// When it may be tried again, if the platform said so or the reason passes by itself.
    pub again_after: Option<Duration>,
}

/// Why a platform refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// Too many in this time.
    Rate,
    /// The day's or month's allowance is used up.
    Quota,
    /// The token is over or was revoked.
    Token,
    /// The account or the app may not do this.
    Permission,
    /// The account is blocked or restricted.
    Blocked,
    /// It does not take this text.
    Content,
    /// It does not take this picture, sound or video.
    Media,
    /// Nobody there, or nothing was sent: safe to try again.
    Unavailable,
    /// What is asked for does not exist (any more).
    Gone,
    /// It answered what its documents do not say, before anything was published.
    Protocol,
}

impl Why {
    /// May the same be tried again, with nothing changed by a person?
    #[must_use]
    pub fn passes(self) -> bool {
        matches!(self, Self::Rate | Self::Quota | Self::Unavailable)
    }
}

/// What looking a message up brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    Yes(Copy),
    /// The platform was asked in a way that would have shown it.
    No,
    /// Still being worked on.
    Pending,
    /// The platform took it and refused it afterwards.
    Refused(Refusal),
    /// It can not be asked, or did not answer. Why.
    CanNotTell {
        says: String,
    },
}

/// One figure of one copy, as the platform gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The platform's own name of the figure.
    pub name: String,
    /// The version of the interface that defines it, such as `graph v25.0`.
    pub definition: &'static str,
    pub value: Value,
}

/// Missing is not zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Count(u64),
    /// The platform does not give it (any more): its words.
    Missing(String),
}

/// Whoever uses this crate keeps this between the steps.
pub trait Journal: Send {
    /// The next call can not be taken back. When this returns, it must be on disk.
    ///
    /// # Errors
    /// [`Stopped`]: the call is not made.
    fn about_to_publish(&mut self) -> impl Future<Output = Result<(), Stopped>> + Send;

    /// A handle by which the platform can be asked later is known, and the outcome is not.
    ///
    /// # Errors
    /// [`Stopped`].
    fn handle_known(&mut self, handle: &str) -> impl Future<Output = Result<(), Stopped>> + Send;
}

/// The keeper of the journal wants no further step: it was withdrawn meanwhile, or could not be written down.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("stopped before publishing: {0}")]
pub struct Stopped(pub String);
