//! Where an article stands by the open ways, and how many servers were told: asked by whoever wants to know of all copies.

use futures_util::future::BoxFuture;
use sea_orm::entity::prelude::*;

use super::actor::{self, Actor};
use super::delivery::{self, State};
use super::message::{Kind, Message};
use super::object::{self, Object};
use crate::base::App;
use crate::base::copies::{Copy, Count, Stand};
use crate::web::Result;

/// How its messages of one kind stand.
#[derive(Clone, Copy, Debug, Default)]
struct Ways {
    /// There is such a message at all.
    said: bool,
    told: u64,
    waits: u64,
    all: u64,
}

struct Told {
    object: Object,
    owner: Actor,
    create: Ways,
    update: Ways,
    delete: Ways,
    /// Servers that have it and could not be told the last word on it.
    missed: u64,
}

async fn told(app: &App, article: Uuid) -> Result<Option<Told>> {
    let Some(object) = Object::of(&app.db, article).await? else { return Ok(None) };
    let Some(owner) = actor::Entity::find_by_id(object.actor).one(&app.db).await? else { return Ok(None) };
    let messages = Message::about(&app.db, article).await?;
    let ids: Vec<Uuid> = messages.iter().map(|one| one.id).collect();
    let counts = delivery::counts(&app.db, &ids).await?;
    // Of corrections the last one says how it stands.
    let last_update = messages.iter().filter(|one| one.kind == Kind::Update).max_by_key(|one| one.at).map(|one| one.id);
    let of = |kinds: &[Kind]| {
        let is_one = |one: &&Message| kinds.contains(&one.kind) && (one.kind != Kind::Update || Some(one.id) == last_update);
        let mut ways = Ways::default();
        for message in messages.iter().filter(is_one) {
            ways.said = true;
            for count in counts.iter().filter(|count| count.message == message.id) {
                let n = u64::try_from(count.n).unwrap_or_default();
                ways.all += n;
                ways.told += if count.state == State::Told { n } else { 0 };
                ways.waits += if count.state == State::Planned { n } else { 0 };
            }
        }
        ways
    };
    let (create, update, delete) = (of(&[Kind::Create, Kind::Announce]), of(&[Kind::Update]), of(&[Kind::Delete]));
    let word = if object.gone_at.is_some() { Kind::Delete } else { Kind::Update };
    let is_word = |one: &&Message| one.kind == word && (word == Kind::Delete || Some(one.id) == last_update);
    let (then, first): (Vec<&Message>, Vec<&Message>) = messages.iter().partition(is_word);
    let ids = |some: Vec<&Message>| some.into_iter().map(|one| one.id).collect::<Vec<Uuid>>();
    let missed = delivery::missed(&app.db, &ids(first), &ids(then)).await?;
    Ok(Some(Told { object, owner, create, update, delete, missed }))
}

impl Told {
    fn stand(&self) -> Stand {
        // What was tried in vain is not done: somebody has to look, and to say so.
        let is_missed = self.missed > 0;
        if self.object.gone_at.is_some() {
            return match self.delete.waits {
                0 if is_missed => Stand::Unknown,
                0 => Stand::Retracted,
                _ => Stand::Wanted,
            };
        }
        if self.update.said {
            return match self.update.waits {
                0 if is_missed => Stand::Unknown,
                0 => Stand::Edited,
                _ => Stand::Wanted,
            };
        }
        match self.create {
            Ways { told: 0, waits: 1.., .. } => Stand::Waiting,
            _ => Stand::Out,
        }
    }

    /// The ways that say how it stands now.
    const fn last(&self) -> Ways {
        if self.object.gone_at.is_some() {
            self.delete
        } else if self.update.said {
            self.update
        } else {
            self.create
        }
    }
}

/// See [`crate::base::copies`].
pub fn copies(app: &App, article: Uuid) -> BoxFuture<'_, Result<Vec<Copy>>> {
    Box::pin(async move {
        let Some(told) = told(app, article).await? else { return Ok(Vec::new()) };
        let last = told.last();
        let object = &told.object;
        Ok(vec![Copy {
            id: object.id,
            channel: "activitypub",
            agency: told.owner.scope,
            place: told.owner.handle(app),
            href: Actor::desk_path(told.owner.scope),
            address: Some(object::iri(app, article)),
            recipients: Some(told.create.told),
            stand: told.stand(),
            since: object.gone_at.or(object.updated_at).unwrap_or(object.published_at),
            proof: format!("HTTP 2xx: {}/{}", last.told, last.all),
        }])
    })
}

/// See [`crate::base::copies`].
pub fn counts(app: &App, article: Uuid) -> BoxFuture<'_, Result<Vec<Count>>> {
    Box::pin(async move {
        let Some(told) = told(app, article).await? else { return Ok(Vec::new()) };
        Ok(vec![Count {
            channel: "activitypub",
            agency: told.owner.scope,
            place: told.owner.handle(app),
            metric: "servers-told",
            value: Some(told.create.told),
            definition: "inboxes-1",
            distinct: false,
            at: app.clock.now(),
            href: Actor::desk_path(told.owner.scope),
        }])
    })
}
