//! An issue as mailboxes show it: the very page that is sent, in a frame that runs nothing, or its plain text.

use axum::extract::{Query, State as Shared};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use uuid::Uuid;

use crate::base::App;
use crate::newsletters::composing::{Letter, MARKS};
use crate::newsletters::issue::Issue;
use crate::newsletters::newsletter::Newsletter;
use crate::web::who::Signed;
use crate::web::{Path, Result};

/// Its own few styles, and nothing else.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'; sandbox";

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    /// `text`, or the page.
    form: String,
}

/// `GET /desk/newsletters/issues/{id}/preview`
pub async fn show(who: Signed, Shared(app): Shared<App>, Path(id): Path<Uuid>, Query(ask): Query<Ask>) -> Result<Response> {
    let issue = Issue::find_for(&app, &who, id).await?;
    let newsletter = Newsletter::find(&app.db, issue.newsletter).await?;
    let (text, html) = if issue.frozen_html.is_empty() || issue.state.is_open() {
        let letter = Letter::of(&app, &newsletter, &issue).await?;
        (letter.text()?, letter.html()?)
    } else {
        (issue.frozen_text, issue.frozen_html)
    };
    let (kind, body) = if ask.form == "text" { ("text/plain; charset=utf-8", text) } else { ("text/html; charset=utf-8", html) };
    let body = MARKS.iter().fold(body, |body, mark| body.replace(mark, "#"));
    Ok(([(CONTENT_TYPE, kind), (CACHE_CONTROL, "no-store"), (CONTENT_SECURITY_POLICY, POLICY)], body).into_response())
}
