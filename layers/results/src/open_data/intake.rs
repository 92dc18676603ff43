//! Values of another system come in from a file: read, held against what there is, shown with every doubt, and written all at once or not at
//! all. What was read is kept for a day, so that what is confirmed is what was shown. An import can be withdrawn with a reason; its rows stay.

pub mod adx;
pub mod comparison;
pub mod reading;

use chrono::{NaiveDate, TimeDelta};
use sea_orm::ActiveValue::Set;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use self::comparison::{Comparison, Content, Line, Outcome};
use self::reading::{Decimals, Sheet};
use super::outside;
use crate::base::digest::sha256;
use crate::base::{App, By, Fact, Who, new_id, time};
use crate::news::view;
use crate::plans::secrecy;
use crate::web::{Error, Obstacle};

const KEPT_H: i64 = 24;
const SOURCE_LETTERS_MAX: usize = 200;
const WHY_LETTERS_MAX: usize = 1_000;
/// Rows of one statement: ten parameters each, 32,766 a statement.
const ROWS_AT_ONCE: usize = 2_000;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outside_import")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who brought it, and alone may confirm it.
    pub person: Uuid,
    pub agency: Option<Uuid>,
    /// The system that keeps the values, as people call it.
    #[sea_orm(column_type = "Text")]
    pub source: String,
    /// The day of which the values are.
    pub taken_on: Date,
    /// [`Decimals`] by its code.
    pub decimals: String,
    #[sea_orm(column_type = "Text")]
    pub file: String,
    /// Of the file's bytes.
    pub sha256: String,
    /// [`Sheet`] as JSON; emptied when done.
    #[sea_orm(column_type = "Text")]
    pub body: String,
    /// So many were written.
    pub rows: i32,
    pub at: DateTimeUtc,
    pub done_at: Option<DateTimeUtc>,
    pub withdrawn_at: Option<DateTimeUtc>,
    pub withdrawn_by: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    pub why: String,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Import = Model;

/// What is said of a file beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    pub source: String,
    pub taken_on: NaiveDate,
    pub decimals: Decimals,
}

impl About {
    /// Reads what was typed.
    ///
    /// # Errors
    /// What is wrong, at its field.
    pub fn read(source: &str, taken_on: &str, decimals: &str, today: NaiveDate) -> Result<Self, Vec<Obstacle>> {
        let source = vietnamese::normalise(source.trim()).split_whitespace().collect::<Vec<_>>().join(" ").replace('\0', "");
        let mut wrong = Vec::new();
        if source.is_empty() {
            wrong.push(Obstacle::new("open-data-needs-source").at("source"));
        }
        if source.chars().count() > SOURCE_LETTERS_MAX {
            wrong.push(Obstacle::new("open-data-source-long").with("n", SOURCE_LETTERS_MAX).at("source"));
        }
        if let Some(mark) = secrecy::of_text(&source) {
            wrong.push(Obstacle::new("register-secret-mark").with("mark", mark).at("source"));
        }
        let day = view::day(taken_on).ok().flatten().filter(|day| *day <= today);
        if day.is_none() {
            wrong.push(Obstacle::new("open-data-needs-day").at("taken_on"));
        }
        match day {
            Some(taken_on) if wrong.is_empty() => Ok(Self { source, taken_on, decimals: Decimals::of_code(decimals) }),
            _ => Err(wrong),
        }
    }
}

/// What came of a confirmation.
#[derive(Debug, PartialEq, Eq)]
pub enum Confirmed {
    Done {
        rows: u32,
    },
    /// It was confirmed before: someone pressed twice.
    Already,
    /// Something has changed since the comparison was shown; here is another to look at.
    Differs,
}

impl Model {
    /// Keeps what was read, and forgets what nobody confirmed in a day.
    ///
    /// # Errors
    /// The database failed.
    pub async fn keep(
        app: &App,
        who: &Who,
        about: &About,
        (file, bytes_sha256): (&str, &str),
        sheet: &Sheet,
    ) -> Result<Uuid, Error> {
        let now = app.clock.now();
        let stale = Entity::delete_many().filter(Column::DoneAt.is_null()).filter(Column::At.lt(now - TimeDelta::hours(KEPT_H)));
        stale.exec(&app.db).await?;
        let row = Self {
            id: new_id(),
            person: who.person,
            agency: who.agency,
            source: about.source.clone(),
            taken_on: about.taken_on,
            decimals: about.decimals.code().to_owned(),
            file: file.chars().filter(|letter| !letter.is_control()).take(200).collect(),
            sha256: bytes_sha256.to_owned(),
            body: serde_json::to_string(sheet)?,
            rows: 0,
            at: now,
            done_at: None,
            withdrawn_at: None,
            withdrawn_by: None,
            why: String::new(),
        };
        let id = row.id;
        Entity::insert(ActiveModel::from(row)).exec_without_returning(&app.db).await?;
        Ok(id)
    }

    /// The import: for anybody who may look once it was confirmed, before for who brought it.
    ///
    /// # Errors
    /// Not found, hidden when it is somebody else's, or the database failed.
    pub async fn find_for(on: &impl ConnectionTrait, who: &Who, id: Uuid) -> Result<Self, Error> {
        let import = Entity::find_by_id(id).one(on).await?.ok_or(Error::NotFound)?;
        if import.done_at.is_some() || import.person == who.person { Ok(import) } else { Err(Error::Hidden(id)) }
    }

    /// Those that were confirmed, the newest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn history(on: &impl ConnectionTrait) -> Result<Vec<Self>, DbErr> {
        let done = Entity::find().filter(Column::DoneAt.is_not_null());
        done.order_by_desc(Column::DoneAt).order_by_desc(Column::Id).all(on).await
    }

    /// By what two imports are of the same source, whatever the case and the marks.
    #[must_use]
    pub fn source_key(&self) -> String {
        vietnamese::fold(&self.source).into_owned()
    }

    /// Whether its values hold.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.done_at.is_some() && self.withdrawn_at.is_none()
    }

    /// Where the desk looks at it.
    #[must_use]
    pub fn desk_path(id: Uuid) -> String {
        format!("/desk/open-data/imports/{id}")
    }

    /// How it stands against what is there now.
    ///
    /// # Errors
    /// The database failed.
    pub async fn compared(&self, app: &App, on: &impl ConnectionTrait) -> Result<Comparison, Error> {
        let sheet: Sheet = serde_json::from_str(&self.body)?;
        Comparison::of(app, on, self, sheet).await
    }

    async fn finish(&self, app: &App, on: &impl ConnectionTrait, rows: u32) -> Result<bool, DbErr> {
        let done = ActiveModel {
            done_at: Set(Some(app.clock.now())),
            body: Set(String::new()),
            rows: Set(i32::try_from(rows).unwrap_or(i32::MAX)),
            ..Default::default()
        };
        let open = Entity::update_many().set(done).filter(Column::Id.eq(self.id)).filter(Column::DoneAt.is_null());
        Ok(open.exec(on).await?.rows_affected > 0)
    }

    /// Writes what was shown: `seen` is the mark of its comparison.
    ///
    /// # Errors
    /// Rows are wrong or doubts were not confirmed; or the database failed: then nothing is written.
    pub async fn confirm(&self, app: &App, who: &Who, (seen, doubts): (&str, bool)) -> Result<Confirmed, Error> {
        let transaction = app.begin().await?;
        if self.done_at.is_some() {
            return Ok(Confirmed::Already);
        }
        let comparison = self.compared(app, &transaction).await?;
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
        let values: Vec<outside::ActiveModel> = comparison.lines.iter().filter_map(|line| self.value(line)).collect();
        let rows = u32::try_from(values.len()).unwrap_or(u32::MAX);
        if !self.finish(app, &transaction, rows).await? {
            return Ok(Confirmed::Already);
        }
        for some in values.chunks(ROWS_AT_ONCE) {
            outside::Entity::insert_many(some.iter().cloned()).exec_without_returning(&transaction).await?;
        }
        let fact = Fact::OutsideValuesImported {
            source: self.source.clone(),
            taken_on: time::day(self.taken_on),
            rows,
            sha256: self.sha256.clone(),
        };
        app.record(&transaction, self.id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(Confirmed::Done { rows })
    }

    fn value(&self, line: &Line) -> Option<outside::ActiveModel> {
        let Content { measure, agency, period, value, numerator, denominator, status, unit } = line.content.clone()?;
        let written = matches!(line.outcome, Outcome::New | Outcome::Changed(_));
        let row = outside::Model {
            id: new_id(),
            import: self.id,
            row: i32::try_from(line.number).unwrap_or(i32::MAX),
            measure,
            agency,
            period,
            value: value.map(::measures::Amount::plain),
            numerator: numerator.map(::measures::Amount::plain),
            denominator: denominator.map(::measures::Amount::plain),
            status,
            unit,
        };
        written.then(|| row.into())
    }

    /// Takes its values back: they count no more, and what was there before holds again.
    ///
    /// # Errors
    /// Refused without a reason; stale when it is so already; or the database failed.
    pub async fn withdraw(&self, app: &App, who: &Who, why: &str) -> Result<(), Error> {
        let why = vietnamese::normalise(why.trim()).replace('\0', "");
        if why.is_empty() || why.chars().count() > WHY_LETTERS_MAX {
            return Err(Error::Refused(vec![Obstacle::new("open-data-withdraw-why").with("n", WHY_LETTERS_MAX).at("why")]));
        }
        let transaction = app.begin().await?;
        let gone = ActiveModel {
            withdrawn_at: Set(Some(app.clock.now())),
            withdrawn_by: Set(Some(who.person)),
            why: Set(why.clone()),
            ..Default::default()
        };
        let done = Entity::update_many()
            .set(gone)
            .filter(Column::Id.eq(self.id))
            .filter(Column::DoneAt.is_not_null())
            .filter(Column::WithdrawnAt.is_null())
            .exec(&transaction)
            .await?;
        if done.rows_affected == 0 {
            return Err(Error::Stale);
        }
        let fact =
            Fact::OutsideValuesWithdrawn { source: self.source.clone(), rows: u32::try_from(self.rows).unwrap_or_default() };
        app.record(&transaction, self.id, fact, &By::from(who).because(why)).await?;
        app.commit(transaction).await?;
        Ok(())
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
    if written == 0 { vec![Obstacle::new("open-data-file-nothing")] } else { Vec::new() }
}

/// The digest of a file's bytes.
#[must_use]
pub fn digest(bytes: &[u8]) -> String {
    sha256(bytes)
}
