//! The desk's pages of retractions.

pub mod acting;
pub mod list;
pub mod new;
pub mod proof;
pub mod show;
pub mod terms;

use axum::routing::{get, post};

use crate::web::Routes;

/// The addresses of the desk.
pub fn routes() -> Routes {
    Routes::new()
        .at("/desk/retractions", get(list::show).post(new::request))
        .at("/desk/retractions/new", get(new::show))
        .at("/desk/retractions/csv", get(list::csv))
        .at("/desk/retractions/terms", get(terms::show).post(terms::set))
        .at("/desk/retractions/{id}", get(show::show))
        .at("/desk/retractions/{id}/csv", get(show::csv))
        .at("/desk/retractions/{id}/proof", get(proof::show))
        .at("/desk/retractions/{id}/acts/{act}", post(acting::act))
        .at("/desk/retractions/{id}/copies/{copy}/{act}", post(acting::decide))
}
