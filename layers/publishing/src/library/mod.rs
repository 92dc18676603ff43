//! The library: files with their descriptions, and where they are used. Bytes lie once, under their hash (SHA-256), however many
//! agencies have an entry that leads to them.
//!
//! ```text
//!   upload ──piece by piece──► whole ──looked at──► asset ──described──► usable ──► used in an article, a handbook …
//!      └── left for days: cleared      └─ refused: cause and remedy     └─ deleted (unless used) ─30 days─► cleared
//! ```
//!
//! The front door for later capabilities: [`Asset::obstacles_to_use`], [`usage::settle`] (what a place uses, said as a whole in
//! the transaction that saves the place), [`Picture`] (address, `srcset` and alt text of what is used), and [`Asset::seen_among`]
//! (what a person may choose from).

pub mod asset;
pub mod blob;
pub mod clearing;
pub mod deleting;
pub mod describing;
pub mod finishing;
pub mod listing;
pub mod looking;
pub mod picture;
pub mod portal;
pub mod reach;
pub mod receiving;
pub mod referring;
pub mod rendering;
pub mod rendition;
pub mod schema;
pub mod seeding;
pub mod serving;
pub mod sources;
pub mod spool;
pub mod staff;
pub mod storage;
pub mod upload;
pub mod usage;

pub use asset::{Asset, Kind};
pub use picture::Picture;
pub use usage::Place;

use crate::base::{Capability, Nav, Shelf};
use crate::web::Routes;

pub const CAPABILITY: Capability = Capability {
    name: "library",
    vietnamese: "kho tư liệu",
    routes,
    migrations: schema::migrations,
    chores: || vec![rendering::chore(), clearing::chore(), clearing::stray_chore()],
    nav: &[Nav {
        shelf: Shelf::Newsroom,
        href: "/desk/library",
        key: "nav-library",
        icon: "images",
        seen_by: |who| who.agency.is_some() || who.is_any(reach::OVERSEERS),
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
    staff::routes().and(portal::routes())
}
