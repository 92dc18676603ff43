//! Once an hour: what was tried long enough is given up, what is old is forgotten, followers are counted, and who is on a host that
//! has been silent for two weeks is let go.

use chrono::TimeDelta;
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QuerySelect, QueryTrait};

use super::actor::Actor;
use super::delivery::{self, State};
use super::host::Host;
use super::message::{self, Kind};
use super::{day, follower, heard, hub, signer, subscription};
use crate::base::{App, By, Chore, Fact};

const EVERY_S: i64 = 3_600;
/// A host that does not answer for so long is given up.
pub const SILENT_D: i64 = 14;
const HOSTS_MAX: u64 = 200;
/// How long what was brought is kept: of articles for their proof, of all else for looking at.
const KEPT_D: i64 = 400;
const PASSING_KEPT_D: i64 = 7;
const PASSING: [Kind; 3] = [Kind::Accept, Kind::Content, Kind::Verify];
const LASTING: [Kind; 4] = [Kind::Create, Kind::Update, Kind::Delete, Kind::Announce];
const HEARD_D: i64 = 2;
const KEY_D: i64 = 30;

/// Tends what is on its way and who is told.
#[must_use]
pub fn chore() -> Chore {
    Chore { name: "tend-syndication", every_s: EVERY_S, work: |app| Box::pin(tend(app)) }
}

async fn tend(app: &App) -> anyhow::Result<()> {
    let now = app.clock.now();
    let over = Condition::all().add(delivery::Column::ExpiresAt.lt(now));
    delivery::settle_waiting(app, &app.db, State::Failed, "expired", over).await?;
    for host in Host::silent_since(&app.db, now - TimeDelta::days(SILENT_D), HOSTS_MAX).await? {
        release(app, &host).await?;
    }
    subscription::Entity::delete_many().filter(subscription::Column::ExpiresAt.lt(now)).exec(&app.db).await?;
    for actor in Actor::all(&app.db).await?.into_iter().filter(Actor::is_on) {
        day::count(app, actor.id).await?;
    }
    forget(app).await?;
    Ok(())
}

/// Who is on a host that is silent is let go; the host is forgotten, and may come back as a new one.
async fn release(app: &App, host: &Host) -> anyhow::Result<()> {
    let transaction = app.begin().await?;
    let followers =
        follower::Entity::delete_many().filter(follower::Column::Host.eq(&host.host)).exec(&transaction).await?.rows_affected;
    let subscriptions = subscription::Entity::delete_many()
        .filter(subscription::Column::Host.eq(&host.host))
        .exec(&transaction)
        .await?
        .rows_affected;
    let theirs = Condition::all().add(delivery::Column::Host.eq(&host.host));
    delivery::settle_waiting(app, &transaction, State::Failed, "silent", theirs).await?;
    Host::forget(&transaction, &host.host).await?;
    if followers + subscriptions > 0 {
        let fact = Fact::HostReleased { host: host.host.clone(), followers, subscriptions };
        app.record(&transaction, Uuid::nil(), fact, &By::system()).await?;
    }
    app.commit(transaction).await?;
    Ok(())
}

async fn forget(app: &App) -> Result<(), DbErr> {
    let now = app.clock.now();
    delivery::forget(&app.db, &PASSING, now - TimeDelta::days(PASSING_KEPT_D)).await?;
    delivery::forget(&app.db, &LASTING, now - TimeDelta::days(KEPT_D)).await?;
    // Messages that nothing of is on its way or noted.
    let noted = delivery::Entity::find().select_only().column(delivery::Column::Message);
    message::Entity::delete_many()
        .filter(message::Column::Kind.is_in([Kind::Accept, Kind::Verify]))
        .filter(message::Column::At.lt(now - TimeDelta::days(PASSING_KEPT_D)))
        .filter(message::Column::Id.not_in_subquery(noted.clone().into_query()))
        .exec(&app.db)
        .await?;
    forget_words(app, &noted).await?;
    message::Entity::delete_many()
        .filter(message::Column::At.lt(now - TimeDelta::days(KEPT_D)))
        .filter(message::Column::Id.not_in_subquery(noted.into_query()))
        .exec(&app.db)
        .await?;
    heard::forget(&app.db, now - TimeDelta::days(HEARD_D)).await?;
    signer::forget_old(&app.db, now - TimeDelta::days(KEY_D)).await
}

/// A feed is a whole document with each change of it: of those that nothing is noted of any more, only the newest is compared with.
async fn forget_words(app: &App, noted: &Select<delivery::Entity>) -> Result<(), DbErr> {
    let topics = message::Entity::find().select_only().column(message::Column::Topic).distinct();
    let topics: Vec<String> = topics.filter(message::Column::Kind.eq(Kind::Content)).into_tuple().all(&app.db).await?;
    let old = app.clock.now() - TimeDelta::days(PASSING_KEPT_D);
    for topic in topics {
        let Some(newest) = hub::changing::latest(&app.db, &topic).await? else { continue };
        message::Entity::delete_many()
            .filter(message::Column::Kind.eq(Kind::Content))
            .filter(message::Column::Topic.eq(&topic))
            .filter(message::Column::At.lt(newest.at))
            .filter(message::Column::At.lt(old))
            .filter(message::Column::Id.not_in_subquery(noted.clone().into_query()))
            .exec(&app.db)
            .await?;
    }
    Ok(())
}
