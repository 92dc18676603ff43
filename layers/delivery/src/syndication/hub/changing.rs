//! A feed that changed is sent on to whoever subscribed to it, once for each change; who has not got the change before gets the
//! new one instead. // recorded by the fact about the article

use chrono::TimeDelta;
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder, QuerySelect, QueryTrait};

use super::topic;
use crate::base::digest::sha256;
use crate::base::{App, fact};
use crate::syndication::delivery::{self, State, TRIED_D, To};
use crate::syndication::message::{self, Kind, Message, id_of};
use crate::syndication::subscription::Subscription;
use crate::web::Result;

/// What a feed said when it was sent on last.
///
/// # Errors
/// The database failed.
pub async fn latest(on: &impl ConnectionTrait, topic: &str) -> Result<Option<Message>, DbErr> {
    let of = message::Entity::find()
        .filter(message::Column::Kind.eq(Kind::Content))
        .filter(message::Column::Topic.eq(topic))
        .order_by_desc(message::Column::At)
        .order_by_desc(message::Column::Id);
    of.limit(1).one(on).await
}

fn of(app: &App, (iri, topic): (String, &str), before: Option<&Message>, (media_type, body): (String, String)) -> Message {
    // Never at the same moment as the one before: the latest is found by its time.
    let at = before.map_or(app.clock.now(), |before| app.clock.now().max(before.at + TimeDelta::milliseconds(1)));
    let topic = topic.to_owned();
    Message { id: id_of(&iri), iri, kind: Kind::Content, actor: None, article: None, topic, media_type, body, at }
}

/// The first subscription to a feed: what it says now is not news.
///
/// # Errors
/// The database failed.
pub async fn begin(app: &App, on: &impl ConnectionTrait, topic: &str) -> Result<()> {
    if latest(on, topic).await?.is_some() {
        return Ok(());
    }
    if let Some(now) = topic::now(app, topic).await? {
        of(app, (format!("{topic}#{}", sha256(now.1.as_bytes())), topic), None, now).keep(on).await?;
    }
    Ok(())
}

/// After a fact: every feed that somebody subscribed to and that says something else now is sent on.
///
/// # Errors
/// The database failed.
pub async fn tell(app: &App, recorded: &fact::Model) -> Result<()> {
    for topic in Subscription::topics(app).await? {
        let Some(now) = topic::now(app, &topic).await? else { continue };
        let before = latest(&app.db, &topic).await?;
        if before.as_ref().is_some_and(|before| before.body == now.1) {
            continue;
        }
        let message = of(app, (format!("{topic}#{}", recorded.id), &topic), before.as_ref(), now);
        let transaction = app.begin().await?;
        if message.keep(&transaction).await? {
            supersede(app, &transaction, &message).await?;
            let to = Subscription::to(app, &transaction, &topic).await?;
            let to: Vec<To> =
                to.into_iter().map(|one| To { address: one.callback, host: one.host, subscription: Some(one.id) }).collect();
            delivery::plan(app, &transaction, &message, &to, TimeDelta::days(TRIED_D)).await?;
        }
        app.commit(transaction).await?;
    }
    Ok(())
}

async fn supersede(app: &App, on: &impl ConnectionTrait, by: &Message) -> Result<(), DbErr> {
    let older = message::Entity::find()
        .select_only()
        .column(message::Column::Id)
        .filter(message::Column::Kind.eq(Kind::Content))
        .filter(message::Column::Topic.eq(&by.topic))
        .filter(message::Column::Id.ne(by.id));
    let waiting = Condition::all().add(delivery::Column::Message.in_subquery(older.into_query()));
    delivery::settle_waiting(app, on, State::Dropped, "newer", waiting).await
}
