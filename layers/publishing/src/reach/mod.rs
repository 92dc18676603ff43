//! Reach: how far what was said got, as the platforms say it and as the product counted itself. Readings are kept raw and for good,
//! each with the platform's own name, the version that defines it and the time; what is not known is a gap and no zero.
//!
//! ```text
//!   a copy is confirmed ──► watch ──its time──► a question under the account's lock ──► fetch (raw) + readings, figure by figure
//!   an article is out   ──► watch ──its time──► what the product counted itself     ──►   "       "
//!                                                                                        │
//!            pages, tables, files  ◄── latest of each figure ── range: max of people … sum ┘     each evening: a fact with its digest
//! ```

pub mod digest;
pub mod drawing;
pub mod extent;
pub mod fetch;
pub mod figure;
pub mod keeping;
pub mod latest;
pub mod own;
pub mod pulling;
pub mod reading;
pub mod rights;
pub mod schedule;
pub mod schema;
pub mod settling;
pub mod staff;
pub mod subject;
pub mod trend;
pub mod watch;

use crate::base::capability::{Offer, Thing};
use crate::base::{Capability, Nav, Shelf, Who};
use crate::web::Locale;

pub const CAPABILITY: Capability = Capability {
    name: "reach",
    vietnamese: "lượt tiếp cận",
    routes: staff::routes,
    migrations: schema::migrations,
    // Platforms are asked beside the chores: see `pulling`.
    chores: || vec![watch::chore(), own::chore(), settling::chore(), settling::clearing()],
    nav: &[Nav {
        shelf: Shelf::Spreading,
        href: "/desk/reach",
        key: "nav-reach",
        icon: "chart-column",
        seen_by: |who| rights::own_agency(who).is_some() || who.is_any(rights::OVERSEERS),
    }],
    feeds: &[],
    panels: &[],
    todos: None,
    offers: Some(offered),
    copies: None,
    counts: None,
    needs: None,
    sources: &[],
};

/// How far an article that is out got.
fn offered(who: &Who, l: Locale, thing: Thing) -> Option<Offer> {
    let may = rights::own_agency(who).is_some() || who.is_any(rights::OVERSEERS);
    let href = subject::path(thing.id);
    (may && thing.kind == "article").then(|| Offer { words: l.t("nav-reach"), href, icon: "chart-column" })
}
