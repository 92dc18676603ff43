//! What an agency is writing: kept as it is typed, so that nothing is lost and a colleague can go on.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::Outcome;
use crate::base::{App, Who};
use crate::web::Error;

/// The longest text of one field, letters.
pub const LETTERS_MAX: usize = 20_000;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "answer_draft")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub slot: Uuid,
    pub outcome: Outcome,
    #[sea_orm(column_type = "Text")]
    pub text: String,
    /// The rows of figures as typed, right or wrong, as a JSON list of name, value, unit.
    #[sea_orm(column_type = "Text")]
    pub figures: String,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    /// Who wrote last.
    pub person: Uuid,
    pub at: DateTimeUtc,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Draft = Model;

/// The rows of figures as typed: name, value, unit.
pub type Rows = Vec<(String, String, String)>;

/// What a form says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    pub outcome: Outcome,
    pub text: String,
    pub rows: Rows,
    pub reason: String,
}

impl Content {
    /// Whether a field is longer than is kept.
    #[must_use]
    pub fn is_too_long(&self) -> bool {
        [&self.text, &self.reason].iter().any(|field| field.chars().count() > LETTERS_MAX)
    }
}

impl Model {
    /// What is being written for a slot.
    ///
    /// # Errors
    /// The database failed.
    pub async fn find(on: &impl ConnectionTrait, slot: Uuid) -> Result<Option<Self>, DbErr> {
        Entity::find_by_id(slot).one(on).await
    }

    /// What it says.
    #[must_use]
    pub fn content(&self) -> Content {
        Content {
            outcome: self.outcome,
            text: self.text.clone(),
            rows: serde_json::from_str(&self.figures).unwrap_or_default(),
            reason: self.reason.clone(),
        }
    }

    /// Keeps what is typed when nobody else wrote since `base` (0: there was no draft). Returns the new version.
    /// Working memory: what counts is recorded when it is submitted. // recorded by Answer::submit
    ///
    /// # Errors
    /// Stale when somebody else wrote meanwhile, refused when too long, or the database failed.
    pub async fn keep(app: &App, who: &Who, slot: Uuid, content: &Content, base: i32) -> Result<i32, Error> {
        if content.is_too_long() {
            return Err(Error::refused("answer-too-long"));
        }
        let row = Self {
            slot,
            outcome: content.outcome,
            text: content.text.clone(),
            figures: serde_json::to_string(&content.rows)?,
            reason: content.reason.clone(),
            person: who.person,
            at: app.clock.now(),
            version: base + 1,
        };
        let written = if base == 0 {
            let once = OnConflict::column(Column::Slot).do_nothing().to_owned();
            Entity::insert(ActiveModel::from(row.clone())).on_conflict(once).exec_without_returning(&app.db).await?
        } else {
            let change = ActiveModel::from(row.clone()).reset_all();
            Entity::update_many()
                .set(change)
                .filter(Column::Slot.eq(slot))
                .filter(Column::Version.eq(base))
                .exec(&app.db)
                .await?
                .rows_affected
        };
        if written == 0 { Err(Error::Stale) } else { Ok(row.version) }
    }
}
