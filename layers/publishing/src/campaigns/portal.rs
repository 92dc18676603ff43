//! The public's pages of campaigns: those that somebody let be seen, each with what is out of it.

pub mod list;
pub mod out;
pub mod panel;
pub mod show;

use axum::extract::State as Shared;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use sea_orm::QuerySelect;

use super::showing;
use crate::base::App;
use crate::news::portal::sitemap::urls;
use crate::web::{Result, Routes};

/// The protocol lets 50,000 in.
const CAMPAIGNS_MAX: u64 = 20_000;

/// The addresses of the portal.
pub fn routes() -> Routes {
    Routes::new()
        .at("/chien-dich", get(list::show))
        .at("/chien-dich/{slug}", get(show::show))
        .at("/sitemap-chien-dich.xml", get(sitemap))
}

/// `GET /sitemap-chien-dich.xml`
async fn sitemap(Shared(app): Shared<App>, headers: HeaderMap) -> Result<Response> {
    let campaigns = showing::shown().limit(CAMPAIGNS_MAX).all(&app.db).await?;
    let of = campaigns.iter().map(|one| (one.public_path(), Some(one.changed_at)));
    Ok(urls(&app, &headers, std::iter::once(("/chien-dich".to_owned(), None)).chain(of)))
}
