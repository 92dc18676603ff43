//! Asking for a newsletter, and confirming it from the mailbox.

use askama::Template;
use axum::Form;
use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::Word;
use crate::base::App;
use crate::newsletters::newsletter::{Newsletter, State};
use crate::newsletters::subscriber::joining::{self, Asked};
use crate::newsletters::subscriber::{self, Subscriber};
use crate::newsletters::token::Purpose;
use crate::people::agency::brief::Known;
use crate::web::{Error, Locale, Mistakes, Page, Path, Result, Shell};

#[derive(Template)]
#[template(path = "newsletters/portal/subscribe.html")]
pub struct Subscribe {
    l: Locale,
    shell: Shell,
    newsletter: Newsletter,
    agency: String,
    rhythm: String,
    given: Given,
    errors: Mistakes,
}

impl Subscribe {
    fn is_open(&self) -> bool {
        self.newsletter.state == State::Open
    }

    fn agreed(&self) -> bool {
        !self.given.agreed.is_empty()
    }
}

/// The form as it was filled in.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    address: String,
    name: String,
    agreed: String,
    /// People do not see it; programs that fill everything in do.
    website: String,
}

async fn page(app: &App, shell: Shell, newsletter: Newsletter, given: Given) -> Result<Subscribe> {
    let known = Known::now(app).await?;
    let agency = known.get(&newsletter.agency).map(|body| body.name.clone()).unwrap_or_default();
    let (l, rhythm) = (shell.l, shell.l.t(&newsletter.rhythm.key()));
    Ok(Subscribe { l, shell, newsletter, agency, rhythm, given, errors: Mistakes::default() })
}

/// `GET /ban-tin/{slug}`
pub async fn show(shell: Shell, Shared(app): Shared<App>, Path(slug): Path<String>) -> Result<Page<Subscribe>> {
    let newsletter = Newsletter::find_by_slug(&app, &slug).await?;
    Ok(Page(page(&app, shell, newsletter, Given::default()).await?))
}

/// `POST /ban-tin/{slug}`: the answer does not depend on who is known.
pub async fn ask(shell: Shell, Shared(app): Shared<App>, Path(slug): Path<String>, Form(given): Form<Given>) -> Result<Response> {
    let newsletter = Newsletter::find_by_slug(&app, &slug).await?;
    let l = shell.l;
    let asked = Asked { address: given.address.clone(), name: given.name.clone(), agreed: !given.agreed.is_empty() };
    let outcome = if given.website.is_empty() { joining::ask(&app, &newsletter, &asked).await } else { Ok(()) };
    match outcome {
        Ok(()) => {
            let text = l.t1("subscribe-asked-text", "address", given.address.trim());
            Ok(Word::page(shell, l.t("subscribe-asked"), text, String::new()).into_response())
        }
        Err(Error::Refused(obstacles)) => {
            let mut page = page(&app, shell, newsletter, given).await?;
            page.errors = Mistakes::told(&obstacles, l);
            Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}

/// `GET /ban-tin/xac-nhan/{link}`: shows a button, because programs that look at letters open their links.
pub async fn confirming(shell: Shell, Shared(app): Shared<App>, Path(link): Path<String>) -> Result<Response> {
    let l = shell.l;
    let subscriber = match Subscriber::of_link(&app, Purpose::Confirm, &link).await {
        Ok(subscriber) => subscriber,
        Err(Error::NotFound) => return Ok(Word::dead(shell)),
        Err(error) => return Err(error),
    };
    let newsletter = Newsletter::find(&app.db, subscriber.newsletter).await?;
    if subscriber.state == subscriber::State::Active {
        return Ok(
            Word::page(shell, l.t("confirmed"), l.t1("confirmed-text", "name", &newsletter.name), String::new()).into_response()
        );
    }
    let text = l.t2("confirm-text", "name", &newsletter.name, "address", subscriber.veiled());
    Ok(Word::page(shell, l.t("confirm-heading"), text, l.t("confirm-press")).into_response())
}

/// `POST /ban-tin/xac-nhan/{link}`
pub async fn confirm(shell: Shell, Shared(app): Shared<App>, Path(link): Path<String>) -> Result<Response> {
    let l = shell.l;
    match joining::confirm(&app, &link).await {
        Ok((_, newsletter)) => {
            Ok(Word::page(shell, l.t("confirmed"), l.t1("confirmed-text", "name", &newsletter.name), String::new())
                .into_response())
        }
        Err(Error::NotFound) => Ok(Word::dead(shell)),
        Err(Error::Refused(_)) => {
            Ok(Word::page(shell, l.t("link-dead"), l.t("confirm-too-old"), String::new())
                .status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}
