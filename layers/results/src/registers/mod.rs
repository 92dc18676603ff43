//! Registers ("sổ theo dõi"): dated records that agencies keep about what the platform does not produce itself. Kinds are data; a record
//! is confirmed by another person than who wrote it, keeps its versions, and opens down to its evidence. What is secret has no record:
//! of it there is a signed number for each year.
//!
//! ```text
//!   drafted ──confirm──► confirmed ──change──► confirmed, a change waits ──confirm──► confirmed, the next version
//!      │                     │                          └──send back──► confirmed as before
//!      └────────withdraw─────┴──► withdrawn      or, for a task: made secret ──► gone, and the year's count is one higher
//! ```

pub mod api;
pub mod evidence;
pub mod importing;
pub mod kind;
pub mod portal;
pub mod record;
pub mod rights;
pub mod schema;
pub mod searched;
pub mod secret_count;
pub mod seeding;
pub mod sources;
pub mod staff;
pub mod table;
pub mod typed;
pub mod version;
pub mod waiting;

pub use record::Record;

use crate::base::{Capability, Nav, Shelf};
use crate::web::Routes;

pub const CAPABILITY: Capability = Capability {
    name: "registers",
    vietnamese: "sổ theo dõi",
    routes,
    migrations: schema::migrations,
    chores: Vec::new,
    nav: &[Nav {
        shelf: Shelf::Work,
        href: "/desk/registers",
        key: "nav-registers",
        icon: "book-open",
        seen_by: |who| who.agency.is_some() || who.is_any(rights::OVERSEERS),
    }],
    feeds: &[searched::FEED],
    panels: &[],
    todos: Some(waiting::todos),
    offers: None,
    copies: None,
    counts: None,
    needs: None,
    sources: sources::SOURCES,
};

fn routes() -> Routes {
    staff::routes().and(portal::routes()).api(api::routes())
}
