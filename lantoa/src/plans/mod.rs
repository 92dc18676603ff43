//! Plans: an official document goes in, its provisions are recognised, a coordinator corrects what is
//! doubtful and adopts it; the programme is then there for everyone to read.
//!
//! ```text
//!   read ──► draft ──adopt──► adopted ──an amended plan is adopted──► replaced
//!              └──discard──► discarded
//! ```

pub mod party;
pub mod plan;
pub mod provision;
pub mod schema;
pub mod source;

pub use plan::Plan;
pub use provision::Provision;

use crate::base::{Capability, Nav};
use crate::web::Routes;

pub const CAPABILITY: Capability = Capability {
    name: "plans",
    vietnamese: "kế hoạch",
    routes,
    migrations: schema::migrations,
    chores: Vec::new,
    nav: &[Nav { href: "/desk/plans", key: "nav-plans", icon: "list-checks", seen_by: |_| true }],
};

fn routes() -> Routes {
    Routes::new()
}
