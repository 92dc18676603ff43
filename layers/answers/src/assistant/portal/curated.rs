//! A written answer as the public reads it, while it holds.

use askama::Template;
use axum::extract::State as Shared;
use axum::http::HeaderMap;
use axum::response::Response;
use uuid::Uuid;

use crate::assistant::curated::{self, Curated};
use crate::base::{App, time};
use crate::people::agency::brief::Known;
use crate::web::{Error, Locale, Page, Path, Result, Shell};

#[derive(Template)]
#[template(path = "assistant/portal/curated.html")]
pub struct Show {
    l: Locale,
    shell: Shell,
    one: Curated,
    agency: String,
    holds: String,
    canonical: String,
}

/// `GET /hoi-dap/giai-dap/{id}`
pub async fn show(shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>, headers: HeaderMap) -> Result<Response> {
    let one = curated::holding(&app, &[id]).await?.into_iter().next().ok_or(Error::NotFound)?;
    let known = Known::now(&app).await?;
    let (l, nonce) = (shell.l, shell.nonce.clone());
    let from = time::day(one.from_on);
    let holds = match one.until_on {
        Some(until) => l.t2("curated-holds-until", "from", from, "until", time::day(until)),
        None => l.t1("curated-holds-from", "from", from),
    };
    let page = Show {
        agency: known.get(&one.agency).map(|body| body.name.clone()).unwrap_or_default(),
        canonical: format!("{}{}", app.config.public_url(), Curated::public_path(id)),
        holds,
        one,
        l,
        shell,
    };
    Page(page).public(&headers, &nonce)
}
