//! The public's pages of measures: those that are confirmed and were made public.

pub mod list;
pub mod records;
pub mod show;

use axum::extract::State as Shared;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;

use super::measure::Measure;
use crate::base::App;
use crate::news::portal::sitemap::urls;
use crate::web::{Result, Routes};

/// The addresses of the portal.
pub fn routes() -> Routes {
    Routes::new()
        .at("/chi-so", get(list::show))
        .at("/chi-so.csv", get(list::csv))
        .at("/chi-so.xlsx", get(list::xlsx))
        .at("/chi-so.json", get(list::json))
        // `{code}`, `{code}.csv`, `{code}.xlsx`, `{code}.json`: codes have no points.
        .at("/chi-so/{code}", get(show::show))
        .at("/chi-so/{code}/ho-so", get(records::show))
        .at("/sitemap-chi-so.xml", get(sitemap))
}

/// `GET /sitemap-chi-so.xml`
async fn sitemap(Shared(app): Shared<App>, headers: HeaderMap) -> Result<Response> {
    let measures = Measure::public(&app.db).await?;
    let of = measures.iter().map(|one| (one.public_path(), Some(one.changed_at)));
    Ok(urls(&app, &headers, std::iter::once(("/chi-so".to_owned(), None)).chain(of)))
}
