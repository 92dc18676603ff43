//! The desk's pages of campaigns.

pub mod acting;
pub mod claims;
pub mod files;
pub mod form;
pub mod list;
pub mod show;
pub mod summary;

use axum::routing::{get, post};

use crate::web::Routes;

/// The addresses of the desk.
pub fn routes() -> Routes {
    Routes::new()
        .at("/desk/campaigns", get(list::show).post(form::begin))
        .at("/desk/campaigns/csv", get(list::csv))
        .at("/desk/campaigns/new", get(form::new))
        .at("/desk/campaigns/claims", get(claims::choose))
        .at("/desk/campaigns/{id}", get(show::show).post(form::change))
        .at("/desk/campaigns/{id}/edit", get(form::edit))
        .at("/desk/campaigns/{id}/acts/{act}", post(acting::act))
        .at("/desk/campaigns/{id}/closing", get(summary::closing))
        .at("/desk/campaigns/{id}/summary", get(summary::show))
        .at("/desk/campaigns/{id}/claims", get(claims::show).post(claims::claim))
        .at("/desk/campaigns/{id}/claims/{item}/release", post(claims::release))
        .at("/desk/campaigns/{id}/request", post(acting::ask))
        .at("/desk/campaigns/{id}/csv", get(files::csv))
        .at("/desk/campaigns/{id}/xlsx", get(files::xlsx))
        .at("/desk/campaigns/{id}/count", get(files::frozen))
}
