//! The steps an article goes through before it may go out: data of its section, copied onto the article when it is handed
//! in, so that a later change of the section leaves what is on its way alone.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::base::{Role, Who};

/// The most steps of a section.
pub const STEPS_MAX: usize = 5;
/// The most working hours of a step.
pub const HOURS_MAX: i32 = 400;

/// What the step is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Looks the text over and may change it; whoever did may pass it on.
    Edit,
    /// Says yes to the text as it is; who wrote any of it may not.
    Approve,
}

impl Act {
    pub const ALL: [Self; 2] = [Self::Edit, Self::Approve];

    /// The word in forms and Fluent keys.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Edit => "edit",
            Self::Approve => "approve",
        }
    }

    /// Reads what [`Act::code`] wrote.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.code() == code)
    }
}

/// One step: who, what, and how long they have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    pub act: Act,
    /// One of [`Step::ROLES`].
    pub role: Role,
    /// The agency whose people take the step; None: the article's own.
    pub agency: Option<Uuid>,
    /// Working hours.
    pub hours: i32,
}

impl Step {
    /// Who may be asked.
    pub const ROLES: [Role; 2] = [Role::Reviewer, Role::Approver];

    /// What holds where a section says nothing: the agency's reviewer edits, its approver approves.
    #[must_use]
    pub fn usual() -> Vec<Self> {
        vec![
            Self { act: Act::Edit, role: Role::Reviewer, agency: None, hours: 16 },
            Self { act: Act::Approve, role: Role::Approver, agency: None, hours: 8 },
        ]
    }

    /// The agency whose people take the step for an article of `own`.
    #[must_use]
    pub fn body(&self, own: Uuid) -> Uuid {
        self.agency.unwrap_or(own)
    }

    /// Whether the step is this person's for an article of `own`.
    #[must_use]
    pub fn is_of(&self, who: &Who, own: Uuid) -> bool {
        let body = self.body(own);
        who.grants.iter().any(|grant| grant.role == self.role && grant.agency == Some(body))
    }

    /// Steps as they are kept.
    #[must_use]
    pub fn read(kept: &str) -> Vec<Self> {
        serde_json::from_str(kept).unwrap_or_default()
    }
}
