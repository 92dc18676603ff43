//! What the public reads: the science and technology tasks that are confirmed and were publicised, each with where.

pub mod list;
pub mod show;

use axum::extract::State as Shared;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use sea_orm::{QueryOrder, QuerySelect};

use super::evidence;
use super::kind::ST_TASK;
use super::record::{Column, Record};
use crate::base::App;
use crate::news::portal::sitemap::urls;
use crate::web::{Result, Routes};

/// The protocol lets 50,000 in.
const TASKS_MAX: u64 = 20_000;

/// The addresses of the portal.
pub fn routes() -> Routes {
    Routes::new()
        .at("/nhiem-vu-khcn", get(list::show))
        .at("/nhiem-vu-khcn.csv", get(list::csv))
        .at("/nhiem-vu-khcn/{id}", get(show::show))
        .at("/sitemap-nhiem-vu-khcn.xml", get(sitemap))
}

/// `GET /sitemap-nhiem-vu-khcn.xml`
async fn sitemap(Shared(app): Shared<App>, headers: HeaderMap) -> Result<Response> {
    let tasks = evidence::shown(ST_TASK).order_by_desc(Column::FromOn).limit(TASKS_MAX).all(&app.db).await?;
    let of = tasks.iter().map(|one| (Record::public_path(one.id), Some(one.changed_at)));
    Ok(urls(&app, &headers, std::iter::once(("/nhiem-vu-khcn".to_owned(), None)).chain(of)))
}
