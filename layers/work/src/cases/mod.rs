//! Cases: what an agency raises because it can not settle it by itself. A case stands with one body at a time (a *step*
//! of its *ladder* of competence), and each step has a clock that runs in working time. A difficulty is the first kind;
//! others differ by their ladder only.
//!
//! ```text
//!   raised ──► open ──answer──► answered ──solved──► solved
//!              │ ▲ ▲               │
//!          ask │ │ └───reopened────┘      passed up (with an opinion) or on (with a reason): open with another body
//!              ▼ │ reply                  withdrawn by who raised it, until it is solved
//!             asked: the clock stands still; after ten working days the body that asked may close it: lapsed
//! ```

pub mod case;
pub mod entry;
pub mod export;
pub mod listing;
pub mod notices;
pub mod reminder;
pub mod rung;
pub mod schema;
pub mod seeding;
pub mod sources;
pub mod staff;
pub mod step;
pub mod view;

pub use case::Case;

use crate::base::{Capability, Nav, Shelf};
use crate::web::Routes;

pub const CAPABILITY: Capability = Capability {
    name: "cases",
    vietnamese: "vụ việc",
    routes,
    migrations: schema::migrations,
    chores: || vec![reminder::chore()],
    nav: &[Nav {
        shelf: Shelf::Work,
        href: "/desk/cases",
        key: "nav-cases",
        icon: "life-buoy",
        seen_by: |who| who.agency.is_some() || who.is_any(case::OVERSEERS),
    }],
    feeds: &[],
    panels: &[],
    todos: None,
    offers: None,
    copies: None,
    counts: None,
    needs: None,
    sources: sources::SOURCES,
};

fn routes() -> Routes {
    staff::routes()
}
