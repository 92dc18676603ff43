//! The desk's pages of the open ways out.

pub mod actor;
pub mod list;
pub mod podcast;
pub mod preview;

use axum::routing::{get, post};

use crate::web::Routes;

/// The addresses of the desk.
pub fn routes() -> Routes {
    Routes::new()
        .at("/desk/syndication", get(list::show))
        .at("/desk/syndication/preview", get(preview::show))
        .at("/desk/syndication/podcasts", get(podcast::new).post(podcast::open))
        .at("/desk/syndication/podcasts/{id}", get(podcast::show).post(podcast::change))
        .at("/desk/syndication/{scope}", get(actor::show).post(actor::keep))
        .at("/desk/syndication/{scope}/switch", post(actor::switch))
        .at("/desk/syndication/{scope}/hosts.csv", get(actor::hosts))
        .at("/desk/syndication/{scope}/blocks", post(actor::block))
        .at("/desk/syndication/{scope}/blocks/{id}/removal", post(actor::unblock))
}

/// The first value of a field of a form.
#[must_use]
pub fn one<'a>(fields: &'a [(String, String)], name: &str) -> &'a str {
    fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str()).unwrap_or_default()
}
