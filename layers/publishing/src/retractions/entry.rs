//! The history of a case, line by line: what moved, when, and what shows it. Written once, never changed.
//! // recorded by the verb whose line it is, in the same transaction

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use crate::base::new_id;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "retraction_entry")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub retraction: Uuid,
    /// The copy that it is about; None: the whole case.
    pub found: Option<Uuid>,
    /// Of the fact that it answers: an answer that is given twice leaves one line.
    #[sea_orm(unique)]
    pub key: String,
    pub kind: Kind,
    /// Stands or moments, before and after.
    pub was: String,
    pub became: String,
    /// What shows it, or why.
    #[sea_orm(column_type = "Text")]
    pub text: String,
    pub person: Option<Uuid>,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Entry = Model;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum Kind {
    Opened,
    /// The article was changed once more, or a request came, while the case was open.
    Joined,
    /// A copy was seen first.
    Seen,
    /// It stands elsewhere.
    Moved,
    /// Its capability names it no more.
    Gone,
    Left,
    TakenUp,
    Assigned,
    Due,
    Closed,
    Reopened,
}

impl Kind {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("retraction-entry-{}", self.to_value().replace('_', "-"))
    }
}

impl Model {
    /// A line of a case.
    #[must_use]
    pub fn new(retraction: Uuid, kind: Kind, at: DateTimeUtc) -> Self {
        let id = new_id();
        let (was, became, text) = (String::new(), String::new(), String::new());
        Self { id, retraction, found: None, key: id.to_string(), kind, was, became, text, person: None, at }
    }

    /// Writes it; false when one with its key is there.
    ///
    /// # Errors
    /// The database failed.
    pub(in crate::retractions) async fn write(self, on: &impl ConnectionTrait) -> Result<bool, DbErr> {
        let once = OnConflict::column(Column::Key).do_nothing().to_owned();
        Ok(Entity::insert(ActiveModel::from(self)).on_conflict(once).exec_without_returning(on).await? > 0)
    }

    /// Those of a case, first one first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, retraction: Uuid) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Retraction.eq(retraction)).order_by_asc(Column::At).order_by_asc(Column::Id).all(on).await
    }
}
