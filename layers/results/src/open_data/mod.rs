//! Open data: what the platform publishes, told in one catalogue that programs read (DCAT-AP 3), the figures of measures in the forms in
//! which statistics travel (SDMX, ADX), and the values that other systems keep, brought in and shown beside our own. It owns no figure of
//! the platform: it asks the capabilities above it by their front doors.
//!
//! ```text
//!   file (CSV, XLSX, JSON, ADX) ──read──► shown with its doubts ──confirm──► recorded from outside ──withdraw, why──► counted no more
//! ```

pub mod adx;
pub mod catalogue;
pub mod dcat;
pub mod field;
pub mod intake;
pub mod observation;
pub mod outside;
pub mod panel;
pub mod period;
pub mod portal;
pub mod rights;
pub mod schema;
pub mod sdmx;
pub mod staff;
pub mod table;

use crate::base::{Capability, Nav, Shelf};
use crate::web::Routes;

pub const CAPABILITY: Capability = Capability {
    name: "open_data",
    vietnamese: "dữ liệu mở",
    routes,
    migrations: schema::migrations,
    chores: Vec::new,
    nav: &[Nav { shelf: Shelf::Work, href: "/desk/open-data", key: "nav-open-data", icon: "download", seen_by: rights::sees }],
    feeds: &[],
    panels: &[panel::PANEL],
    todos: None,
    offers: None,
    copies: None,
    counts: None,
    needs: None,
    sources: &[],
};

fn routes() -> Routes {
    staff::routes().and(portal::routes())
}
