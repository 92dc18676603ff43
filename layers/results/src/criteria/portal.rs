//! The public's pages of criteria: what was published, by year, each publication at an address of its own for ever.

pub mod agency;
pub mod list;
pub mod map;
pub mod panel;
pub mod show;

use std::collections::BTreeSet;

use axum::extract::State as Shared;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;

use super::publication::Publication;
use crate::base::App;
use crate::news::portal::sitemap::urls;
use crate::web::{Result, Routes};

/// The addresses of the portal.
pub fn routes() -> Routes {
    Routes::new()
        .at("/bo-tieu-chi", get(list::all))
        .at("/bo-tieu-chi/{year}", get(list::year))
        .at("/bo-tieu-chi/{year}/{publication}", get(show::show))
        .at("/bo-tieu-chi/{year}/{publication}/tinh-lai", get(show::recount))
        .at("/bo-tieu-chi/{year}/{publication}/du-lieu/{format}", get(show::data))
        .at("/bo-tieu-chi/{year}/{publication}/co-quan/{slug}", get(agency::show))
        .at("/sitemap-bo-tieu-chi.xml", get(sitemap))
}

/// `GET /sitemap-bo-tieu-chi.xml`: the years, and the newest publication of each set.
async fn sitemap(Shared(app): Shared<App>, headers: HeaderMap) -> Result<Response> {
    let newest = Publication::addresses(&app.db).await?;
    let years: BTreeSet<i32> = newest.iter().map(|(year, _, _)| *year).collect();
    let lists = std::iter::once("/bo-tieu-chi".to_owned()).chain(years.iter().rev().map(|year| format!("/bo-tieu-chi/{year}")));
    let of = newest.iter().map(|(year, id, at)| (Publication::path_of(*year, *id), Some(*at)));
    Ok(urls(&app, &headers, lists.map(|path| (path, None)).chain(of)))
}
