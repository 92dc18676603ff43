//! Reports and the other documents that an agency issues, in the form of Nghị định 30/2020/NĐ-CP. A regime asks agencies by its duty; what
//! they answer becomes the report of each and, once the period is closed, the province's. A document is composed of data: standing text,
//! figures with their way down, what agencies wrote sentence by sentence with its sources. What is handed in is frozen.
//!
//! ```text
//!   draft ──submit──► submitted ──sign (another person)──► signed ──issue: number, day──► issued ──version 2 is issued──► replaced
//!     ▲ │                │ │                                  │
//!     │ └─drop           │ └─send back, why─► returned        │
//!     └──── recall ──────┴────────────────────────────────────┘
//! ```

pub mod ahead;
pub mod api;
pub mod board;
pub mod kind;
pub mod notices;
pub mod number;
pub mod portal;
pub mod regime;
pub mod report;
pub mod rights;
pub mod schema;
pub mod searched;
pub mod seeding;
pub mod staff;
pub mod template;
pub mod waiting;

pub use report::Report;

use crate::base::{Capability, Nav, Shelf};
use crate::web::Routes;

pub const CAPABILITY: Capability = Capability {
    name: "reports",
    vietnamese: "báo cáo",
    routes,
    migrations: schema::migrations,
    chores: || vec![ahead::chore()],
    nav: &[Nav {
        shelf: Shelf::Work,
        href: "/desk/reports",
        key: "nav-reports",
        icon: "file-text",
        seen_by: |who| who.agency.is_some() || who.is_any(rights::OVERSEERS),
    }],
    feeds: &[searched::FEED],
    panels: &[],
    todos: Some(waiting::todos),
    offers: None,
    copies: None,
    counts: None,
    needs: None,
    sources: &[],
};

fn routes() -> Routes {
    staff::routes().and(portal::routes()).api(api::routes())
}
