//! Retractions: what becomes of all the copies when an article is corrected or goes, or somebody with a right to it asks for that.
//!
//! ```text
//!   corrected, withdrawn, taken down (a fact) ──► copies that are not settled? ──► case opens by itself ┐
//!   a request with its document (a person) ───────────────────────────────────────► case opens         ├─► its clock runs
//!                                                                                                       ┘
//!   every capability is asked where its copies stand ──► a row for each, a line of history whenever one moves
//!        all settled, or left with a reason ──a person──► closed ──a late copy turns up──► open again
//! ```
//!
//! Nothing is edited or deleted here: that is done where the copy is, and seen from here ([`looking`]). What counts as done is
//! [`deciding`], pure.

pub mod api;
pub mod case;
pub mod deciding;
pub mod entry;
pub mod export;
pub mod found;
pub mod listing;
pub mod looking;
pub mod notices;
pub mod reminder;
pub mod rights;
pub mod schema;
pub mod staff;
pub mod term;
pub mod view;
pub mod waiting;

pub use case::Retraction;
pub use entry::Entry;
pub use found::Found;

use crate::base::capability::{Offer, Thing};
use crate::base::{Capability, Nav, Shelf, Who};
use crate::web::{Locale, Routes};

pub const CAPABILITY: Capability = Capability {
    name: "retractions",
    vietnamese: "thu hồi, đính chính",
    routes,
    migrations: schema::migrations,
    chores: || vec![looking::chore(), reminder::chore()],
    nav: &[Nav {
        shelf: Shelf::Spreading,
        href: "/desk/retractions",
        key: "nav-retractions",
        icon: "undo-2",
        seen_by: rights::is_concerned,
    }],
    feeds: &[],
    panels: &[],
    todos: Some(waiting::todos),
    offers: Some(offered),
    copies: None,
    counts: None,
    needs: None,
    sources: &[],
};

fn routes() -> Routes {
    staff::routes().api(api::routes())
}

/// Of an article that is out, a correction or a removal may be asked for.
fn offered(who: &Who, l: Locale, thing: Thing) -> Option<Offer> {
    let href = format!("/desk/retractions/new?article={}", thing.id);
    let asks = rights::may_ask_somewhere(who) && thing.kind == "article";
    asks.then(|| Offer { words: l.t("retraction-request"), href, icon: "undo-2" })
}
