//! The desk's pages of measures.

pub mod acting;
pub mod drawing;
pub mod edit;
pub mod form;
pub mod history;
pub mod list;
pub mod preview;
pub mod records;
pub mod show;
pub mod targets;

use axum::routing::{get, post};

use crate::web::Routes;

/// The addresses of the desk.
pub fn routes() -> Routes {
    Routes::new()
        .at("/desk/measures", get(list::show).post(edit::define))
        .at("/desk/measures/new", get(edit::new))
        .at("/desk/measures/targets", get(targets::show))
        .at("/desk/measures/preview", post(preview::show))
        .at("/desk/measures/recomputation", post(acting::recompute))
        .at("/desk/measures/{code}", get(show::show).post(edit::change))
        .at("/desk/measures/{code}/edit", get(edit::edit))
        .at("/desk/measures/{code}/history", get(history::show))
        .at("/desk/measures/{code}/records", get(records::show))
        .at("/desk/measures/{code}/{file}", get(show::file))
        .at("/desk/measures/{code}/acts/{act}", post(acting::act))
}
