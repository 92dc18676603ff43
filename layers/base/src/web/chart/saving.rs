//! Every picture can be taken along as SVG, and its figures as CSV, from the page on which it stands: the same address with
//! `drawing=<id>.svg`. The page is made as always, for whoever may see it; what is given is the file that its figure offers meanwhile.

use std::cell::RefCell;
use std::sync::Arc;

use axum::extract::Request;
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::base::App;
use crate::web::Error;
use crate::web::download::{CSV, Download};

/// What stands in the address before the name of the file.
pub const ASKED: &str = "drawing=";
const SVG: &str = "image/svg+xml";

tokio::task_local! {
    static WANTED: RefCell<Wanted>;
}

/// The file that is asked for, and its bytes once its figure was drawn.
struct Wanted {
    name: String,
    found: Option<Download>,
}

/// What kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    Svg,
    Csv,
}

impl Ending {
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Csv => "csv",
        }
    }
}

/// The name of the file that this request asks for; empty for a page.
fn wanted() -> String {
    WANTED.try_with(|wanted| wanted.borrow().name.clone()).unwrap_or_default()
}

/// [`App::lately`] for what draws figures: where the file of one is asked for it is drawn anew, for what was kept offers nothing.
///
/// # Errors
/// The work failed; nothing is remembered then.
pub async fn lately<T, E>(app: &App, key: &str, for_s: i64, work: impl Future<Output = Result<T, E>>) -> Result<Arc<T>, E>
where
    T: Send + Sync + 'static,
{
    if wanted().is_empty() { app.lately(key, for_s, work).await } else { work.await.map(Arc::new) }
}

/// Says what a figure can give; made only when it is asked for.
pub(super) fn offer(id: &str, ending: Ending, make: impl FnOnce() -> anyhow::Result<Vec<u8>>) -> anyhow::Result<()> {
    let name = format!("{id}.{}", ending.word());
    if wanted() != name {
        return Ok(());
    }
    let media_type = if ending == Ending::Svg { SVG } else { CSV };
    let file = Download { name, media_type, bytes: make()? };
    let _ = WANTED.try_with(|wanted| wanted.borrow_mut().found = Some(file));
    Ok(())
}

/// Middleware round the pages: answers with the file where one is asked for.
pub async fn serve(request: Request, next: Next) -> Response {
    let question = request.uri().query().unwrap_or_default();
    let asked = question.split('&').find_map(|pair| pair.strip_prefix(ASKED)).unwrap_or_default().to_owned();
    if asked.is_empty() || request.method() != Method::GET {
        return next.run(request).await;
    }
    let wanted = RefCell::new(Wanted { name: asked, found: None });
    let made = async {
        let page = next.run(request).await;
        (page, WANTED.with(|wanted| wanted.borrow_mut().found.take()))
    };
    match WANTED.scope(wanted, made).await {
        (page, Some(file)) if page.status().is_success() => file.into_response(),
        (page, None) if page.status().is_success() => Error::NotFound.into_response(),
        (page, _) => page,
    }
}
