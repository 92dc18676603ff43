//! `/chi-so/{code}/ho-so`: the way down for everybody: of what a public measure counts, what the public may open.

use askama::Template;
use axum::extract::{Query, State as Shared};
use axum::http::HeaderMap;
use axum::response::Response;

use crate::base::App;
use crate::measures::measure::Measure;
use crate::measures::records::{self, Ask, Reader, Records};
use crate::web::{Error, Locale, Page, Path, Result, Shell};

#[derive(Template)]
#[template(path = "measures/portal/records.html")]
pub struct Shown {
    l: Locale,
    shell: Shell,
    measure: Measure,
    found: Records,
}

/// `GET /chi-so/{code}/ho-so`
pub async fn show(
    shell: Shell,
    Shared(app): Shared<App>,
    Path(code): Path<String>,
    Query(ask): Query<Ask>,
    headers: HeaderMap,
) -> Result<Response> {
    let measure = Measure::of_code(&app.db, &code).await?;
    if !measure.is_public() {
        return Err(Error::NotFound);
    }
    let nonce = shell.nonce.clone();
    let found = records::of(&app, Reader::Public, shell.l, &measure, ask).await?;
    Page(Shown { l: shell.l, shell, measure, found }).public(&headers, &nonce)
}
