//! The public's pages of publications: the list, a book's page, the text of an edition, the files to take away, the sitemap.

pub mod cover;
pub mod list;
pub mod sitemap;
pub mod text;

use axum::routing::get;

use crate::web::Routes;

/// The addresses of the portal.
pub fn routes() -> Routes {
    Routes::new()
        .at("/an-pham", get(list::show))
        .at("/sitemap-an-pham.xml", get(sitemap::show))
        .at("/an-pham/{slug}", get(cover::show))
        .at("/an-pham/{slug}/{edition}", get(text::show))
}
