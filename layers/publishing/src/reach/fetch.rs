//! One time that figures were asked for: when, what came of it, and what was said, word for word. Rows are only added; what was said is
//! emptied after [`super::settling::RAW_DAYS`], its digest stays.

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
pub enum Outcome {
    /// Every figure was given.
    Whole,
    /// Some were, some were not.
    Partial,
    /// The platform has none for this.
    Nothing,
    /// Too many questions in this time.
    Rate,
    /// The account's token is over, or the account is blocked.
    Token,
    /// The account may not ask for figures.
    Permission,
    /// The platform has it no more.
    Gone,
    Unavailable,
    /// It answered what its documents do not say.
    Protocol,
    /// Not asked: the account is paused, or the platform lets it in no more, or its settings can not be read.
    Paused,
    Dead,
    Settings,
}

impl Outcome {
    /// The Fluent key of its words.
    #[must_use]
    pub fn key(self) -> String {
        format!("reach-outcome-{}", self.to_value())
    }

    /// Whether figures came of it.
    #[must_use]
    pub const fn is_read(self) -> bool {
        matches!(self, Self::Whole | Self::Partial)
    }

    /// The mark of the interface.
    #[must_use]
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Whole => "on-time",
            Self::Partial | Self::Nothing => "soon",
            Self::Rate | Self::Unavailable | Self::Paused => "waiting",
            _ => "late",
        }
    }
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reach_fetch")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub watch: Uuid,
    pub subject: Uuid,
    pub agency: Uuid,
    pub at: DateTimeUtc,
    /// Of Vietnam.
    pub day: Date,
    pub outcome: Outcome,
    /// The platform's words when it refused, or why nothing was asked.
    #[sea_orm(column_type = "Text")]
    pub says: String,
    /// What was asked and answered, without our secrets; empty once it was cleared.
    #[sea_orm(column_type = "Text")]
    pub raw: String,
    /// There was more than is kept.
    pub raw_cut: bool,
    /// Of `raw` as it was kept.
    pub raw_sha256: String,
    pub cleared_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Fetch = Model;

impl Model {
    /// Those of a watch, in the order of time.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, watches: &[Uuid]) -> Result<Vec<Self>, DbErr> {
        let of = Entity::find().filter(Column::Watch.is_in(watches.iter().copied()));
        of.order_by_asc(Column::At).order_by_asc(Column::Id).all(on).await
    }
}
