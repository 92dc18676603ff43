//! The public's pages of newsletters: what there is, subscribing in two steps, leaving, choosing, being erased. They set no cookie and
//! count nobody.

pub mod choosing;
pub mod leaving;
pub mod list;
pub mod panel;
pub mod subscribing;

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};

use crate::web::{Locale, Page, Routes, Shell};

/// The addresses of the portal.
pub fn routes() -> Routes {
    Routes::new()
        .at("/ban-tin", get(list::show))
        .at("/ban-tin/{slug}", get(subscribing::show).post(subscribing::ask))
        .at("/ban-tin/xac-nhan/{link}", get(subscribing::confirming).post(subscribing::confirm))
        .at("/ban-tin/huy/{link}", get(leaving::show).post(leaving::leave))
        .at("/ban-tin/tuy-chon/{link}", get(choosing::show).post(choosing::choose))
        .at("/ban-tin/tuy-chon/{link}/xoa", post(choosing::erase))
}

/// A page with one thing to say, and at most one thing to do.
#[derive(Template)]
#[template(path = "newsletters/portal/word.html")]
pub struct Word {
    l: Locale,
    shell: Shell,
    heading: String,
    text: String,
    /// The button's words; empty: there is none. It is pressed to the page's own address.
    press: String,
}

impl Word {
    /// The page.
    #[must_use]
    pub fn page(shell: Shell, heading: String, text: String, press: String) -> Page<Self> {
        Page(Self { l: shell.l, shell, heading, text, press })
    }

    /// A link that opens nothing (any more).
    #[must_use]
    pub fn dead(shell: Shell) -> Response {
        let l = shell.l;
        Self::page(shell, l.t("link-dead"), l.t("link-dead-why"), String::new()).status(StatusCode::NOT_FOUND)
    }
}
