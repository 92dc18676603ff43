//! Records come in from a file: read, compared row by row with what is there, shown with every doubt, and written all at once or not at
//! all. What was read is kept for a day, so that what is confirmed is what was shown. // recorded by confirm

pub mod comparison;
pub mod forgetting;
pub mod reading;

use chrono::TimeDelta;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use self::comparison::{Comparison, Line, Outcome};
use self::reading::Sheet;
use super::evidence;
use super::kind::{self, Kind};
use super::record::{self, Record};
use crate::base::{App, By, Fact, Who, new_id};
use crate::web::{Error, Obstacle};

const KEPT_H: i64 = 24;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "register_import")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who brought it, and alone may confirm it.
    pub person: Uuid,
    /// For which agency, where a row names none.
    pub agency: Uuid,
    pub register: String,
    /// The file's name.
    #[sea_orm(column_type = "Text")]
    pub file: String,
    /// [`Sheet`] as JSON; emptied when done.
    #[sea_orm(column_type = "Text")]
    pub body: String,
    pub at: DateTimeUtc,
    pub done_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Upload = Model;

/// What came of a confirmation.
#[derive(Debug, PartialEq, Eq)]
pub enum Confirmed {
    Done {
        created: u32,
        changed: u32,
    },
    /// It was confirmed before: someone pressed twice.
    Already,
    /// Records have changed since the comparison was shown; here is another to look at.
    Differs,
}

impl Model {
    /// Keeps what was read, and forgets what is a day old.
    ///
    /// # Errors
    /// The database failed.
    pub async fn keep(app: &App, who: &Who, (agency, register): (Uuid, &str), file: &str, sheet: &Sheet) -> Result<Uuid, Error> {
        let now = app.clock.now();
        Entity::delete_many().filter(Column::At.lt(now - TimeDelta::hours(KEPT_H))).exec(&app.db).await?;
        let row = Self {
            id: new_id(),
            person: who.person,
            agency,
            register: register.to_owned(),
            file: file.chars().filter(|letter| !letter.is_control()).take(200).collect(),
            body: serde_json::to_string(sheet)?,
            at: now,
            done_at: None,
        };
        let id = row.id;
        Entity::insert(ActiveModel::from(row)).exec_without_returning(&app.db).await?;
        Ok(id)
    }

    /// The upload, for who brought it.
    ///
    /// # Errors
    /// Not found when it is a day old, hidden when it is somebody else's, or the database failed.
    pub async fn find_for(on: &impl ConnectionTrait, who: &Who, id: Uuid) -> Result<Self, Error> {
        let upload = Entity::find_by_id(id).one(on).await?.ok_or(Error::NotFound)?;
        if upload.person == who.person { Ok(upload) } else { Err(Error::Hidden(id)) }
    }

    /// The kind of register that it is for.
    ///
    /// # Errors
    /// It ships no more.
    pub fn kind(&self) -> Result<&'static Kind, Error> {
        kind::of(&self.register).ok_or(Error::NotFound)
    }

    /// How it stands against what is there now.
    ///
    /// # Errors
    /// The database failed.
    pub async fn compared(&self, app: &App, on: &impl ConnectionTrait, who: &Who) -> Result<Comparison, Error> {
        let sheet: Sheet = serde_json::from_str(&self.body)?;
        Comparison::of(app, on, who, (self.agency, self.kind()?), sheet).await
    }

    async fn finish(&self, app: &App, on: &impl ConnectionTrait) -> Result<bool, DbErr> {
        let done = ActiveModel { done_at: Set(Some(app.clock.now())), body: Set(String::new()), ..Default::default() };
        let open = Entity::update_many().set(done).filter(Column::Id.eq(self.id)).filter(Column::DoneAt.is_null());
        Ok(open.exec(on).await?.rows_affected > 0)
    }
}

/// Why a comparison can not be written; the page shows the same beside its button.
#[must_use]
pub fn obstacles(comparison: &Comparison) -> Vec<Obstacle> {
    let wrong = comparison.count(|outcome| matches!(outcome, Outcome::Wrong(_)));
    if wrong > 0 {
        return vec![Obstacle::new("agency-file-obstacle-wrong").with("n", wrong)];
    }
    let written = comparison.count(|outcome| matches!(outcome, Outcome::New | Outcome::Changed(_)));
    if written == 0 { vec![Obstacle::new("register-file-nothing")] } else { Vec::new() }
}

/// Writes an upload whose comparison was seen: `seen` is its mark. New rows are drafts, changes of what is confirmed wait beside it.
///
/// # Errors
/// Rows are wrong or doubts were not confirmed; someone was quicker; or the database failed: then nothing is written.
pub async fn confirm(app: &App, who: &Who, upload: &Upload, (seen, doubts): (&str, bool)) -> Result<Confirmed, Error> {
    let transaction = app.begin().await?;
    let comparison = match upload.done_at {
        None => upload.compared(app, &transaction, who).await?,
        Some(_) => return Ok(Confirmed::Already),
    };
    if comparison.mark() != seen {
        return Ok(Confirmed::Differs);
    }
    let mut found = obstacles(&comparison);
    if comparison.doubts() > 0 && !doubts {
        found.push(Obstacle::new("register-file-doubts").with("n", comparison.doubts()).at("doubts"));
    }
    if !found.is_empty() {
        return Err(Error::Refused(found));
    }
    if !upload.finish(app, &transaction).await? {
        return Ok(Confirmed::Already);
    }
    let by = By::from(who);
    let (mut created, mut changed) = (0, 0);
    for line in &comparison.lines {
        match line.outcome {
            Outcome::New => created += 1,
            Outcome::Changed(_) => changed += 1,
            Outcome::Same | Outcome::Wrong(_) => continue,
        }
        write(app, &transaction, who, (upload.kind()?, line), &by).await?;
    }
    let fact = Fact::RegisterImported { register: upload.register.clone(), created, changed };
    app.record(&transaction, upload.agency, fact, &by).await?;
    app.commit(transaction).await?;
    Ok(Confirmed::Done { created, changed })
}

async fn write(app: &App, on: &impl ConnectionTrait, who: &Who, (kind, line): (&Kind, &Line), by: &By) -> Result<(), Error> {
    let Some(content) = line.content.clone() else { return Ok(()) };
    let record = match line.record {
        None => {
            let fresh = Record::fresh(app, who, (new_id(), line.agency), kind, content);
            fresh.clone().insert_in(app, on, by).await?;
            fresh
        }
        Some((id, version)) => {
            let there = record::Entity::find_by_id(id).one(on).await?.ok_or(Error::Stale)?;
            there.change_in(app, on, (who.person, by), there.brought(content), version).await?;
            there
        }
    };
    for address in &line.evidence {
        evidence::add_address(app, on, &record, (address.as_str(), line.evidence_on), (who.person, by)).await?;
    }
    Ok(())
}
