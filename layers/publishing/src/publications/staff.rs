//! The desk's pages of publications.

pub mod acting;
pub mod facts;
pub mod list;
pub mod preview;
pub mod section;
pub mod show;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::web::Routes;

/// A section of the longest text, its letters three bytes each and percent-encoded.
const BODY_BYTES_MAX: usize = 4 * 1024 * 1024;

/// The addresses of the desk.
pub fn routes() -> Routes {
    let large = || DefaultBodyLimit::max(BODY_BYTES_MAX);
    Routes::new()
        .at("/desk/publications", get(list::show).post(facts::begin))
        .at("/desk/publications/new", get(facts::new))
        .at("/desk/publications/{id}", get(show::show))
        .at("/desk/publications/{id}/facts", get(facts::show).post(facts::change))
        .at("/desk/publications/{id}/preview", get(preview::show))
        .at("/desk/publications/{id}/sections", post(section::add).layer(large()))
        .at("/desk/publications/{id}/sections/new", get(section::new))
        .at("/desk/publications/{id}/sections/{section}", get(section::show).post(section::save).layer(large()))
        .at("/desk/publications/{id}/sections/{section}/draft", post(section::draft).layer(large()))
        .at("/desk/publications/{id}/sections/{section}/lock", post(section::lock))
        .at("/desk/publications/{id}/sections/{section}/move", post(section::shift))
        .at("/desk/publications/{id}/sections/{section}/removal", post(section::remove))
        .at("/desk/publications/{id}/acts/{act}", post(acting::act))
}
