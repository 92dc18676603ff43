//! The desk's pages of open data: what other systems say, and bringing it in.

pub mod import;
pub mod list;

use axum::routing::{get, post};

use crate::web::Routes;

/// The addresses of the desk.
pub fn routes() -> Routes {
    Routes::new()
        .at("/desk/open-data", get(list::show))
        .at("/desk/open-data/imports", import::taking())
        .at("/desk/open-data/imports/{id}", get(import::show))
        .at("/desk/open-data/imports/{id}/confirmation", post(import::confirm))
        .at("/desk/open-data/imports/{id}/withdrawal", post(import::withdraw))
}
