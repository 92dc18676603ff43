//! One airing on one cluster: how far it came, and what is believed of it.

use chrono::{DateTime, Utc};
use sea_orm::Condition;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;

use crate::base::new_id;

/// Where it stands, as we told the device. What it really played is its verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum State {
    Planned,
    /// The device was told to play.
    OnAir,
    /// Broken off by something stronger; it goes on by itself.
    Broken,
    /// The device went away while it played; it begins anew when it is back in time.
    Lost,
    Finished,
    /// Broken off and not taken up again.
    Cut,
    /// Never begun in time.
    Missed,
    /// Taken off by a person.
    Withdrawn,
}

impl State {
    /// Whether nothing more happens by itself.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Finished | Self::Cut | Self::Missed | Self::Withdrawn)
    }

    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("loud-play-{}", self.to_value().replace('_', "-"))
    }
}

/// What is believed of it; see the leaf's `coverage::Verdict`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(14))", rename_all = "snake_case")]
pub enum Verdict {
    /// Not judged yet.
    Open,
    Played,
    Partly,
    Contradicted,
    /// It acknowledged the order and never reported play.
    Acknowledged,
    Unreported,
}

impl Verdict {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("loud-verdict-{}", self.to_value())
    }

    /// The mark of the interface.
    #[must_use]
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Open => "waiting",
            Self::Played => "on-time",
            Self::Partly => "draft",
            Self::Contradicted | Self::Acknowledged => "late",
            Self::Unreported => "unknown",
        }
    }
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "loudspeaker_play")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub airing: Uuid,
    /// The first airing of which this is a repetition; itself for the first.
    pub root: Uuid,
    pub cluster: Uuid,
    /// Of the cluster.
    pub agency: Uuid,
    /// What the airtime calls it.
    pub number: i64,
    pub state: State,
    /// Why it was missed, a word of the leaf's `schedule::Why`; else empty.
    pub why: String,
    /// Where in the sound it was told to play last, or had come to.
    pub from_s: i32,
    pub begun_at: Option<DateTimeUtc>,
    pub ended_at: Option<DateTimeUtc>,
    pub verdict: Verdict,
    /// Of a contradiction: which, a word of the leaf's `coverage::Contradiction`.
    pub verdict_why: String,
    /// Of the sound that is believed to have been heard, in thousandths.
    pub share_milli: i32,
    /// When it is to be judged, or judged again.
    pub judge_at: Option<DateTimeUtc>,
    pub judged_at: Option<DateTimeUtc>,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Play = Model;

impl Model {
    /// A new one.
    #[must_use]
    pub fn planned((airing, root): (Uuid, Uuid), (cluster, agency): (Uuid, Uuid)) -> Self {
        let id = new_id();
        Self {
            id,
            airing,
            root,
            cluster,
            agency,
            number: number(id),
            state: State::Planned,
            why: String::new(),
            from_s: 0,
            begun_at: None,
            ended_at: None,
            verdict: Verdict::Open,
            verdict_why: String::new(),
            share_milli: 0,
            judge_at: None,
            judged_at: None,
            version: 1,
        }
    }
}

/// What the airtime calls a play: the random half of its id, 62 bits, as a number that both engines keep.
fn number(id: Uuid) -> i64 {
    let (_, low) = id.as_u64_pair();
    i64::try_from(low & 0x3fff_ffff_ffff_ffff).unwrap_or_default()
}

/// Something new is known of a cluster: what it was to play of late is judged (again) soon; of one airing, or of all.
///
/// # Errors
/// The database failed.
pub async fn look_again(on: &impl ConnectionTrait, cluster: Uuid, airing: Option<Uuid>, now: DateTime<Utc>) -> Result<(), DbErr> {
    let recent = Condition::any().add(Column::EndedAt.is_null()).add(Column::EndedAt.gt(now - chrono::TimeDelta::hours(24)));
    // Working memory of judging: what comes of it is recorded there. // recorded by judging
    let mut row = Entity::update_many()
        .col_expr(Column::JudgeAt, Expr::value(Some(now)))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Cluster.eq(cluster))
        .filter(Column::BegunAt.is_not_null())
        .filter(recent);
    if let Some(airing) = airing {
        row = row.filter(Column::Airing.eq(airing));
    }
    row.exec(on).await.map(|_| ())
}
