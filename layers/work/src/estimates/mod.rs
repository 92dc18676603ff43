//! Estimates: what an agency asks to spend in a year on the duties it holds, line by line and by funding source; what
//! the finance body makes of it, what is approved, and what was spent in the end. Sums are whole đồng.
//!
//! ```text
//!   draft ──submit──► submitted ──appraise──► appraised ──approve──► approved ──every line has its figure──► spent
//!     ▲                   │ return                │ return
//!     └───────────────────┴───────────────────────┘   (what was submitted stays as it was)
//! ```

pub mod demo;
pub mod estimate;
pub mod money;
pub mod notices;
pub mod rollup;
pub mod schema;
pub mod source;
pub mod staff;
pub mod table;
pub mod waiting;

pub use estimate::Estimate;

use crate::base::{Capability, Nav, Shelf};
use crate::web::Routes;

pub const CAPABILITY: Capability = Capability {
    name: "estimates",
    vietnamese: "dự toán",
    routes,
    migrations: schema::migrations,
    chores: Vec::new,
    nav: &[Nav {
        shelf: Shelf::Work,
        href: "/desk/estimates",
        key: "nav-estimates",
        icon: "coins",
        seen_by: |who| who.agency.is_some() || who.is_any(estimate::OVER_ALL),
    }],
    feeds: &[],
    panels: &[],
    todos: Some(waiting::todos),
    offers: None,
    copies: None,
    counts: None,
    needs: None,
    sources: &[],
};

fn routes() -> Routes {
    staff::routes()
}
