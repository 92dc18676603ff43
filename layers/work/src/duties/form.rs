//! A report form: what a duty asks of its holders, field by field. Versions are immutable; a new one holds for slots that are
//! not answered yet, and an answer keeps the one that it was made with.
//!
//! ```text
//!   coordinator ──► form v1, v2 … (of a duty)          what is asked: fields, gaps, rules, roll-up
//!   officer     ──► typed (draft) ──► values (answer)  read exactly, refused at the field
//!   paper       ──► certificate (of one version)       bound by the hash of the canonical data
//!   coordinator ──► roll-up of a period                every total opens the answers behind it
//! ```

pub mod canonical;
pub mod certificate;
pub mod field;
pub mod filling;
pub mod history;
pub mod roll_up;
pub mod rule;
pub mod schema;
pub mod seeding;
pub mod source;
pub mod typed;
pub mod values;

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect, QueryTrait, SqlErr};

use self::field::Definition;
use super::duty::{self, Duty};
use crate::base::{App, By, Fact, new_id};
use crate::web::Error;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "form")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub duty: Uuid,
    /// From 1.
    pub version: i32,
    /// [`Definition`] as JSON. Without fields: from this version on the duty has no form.
    #[sea_orm(column_type = "Text")]
    pub body: String,
    pub person: Option<Uuid>,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Form = Model;

impl Model {
    /// The newest version of a duty's form; None when it never had one.
    ///
    /// # Errors
    /// The database failed.
    pub async fn newest(on: &impl ConnectionTrait, duty: Uuid) -> Result<Option<Self>, DbErr> {
        Entity::find().filter(Column::Duty.eq(duty)).order_by_desc(Column::Version).one(on).await
    }

    /// Every version, the newest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn versions(on: &impl ConnectionTrait, duty: Uuid) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Duty.eq(duty)).order_by_desc(Column::Version).all(on).await
    }

    /// Duties of a plan that have a form now, with its newest version: those that can be copied.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of_plan(on: &impl ConnectionTrait, plan: Uuid) -> Result<Vec<(Duty, Self)>, DbErr> {
        // Few duties have a form, and what a duty says is long.
        let of_plan =
            duty::Entity::find().select_only().column(duty::Column::Id).filter(duty::Column::Plan.eq(plan)).into_query();
        let newest_first = Entity::find().filter(Column::Duty.in_subquery(of_plan)).order_by_desc(Column::Version);
        let forms = newest_first.all(on).await?;
        let duties = Duty::of_ids(on, forms.iter().map(|form| form.duty)).await?;
        let newest = |duty: Duty| {
            let form = forms.iter().find(|form| form.duty == duty.id)?.clone();
            (!form.definition().fields.is_empty()).then_some((duty, form))
        };
        Ok(duties.into_iter().filter_map(newest).collect())
    }

    /// What it asks.
    #[must_use]
    pub fn definition(&self) -> Definition {
        serde_json::from_str(&self.body).unwrap_or_default()
    }

    /// Makes the next version. `seen` is the version that the person saw; 0 when there was none.
    ///
    /// # Errors
    /// Stale when a colleague was quicker; or the database failed.
    pub async fn change(app: &App, by: &By, duty: Uuid, seen: i32, definition: &Definition) -> Result<i32, Error> {
        let transaction = app.begin().await?;
        let known = duty::Entity::find_by_id(duty).one(&transaction).await?;
        if known.is_none() {
            return Err(Error::NotFound);
        }
        let version = Self::newest(&transaction, duty).await?.map_or(0, |newest| newest.version);
        if version != seen {
            return Err(Error::Stale);
        }
        let row = Self {
            id: new_id(),
            duty,
            version: version + 1,
            body: serde_json::to_string(definition)?,
            person: by.person,
            at: app.clock.now(),
        };
        if let Err(error) = Entity::insert(ActiveModel::from(row)).exec_without_returning(&transaction).await {
            // Two in the same instant: the database lets one through.
            return Err(match error.sql_err() {
                Some(SqlErr::UniqueConstraintViolation(_)) => Error::Stale,
                _ => error.into(),
            });
        }
        let fields = u32::try_from(definition.fields.len()).unwrap_or(u32::MAX);
        app.record(&transaction, duty, Fact::FormChanged { version: (version + 1).unsigned_abs(), fields }, by).await?;
        app.commit(transaction).await?;
        Ok(version + 1)
    }
}
