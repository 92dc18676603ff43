//! Measures: what is counted, as versioned data, from what the other capabilities keep and from what agencies declare. Each value opens down
//! to the records that it counts; what can not be counted says why.
//!
//! ```text
//!   target of a plan ──rules over its words──► suggested ──confirm──► confirmed ──retire──► retired
//!                            a person defines ─────────────────────────┘   └─ change: the next version
//!   evidence (sources, answers) ──pass──► value of a month ──period closed──► frozen; what comes later is a restatement beside it
//! ```

pub mod answers;
pub mod api;
pub mod beside;
pub mod counting;
pub mod defining;
pub mod freezing;
pub mod gathering;
pub mod glance;
pub mod heading;
pub mod kept;
pub mod measure;
pub mod picture;
pub mod portal;
pub mod recomputing;
pub mod records;
pub mod rights;
pub mod schema;
pub mod searched;
pub mod seeding;
pub mod settling;
pub mod staff;
pub mod suggesting;
pub mod surroundings;
pub mod table;
pub mod version;
pub mod words;
pub mod yearly;

pub use measure::{Measure, State};
pub use yearly::{Yearly, yearly, yearly_all};

use crate::base::{Capability, Nav, Shelf};
use crate::web::Routes;

pub const CAPABILITY: Capability = Capability {
    name: "measures",
    vietnamese: "chỉ số",
    routes,
    migrations: schema::migrations,
    chores: || vec![settling::chore()],
    nav: &[Nav { shelf: Shelf::Work, href: "/desk/measures", key: "nav-measures", icon: "chart-column", seen_by: rights::sees }],
    feeds: &[searched::FEED],
    panels: &[glance::PANEL],
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
