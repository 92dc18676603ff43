//! `/desk/ui`: every component in every state, for who builds pages and for the tests that look at them.

mod samples;

use askama::Template;

use self::samples::Samples;
use super::{Locale, Page, Result, Shell};

#[derive(Template)]
#[template(path = "web/gallery.html")]
pub struct Gallery {
    l: Locale,
    shell: Shell,
    light: Samples,
    dark: Samples,
}

impl Gallery {
    fn samples(&self, theme: &str) -> &Samples {
        if theme == "dark" { &self.dark } else { &self.light }
    }
}

/// `GET /desk/ui`
pub async fn show(shell: Shell) -> Result<Page<Gallery>> {
    let l = shell.l;
    Ok(Page(Gallery { l, shell, light: Samples::of(l, 0)?, dark: Samples::of(l, 1)? }))
}
