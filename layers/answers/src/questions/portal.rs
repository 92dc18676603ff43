//! The public's pages of questions: asking, following by code, what was answered and how agencies answer. They set no cookie and count nobody.

pub mod asking;
pub mod following;
pub mod list;
pub mod panel;
pub mod show;

use axum::extract::State as Shared;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::{get, post};
use sea_orm::{QueryOrder, QuerySelect};

use super::question::{Column, shown};
use crate::base::App;
use crate::news::portal::sitemap::urls;
use crate::web::{Result, Routes};

/// The protocol lets 50,000 in.
const QUESTIONS_MAX: u64 = 20_000;

/// The addresses of the portal.
pub fn routes() -> Routes {
    Routes::new()
        .at("/hoi-dap/gui", get(asking::show).post(asking::ask))
        .at("/hoi-dap/theo-doi", get(following::find))
        .at("/hoi-dap/theo-doi/{code}", get(following::show))
        .at("/hoi-dap/theo-doi/{code}/{wish}", post(following::wish))
        .at("/hoi-dap/cau-hoi", get(list::show))
        .at("/hoi-dap/cau-hoi.csv", get(list::csv))
        .at("/hoi-dap/cau-hoi/{slug}", get(show::show))
        .at("/sitemap-hoi-dap.xml", get(sitemap))
}

/// `GET /sitemap-hoi-dap.xml`
async fn sitemap(Shared(app): Shared<App>, headers: HeaderMap) -> Result<Response> {
    let all = shown().order_by_desc(Column::ShownAt).limit(QUESTIONS_MAX).all(&app.db).await?;
    let of = all.iter().map(|one| (one.public_path(), one.answered_at));
    Ok(urls(&app, &headers, std::iter::once(("/hoi-dap/cau-hoi".to_owned(), None)).chain(of)))
}
