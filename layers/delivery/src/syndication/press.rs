//! For the press: each article that is out as a kit to take along (text, pictures with whose they are, and the same as ninjs, the
//! news exchange format of the IPTC), a list of the latest, and the same sent on by webhooks.

pub mod kit;
pub mod ninjs;
pub mod page;
pub mod push;

use axum::routing::get;

use crate::web::Routes;

/// The public addresses.
pub fn routes() -> Routes {
    Routes::new()
        .at("/bao-chi", get(page::list))
        .at("/bao-chi/ninjs.json", get(page::feed))
        .at("/bao-chi/{article}", get(page::show))
        .at("/bao-chi/{article}/ninjs.json", get(page::item))
        .at("/bao-chi/{article}/tu-lieu.zip", get(kit::take))
}
