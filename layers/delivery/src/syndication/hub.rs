//! `/websub`: the hub of our own feeds. Whoever asks for a subscription is asked back before it begins (W3C WebSub, 5.3); addresses
//! in our own network are refused here, and again when a line is opened.

pub mod changing;
pub mod topic;

use axum::Form;
use axum::extract::State as Shared;
use axum::extract::rejection::FormRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::TimeDelta;
use platforms::websub::{self, Asked, Mode};
use sea_orm::entity::prelude::*;

use super::address::{self, Wrong};
use super::delivery::{self, To};
use super::message::{Kind, Message, id_of};
use super::rate::{self, What};
use super::subscription::{self, Asking};
use crate::base::App;
use crate::web::Result;

/// A question that nobody answers is asked for so long.
const ASKED_H: i64 = 1;
const SUBSCRIPTIONS_MAX: u64 = 200_000;
const PER_HOST_MAX: u64 = 20_000;

/// Where feeds say that the hub is.
#[must_use]
pub fn address(app: &App) -> String {
    format!("{}/websub", app.config.public_url())
}

/// Why a request is not taken.
#[derive(Debug, thiserror::Error)]
enum Refused {
    #[error("the request is no form")]
    Form,
    #[error("{0}")]
    Ask(#[from] websub::BadAsk),
    #[error("hub.topic is no feed of this hub")]
    Topic,
    #[error("hub.callback: {0}")]
    Callback(Wrong),
    #[error("too many requests for this host; try again in a minute")]
    Often,
    #[error("too many subscriptions")]
    Full,
}

impl Refused {
    const fn word(&self) -> &'static str {
        match self {
            Self::Form | Self::Ask(_) => "form",
            Self::Topic => "topic",
            Self::Callback(Wrong::Private) => "private",
            Self::Callback(_) => "callback",
            Self::Often => "often",
            Self::Full => "full",
        }
    }

    fn answer(&self) -> Response {
        metrics::counter!("lantoa_websub_refused_total", "reason" => self.word()).increment(1);
        tracing::warn!(reason = self.word(), says = %self, "a subscription was refused");
        let status = match self {
            Self::Often | Self::Full => StatusCode::TOO_MANY_REQUESTS,
            _ => StatusCode::BAD_REQUEST,
        };
        // For whoever programs a subscriber. Not as plain text: that is what our layers refuse with, and it would become a page.
        (status, axum::Json(serde_json::json!({ "error": self.to_string() }))).into_response()
    }
}

/// `POST /websub`: 202, and the question is on its way; or 400 and why.
pub async fn ask(
    Shared(app): Shared<App>,
    form: std::result::Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Result<Response> {
    let Ok(Form(pairs)) = form else { return Ok(Refused::Form.answer()) };
    match asked(&app, &pairs).await? {
        Ok((asked, host)) => {
            put_question(&app, &asked, host).await?;
            Ok(StatusCode::ACCEPTED.into_response())
        }
        Err(refused) => Ok(refused.answer()),
    }
}

async fn asked(app: &App, pairs: &[(String, String)]) -> Result<std::result::Result<(Asked, String), Refused>> {
    let asked = match websub::asked(pairs) {
        Ok(asked) => asked,
        Err(wrong) => return Ok(Err(wrong.into())),
    };
    let host = match address::read(&asked.callback, app.config.syndication_private, true) {
        Ok((_, host)) => host,
        Err(wrong) => return Ok(Err(Refused::Callback(wrong))),
    };
    if !rate::spend(app, What::Subscription, &host) {
        return Ok(Err(Refused::Often));
    }
    if !topic::is_ours(app, &asked.topic).await? {
        return Ok(Err(Refused::Topic));
    }
    let there = subscription::Entity::find();
    if asked.mode == Mode::Subscribe
        && (there.clone().count(&app.db).await? >= SUBSCRIPTIONS_MAX
            || there.filter(subscription::Column::Host.eq(&host)).count(&app.db).await? >= PER_HOST_MAX)
    {
        return Ok(Err(Refused::Full));
    }
    Ok(Ok((asked, host)))
}

async fn put_question(app: &App, asked: &Asked, host: String) -> Result<()> {
    let asking = Asking::of(app, asked)?;
    let iri = format!("urn:uuid:{}", asking.id);
    let message = Message {
        id: id_of(&iri),
        iri,
        kind: Kind::Verify,
        actor: None,
        article: None,
        topic: asking.topic.clone(),
        media_type: "application/json".to_owned(),
        body: serde_json::to_string(&asking)?,
        at: app.clock.now(),
    };
    let transaction = app.begin().await?;
    message.keep(&transaction).await?;
    let to = [To { address: asking.callback, host, subscription: None }];
    delivery::plan(app, &transaction, &message, &to, TimeDelta::hours(ASKED_H)).await?;
    app.commit(transaction).await?;
    Ok(())
}
