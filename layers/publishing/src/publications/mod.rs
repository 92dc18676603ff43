//! Publications: handbooks and booklets of many sections. What is written becomes an edition when it is published; an edition
//! never changes, so that who cites it finds its text for ever, and learns there that a newer one exists.
//!
//! ```text
//!   draft ──submit──► in review ──approve──► approved ──publish──► edition n ──write on──► draft of edition n + 1 …
//!    ▲ ▲                 │                      │                      │
//!    │ └─returned, why───┘                      │                      └─withdraw─► withdrawn (its page says why)
//!    ├──────────────── recalled ────────────────┘                                      │
//!    └─────────────────────────────────── write on: the next edition ──────────────────┘
//! ```
//!
//! One source: the sections of an edition are read once (`typesetting::html`) and become the page, EPUB, PDF and archive.

pub mod book;
pub mod copies;
pub mod edition;
pub mod kept;
pub mod kind;
pub mod links;
pub mod notices;
pub mod obstacles;
pub mod panel;
pub mod picturing;
pub mod portal;
pub mod publication;
pub mod reading;
pub mod schema;
pub mod searched;
pub mod section;
pub mod seeding;
pub mod sources;
pub mod staff;

pub use edition::Edition;
pub use publication::Publication;
pub use section::Section;

use crate::base::{Capability, Nav, Shelf};
use crate::news::rights;
use crate::web::Routes;

pub const CAPABILITY: Capability = Capability {
    name: "publications",
    vietnamese: "ấn phẩm",
    routes,
    migrations: schema::migrations,
    chores: Vec::new,
    nav: &[Nav {
        shelf: Shelf::Newsroom,
        href: "/desk/publications",
        key: "nav-publications",
        icon: "book-open",
        seen_by: |who| who.agency.is_some() || who.is_any(rights::OVERSEERS),
    }],
    feeds: &[searched::FEED],
    panels: &[panel::PANEL],
    todos: None,
    offers: None,
    copies: Some(copies::copies),
    counts: None,
    needs: None,
    sources: sources::SOURCES,
};

fn routes() -> Routes {
    staff::routes().and(portal::routes())
}
