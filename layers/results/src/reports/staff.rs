//! The desk's pages of reports.

pub mod acting;
pub mod editing;
pub mod files;
pub mod list;
pub mod new;
pub mod numbers;
pub mod paper;
pub mod regimes;
pub mod sentences;
pub mod show;
pub mod templates;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::web::Routes;

/// An outline of forty parts, each as long as it may be.
const FORM_BYTES_MAX: usize = 4 * 1024 * 1024;

/// The addresses of the desk.
pub fn routes() -> Routes {
    let large = || DefaultBodyLimit::max(FORM_BYTES_MAX);
    Routes::new()
        .at("/desk/reports", get(list::show).post(new::begin))
        .at("/desk/reports/new", get(new::choose))
        .at("/desk/reports/regimes/{duty}", get(regimes::show).post(regimes::set))
        .at("/desk/reports/templates", get(templates::list).post(templates::fill))
        .at("/desk/reports/templates/preview", post(templates::preview).layer(large()))
        .at("/desk/reports/templates/{code}", get(templates::show).post(templates::save).layer(large()))
        .at("/desk/reports/numbers", get(numbers::show).post(numbers::take))
        .at("/desk/reports/numbers/{id}/cancellation", post(numbers::cancel))
        .at("/desk/reports/{id}", get(show::show).post(editing::save).layer(large()))
        .at("/desk/reports/{id}/preview", post(editing::preview).layer(large()))
        .at("/desk/reports/{id}/acts/{act}", post(acting::act))
        .at("/desk/reports/{id}/sentences", get(sentences::show).post(sentences::turn).layer(large()))
        .at("/desk/reports/{id}/files/{format}", get(files::file))
}
