//! Push: a notice on the screen of whoever asked for it, when an article of a topic or an agency comes out. Nobody is asked; who presses
//! the button is, by their own browser, and stops it as easily.
//!
//! ```text
//!   an article is published ──the section pushes by itself, or an approver presses──► order ──quiet hours over──►
//!       one row for each subscription that matches (one statement) ──► a call each, once ──► confirmed │ gone │ failed │ unknown
//!   corrected, withdrawn ──(a fact)──► what waits is stopped; who got it can be sent the correction
//! ```

pub mod carried;
pub mod endpoint;
pub mod interest;
pub mod keys;
pub mod notice;
pub mod order;
pub mod portal;
pub mod rights;
pub mod rule;
pub mod schema;
pub mod seeding;
pub mod sending;
pub mod setting;
pub mod sources;
pub mod staff;
pub mod subscription;
pub mod waiting;

pub use order::Order;
pub use setting::Setting;
pub use subscription::Subscription;

use crate::base::capability::{Offer, Thing};
use crate::base::{Capability, Nav, Shelf, Who};
use crate::web::{Locale, Routes};

pub const CAPABILITY: Capability = Capability {
    name: "push",
    vietnamese: "thông báo đẩy",
    routes,
    migrations: schema::migrations,
    // A push service that hangs would hold all other chores: see `sending`.
    chores: Vec::new,
    nav: &[Nav { shelf: Shelf::Spreading, href: "/desk/push", key: "nav-push", icon: "bell", seen_by: rights::is_concerned }],
    feeds: &[],
    panels: &[portal::PANEL],
    todos: Some(waiting::todos),
    offers: Some(offered),
    copies: Some(carried::copies),
    counts: Some(carried::counts),
    needs: None,
    sources: sources::SOURCES,
};

fn routes() -> Routes {
    staff::routes().and(portal::routes())
}

/// An article that is out can be announced.
fn offered(who: &Who, l: Locale, thing: Thing) -> Option<Offer> {
    let href = format!("/desk/push/new?article={}", thing.id);
    let announces = thing.kind == "article" && rights::announces_somewhere(who);
    announces.then(|| Offer { words: l.t("push-announce"), href, icon: "bell" })
}
