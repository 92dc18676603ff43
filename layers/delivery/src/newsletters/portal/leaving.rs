//! Leaving: a page with a button for people, and the same address by POST alone for mailboxes that offer a button of their own (RFC 8058).

use axum::extract::State as Shared;
use axum::response::{IntoResponse, Response};

use super::Word;
use crate::base::App;
use crate::newsletters::newsletter::Newsletter;
use crate::newsletters::subscriber::{State, Subscriber, leaving};
use crate::newsletters::token::Purpose;
use crate::web::{Error, Path, Result, Shell};

/// `GET /ban-tin/huy/{link}`: nothing ends by being looked at.
pub async fn show(shell: Shell, Shared(app): Shared<App>, Path(link): Path<String>) -> Result<Response> {
    let l = shell.l;
    let Some((subscriber, newsletter)) = found(&app, &link).await? else { return Ok(Word::dead(shell)) };
    if !matches!(subscriber.state, State::Active | State::Pending) {
        return Ok(left(shell, &newsletter));
    }
    let text = l.t2("leave-text", "name", &newsletter.name, "address", subscriber.veiled());
    Ok(Word::page(shell, l.t("leave-heading"), text, l.t("leave-press")).into_response())
}

/// `POST /ban-tin/huy/{link}`: ends it at once, without another question. The second time answers the same.
pub async fn leave(shell: Shell, Shared(app): Shared<App>, Path(link): Path<String>, body: String) -> Result<Response> {
    let Some((subscriber, newsletter)) = found(&app, &link).await? else { return Ok(Word::dead(shell)) };
    let how = if body.contains("List-Unsubscribe=One-Click") { "one-click" } else { "page" };
    leaving::leave(&app, &subscriber, how).await?;
    Ok(left(shell, &newsletter))
}

async fn found(app: &App, link: &str) -> Result<Option<(Subscriber, Newsletter)>> {
    match Subscriber::of_link(app, Purpose::Leave, link).await {
        Ok(subscriber) => {
            let newsletter = Newsletter::find(&app.db, subscriber.newsletter).await?;
            Ok(Some((subscriber, newsletter)))
        }
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

fn left(shell: Shell, newsletter: &Newsletter) -> Response {
    let l = shell.l;
    Word::page(shell, l.t("left"), l.t1("left-text", "name", &newsletter.name), String::new()).into_response()
}
