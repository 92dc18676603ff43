//! Newsletters: an agency's letters to who asked for them, each once, and what became of each is known or said to be unknown.
//!
//! ```text
//!   articles ──the rhythm's hour──► issue ──approved once──► letters (one row a subscriber) ──lanes──► relay
//!                                                                │                                      │
//!   /ban-tin ──asked──► letter ──confirmed──► subscriber ────────┘   /api/v1/bounces ◄──reports─────────┘
//! ```
//!
//! The heart is [`delivery`] (the rows), [`journal`] (what is known after a kill) and [`sending`] (what moves them); how relays are
//! spoken to is in `crates/letters`.

pub mod api;
pub mod bounces;
pub mod clockwork;
pub mod composing;
pub mod consent;
pub mod delivery;
pub mod following;
pub mod issue;
pub mod journal;
pub mod newsletter;
pub mod notices;
pub mod portal;
pub mod schema;
pub mod seeding;
pub mod sending;
pub mod sources;
pub mod spread;
pub mod staff;
pub mod subscriber;
pub mod suppression;
pub mod token;
pub mod waiting;

pub use issue::Issue;
pub use newsletter::Newsletter;
pub use subscriber::Subscriber;

use crate::base::capability::{Offer, Thing};
use crate::base::{Capability, Nav, Shelf, Who};
use crate::channels::rights;
use crate::web::{Locale, Routes};

pub const CAPABILITY: Capability = Capability {
    name: "newsletters",
    vietnamese: "bản tin thư điện tử",
    routes,
    migrations: schema::migrations,
    chores: clockwork::chores,
    nav: &[Nav {
        shelf: Shelf::Spreading,
        href: "/desk/newsletters",
        key: "nav-newsletters",
        icon: "mail",
        seen_by: |who| rights::own_agency(who).is_ok() || who.is_any(rights::OVERSEERS),
    }],
    feeds: &[],
    panels: &[portal::panel::PANEL],
    todos: Some(waiting::todos),
    offers: Some(offered),
    copies: Some(spread::copies),
    counts: Some(spread::counts),
    needs: None,
    sources: sources::SOURCES,
};

fn routes() -> Routes {
    staff::routes().and(portal::routes()).api(api::routes())
}

/// An article that went out in a newsletter can be corrected by another letter to the same people.
fn offered(who: &Who, l: Locale, thing: Thing) -> Option<Offer> {
    let writes = who.agency.is_some_and(|agency| rights::may(who, rights::Verb::Write, agency));
    let href = format!("/desk/newsletters/corrections/new?article={}", thing.id);
    (writes && thing.kind == "article").then(|| Offer { words: l.t("newsletter-correct"), href, icon: "mail" })
}
