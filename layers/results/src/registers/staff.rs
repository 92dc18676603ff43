//! The desk's pages of registers.

pub mod acting;
pub mod form;
pub mod import;
pub mod list;
pub mod secret;
pub mod show;

use axum::routing::{get, post};

use crate::web::Routes;

/// The addresses of the desk.
pub fn routes() -> Routes {
    Routes::new()
        .at("/desk/registers", get(list::show).post(form::begin))
        .at("/desk/registers/new", get(form::new))
        .at("/desk/registers/export/{format}", get(list::export))
        .at("/desk/registers/confirmation", post(acting::confirm_several))
        .at("/desk/registers/import", get(import::show).merge(import::taking()))
        .at("/desk/registers/import/{id}", get(import::preview))
        .at("/desk/registers/import/{id}/confirmation", post(import::confirm))
        .at("/desk/registers/secret", get(secret::show).post(secret::save))
        .at("/desk/registers/secret/{id}/signature", post(secret::sign))
        .at("/desk/registers/{id}", get(show::show).post(form::change))
        .at("/desk/registers/{id}/edit", get(form::edit))
        .at("/desk/registers/{id}/acts/{act}", post(acting::act))
        .at("/desk/registers/{id}/evidence", post(acting::add))
        .at("/desk/registers/{id}/evidence/{piece}/removal", post(acting::remove))
}
