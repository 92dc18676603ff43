//! Plans: an official document goes in, its provisions are recognised, a coordinator corrects what is
//! doubtful and adopts it; the programme is then there for everyone to read.
//!
//! ```text
//!   read ──► draft ──adopt──► adopted ──an amended plan is adopted──► replaced
//!              └──discard──► discarded
//! ```

pub mod api;
pub mod due;
pub mod export;
pub mod leaf;
pub mod link;
pub mod party;
pub mod plan;
pub mod portal;
pub mod programme;
pub mod provision;
pub mod recognise;
pub mod schema;
pub mod searched;
pub mod secrecy;
pub mod source;
pub mod staff;
pub mod target;
pub mod view;

pub use plan::Plan;
pub use provision::Provision;

use crate::base::{Capability, Nav, Shelf};
use crate::web::Routes;

pub const CAPABILITY: Capability = Capability {
    name: "plans",
    vietnamese: "kế hoạch",
    routes,
    migrations: schema::migrations,
    chores: Vec::new,
    nav: &[Nav { shelf: Shelf::Work, href: "/desk/plans", key: "nav-plans", icon: "list-checks", seen_by: |_| true }],
    feeds: &[searched::FEED],
    panels: &[],
    todos: None,
    offers: None,
    copies: None,
    counts: None,
    needs: None,
    sources: &[],
};

fn routes() -> Routes {
    staff::routes().and(portal::routes()).api(api::routes())
}
