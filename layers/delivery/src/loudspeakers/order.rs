//! What a device is told. An order is made in the transaction that decides it; the line takes those that are due under a lease, says
//! them once or, while nobody acknowledges, again under the same id, and says here what came of it. // recorded by the fact of the airing
//!
//! ```text
//!   planned ──(its minute, decided by the airtime)──► waiting ──due: lease──► sent ──► acknowledged
//!      └── cancelled                                     └──► failed ◄── refused, expired, said too often
//! ```

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use loudspeakers::device::{Fetch, LedEnvelope, Mapping, Order as Plain, Play, Problem, Subject, Volume};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{Condition, QueryOrder, QuerySelect, QueryTrait};
use serde::{Deserialize, Serialize};

use super::cluster::{self, Cluster};
use super::heard::How;
use super::line::terms;
use crate::base::App;
use crate::web::Error;

/// So long nobody else takes an order that is being sent.
pub const LEASE_S: i64 = 10;
/// An order that was sent and is not acknowledged is said again after that.
pub const AGAIN_S: i64 = 10;
/// One to fetch is not urgent: who was away a minute ago may be there in some minutes.
const FETCH_AGAIN_S: i64 = 300;
/// How often it is said at most.
pub const ATTEMPTS_MAX: i32 = 5;

/// What kind of order it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum Kind {
    Play,
    Stop,
    Volume,
    /// Fetch the sound of something that is aired later.
    Fetch,
    /// What a notice board shows.
    Board,
    /// Send your data: volume, version, what you play.
    Sync,
    Update,
    Reset,
}

impl Kind {
    /// Where it is said: the subject of its topic.
    #[must_use]
    pub const fn subject(self) -> Subject {
        match self {
            Self::Play => Subject::Play,
            Self::Stop => Subject::Stop,
            Self::Volume => Subject::Volume,
            Self::Fetch => Subject::Fetch,
            Self::Board => Subject::Schedule,
            Self::Sync => Subject::DataRequest,
            Self::Update => Subject::Update,
            Self::Reset => Subject::Reset,
        }
    }
}

/// Where an order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
pub enum State {
    /// Made ahead of time; whether it is sent is decided when its minute comes.
    Planned,
    Waiting,
    Sent,
    Acknowledged,
    /// Refused by the device, too late, or said too often without an answer.
    Failed,
    Cancelled,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "loudspeaker_order")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub cluster: Uuid,
    /// Of which play it is a step.
    pub play: Option<Uuid>,
    pub kind: Kind,
    /// A [`Message`] as JSON, under own names; it gets its time and the platform's terms when it is sent.
    #[sea_orm(column_type = "Text")]
    pub payload: String,
    pub made_at: DateTimeUtc,
    pub due_at: DateTimeUtc,
    /// Later than that it is not said: an old order must not be played tomorrow.
    pub expires_at: DateTimeUtc,
    pub leased_until: Option<DateTimeUtc>,
    /// When it was said last.
    pub sent_at: Option<DateTimeUtc>,
    pub acknowledged_at: Option<DateTimeUtc>,
    pub attempts: i32,
    pub state: State,
    /// The words of the line or of the device.
    #[sea_orm(column_type = "Text")]
    pub says: String,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Order = Model;

/// What an order says, without the time, which it gets when it is sent. Its id is the order's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "message", rename_all = "snake_case")]
pub enum Message {
    Play(Play),
    Volume(Volume),
    Fetch(Fetch),
    Board(Box<LedEnvelope>),
    Plain(Plain),
}

impl Message {
    /// In the platform's terms, sent now.
    ///
    /// # Errors
    /// [`Problem::Mapping`].
    pub fn written(self, mapping: &Mapping, now: DateTime<Utc>) -> Result<Vec<u8>, Problem> {
        match self {
            Self::Play(play) => mapping.write(&Play { sent_at: now, ..play }),
            Self::Volume(volume) => mapping.write(&Volume { sent_at: now, ..volume }),
            Self::Fetch(fetch) => mapping.write(&Fetch { sent_at: now, ..fetch }),
            Self::Board(envelope) => mapping.write(&LedEnvelope { sent_at: now, ..*envelope }),
            Self::Plain(order) => mapping.write(&Plain { sent_at: now, ..order }),
        }
    }
}

/// An order that is to be said now, ready to be written on the line.
#[derive(Clone, Debug)]
pub struct Due {
    pub order: Order,
    /// The device's id (IMEI).
    pub device: String,
    /// JSON in the platform's terms.
    pub bytes: Vec<u8>,
}

/// Takes orders that are due, but for those that a device fetches itself by HTTP, the oldest first, at most so many, for [`LEASE_S`].
/// Those of which nobody heard anything are among them
/// again. What is too late, was said too often, can not be said in the devices' terms, or is for a cluster out of service is given up
/// here and not returned.
///
/// # Errors
/// The database failed.
pub async fn due(app: &App, limit: u64) -> Result<Vec<Due>, Error> {
    let now = app.clock.now();
    let fetching =
        cluster::Entity::find().select_only().column(cluster::Column::Id).filter(cluster::Column::Speaks.eq(How::Http));
    let said = Condition::any().add(Column::ExpiresAt.lte(now)).add(Column::Cluster.not_in_subquery(fetching.into_query()));
    take(app, ready(now).filter(said).limit(limit).all(&app.db).await?, now).await
}

/// Orders of one cluster that are due, for a device that asks by HTTP instead of listening: as [`due`], of its own alone.
///
/// # Errors
/// The database failed.
pub async fn due_of(app: &App, cluster: Uuid, limit: u64) -> Result<Vec<Due>, Error> {
    let now = app.clock.now();
    take(app, ready(now).filter(Column::Cluster.eq(cluster)).limit(limit).all(&app.db).await?, now).await
}

fn ready(now: DateTime<Utc>) -> Select<Entity> {
    let long_ago = |seconds: i64| Column::SentAt.lt(now - TimeDelta::seconds(seconds));
    let urgent = Condition::all().add(Column::Kind.ne(Kind::Fetch)).add(long_ago(AGAIN_S));
    let unheard = Condition::any().add(urgent).add(long_ago(FETCH_AGAIN_S));
    let unheard = Condition::all().add(Column::State.eq(State::Sent)).add(unheard);
    Entity::find()
        .filter(Condition::any().add(Column::State.eq(State::Waiting)).add(unheard))
        .filter(Column::DueAt.lte(now))
        .filter(unleased(now))
        .order_by_asc(Column::DueAt)
        .order_by_asc(Column::Id)
}

/// Orders that nobody is to hear any more are taken back by this: those that were not said, and orders to play or to fetch that were
/// said and of which nobody heard anything, for they would be said again.
#[must_use]
pub fn unheard() -> Condition {
    let again = Condition::all().add(Column::State.eq(State::Sent)).add(Column::Kind.is_in([Kind::Play, Kind::Fetch]));
    Condition::any().add(Column::State.is_in([State::Planned, State::Waiting])).add(again)
}

fn unleased(now: DateTime<Utc>) -> Condition {
    Condition::any().add(Column::LeasedUntil.is_null()).add(Column::LeasedUntil.lt(now))
}

/// Leases those that are still free, and gives up those that can not be said any more.
async fn take(app: &App, rows: Vec<Order>, now: DateTime<Utc>) -> Result<Vec<Due>, Error> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = rows.iter().map(|row| row.cluster).collect();
    let clusters = cluster::Entity::find().filter(cluster::Column::Id.is_in(ids)).all(&app.db).await?;
    let clusters: HashMap<Uuid, Cluster> = clusters.into_iter().map(|one| (one.id, one)).collect();
    let mapping = terms::mapping(app)?;
    let (mut over, mut good) = (Vec::new(), Vec::new());
    for row in rows {
        let cluster = clusters.get(&row.cluster).filter(|one| one.state == cluster::State::Active);
        match cluster {
            Some(cluster) if row.expires_at > now && row.attempts < ATTEMPTS_MAX => {
                let message: Message = serde_json::from_str(&row.payload).map_err(anyhow::Error::from)?;
                match message.written(&mapping, now) {
                    Ok(bytes) => good.push(Due { device: cluster.device.clone(), order: row, bytes }),
                    // An operator's own mapping may have no words for it; that holds up nobody else's orders.
                    Err(problem) => {
                        tracing::error!(%problem, order = %row.id, "an order can not be written in the devices' terms");
                        over.push(row.id);
                    }
                }
            }
            _ => over.push(row.id),
        }
    }
    give_up(app, over, now).await?;
    let ids: Vec<Uuid> = good.iter().map(|due| due.order.id).collect();
    let leased: Vec<Order> = Entity::update_many()
        .col_expr(Column::LeasedUntil, Expr::value(Some(now + TimeDelta::seconds(LEASE_S))))
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.is_in(ids))
        .filter(Column::State.is_in([State::Waiting, State::Sent]))
        .filter(unleased(now))
        .exec_with_returning(&app.db)
        .await?;
    let mut leased: HashMap<Uuid, Order> = leased.into_iter().map(|order| (order.id, order)).collect();
    Ok(good.into_iter().filter_map(|due| Some(Due { order: leased.remove(&due.order.id)?, ..due })).collect())
}

async fn give_up(app: &App, ids: Vec<Uuid>, now: DateTime<Utc>) -> Result<(), DbErr> {
    if ids.is_empty() {
        return Ok(());
    }
    let row = Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Failed))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1));
    let open = row.filter(Column::Id.is_in(ids)).filter(Column::State.is_in([State::Waiting, State::Sent]));
    open.filter(unleased(now)).exec(&app.db).await.map(|_| ())
}

/// Says that the line took it: an MQTT broker acknowledged it, or the device fetched it. Not yet that the device has it.
///
/// # Errors
/// The database failed.
pub async fn sent(app: &App, order: Uuid) -> Result<(), Error> {
    let now = app.clock.now();
    let row = Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Sent))
        .col_expr(Column::SentAt, Expr::value(now))
        .col_expr(Column::LeasedUntil, Expr::value(Option::<DateTimeUtc>::None))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1));
    // An acknowledgement may be quicker than the broker's.
    row.filter(Column::Id.eq(order)).filter(Column::State.is_in([State::Waiting, State::Sent])).exec(&app.db).await?;
    Ok(())
}

/// Says that the device has it. Whether it plays is another matter. Returns whether there was such an order of that cluster that
/// waited for it; the second time does nothing.
///
/// # Errors
/// The database failed.
pub async fn acknowledged(on: &impl ConnectionTrait, cluster: Uuid, order: Uuid, now: DateTime<Utc>) -> Result<bool, Error> {
    let row = Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Acknowledged))
        .col_expr(Column::AcknowledgedAt, Expr::value(now))
        .col_expr(Column::LeasedUntil, Expr::value(Option::<DateTimeUtc>::None))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1));
    // One that was given up or taken back meanwhile was heard all the same.
    let open = [State::Waiting, State::Sent, State::Failed, State::Cancelled];
    let done =
        row.filter(Column::Id.eq(order)).filter(Column::Cluster.eq(cluster)).filter(Column::State.is_in(open)).exec(on).await?;
    Ok(done.rows_affected > 0)
}

/// Says that it could not be said now, and why. It is tried again unless it may not (`for_good`: the device refused it).
///
/// # Errors
/// The database failed.
pub async fn failed(app: &App, order: Uuid, why: &str, for_good: bool) -> Result<(), Error> {
    let state = if for_good { State::Failed } else { State::Waiting };
    let says: String = why.chars().filter(|letter| *letter != '\0').take(500).collect();
    let row = Entity::update_many()
        .col_expr(Column::State, Expr::value(state))
        .col_expr(Column::Says, Expr::value(says))
        // Another try in two seconds, not at once: the line may be down.
        .col_expr(Column::LeasedUntil, Expr::value(Some(app.clock.now() + TimeDelta::seconds(2))))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1));
    row.filter(Column::Id.eq(order)).filter(Column::State.is_in([State::Waiting, State::Sent])).exec(&app.db).await?;
    Ok(())
}
