//! Plans of agencies: the plan of an agency's own under the province's plan, and which of its duties it covers.
//!
//! ```text
//!   draft ──issue──► issued ──a later one is issued──► replaced
//!     └──remove──► (gone, with a fact)
//! ```

pub mod agency_plan;
pub mod coverage;
pub mod demo;
pub mod schema;
pub mod sources;
pub mod staff;

pub use agency_plan::AgencyPlan;

use crate::base::{Capability, Nav, Shelf};
use crate::web::Routes;

pub const CAPABILITY: Capability = Capability {
    name: "agency_plans",
    vietnamese: "kế hoạch của cơ quan",
    routes,
    migrations: schema::migrations,
    chores: Vec::new,
    nav: &[Nav {
        shelf: Shelf::Work,
        href: "/desk/agency-plans",
        key: "nav-agency-plans",
        icon: "file-text",
        seen_by: |who| who.agency.is_some() || who.is_any(staff::board::Overseer::ROLES),
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
