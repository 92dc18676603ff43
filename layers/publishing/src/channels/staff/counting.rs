//! How long a text is, while it is typed: in the platform's own units. Without script the page says it after each save.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State as Shared};
use serde::Deserialize;

use super::{ids, one};
use crate::base::App;
use crate::channels::account::Values;
use crate::channels::platform::Platform;
use crate::channels::{Account, preflight, suggesting};
use crate::web::who::Signed;
use crate::web::{Error, Locale, Page, Result, Shell};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    platform: String,
    /// Its settings say how many parts a short message may have.
    account: String,
}

#[derive(Template)]
#[template(path = "channels/staff/count.html")]
pub struct Count {
    l: Locale,
    shell: Shell,
    count: u32,
    max: u32,
}

/// `POST /desk/channels/count`
pub async fn count(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Query(ask): Query<Ask>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Page<Count>> {
    let platform = Platform::of_code(&ask.platform).ok_or(Error::NotFound)?;
    let with_media = !ids(&fields, "media").is_empty();
    let text = suggesting::tidy(one(&fields, "text"));
    let settings = match ask.account.parse() {
        Ok(id) => Account::find_for(&app, &who, id).await?.settings(),
        Err(_) => Values::new(),
    };
    let (count, max) = preflight::counted_for(platform, &settings, &text, one(&fields, "link"), with_media);
    Ok(Page(Count { l: shell.l, shell, count, max }))
}
