//! The desk's pages of plans.

pub mod board;
pub mod comparison;
pub mod decision;
pub mod export;
pub mod go;
pub mod list;
pub mod provisions;
pub mod review;

use axum::routing::{get, post};

use crate::web::Routes;

crate::admits! {
    /// Who brings plans in and corrects drafts.
    Editor: Coordinator Officer Approver
}

/// The addresses of the desk.
pub fn routes() -> Routes {
    Routes::new()
        .at("/desk/go", get(go::show))
        .at("/desk/plans", get(list::show).merge(list::taking()))
        .at("/desk/plans/new", get(list::new))
        .at("/desk/plans/{id}", get(board::show))
        .at("/desk/plans/{id}/export/{format}", get(export::board))
        .at("/desk/plans/{id}/source", get(export::source))
        .at("/desk/plans/{id}/review", get(review::show))
        .at("/desk/plans/{id}/heading", post(review::heading))
        .at("/desk/plans/{id}/comparison", get(comparison::show))
        .at("/desk/plans/{id}/amendment", post(decision::confirm_amendment))
        .at("/desk/plans/{id}/confirmation", post(decision::confirm_all))
        .at("/desk/plans/{id}/adoption", post(decision::adopt))
        .at("/desk/plans/{id}/progress-publication", post(decision::publish_progress))
        .at("/desk/plans/{id}/discarding", post(decision::discard))
        .at("/desk/plans/{id}/provisions", post(provisions::add))
        .at("/desk/plans/{id}/provisions/{provision}", get(provisions::edit).post(provisions::correct))
        .at("/desk/plans/{id}/provisions/{provision}/confirmation", post(provisions::confirm))
        .at("/desk/plans/{id}/provisions/{provision}/removal", post(provisions::remove))
        .at("/desk/plans/{id}/parties/{party}", post(provisions::choose))
}
