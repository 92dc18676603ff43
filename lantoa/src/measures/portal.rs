//! The public's pages of measures: those that are confirmed and were made public.

pub mod list;
pub mod records;
pub mod show;

use axum::routing::get;

use crate::web::Routes;

/// The addresses of the portal.
pub fn routes() -> Routes {
    Routes::new()
        .at("/chi-so", get(list::show))
        .at("/chi-so.csv", get(list::csv))
        .at("/chi-so.json", get(list::json))
        // `{code}`, `{code}.csv`, `{code}.json`: codes have no points.
        .at("/chi-so/{code}", get(show::show))
        .at("/chi-so/{code}/ho-so", get(records::show))
}
