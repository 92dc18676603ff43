//! Stocktakes ("sơ kết, tổng kết"): what became of a plan in a year, or in all its years, on one page and as one document:
//! progress, what is red and why, closings with who was absent, requests, difficulties, money, inspections. Everything is
//! counted from what the other capabilities keep; nothing is stored here. The days on which a stocktake is due are duties
//! and requests, which the coordinator sets.

pub mod pack;
pub mod paper;
pub mod staff;

use axum::routing::get;

use crate::base::{Capability, Nav, Shelf};
use crate::web::Routes;

pub const CAPABILITY: Capability = Capability {
    name: "stocktakes",
    vietnamese: "sơ kết, tổng kết",
    routes,
    migrations: Vec::new,
    chores: Vec::new,
    nav: &[Nav {
        shelf: Shelf::Work,
        href: "/desk/stocktakes",
        key: "nav-stocktakes",
        icon: "badge-check",
        seen_by: |who| who.is_any(staff::Reader::ROLES),
    }],
    feeds: &[],
    panels: &[],
    todos: None,
    offers: None,
    copies: None,
    counts: None,
    needs: None,
    sources: &[],
};

fn routes() -> Routes {
    Routes::new().at("/desk/stocktakes", get(staff::show)).at("/desk/stocktakes/docx", get(staff::docx))
}
