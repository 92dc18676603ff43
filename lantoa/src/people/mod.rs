//! People and agencies: who there is, since when and until when, who may do what, and who is signed in.
//!
//! An agency opens, is renamed, merges into or splits from others, and closes; nothing of its past is
//! rewritten:
//!
//! ```text
//!   open ──rename──► open (the old name stays as a dated name)
//!     └──merge / split──► closed ──► successors (open from the next day)
//! ```

pub mod agency;
pub mod grant;
pub mod invitation;
pub mod notice;
pub mod person;
pub mod province;
pub mod schema;
pub mod session;
pub mod succession;

pub use agency::Agency;
pub use notice::Notice;
pub use person::Person;

use crate::base::{Capability, Nav, Role};
use crate::web::Routes;

pub const CAPABILITY: Capability = Capability {
    name: "people",
    vietnamese: "con người, cơ quan",
    routes,
    migrations: schema::migrations,
    chores: Vec::new,
    nav: &[
        Nav { href: "/desk", key: "nav-home", icon: "house", seen_by: |_| true },
        Nav { href: "/desk/agencies", key: "nav-agencies", icon: "building-2", seen_by: |_| true },
        Nav {
            href: "/desk/people",
            key: "nav-people",
            icon: "users",
            seen_by: |who| who.is_any(&[Role::SystemAdministrator, Role::AgencyAdministrator]),
        },
        Nav {
            href: "/desk/ledger",
            key: "nav-ledger",
            icon: "scroll-text",
            seen_by: |who| who.is_any(&[Role::Auditor, Role::SystemAdministrator]),
        },
    ],
};

fn routes() -> Routes {
    Routes::new()
}
