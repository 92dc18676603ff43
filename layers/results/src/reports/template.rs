//! A template: how a type of document is laid out, as data that the office edits. Versions are immutable; a document keeps the one that
//! it was begun from.

pub mod outline;
pub mod reading;

use std::collections::HashSet;

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, SqlErr};

use self::outline::Outline;
use super::kind::Kind;
use crate::base::{App, By, Fact, new_id};
use crate::web::Error;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "report_template")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The same for all versions: `bao-cao-tong-hop`.
    pub code: String,
    /// From 1.
    pub version: i32,
    pub kind: Kind,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// [`Outline`] as JSON.
    #[sea_orm(column_type = "Text")]
    pub body: String,
    pub person: Option<Uuid>,
    pub at: DateTimeUtc,
    pub demo: bool,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Template = Model;

/// What the office wants it to be.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub code: String,
    pub kind: Kind,
    pub name: String,
    pub outline: Outline,
    pub demo: bool,
}

impl Model {
    /// The newest version; None when there is none of that code.
    ///
    /// # Errors
    /// The database failed.
    pub async fn newest(on: &impl ConnectionTrait, code: &str) -> Result<Option<Self>, DbErr> {
        Entity::find().filter(Column::Code.eq(code)).order_by_desc(Column::Version).one(on).await
    }

    /// That version.
    ///
    /// # Errors
    /// The database failed.
    pub async fn at(on: &impl ConnectionTrait, code: &str, version: i32) -> Result<Option<Self>, DbErr> {
        Entity::find().filter(Column::Code.eq(code)).filter(Column::Version.eq(version)).one(on).await
    }

    /// The newest version of each, by name.
    ///
    /// # Errors
    /// The database failed.
    pub async fn all(on: &impl ConnectionTrait) -> Result<Vec<Self>, DbErr> {
        let mut rows = Entity::find().order_by_desc(Column::Version).all(on).await?;
        let mut seen = HashSet::new();
        rows.retain(|row| seen.insert(row.code.clone()));
        rows.sort_by(|one, other| vietnamese::order::compare_natural(&one.name, &other.name));
        Ok(rows)
    }

    /// Where the desk edits it.
    #[must_use]
    pub fn path(code: &str) -> String {
        format!("/desk/reports/templates/{code}")
    }

    #[must_use]
    pub fn outline(&self) -> Outline {
        serde_json::from_str(&self.body).unwrap_or_default()
    }

    /// Makes the next version. `seen` is the version that the person saw; 0 when there was none.
    ///
    /// # Errors
    /// Stale when a colleague was quicker; or the database failed.
    pub async fn save(app: &App, by: &By, wanted: Wanted, seen: i32) -> Result<i32, Error> {
        let transaction = app.begin().await?;
        let version = Self::newest(&transaction, &wanted.code).await?.map_or(0, |newest| newest.version);
        if version != seen {
            return Err(Error::Stale);
        }
        let (id, name) = (new_id(), wanted.name.clone());
        let row = Self {
            id,
            code: wanted.code,
            version: version + 1,
            kind: wanted.kind,
            name: wanted.name,
            body: serde_json::to_string(&wanted.outline)?,
            person: by.person,
            at: app.clock.now(),
            demo: wanted.demo,
        };
        if let Err(error) = Entity::insert(ActiveModel::from(row)).exec_without_returning(&transaction).await {
            // Two in the same instant: the database lets one through.
            return Err(match error.sql_err() {
                Some(SqlErr::UniqueConstraintViolation(_)) => Error::Stale,
                _ => error.into(),
            });
        }
        let fact = Fact::ReportTemplateSaved { name, version: (version + 1).unsigned_abs() };
        app.record(&transaction, Uuid::nil(), fact, by).await?;
        app.commit(transaction).await?;
        Ok(version + 1)
    }
}
