//! The desk's pages of estimates.

pub mod board;
pub mod files;
pub mod lines;
pub mod own;
pub mod sheet;
pub mod sources;
pub mod stages;
pub mod summary;
pub mod view;
pub mod writing;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::people::agency::table::file::FILE_BYTES_MAX;
use crate::web::Routes;

/// The addresses of the desk.
pub fn routes() -> Routes {
    let larger = || DefaultBodyLimit::max(FILE_BYTES_MAX + 64 * 1024);
    Routes::new()
        .at("/desk/estimates", get(own::show).post(own::begin))
        .at("/desk/estimates/board", get(board::show))
        .at("/desk/estimates/summary", get(summary::show))
        .at("/desk/estimates/summary/xlsx", get(summary::xlsx))
        .at("/desk/estimates/lines", get(lines::show))
        .at("/desk/estimates/sources", get(sources::show))
        .at("/desk/estimates/sources/{id}", post(sources::rename))
        .at("/desk/estimates/{id}", get(sheet::show).post(writing::save))
        .at("/desk/estimates/{id}/rows", post(writing::rows))
        .at("/desk/estimates/{id}/submission", post(writing::submit))
        .at("/desk/estimates/{id}/submissions/{number}", get(sheet::submission))
        .at("/desk/estimates/{id}/appraisal", get(stages::appraisal).post(stages::appraise))
        .at("/desk/estimates/{id}/return", post(stages::send_back))
        .at("/desk/estimates/{id}/approval", get(stages::approval).post(stages::approve))
        .at("/desk/estimates/{id}/spending", get(stages::spending).post(stages::spend))
        .at("/desk/estimates/{id}/xlsx", get(files::xlsx))
        .at("/desk/estimates/{id}/template", get(files::template))
        .at("/desk/estimates/{id}/import", get(files::import).merge(post(files::preview).layer(larger())))
        .at("/desk/estimates/{id}/import/confirmation", post(files::confirm).layer(larger()))
}
