//! The public's pages of plans: the home of the portal, the programmes, what an agency is to do.

pub mod agency;
pub mod home;
pub mod plan;

use axum::routing::get;

use crate::web::Routes;

/// The addresses of the portal.
pub fn routes() -> Routes {
    Routes::new()
        .at("/", get(home::show))
        .at("/ke-hoach", get(plan::list))
        .at("/ke-hoach/{slug}", get(plan::show))
        .at("/ke-hoach/{slug}/du-lieu/{format}", get(plan::data))
        .at("/ke-hoach/{slug}/van-ban", get(plan::source))
        .at("/co-quan/{slug}/nhiem-vu", get(agency::show))
}
