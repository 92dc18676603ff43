//! News: what agencies publish. An article has immutable revisions, goes through the steps of its section, and is then the
//! public's: it may be corrected or withdrawn in sight of everyone, or taken down.
//!
//! ```text
//!   draft ──submit──► in review: step 1 … n ──► approved ──publish──► published ──correct──► corrected (stays published)
//!    ▲ ▲                   │                      │  ▲                   │
//!    │ └──sent back, why───┘             schedule │  │ its time was      ├──withdraw──► withdrawn (its page says why)
//!    │                                            ▼  │ missed            └──take down─► taken down (410)
//!    └──────recalled───────────────────────── scheduled ──at its minute──► published
//! ```

pub mod article;
pub mod card;
pub mod checks;
pub mod clean;
pub mod clockwork;
pub mod copies;
pub mod decision;
pub mod draft;
pub mod embedding;
pub mod english;
pub mod figures;
pub mod importing;
pub mod kind;
pub mod link;
pub mod listing;
pub mod lock;
pub mod marks;
pub mod markup;
pub mod notices;
pub mod panel;
pub mod place;
pub mod portal;
pub mod rendering;
pub mod revision;
pub mod rights;
pub mod schema;
pub mod searched;
pub mod section;
pub mod seeding;
pub mod sources;
pub mod staff;
pub mod step;
pub mod target;
pub mod topic;
pub mod view;
pub mod views;

pub use article::Article;
pub use section::Section;

use crate::base::{Capability, Nav, Shelf};
use crate::web::Routes;

pub const CAPABILITY: Capability = Capability {
    name: "news",
    vietnamese: "tin bài",
    routes,
    migrations: schema::migrations,
    // What is due by the minute does not wait its turn among chores: see `clockwork`.
    chores: Vec::new,
    nav: &[Nav {
        shelf: Shelf::Newsroom,
        href: "/desk/news",
        key: "nav-news",
        icon: "newspaper",
        seen_by: |who| who.agency.is_some() || who.is_any(rights::OVERSEERS),
    }],
    feeds: &[searched::FEED],
    panels: &[panel::PANEL],
    todos: None,
    offers: None,
    copies: Some(copies::copies),
    counts: Some(views::counted),
    needs: None,
    sources: sources::SOURCES,
};

fn routes() -> Routes {
    staff::routes().and(portal::routes())
}
