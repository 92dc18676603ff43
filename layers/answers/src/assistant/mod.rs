//! The assistant: a machine that answers from what is published and names its sources, or says that nothing answers and hands over to a
//! person. By itself it needs no model: it quotes.
//!
//! ```text
//!   question ──decided? (empty, abuse, accusation …)──► what is said then
//!      │ with the topic of the one before
//!      ▼
//!   a person answered it ──► the answer      a provision says it ──► the provision      documents say it ──► sentences, numbered
//!                                                                                             │ a model, where there is one
//!      nothing does ──► what is near, and the way to an officer ──► questions                 ▼
//!                └────► counted, as work for editors ──► a written answer          sentences that their quotes support
//! ```

pub mod alarm;
pub mod alike;
pub mod api;
pub mod asking;
pub mod courtesy;
pub mod curated;
pub mod dense;
pub mod evaluating;
pub mod exact;
pub mod following_up;
pub mod gap;
mod gate;
pub mod lacking;
pub mod model;
pub mod origin;
pub mod portal;
pub mod quoting;
pub mod rejoinder;
pub mod run;
pub mod said;
pub mod schema;
pub mod sources;
pub mod staff;
pub mod waiting;

use crate::base::capability::{Offer, Thing};
use crate::base::{Capability, Nav, Shelf, Who};
use crate::registers::rights;
use crate::web::{Locale, Routes};

pub const CAPABILITY: Capability = Capability {
    name: "assistant",
    vietnamese: "trợ lý",
    routes,
    migrations: schema::migrations,
    chores: || vec![curated::expiring::chore()],
    nav: &[Nav { shelf: Shelf::Work, href: "/desk/assistant", key: "nav-assistant", icon: "bot", seen_by: gap::may_open }],
    feeds: &[curated::searched::FEED],
    panels: &[],
    todos: Some(waiting::todos),
    offers: Some(offered),
    copies: None,
    counts: None,
    needs: None,
    sources: sources::SOURCES,
};

fn routes() -> Routes {
    staff::routes().and(portal::routes()).api(api::routes())
}

/// A good answer to a citizen becomes one that the assistant gives.
fn offered(who: &Who, l: Locale, thing: Thing) -> Option<Offer> {
    let writes = who.agency.is_some_and(|own| rights::writes(who, own));
    (writes && thing.kind == "question").then(|| Offer {
        words: l.t("assistant-offer"),
        href: format!("/desk/assistant/answers/new?question={}", thing.id),
        icon: "bot",
    })
}
