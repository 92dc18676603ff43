//! What an agency is told in the workspace. Made by reactions; a fact tells an agency once.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{QueryOrder, QuerySelect};

use crate::base::{App, fact, new_id};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notice")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub fact: Uuid,
    pub agency: Uuid,
    /// Fluent key of the text.
    pub key: String,
    pub href: String,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Notice = Model;

impl Model {
    /// Tells an agency of a fact; the second time does nothing.
    ///
    /// # Errors
    /// The database failed.
    pub async fn tell_agency(app: &App, of: &fact::Model, agency: Uuid, key: &str, href: &str) -> Result<(), DbErr> {
        let notice = ActiveModel {
            id: Set(new_id()),
            fact: Set(of.id),
            agency: Set(agency),
            key: Set(key.into()),
            href: Set(href.into()),
            at: Set(of.at),
        };
        let once = OnConflict::columns([Column::Fact, Column::Agency]).do_nothing().to_owned();
        Entity::insert(notice).on_conflict(once).exec_without_returning(&app.db).await.map(|_| ())
    }

    /// The latest notices to any of these agencies.
    ///
    /// # Errors
    /// The database failed.
    pub async fn latest(on: &impl ConnectionTrait, agencies: &[Uuid], most: u64) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Agency.is_in(agencies.to_vec())).order_by_desc(Column::At).limit(most).all(on).await
    }
}
