//! What the public sees of the assistant: the conversation, written answers, and the page that other portals show in a frame. It sets no
//! cookie, and keeps nothing of what is asked but how often something could not be answered.

pub mod ask;
pub mod curated;
pub mod embed;
pub mod handing;

use axum::routing::{get, post};

use crate::web::Routes;

/// The addresses of the portal.
pub fn routes() -> Routes {
    Routes::new()
        .at("/hoi-dap", get(ask::show).post(ask::ask))
        .at("/hoi-dap/chuyen", post(handing::hand))
        .at("/hoi-dap/giai-dap/{id}", get(curated::show))
        .at("/nhung/tro-ly", get(embed::show).post(embed::ask))
        .at("/nhung/tro-ly.js", get(embed::script))
}
