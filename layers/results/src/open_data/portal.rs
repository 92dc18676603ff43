//! The public's pages and files of open data.

pub mod feed;
pub mod list;

use axum::routing::get;

use crate::web::Routes;

/// The addresses of the portal.
pub fn routes() -> Routes {
    Routes::new()
        .at("/du-lieu-mo", get(list::show))
        .at("/du-lieu-mo/huong-dan-ky-thuat", get(list::guide))
        .at("/du-lieu-mo/dcat.jsonld", get(list::json_ld))
        .at("/du-lieu-mo/dcat.ttl", get(list::turtle))
        .at("/du-lieu-mo/chien-dich.csv", get(list::campaigns))
        .at("/du-lieu-mo/sdmx/data.csv", get(feed::csv))
        .at("/du-lieu-mo/sdmx/data.json", get(feed::json))
        .at("/du-lieu-mo/sdmx/structure.json", get(feed::structure))
        .at("/du-lieu-mo/adx.xml", get(feed::adx))
}
