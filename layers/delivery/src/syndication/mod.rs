//! The open ways out: what is published can be followed from any server of the Fediverse (ActivityPub), is pushed to whoever
//! subscribed to a feed (WebSub), is heard in any podcast program, and is taken by the press as a kit.
//!
//! ```text
//!   published, corrected, withdrawn ──(a fact)──► message ──► a delivery for each inbox and callback ──► told │ given up
//!                                                                │
//!                                     a host that does not answer rests, and holds no other
//! ```
//!
//! Each message has an address of its own by which receivers know it again, so that what is sent twice is shown once (decision 32).

pub mod actor;
pub mod address;
pub mod block;
pub mod day;
pub mod delivery;
pub mod follower;
pub mod following;
pub mod heard;
pub mod host;
pub mod hub;
pub mod inbox;
pub mod message;
pub mod negotiating;
pub mod object;
pub mod podcast;
pub mod portal;
pub mod press;
pub mod rate;
pub mod reach;
pub mod rights;
pub mod schema;
pub mod sending;
pub mod signer;
pub mod sources;
pub mod staff;
pub mod subscription;
pub mod tending;

pub use actor::Actor;

use crate::base::capability::{Offer, Thing};
use crate::base::{Capability, Nav, Shelf, Who};
use crate::web::{Locale, Routes};

pub const CAPABILITY: Capability = Capability {
    name: "syndication",
    vietnamese: "phát hành mở",
    routes,
    migrations: schema::migrations,
    // What is on its way does not wait its turn among chores: see `sending`.
    chores: || vec![tending::chore()],
    nav: &[Nav {
        shelf: Shelf::Spreading,
        href: "/desk/syndication",
        key: "nav-syndication",
        icon: "rss",
        seen_by: rights::enters,
    }],
    feeds: &[],
    panels: &[],
    todos: None,
    offers: Some(offered),
    copies: Some(reach::copies),
    counts: Some(reach::counts),
    needs: None,
    sources: sources::SOURCES,
};

fn routes() -> Routes {
    portal::routes().and(staff::routes())
}

/// An article that is out can be looked at as followers see it.
fn offered(who: &Who, l: Locale, thing: Thing) -> Option<Offer> {
    let href = format!("/desk/syndication/preview?article={}", thing.id);
    (rights::enters(who) && thing.kind == "article").then(|| Offer { words: l.t("syndication-preview"), href, icon: "eye" })
}
