//! What becomes known elsewhere of an article that is published, corrected or goes. Asked for a second time, nothing is said twice:
//! every message has its address.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use platforms::activitypub::{announce, create, delete, update};
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveEnum, ConnectionTrait, QuerySelect};
use serde_json::Value;

use super::actor::{self, Actor};
use super::block::Block;
use super::delivery::{self, TRIED_D, To};
use super::message::{Kind, Message};
use super::object::{self, Object};
use super::rights::PROVINCE;
use super::{follower, hub, press};
use crate::base::{App, By, Fact, fact};
use crate::news::{Article, article};
use crate::people::agency::brief::Known;
use crate::web::{Error, Result};

/// Answers a fact about an article.
///
/// # Errors
/// The database failed, or a key can not be opened.
pub async fn article_changed(app: &App, recorded: &fact::Model, fact: &Fact) -> anyhow::Result<()> {
    let done = changed(app, recorded, fact).await;
    done.map_err(|error| anyhow::anyhow!("an article's way out: {error:?}"))
}

async fn changed(app: &App, recorded: &fact::Model, fact: &Fact) -> Result<()> {
    let article = Article::find(&app.db, recorded.about).await?;
    match fact {
        // It may be gone again by now.
        Fact::ArticlePublished { .. } if article.state.is_public() => published(app, &article, recorded.at).await?,
        Fact::ArticleCorrected { .. } if article.state.is_public() => corrected(app, &article, recorded.at).await?,
        Fact::ArticleWithdrawn { .. } | Fact::ArticleTakenDown { .. } => gone(app, &article, recorded.at).await?,
        _ => {}
    }
    press::push::tell(app, recorded, fact, &article).await?;
    hub::changing::tell(app, recorded).await
}

/// Says it to who follows these actors, and to `others`.
async fn say(app: &App, on: &impl ConnectionTrait, message: &Message, actors: &[Uuid], others: Vec<To>) -> Result<usize> {
    let mut blocked = Vec::new();
    for actor in actors {
        blocked.extend(Block::hosts(on, *actor).await?);
    }
    let inboxes = follower::inboxes(on, actors, &blocked).await?;
    let mut to: Vec<To> = inboxes.into_iter().map(|(address, host)| To { address, host, subscription: None }).collect();
    let there: HashSet<String> = to.iter().map(|one| one.address.clone()).collect();
    to.extend(others.into_iter().filter(|one| !there.contains(&one.address)));
    delivery::plan(app, on, message, &to, TimeDelta::days(TRIED_D)).await?;
    Ok(to.len())
}

/// Whether the article is out, and stays so until the transaction ends: whoever takes it back meanwhile waits, and what follows from
/// that, on any node, finds what was said here.
async fn stays_out(on: &impl ConnectionTrait, id: Uuid) -> Result<bool, DbErr> {
    let held = article::Entity::find_by_id(id).lock_shared().one(on).await?;
    Ok(held.is_some_and(|one| one.state.is_public()))
}

async fn published(app: &App, article: &Article, at: DateTime<Utc>) -> Result<()> {
    let known = Known::now(app).await?;
    let own = Actor::of(&app.db, article.agency).await?.filter(Actor::is_on);
    let province = Actor::of(&app.db, PROVINCE).await?.filter(Actor::is_on);
    let Some(owner) = own.clone().or_else(|| province.clone()) else { return Ok(()) };
    let passing = province.filter(|province| province.id != owner.id);
    let object = Object {
        id: article.id,
        actor: owner.id,
        passed_on_by: passing.as_ref().map(|one| one.id),
        form: owner.form,
        published_at: article.published_at.unwrap_or(at),
        updated_at: None,
        gone_at: None,
    };
    let post = object.post(app, article).await?;
    let described = owner.described(app, &known);
    let creating = create(&described, &post);
    let transaction = app.begin().await?;
    if !stays_out(&transaction, article.id).await? || !object.keep(&transaction).await? {
        return Ok(()); // gone since, or said already
    }
    let message = Message::activity(Kind::Create, owner.id, Some(article.id), &creating, at);
    message.keep(&transaction).await?;
    let mut hosts = say(app, &transaction, &message, &[owner.id], Vec::new()).await?;
    if let Some(passing) = passing {
        let passed = announce(&passing.described(app, &known), &post.id, at.timestamp());
        let message = Message::activity(Kind::Announce, passing.id, Some(article.id), &passed, at);
        message.keep(&transaction).await?;
        hosts += say(app, &transaction, &message, &[passing.id], Vec::new()).await?;
    }
    record(app, &transaction, &owner, article, Kind::Create, hosts).await?;
    app.commit(transaction).await?;
    Ok(())
}

async fn corrected(app: &App, article: &Article, at: DateTime<Utc>) -> Result<()> {
    let Some(object) = Object::of(&app.db, article.id).await?.filter(|one| one.gone_at.is_none()) else { return Ok(()) };
    let Some(owner) = owner_of(app, &object).await?.filter(Actor::is_on) else { return Ok(()) };
    let object = Object { updated_at: Some(at), ..object };
    let described = owner.described(app, &*Known::now(app).await?);
    let post = object.post(app, article).await?;
    let message = Message::activity(Kind::Update, owner.id, Some(article.id), &update(&described, &post), at);
    let transaction = app.begin().await?;
    // Who takes it back on another node may be quicker: nothing is said of what is gone.
    if !message.keep(&transaction).await? || !Object::mark(&transaction, article.id, false, at).await? {
        return Ok(());
    }
    // Who did not get the first word yet gets the right one.
    Message::reword(&transaction, &create(&described, &post)).await?;
    let hosts = say(app, &transaction, &message, &object.tellers(), Vec::new()).await?;
    record(app, &transaction, &owner, article, Kind::Update, hosts).await?;
    app.commit(transaction).await?;
    Ok(())
}

/// Taken back everywhere, also by an actor that was switched off meanwhile: what an order takes down goes.
async fn gone(app: &App, article: &Article, at: DateTime<Utc>) -> Result<()> {
    let Some(object) = Object::of(&app.db, article.id).await?.filter(|one| one.gone_at.is_none()) else { return Ok(()) };
    let Some(owner) = owner_of(app, &object).await? else { return Ok(()) };
    let described = owner.described(app, &*Known::now(app).await?);
    let deleting: Value = delete(&described, &object::iri(app, article.id), at.timestamp());
    let message = Message::activity(Kind::Delete, owner.id, Some(article.id), &deleting, at);
    let transaction = app.begin().await?;
    let before: Vec<Uuid> = Message::about(&transaction, article.id).await?.into_iter().map(|one| one.id).collect();
    delivery::drop_waiting(app, &transaction, &before, "gone").await?;
    let told = delivery::brought(&transaction, &before).await?;
    if !message.keep(&transaction).await? {
        return Ok(());
    }
    Object::mark(&transaction, article.id, true, at).await?;
    let hosts = say(app, &transaction, &message, &object.tellers(), told).await?;
    record(app, &transaction, &owner, article, Kind::Delete, hosts).await?;
    app.commit(transaction).await?;
    Ok(())
}

async fn owner_of(app: &App, object: &Object) -> Result<Option<Actor>, DbErr> {
    actor::Entity::find_by_id(object.actor).one(&app.db).await
}

async fn record(
    app: &App,
    on: &impl ConnectionTrait,
    actor: &Actor,
    article: &Article,
    kind: Kind,
    hosts: usize,
) -> Result<(), Error> {
    let inboxes = u32::try_from(hosts).unwrap_or(u32::MAX);
    let fact = Fact::ArticleSyndicated { title: article.title.clone(), what: kind.to_value(), inboxes };
    app.record(on, actor.id, fact, &By::system()).await?;
    Ok(())
}
