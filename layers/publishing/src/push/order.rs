//! An order: that an article is announced, or that its correction is sent to whoever got the announcement. One of each for an article.

pub mod building;
pub mod delivery;
pub mod placing;
pub mod resuming;
pub mod stopping;

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::rights;
use crate::base::{App, Who};
use crate::news::article::Language;
use crate::web::Error;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "push_order")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub article: Uuid,
    pub kind: Kind,
    pub agency: Uuid,
    pub section: Uuid,
    pub language: Language,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    /// The words below the title.
    #[sea_orm(column_type = "Text")]
    pub body: String,
    pub state: State,
    /// Not before; quiet hours move it.
    pub due_at: DateTimeUtc,
    /// Who pressed; None: the section does it by itself.
    pub made_by: Option<Uuid>,
    pub made_at: DateTimeUtc,
    pub built_at: Option<DateTimeUtc>,
    pub finished_at: Option<DateTimeUtc>,
    /// How many subscriptions it was for, and how many of these had had enough that day.
    pub matched: i32,
    pub over_limit: i32,
    /// Why it was stopped.
    #[sea_orm(column_type = "Text")]
    pub why: String,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Order = Model;

/// What it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum Kind {
    News,
    /// To whoever got the first: it was corrected, or is gone.
    Correction,
}

impl Kind {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("push-kind-{}", self.to_value())
    }
}

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum State {
    /// Nobody was written down yet.
    Waiting,
    /// A row for each subscription is there.
    Sending,
    Done,
    /// What had not gone does not go.
    Stopped,
}

impl State {
    /// The word in addresses and data.
    #[must_use]
    pub fn code(self) -> String {
        self.to_value()
    }

    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("push-order-{}", self.to_value())
    }

    /// The mark of the interface.
    #[must_use]
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Waiting => "soon",
            Self::Sending => "waiting",
            Self::Done => "issued",
            Self::Stopped => "superseded",
        }
    }

    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Stopped)
    }
}

impl Model {
    /// The order, when the person may see it; to others it is not there, and that they asked is noted.
    ///
    /// # Errors
    /// Not found, hidden, or the database failed.
    pub async fn find_for(app: &App, who: &Who, id: Uuid) -> Result<Self, Error> {
        let order = Entity::find_by_id(id).one(&app.db).await?.ok_or(Error::NotFound)?;
        if rights::sees(who, order.agency) { Ok(order) } else { Err(Error::Hidden(id)) }
    }

    /// Those of an article, the announcement first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, article: Uuid) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Article.eq(article)).order_by_desc(Column::Kind).all(on).await
    }

    /// Where the desk looks at it.
    #[must_use]
    pub fn desk_path(id: Uuid) -> String {
        format!("/desk/push/{id}")
    }

    /// The name under which a later notice takes the place of one that waits (RFC 8030, 5.4), and of one that is shown: the same for all
    /// that is said of an article.
    #[must_use]
    pub fn topic(&self) -> String {
        self.article.simple().to_string()
    }
}
