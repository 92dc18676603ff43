//! The desk's pages of cases.

pub mod acting;
pub mod ladder;
pub mod list;
pub mod new;
pub mod show;

use axum::routing::{get, post};

use crate::web::Routes;

/// The addresses of the desk.
pub fn routes() -> Routes {
    Routes::new()
        .at("/desk/cases", get(list::show).post(new::raise))
        .at("/desk/cases/new", get(new::show))
        .at("/desk/cases/csv", get(list::csv))
        .at("/desk/cases/ladder", get(ladder::show).post(ladder::replace))
        .at("/desk/cases/{id}", get(show::show))
        .at("/desk/cases/{id}/{act}", post(acting::act))
}
