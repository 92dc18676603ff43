//! The desk's pages of the assistant.

pub mod acting;
pub mod form;
pub mod list;
pub mod overview;
pub mod portals;
pub mod runs;
pub mod show;

use axum::routing::{get, post};

use crate::web::Routes;

/// The addresses of the desk.
pub fn routes() -> Routes {
    Routes::new()
        .at("/desk/assistant", get(overview::show))
        .at("/desk/assistant/gaps/{id}/settlement", post(overview::settle))
        .at("/desk/assistant/answers", get(list::show).post(form::begin))
        .at("/desk/assistant/answers/new", get(form::new))
        .at("/desk/assistant/answers/{id}", get(show::show).post(form::change))
        .at("/desk/assistant/answers/{id}/edit", get(form::edit))
        .at("/desk/assistant/answers/{id}/acts/{act}", post(acting::act))
        .at("/desk/assistant/runs", get(runs::list))
        .at("/desk/assistant/runs/{id}", get(runs::show))
        .at("/desk/assistant/portals", get(portals::show).post(portals::add))
        .at("/desk/assistant/portals/{id}/removal", post(portals::remove))
}
