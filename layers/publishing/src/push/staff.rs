//! The desk's pages of push.

pub mod board;
pub mod new;
pub mod show;

use axum::routing::{get, post};

use crate::web::Routes;

/// The addresses of the desk.
pub fn routes() -> Routes {
    Routes::new()
        .at("/desk/push", get(board::show))
        .at("/desk/push/csv", get(board::csv))
        .at("/desk/push/sections/{section}", post(board::switch))
        .at("/desk/push/restored/{act}", post(board::settle_restored))
        .at("/desk/push/rule", post(board::set_rule))
        .at("/desk/push/new", get(new::show).post(new::announce))
        .at("/desk/push/{id}", get(show::show))
        .at("/desk/push/{id}/acts/{act}", post(show::act))
}
