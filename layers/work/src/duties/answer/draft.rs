//! What an agency is writing: kept as it is typed, so that nothing is lost and a colleague can go on.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::Outcome;
use crate::base::{App, Who, time};
use crate::duties::Slot;
use crate::duties::clearance::Clearance;
use crate::duties::form::typed::Typed;
use crate::duties::standing;
use crate::web::Error;

/// The longest text of one field, letters.
pub const LETTERS_MAX: usize = 20_000;
/// The longest cell of a row of figures; [`figures`](super::figures) is stricter when it is handed in.
const CELL_LETTERS_MAX: usize = 500;
/// More rows than an answer may have, so that one too many can be kept and told.
const ROWS_MAX: usize = 100;

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
    #[sea_orm(column_type = "Text")]
    pub late_reason: String,
    pub excusable: Option<bool>,
    /// Who wrote last.
    pub person: Uuid,
    pub at: DateTimeUtc,
    pub version: i32,
    /// [`Typed`] as JSON: what stands in the fields of the duty's form.
    #[sea_orm(column_type = "Text")]
    pub typed: String,
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
    pub late_reason: String,
    pub excusable: Option<bool>,
    /// What stands in the fields of the duty's form.
    pub typed: Typed,
}

impl Content {
    /// Whether a field is longer than is kept.
    #[must_use]
    pub fn is_too_long(&self) -> bool {
        let long = |field: &String, most: usize| field.len() > most && field.chars().count() > most;
        let fields = [&self.text, &self.reason, &self.late_reason];
        let row = |row: &(String, String, String)| [&row.0, &row.1, &row.2].into_iter().any(|cell| long(cell, CELL_LETTERS_MAX));
        let typed = self.typed.values().any(|field| long(field, LETTERS_MAX));
        typed
            || fields.into_iter().any(|field| long(field, LETTERS_MAX))
            || self.rows.len() > ROWS_MAX
            || self.rows.iter().any(row)
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
            late_reason: self.late_reason.clone(),
            excusable: self.excusable,
            typed: serde_json::from_str(&self.typed).unwrap_or_default(),
        }
    }

    /// Keeps what is typed when nobody else wrote since `base` (0: there was no draft) and nothing was handed in since the
    /// version `seen`. Returns the new version. Working memory: what counts is recorded when it is submitted.
    /// // recorded by Answer::submit
    ///
    /// # Errors
    /// Stale when somebody else wrote meanwhile, refused when too long or locked, or the database failed.
    pub async fn keep(app: &App, who: &Who, slot: Uuid, content: &Content, (base, seen): (i32, i32)) -> Result<i32, Error> {
        if content.is_too_long() {
            return Err(Error::refused("answer-too-long"));
        }
        let transaction = app.begin().await?;
        let slot = Slot::locked(&transaction, slot).await?;
        let story = standing::story(&transaction, slot.id).await?;
        if let Some(lock) = story.lock(&slot, time::local_date(app.clock.now())) {
            return Err(Error::refused(lock.key()));
        }
        if story.last().map_or(0, |last| last.version) != seen {
            return Err(Error::Stale);
        }
        let now = Self::find(&transaction, slot.id).await?;
        if now.is_some_and(|now| now.version == base && now.content() == *content) {
            return Ok(base); // nothing new: what was presented of it holds
        }
        Clearance::withdraw(app, &transaction, who, &slot).await?;
        let version = write(app, &transaction, who, slot.id, content, base).await?;
        app.commit(transaction).await?;
        Ok(version)
    }
}

/// Writes the draft that follows version `base` (0: there is none). Returns the new version. // recorded by Answer::submit
///
/// # Errors
/// Stale when somebody else wrote meanwhile, or the database failed.
pub(in crate::duties) async fn write(
    app: &App,
    on: &impl ConnectionTrait,
    who: &Who,
    slot: Uuid,
    content: &Content,
    base: i32,
) -> Result<i32, Error> {
    let version = base.checked_add(1).ok_or(Error::Stale)?;
    let row = Model {
        slot,
        outcome: content.outcome,
        text: content.text.clone(),
        figures: serde_json::to_string(&content.rows)?,
        reason: content.reason.clone(),
        late_reason: content.late_reason.clone(),
        excusable: content.excusable,
        person: who.person,
        at: app.clock.now(),
        version,
        typed: serde_json::to_string(&content.typed)?,
    };
    let written = if base == 0 {
        let once = OnConflict::column(Column::Slot).do_nothing().to_owned();
        Entity::insert(ActiveModel::from(row)).on_conflict(once).exec_without_returning(on).await?
    } else {
        let change = ActiveModel::from(row).reset_all();
        let same = Entity::update_many().set(change).filter(Column::Slot.eq(slot)).filter(Column::Version.eq(base));
        same.exec(on).await?.rows_affected
    };
    if written == 0 { Err(Error::Stale) } else { Ok(version) }
}
