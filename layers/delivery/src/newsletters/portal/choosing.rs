//! What a mailbox gets, chosen by who holds one of its letters; and being erased.

use std::collections::HashMap;

use askama::Template;
use axum::Form;
use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::Word;
use crate::base::App;
use crate::newsletters::newsletter::Newsletter;
use crate::newsletters::subscriber::{State, Subscriber, joining, leaving};
use crate::newsletters::token::Purpose;
use crate::people::agency::brief::Known;
use crate::web::{Error, Locale, Page, Path, Result, Shell};

/// A newsletter that they may have.
pub struct Choice {
    pub id: String,
    pub name: String,
    pub about: String,
    pub chosen: bool,
}

#[derive(Template)]
#[template(path = "newsletters/portal/choose.html")]
pub struct Choose {
    l: Locale,
    shell: Shell,
    veiled: String,
    choices: Vec<Choice>,
    /// They were just kept.
    kept: bool,
    /// To erase was pressed without the tick.
    unsure: bool,
    link: String,
}

async fn page(app: &App, shell: Shell, subscriber: &Subscriber, link: &str) -> Result<Choose> {
    let mine: HashMap<Uuid, Subscriber> =
        subscriber.of_same_mailbox(&app.db).await?.into_iter().map(|one| (one.newsletter, one)).collect();
    let known = Known::now(app).await?;
    let is_mine = |one: &Newsletter| mine.get(&one.id).is_some_and(|own| own.state == State::Active);
    let mut shown = Newsletter::of(&app.db, None).await?;
    // A closed one can be left, and not be begun.
    shown.retain(|one| one.state == crate::newsletters::newsletter::State::Open || is_mine(one));
    let choice = |one: &Newsletter| Choice {
        id: one.id.to_string(),
        name: one.name.clone(),
        about: known.get(&one.agency).map(|body| body.label()).unwrap_or_default(),
        chosen: is_mine(one),
    };
    let choices = shown.iter().map(choice).collect();
    Ok(Choose { l: shell.l, shell, veiled: subscriber.veiled(), choices, kept: false, unsure: false, link: link.to_owned() })
}

/// `GET /ban-tin/tuy-chon/{link}`
pub async fn show(shell: Shell, Shared(app): Shared<App>, Path(link): Path<String>) -> Result<Response> {
    match Subscriber::of_link(&app, Purpose::Manage, &link).await {
        Ok(subscriber) => Ok(Page(page(&app, shell, &subscriber, &link).await?).into_response()),
        Err(Error::NotFound) => Ok(Word::dead(shell)),
        Err(error) => Err(error),
    }
}

/// `POST /ban-tin/tuy-chon/{link}`: what is ticked they get from now on, the rest they do not.
pub async fn choose(
    shell: Shell,
    Shared(app): Shared<App>,
    Path(link): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let subscriber = match Subscriber::of_link(&app, Purpose::Manage, &link).await {
        Ok(subscriber) => subscriber,
        Err(Error::NotFound) => return Ok(Word::dead(shell)),
        Err(error) => return Err(error),
    };
    let wanted: Vec<Uuid> =
        fields.iter().filter(|(name, _)| name == "newsletters").filter_map(|(_, id)| id.parse().ok()).collect();
    let mine = subscriber.of_same_mailbox(&app.db).await?;
    for own in mine.iter().filter(|own| own.state == State::Active && !wanted.contains(&own.newsletter)) {
        leaving::leave(&app, own, "choice").await?;
    }
    let is_mine = |id: &Uuid| mine.iter().any(|own| own.newsletter == *id && own.state == State::Active);
    for newsletter in Newsletter::open(&app.db, None).await?.iter().filter(|one| wanted.contains(&one.id) && !is_mine(&one.id)) {
        joining::add(&app, newsletter, &subscriber).await?;
    }
    let mut page = page(&app, shell, &subscriber, &link).await?;
    page.kept = true;
    Ok(Page(page).into_response())
}

/// `POST /ban-tin/tuy-chon/{link}/xoa`
pub async fn erase(
    shell: Shell,
    Shared(app): Shared<App>,
    Path(link): Path<String>,
    Form(fields): Form<HashMap<String, String>>,
) -> Result<Response> {
    let subscriber = match Subscriber::of_link(&app, Purpose::Manage, &link).await {
        Ok(subscriber) => subscriber,
        Err(Error::NotFound) => return Ok(Word::dead(shell)),
        Err(error) => return Err(error),
    };
    if !fields.contains_key("sure") {
        let mut page = page(&app, shell, &subscriber, &link).await?;
        page.unsure = true;
        return Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY));
    }
    leaving::erase(&app, &subscriber).await?;
    let l = shell.l;
    Ok(Word::page(shell, l.t("erased"), l.t("erased-text"), String::new()).into_response())
}
