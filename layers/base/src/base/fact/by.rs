//! Who did something, and why.

use uuid::Uuid;

use crate::base::Who;

/// Who did it and why.
#[derive(Clone, Debug, Default)]
pub struct By {
    pub person: Option<Uuid>,
    pub agency: Option<Uuid>,
    pub why: Option<String>,
}

impl By {
    /// The system itself: a chore, a command on the console.
    #[must_use]
    pub fn system() -> Self {
        Self::default()
    }

    /// Adds the reason given.
    #[must_use]
    pub fn because(mut self, why: impl Into<String>) -> Self {
        self.why = Some(why.into()).filter(|why| !why.trim().is_empty());
        self
    }
}

impl From<&Who> for By {
    fn from(who: &Who) -> Self {
        Self { person: Some(who.person), agency: who.agency, why: None }
    }
}
