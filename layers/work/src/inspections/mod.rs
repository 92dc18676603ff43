//! Inspections: a body looks into what others did, by a checklist, and follows up what it found. Where an inspection and a
//! finding stand is derived from their rows, never stored.
//!
//! ```text
//!   inspection ──► visit (one an agency) ──► items looked at ──► conclusion published to the agency
//!                        └──► finding ──remedy──► answered ──re-check──► remedied
//!                                ▲                   │ not yet: a new date
//!                                └───────────────────┘
//! ```
//!
//! An inspection that is withdrawn stays to be read, with the reason; what it found is owed no more.

pub mod checking;
pub mod export;
pub mod finding;
pub mod inspection;
pub mod item;
pub mod listing;
pub mod notices;
pub mod planning;
pub mod publishing;
pub mod remedying;
pub mod reminder;
pub mod reply;
pub mod rights;
pub mod schema;
pub mod seeding;
pub mod sources;
pub mod staff;
pub mod view;
pub mod visit;
pub mod withdrawing;

pub use inspection::Inspection;

use crate::base::{Capability, Nav, Shelf};
use crate::web::Routes;

pub const CAPABILITY: Capability = Capability {
    name: "inspections",
    vietnamese: "kiểm tra",
    routes,
    migrations: schema::migrations,
    chores: || vec![reminder::chore()],
    nav: &[Nav {
        shelf: Shelf::Work,
        href: "/desk/inspections",
        key: "nav-inspections",
        icon: "clipboard-check",
        seen_by: |who| who.agency.is_some() || who.is_any(inspection::OVERSEERS),
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
