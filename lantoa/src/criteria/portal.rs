//! The public's pages of criteria: what was published, by year, each publication at an address of its own for ever.

pub mod agency;
pub mod list;
pub mod map;
pub mod panel;
pub mod show;

use axum::routing::get;

use crate::web::Routes;

/// The addresses of the portal.
pub fn routes() -> Routes {
    Routes::new()
        .at("/bo-tieu-chi", get(list::all))
        .at("/bo-tieu-chi/{year}", get(list::year))
        .at("/bo-tieu-chi/{year}/{publication}", get(show::show))
        .at("/bo-tieu-chi/{year}/{publication}/tinh-lai", get(show::recount))
        .at("/bo-tieu-chi/{year}/{publication}/du-lieu/{format}", get(show::data))
        .at("/bo-tieu-chi/{year}/{publication}/co-quan/{slug}", get(agency::show))
}
