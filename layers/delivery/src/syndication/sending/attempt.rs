//! One attempt to bring one message.

use std::time::Duration;

use platforms::activitypub;
use platforms::websub::{self, Content};
use platforms::{Line, LineError, Outcome, Refusal, Request, Response, Why};
use sea_orm::EntityTrait;

use crate::base::App;
use crate::channels::speaking::Http;
use crate::people::agency::brief::Known;
use crate::syndication::delivery::Delivery;
use crate::syndication::message::{self, Kind, Message};
use crate::syndication::subscription::{self, Asking, Subscription};
use crate::syndication::{actor, hub};
use crate::web::Error;

/// Whoever is called has so long to answer.
const ATTEMPT_S: u64 = 10;

/// What came of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Came {
    /// They have it. With what was asked for, where it was a question.
    Told(u16, Option<Asking>),
    /// They answered, and do not take it now: later perhaps.
    Later(Option<u16>, Refusal),
    /// They answered, and will never take it. True: they want nothing any more.
    Never(Option<u16>, String, bool),
    /// Nobody answered.
    Silent(String),
    /// It leads into our own network.
    Private,
}

/// Brings it.
///
/// # Errors
/// The database failed.
pub async fn of(app: &App, delivery: &Delivery) -> Result<Came, Error> {
    let Some(message) = message::Entity::find_by_id(delivery.message).one(&app.db).await? else {
        return Ok(Came::Never(None, "message".to_owned(), false));
    };
    match message.kind {
        Kind::Content => content(app, delivery, &message).await,
        Kind::Verify => verify(app, &message).await,
        _ => activity(app, delivery, &message).await,
    }
}

async fn activity(app: &App, delivery: &Delivery, message: &Message) -> Result<Came, Error> {
    let actor = match message.actor {
        Some(id) => actor::Entity::find_by_id(id).one(&app.db).await?,
        None => None,
    };
    let Some(actor) = actor else { return Ok(Came::Never(None, "actor".to_owned(), false)) };
    let key = match actor.key(app) {
        Ok(key) => key,
        Err(error) => {
            tracing::error!(actor = %actor.id, error = %format!("{error:#}"), "an actor's key can not be opened");
            let says = "the actor's key can not be opened".to_owned();
            return Ok(Came::Later(None, Refusal { why: Why::Unavailable, says, again_after: None }));
        }
    };
    let described = actor.described(app, &*Known::now(app).await?);
    let body: serde_json::Value = serde_json::from_str(&message.body).unwrap_or_default();
    match activitypub::deliver(&key, &described, &delivery.address, &body, app.clock.now().timestamp()) {
        Ok(request) => Ok(exchange(app, request, activitypub::classify).await),
        Err(refusal) => Ok(Came::Never(None, refusal.says, false)),
    }
}

async fn content(app: &App, delivery: &Delivery, message: &Message) -> Result<Came, Error> {
    let of = match delivery.subscription {
        Some(id) => subscription::Entity::find_by_id(id).one(&app.db).await?,
        None => None,
    };
    let Some(of) = of.filter(|one: &Subscription| one.expires_at > app.clock.now()) else {
        return Ok(Came::Never(None, "lease".to_owned(), false));
    };
    let secret = of.opened_secret(app)?;
    let content =
        Content { hub: &hub::address(app), topic: &message.topic, mime: &message.media_type, body: message.body.as_bytes() };
    match websub::distribution(&content, &delivery.address, secret.as_ref()) {
        Ok(request) => Ok(exchange(app, request, |answered| match answered {
            Ok(answer) => websub::classify(answer),
            Err(error) => activitypub::classify(&Err(error.clone())),
        })
        .await),
        Err(refusal) => Ok(Came::Never(None, refusal.says, false)),
    }
}

/// Sends it and reads what came back. A delivery that is repeated is the same one for who gets it.
async fn exchange(app: &App, request: Request, classify: impl Fn(&Result<Response, LineError>) -> Outcome) -> Came {
    let line = Http { private: app.config.syndication_private };
    let Ok(answered) = tokio::time::timeout(Duration::from_secs(ATTEMPT_S), line.exchange(request)).await else {
        return Came::Silent(format!("no answer within {ATTEMPT_S} s"));
    };
    let status = match &answered {
        Ok(answer) => answer.status().as_u16(),
        Err(LineError::NotSent(why)) if why.contains("private network") => return Came::Private,
        Err(error) => return Came::Silent(error.to_string()),
    };
    match classify(&answered) {
        Outcome::Refused(refusal) if refusal.why == Why::Gone => Came::Never(Some(status), refusal.says, true),
        // A receiver that can not fetch our key just now says that it does not believe us.
        Outcome::Refused(refusal) if refusal.why.passes() || refusal.why == Why::Permission => Came::Later(Some(status), refusal),
        Outcome::Refused(refusal) => Came::Never(Some(status), refusal.says, false),
        _ => Came::Told(status, None),
    }
}

/// Asks a subscriber whether it wants what was asked for in its name.
async fn verify(app: &App, message: &Message) -> Result<Came, Error> {
    let Ok(asking) = serde_json::from_str::<Asking>(&message.body) else {
        return Ok(Came::Never(None, "question".to_owned(), false));
    };
    let line = Http { private: app.config.syndication_private };
    let wanted = asking.asked();
    let asked = websub::verify(&line, &wanted, &asking.challenge);
    Ok(match tokio::time::timeout(Duration::from_secs(ATTEMPT_S), asked).await {
        Err(_) => Came::Silent(format!("no answer within {ATTEMPT_S} s")),
        Ok(Ok(true)) => Came::Told(200, Some(asking)),
        Ok(Ok(false)) => Came::Never(None, "not-wanted".to_owned(), false),
        Ok(Err(refusal)) if refusal.says.contains("private network") => Came::Private,
        Ok(Err(refusal)) => Came::Later(None, refusal),
    })
}
