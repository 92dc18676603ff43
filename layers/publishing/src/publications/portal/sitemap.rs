//! `/sitemap-an-pham.xml`: the books that are out, their pages and the text of the last edition.

use axum::extract::State as Shared;
use axum::http::HeaderMap;
use axum::response::Response;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use crate::base::App;
use crate::news::portal::sitemap::{Entry, urls};
use crate::publications::publication::{Column, Entity, Publication};
use crate::web::Result;

/// Two addresses each: the protocol lets 50,000 in.
const BOOKS_MAX: u64 = 20_000;

/// `GET /sitemap-an-pham.xml`
pub async fn show(Shared(app): Shared<App>, headers: HeaderMap) -> Result<Response> {
    let out = Entity::find().filter(Column::PublishedAt.is_not_null()).order_by_asc(Column::PublishedAt).order_by_asc(Column::Id);
    let books = out.limit(BOOKS_MAX).all(&app.db).await?;
    let of = |book: &Publication| -> [Entry; 2] {
        [(book.public_path(), book.published_at), (book.edition_path(book.edition), book.published_at)]
    };
    let all = std::iter::once(("/an-pham".to_owned(), None)).chain(books.iter().flat_map(of));
    Ok(urls(&app, &headers, all))
}
