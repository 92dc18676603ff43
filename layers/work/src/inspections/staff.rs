//! The desk's pages of inspections.

pub mod acting;
pub mod list;
pub mod new;
pub mod report;
pub mod visit;
pub mod withdrawing;

use axum::routing::{get, post};

use crate::web::Routes;

/// The addresses of the desk.
pub fn routes() -> Routes {
    Routes::new()
        .at("/desk/inspections", get(list::show).post(new::plan))
        .at("/desk/inspections/new", get(new::show))
        .at("/desk/inspections/{id}", get(report::show))
        .at("/desk/inspections/{id}/csv", get(report::csv))
        .at("/desk/inspections/{id}/withdrawal", post(withdrawing::withdraw))
        .at("/desk/inspections/{id}/visits/{agency}", get(visit::show).post(acting::check))
        .at("/desk/inspections/{id}/visits/{agency}/publication", post(acting::publish))
        .at("/desk/inspections/{id}/visits/{agency}/findings", post(acting::find))
        .at("/desk/inspections/{id}/visits/{agency}/findings/{finding}", post(acting::say))
        .at("/desk/inspections/{id}/visits/{agency}/findings/{finding}/removal", post(acting::take_back))
}
