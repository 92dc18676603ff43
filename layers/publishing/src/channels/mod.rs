//! Channels: what an agency says goes out on its accounts elsewhere, once, and what became of each copy is known or said to be unknown.
//!
//! ```text
//!   an article ──► piece ──► one variant for each account ──looked at, approved once──► deliveries ──► their own states
//!                                                                                            │
//!   corrected, withdrawn ──(a fact)──► what waits is stopped; copies that are out stand on somebody's list
//! ```
//!
//! The heart is [`delivery`] (the machine) and [`sending`] (what moves it); how platforms are spoken to is in `crates/platforms`.

pub mod account;
pub mod allowance;
pub mod broadcasting;
pub mod clashing;
pub mod copying;
pub mod delivery;
pub mod film;
pub mod following;
pub mod glance;
pub mod inbound;
pub mod mailing;
pub mod measuring;
pub mod message;
pub mod metering;
pub mod notices;
pub mod pace;
pub mod piece;
pub mod platform;
pub mod preflight;
pub mod preview;
pub mod replying;
pub mod rights;
pub mod schema;
pub mod schema_platforms;
pub mod sending;
pub mod sources;
pub mod speaking;
pub mod staff;
pub mod suggesting;
pub mod waiting;

pub use account::Account;
pub use delivery::Delivery;
pub use piece::Piece;

use crate::base::capability::{Offer, Thing};
use crate::base::{Capability, Nav, Shelf, Who};
use crate::web::Locale;

pub const CAPABILITY: Capability = Capability {
    name: "channels",
    vietnamese: "kênh",
    routes: staff::routes,
    migrations: || schema::migrations().into_iter().chain(schema_platforms::migrations()).collect(),
    // What is due by the minute does not wait its turn among chores: see `sending`.
    chores: || vec![inbound::clearing::chore(), account::asking::chore()],
    nav: &[Nav {
        shelf: Shelf::Spreading,
        href: "/desk/channels/pieces",
        key: "nav-channels",
        icon: "send",
        seen_by: |who| rights::own_agency(who).is_ok() || who.is_any(rights::OVERSEERS),
    }],
    feeds: &[],
    panels: &[glance::PANEL],
    todos: Some(waiting::todos),
    offers: Some(offered),
    copies: Some(copying::copies),
    counts: None,
    needs: None,
    sources: sources::SOURCES,
};

/// An article that is out can be spread.
fn offered(who: &Who, l: Locale, thing: Thing) -> Option<Offer> {
    let writes = who.agency.is_some_and(|agency| rights::may(who, rights::Verb::Write, agency));
    let href = format!("/desk/channels/pieces/new?article={}", thing.id);
    (writes && thing.kind == "article").then(|| Offer { words: l.t("channel-spread"), href, icon: "send" })
}
