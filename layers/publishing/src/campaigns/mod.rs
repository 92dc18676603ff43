//! Campaigns: many agencies say the same things to the same people for a while, and it is seen what is said, what is not, and what came
//! of it. A campaign holds no article: it claims what others wrote, each work once in the province, and counts what is out.
//!
//! ```text
//!   draft ──start──► running: articles and pieces are claimed, the matrix shows its holes ──close──► closed: the count is frozen for good
//!     └──drop──► dropped
//! ```

pub mod api;
pub mod asking;
pub mod campaign;
pub mod counting;
pub mod duty;
pub mod gathering;
pub mod item;
pub mod kpi;
pub mod member;
pub mod moving;
pub mod notices;
pub mod portal;
pub mod rights;
pub mod schema;
pub mod seeding;
pub mod showing;
pub mod sources;
pub mod staff;
pub mod table;
pub mod waiting;
pub mod writing;

pub use campaign::Campaign;

use crate::base::capability::{Offer, Thing};
use crate::base::{Capability, Nav, Shelf, Who};
use crate::web::{Locale, Routes};

pub const CAPABILITY: Capability = Capability {
    name: "campaigns",
    vietnamese: "chiến dịch",
    routes,
    migrations: schema::migrations,
    chores: Vec::new,
    nav: &[Nav {
        shelf: Shelf::Spreading,
        href: "/desk/campaigns",
        key: "nav-campaigns",
        icon: "flag",
        seen_by: |who| who.agency.is_some() || who.is_any(rights::OVERSEERS),
    }],
    feeds: &[],
    panels: &[portal::panel::PANEL],
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

/// An article that is out can count for a campaign.
fn offered(who: &Who, l: Locale, thing: Thing) -> Option<Offer> {
    let href = format!("/desk/campaigns/claims?article={}", thing.id);
    (thing.kind == "article" && rights::writes_for_any(who)).then(|| Offer { words: l.t("campaign-claim"), href, icon: "flag" })
}
