//! `/desk/ui`: every component in every state, for who builds pages and for the tests that look at them.

use askama::Template;

use super::{Locale, Page, Shell};

#[derive(Template)]
#[template(path = "web/gallery.html")]
pub struct Gallery {
    l: Locale,
    shell: Shell,
}

/// `GET /desk/ui`
pub async fn show(shell: Shell) -> Page<Gallery> {
    Page(Gallery { l: shell.l, shell })
}
