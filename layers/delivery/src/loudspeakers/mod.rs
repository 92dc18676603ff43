//! Loudspeakers (truyền thanh cơ sở): what is said in the communes, on air once, and what was really heard of it.
//!
//! ```text
//!   an article ──► bulletin: script for the ear, sound ──listened to, approved──► airing on stations ──► one play for each cluster
//!                                                                                                         │
//!   emergency ──two people──► airing that breaks in                       airtime (the leaf's) moves it: orders ──► the line
//!                                                                                                         │
//!   coverage, re-airing ◄── verdict ◄── what devices say (heartbeats, reports, power), taken once ◄───────┘
//! ```
//!
//! The front door of the line ([`line`], which speaks MQTT and HTTP with devices): [`device::log_in`], [`device::of_token`],
//! [`heard::take`], [`order::due`], [`order::sent`], [`order::failed`]. How devices speak, what a script is and what counts as played is
//! in `crates/loudspeakers`, which knows no product.

pub mod airing;
pub mod api;
pub mod bulletin;
pub mod cluster;
pub mod copied;
pub mod covering;
pub mod device;
pub mod following;
pub mod heard;
pub mod judging;
pub mod line;
pub mod notices;
pub mod on_air;
pub mod order;
pub mod play;
pub mod rights;
pub mod room;
pub mod schema;
pub mod seeding;
pub mod sources;
pub mod staff;
pub mod station;
pub mod telling_devices;
pub mod term;
pub mod waiting;

pub use airing::restored::RESTORED;
pub use airing::stopping::hold_all;
pub use cluster::Cluster;
pub use station::Station;

use crate::base::capability::{Offer, Thing};
use crate::base::{Capability, Migration, Nav, Role, Shelf, Who};
use crate::web::{Locale, Routes};

pub const CAPABILITY: Capability = Capability {
    name: "loudspeakers",
    vietnamese: "truyền thanh cơ sở",
    routes,
    migrations,
    // What is on air moves by the second and does not wait its turn among chores: see `on_air`.
    chores: || vec![judging::chore(), judging::clearing_chore()],
    nav: &[Nav {
        shelf: Shelf::Spreading,
        href: "/desk/loudspeakers",
        key: "nav-loudspeakers",
        icon: "megaphone",
        seen_by: |who| rights::own_agency(who).is_ok() || who.is_any(rights::OVERSEERS) || who.is(Role::Leader),
    }],
    feeds: &[],
    panels: &[],
    todos: Some(waiting::todos),
    offers: Some(offered),
    copies: Some(copied::copies),
    counts: Some(copied::counts),
    needs: None,
    sources: sources::SOURCES,
};

fn migrations() -> Vec<Migration> {
    schema::migrations().into_iter().chain(line::schema::migrations()).collect()
}

fn routes() -> Routes {
    staff::routes().and(line::routes()).api(api::routes())
}

/// An article that is out can be said over loudspeakers.
fn offered(who: &Who, l: Locale, thing: Thing) -> Option<Offer> {
    let writes = who.agency.is_some_and(|agency| rights::may(who, rights::Verb::Write, agency));
    let href = format!("/desk/loudspeakers/bulletins/new?article={}", thing.id);
    (writes && thing.kind == "article").then(|| Offer { words: l.t("loud-offer"), href, icon: "megaphone" })
}
