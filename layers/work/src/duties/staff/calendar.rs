//! The last days of the agency in the person's own calendar: the secret address is made, shown once, renewed, ended.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};

use crate::base::{App, time};
use crate::duties::feed::Feed;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Page, Result, Said, Shell};

const HERE: &str = "/desk/duties/calendar";

#[derive(Template)]
#[template(path = "duties/staff/calendar.html")]
pub struct Calendar {
    l: Locale,
    shell: Shell,
    agency: String,
    /// When the address that holds was made; empty when there is none.
    made: String,
    /// The address, right after it was made.
    address: String,
}

async fn page(app: &App, who: &Signed, shell: Shell, address: String) -> Result<Page<Calendar>> {
    if who.agency.is_none() {
        return Err(Error::refused("duties-without-agency"));
    }
    let made = Feed::of(&app.db, who).await?.map(|feed| time::minute(feed.made_at)).unwrap_or_default();
    Ok(Page(Calendar { l: shell.l, shell, agency: who.agency_name.clone(), made, address }))
}

/// `GET /desk/duties/calendar`
pub async fn show(who: Signed, shell: Shell, State(app): State<App>) -> Result<Page<Calendar>> {
    page(&app, &who, shell, String::new()).await
}

/// `POST /desk/duties/calendar`: a new address, shown this once.
pub async fn make(who: Signed, shell: Shell, State(app): State<App>) -> Result<Response> {
    let address = Feed::make(&app, &who).await?;
    Ok(page(&app, &who, shell, address).await?.into_response())
}

/// `POST /desk/duties/calendar/removal`
pub async fn revoke(who: Signed, State(app): State<App>) -> Result<Said> {
    Feed::revoke(&app, &who).await?;
    Ok(Said::to(HERE, "feed-revoked"))
}
