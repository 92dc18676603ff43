//! The desk's pages of agencies' plans.

pub mod board;
pub mod form;
pub mod list;
pub mod narrowing;
pub mod own;
pub mod sheet;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use super::agency_plan::FILE_BYTES_MAX;
use crate::web::Routes;

/// The addresses of the desk.
pub fn routes() -> Routes {
    let larger = || DefaultBodyLimit::max(FILE_BYTES_MAX + 256 * 1024);
    Routes::new()
        .at("/desk/agency-plans", get(own::show).merge(post(form::create).layer(larger())))
        .at("/desk/agency-plans/new", get(form::new))
        .at("/desk/agency-plans/board", get(board::show))
        .at("/desk/agency-plans/board/csv", get(board::csv))
        .at("/desk/agency-plans/list", get(list::show))
        .at("/desk/agency-plans/{id}", get(sheet::show).merge(post(form::save).layer(larger())))
        .at("/desk/agency-plans/{id}/file", get(sheet::file))
        .at("/desk/agency-plans/{id}/issuance", post(sheet::issue))
        .at("/desk/agency-plans/{id}/removal", post(sheet::remove))
}
