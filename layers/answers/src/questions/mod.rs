//! Questions: what people, enterprises and officers ask, by whatever way, without an account. Each has a code to follow it by, stands with one
//! body at a time and has a clock in working time. The answer is written by one person and, where the agency wants it, let out by another;
//! question and answer are published without personal data.
//!
//! ```text
//!   asked ──accuses somebody?──► denunciations: apart, sealed, for the cleared alone
//!     │
//!     ▼        routed              answer (approved)
//!    new ────────────────► open ───────────────────► answered ──not solved, low mark──► open
//!     ▲   third bounce    ▲ │ ▲ more ┌─────┐            │
//!     └───────────────────┘ │ └──────┤asked│            └── published, found, told to all who asked the same (joined)
//!          passed on ───────┘        └─────┘ the clock stands still
//! ```
//!
//! It is the mechanism of `cases`, for people who have no account: the same clock, the same count of bounces, another ladder.

pub mod alike;
pub mod answer;
pub mod api;
pub mod checking;
pub mod counting;
pub mod denunciation;
pub mod entry;
pub mod export;
pub mod extortion;
pub mod gate;
pub mod inbound;
pub mod listing;
pub mod message;
pub mod notices;
pub mod original;
pub mod portal;
pub mod question;
pub mod reminder;
pub mod routing;
pub mod schema;
pub mod searched;
pub mod seeding;
pub mod sending;
pub mod setting;
pub mod sources;
pub mod staff;
pub mod step;
pub mod telling;
pub mod view;
pub mod waiting;
mod words;

pub use checking::{is_abusive as abuse, is_denunciation};
pub use question::Question;
pub use vietnamese::personal::{Masked, mask};

use uuid::Uuid;

use crate::base::{Capability, Nav, Role, Shelf};
use crate::web::Routes;

pub const CAPABILITY: Capability = Capability {
    name: "questions",
    vietnamese: "hỏi đáp",
    routes,
    migrations: schema::migrations,
    chores: || vec![reminder::chore()],
    nav: &[
        Nav {
            shelf: Shelf::Work,
            href: "/desk/questions",
            key: "nav-questions",
            icon: "message-circle-question-mark",
            seen_by: |who| who.agency.is_some() || who.is_any(question::OVERSEERS),
        },
        Nav {
            shelf: Shelf::Administration,
            href: "/desk/denunciations/readers",
            key: "nav-protected-readers",
            icon: "lock",
            seen_by: |who| who.is(Role::SystemAdministrator),
        },
    ],
    feeds: &[searched::FEED],
    panels: &[portal::panel::PANEL],
    todos: Some(waiting::todos),
    offers: None,
    copies: None,
    counts: None,
    needs: None,
    sources: sources::SOURCES,
};

fn routes() -> Routes {
    staff::routes().and(portal::routes()).and(inbound::hooks::routes()).api(api::routes())
}

/// Who asks, as far as they say.
#[derive(Clone, Debug, Default)]
pub struct Sender {
    pub name: String,
    pub email: String,
    pub phone: String,
    /// The address of the network that it came from, to be counted and not kept.
    pub address: String,
}

/// A question that the assistant could not answer.
#[derive(Clone, Debug, Default)]
pub struct Handover {
    pub question: String,
    /// What the assistant found, for the officer.
    pub context: String,
    /// The body on whose page it was asked.
    pub by_agency: Option<Uuid>,
    pub from: Sender,
}

/// A question that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// To follow it by.
    pub code: String,
    /// It accuses somebody: only the cleared read it.
    pub protected: bool,
}
