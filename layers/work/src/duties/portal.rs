//! The public's pages of duties: how far a plan got, how far an agency got, the data to take away; and the secret
//! address at which a calendar program asks for an agency's last days.

pub mod agency;
pub mod data;
pub mod feed;
pub mod pieces;
pub mod plan;
pub mod published;

use axum::routing::get;

use crate::web::Routes;

/// The addresses of the portal.
pub fn routes() -> Routes {
    Routes::new()
        .at("/ke-hoach/{slug}/tien-do", get(plan::show))
        .at("/ke-hoach/{slug}/tien-do/chi-tiet", get(pieces::show))
        .at("/ke-hoach/{slug}/tien-do.csv", get(data::csv))
        .at("/ke-hoach/{slug}/tien-do.json", get(data::json))
        .at("/co-quan/{slug}/tien-do", get(agency::show))
        .at("/lich/{file}", get(feed::show))
}
