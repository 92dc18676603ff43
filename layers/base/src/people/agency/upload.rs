//! A file between preview and confirmation. What was read is kept here for a day, so that what is confirmed is what was
//! shown: the browser sends back only which upload it means, and a mark of the comparison it saw. // recorded by importing

use chrono::TimeDelta;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use crate::base::{App, new_id};
use crate::web::Error;

const KEPT_H: i64 = 24;

/// What was in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
pub enum Kind {
    /// Rows of agencies ([`super::table::Sheet`]).
    Table,
    /// Boundaries of communes ([`super::boundary::Collection`]).
    Boundaries,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "agency_import")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who brought it, and alone may confirm it.
    pub person: Uuid,
    /// The file's name.
    pub file: String,
    pub kind: Kind,
    /// What was read, as JSON; emptied when done.
    #[sea_orm(column_type = "Text")]
    pub body: String,
    pub at: DateTimeUtc,
    pub done_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Keeps what was read.
    ///
    /// # Errors
    /// The database failed.
    pub async fn keep(app: &App, person: Uuid, file: &str, kind: Kind, body: String) -> Result<Uuid, DbErr> {
        let file = file.chars().filter(|letter| !letter.is_control()).take(200).collect();
        let row = Self { id: new_id(), person, file, kind, body, at: app.clock.now(), done_at: None };
        let id = row.id;
        Entity::insert(ActiveModel::from(row)).exec_without_returning(&app.db).await?;
        Ok(id)
    }

    /// The upload, for who brought it.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is a day old, [`Error::Hidden`] when it is somebody else's, or the database failed.
    pub async fn find_for(on: &impl ConnectionTrait, person: Uuid, id: Uuid) -> Result<Self, Error> {
        let upload = Entity::find_by_id(id).one(on).await?.ok_or(Error::NotFound)?;
        if upload.person == person { Ok(upload) } else { Err(Error::Hidden(id)) }
    }

    /// Marks it done, once; false when it was done before.
    ///
    /// # Errors
    /// The database failed.
    pub async fn finish(&self, app: &App, on: &impl ConnectionTrait) -> Result<bool, DbErr> {
        let done = ActiveModel { done_at: Set(Some(app.clock.now())), body: Set(String::new()), ..Default::default() };
        let open = Entity::update_many().set(done).filter(Column::Id.eq(self.id)).filter(Column::DoneAt.is_null());
        Ok(open.exec(on).await?.rows_affected > 0)
    }
}

/// Forgets uploads that are a day old.
///
/// # Errors
/// The database failed.
pub async fn clear(app: &App) -> Result<(), DbErr> {
    let old = app.clock.now() - TimeDelta::hours(KEPT_H);
    Entity::delete_many().filter(Column::At.lt(old)).exec(&app.db).await.map(|_| ())
}
