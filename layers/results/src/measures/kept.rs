//! Values as they are kept: a row for a year of an agency, or of the province. What was closed stands beside what is counted now, and is
//! never written over.

mod postgres;
mod sqlite;
pub mod versions;

use sea_orm::entity::prelude::*;
use sea_orm::{DatabaseBackend, DatabaseTransaction, QuerySelect};

use ::measures::{Definition, Months, Value};

use crate::base::App;

/// The agency of what is counted of all together.
pub const PROVINCE: Uuid = Uuid::nil();

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "measure_value")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub measure: Uuid,
    /// [`PROVINCE`]: all together.
    #[sea_orm(primary_key, auto_increment = false)]
    pub agency: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub year: i32,
    /// Of the definition by which the months of now are counted.
    pub version: i32,
    /// [`Months`] as they are counted now.
    #[sea_orm(column_type = "Text")]
    pub months: String,
    /// From which evidence, by which definition.
    pub source_digest: String,
    /// [`Months`] as they were when their periods were closed; empty before.
    #[sea_orm(column_type = "Text")]
    pub frozen: String,
    /// Up to which month they are closed; 0: none.
    pub frozen_through: i32,
    /// By which versions of the definition: see [`versions`]. Empty before, and where it was closed before this was kept.
    #[sea_orm(column_type = "Text")]
    pub frozen_versions: String,
    pub frozen_at: Option<DateTimeUtc>,
    pub counted_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Row = Model;

/// What a pass writes of a measure.
#[derive(Clone, Debug)]
pub struct Written {
    pub agency: Uuid,
    pub months: String,
    pub digest: String,
    /// Nothing is kept of it yet, as the transaction that writes it saw itself.
    pub is_new: bool,
}

impl Model {
    /// As it is counted now.
    #[must_use]
    pub fn now(&self) -> Months {
        Months::read(&self.months)
    }

    /// What holds: what was closed as it was then, the rest as it is counted now.
    #[must_use]
    pub fn months(&self) -> Months {
        Months::read(&self.frozen).then(self.through(), &self.now())
    }

    /// Up to which month it is closed.
    #[must_use]
    pub fn through(&self) -> u32 {
        u32::try_from(self.frozen_through).unwrap_or_default()
    }

    /// What a closed month would be now, where that is something else.
    #[must_use]
    pub fn restated(&self, month: u32) -> Option<Value> {
        // Most rows are not closed, and reading their months takes longer than anything else here.
        let now = if month <= self.through() { self.now().of(month)? } else { return None };
        (self.months().of(month) != Some(now)).then_some(now)
    }

    /// What holds for the whole year, as far as it went.
    #[must_use]
    pub fn year_of(&self, definition: &Definition) -> Option<Value> {
        self.months().year(definition)
    }

    /// By which version of the definition what holds of a month was counted; None where nobody knows.
    #[must_use]
    pub fn version_of(&self, month: u32) -> Option<i32> {
        if month <= self.through() { versions::of(&self.frozen_versions, month) } else { Some(self.version) }
    }

    /// By which version what holds for the whole year was counted; None where nobody knows, or where it was more than one.
    #[must_use]
    pub fn version_of_year(&self, definition: &Definition) -> Option<i32> {
        if self.through() == 0 {
            return Some(self.version);
        }
        let months = self.months();
        if let Some(month) = months.month_of_year(definition) {
            return self.version_of(month);
        }
        let mut versions = months.periods(definition).into_iter().map(|(month, _)| self.version_of(month));
        let first = versions.next().unwrap_or(Some(self.version))?;
        versions.all(|one| one == Some(first)).then_some(first)
    }

    /// None: all together.
    #[must_use]
    pub fn of_agency(&self) -> Option<Uuid> {
        Some(self.agency).filter(|agency| *agency != PROVINCE)
    }
}

/// The rows of measures in years, of all together alone or of every agency too: one statement.
///
/// # Errors
/// The database failed.
pub async fn of(on: &impl ConnectionTrait, measures: &[Uuid], years: &[i32], agency: Option<Uuid>) -> Result<Vec<Row>, DbErr> {
    let mut wanted =
        Entity::find().filter(Column::Measure.is_in(measures.iter().copied())).filter(Column::Year.is_in(years.iter().copied()));
    if let Some(agency) = agency {
        wanted = wanted.filter(Column::Agency.eq(agency));
    }
    wanted.all(on).await
}

/// The rows of all together. Which they are stands in the statement: the index of them alone is taken only where the database reads that.
fn of_all(on: &impl ConnectionTrait) -> Expr {
    match on.get_database_backend() {
        DatabaseBackend::Postgres => Expr::cust(postgres::OF_ALL),
        _ => Expr::cust(sqlite::OF_ALL),
    }
}

/// The index of the rows of all together.
#[must_use]
pub fn index_of_all(backend: DatabaseBackend) -> String {
    let which = if backend == DatabaseBackend::Postgres { postgres::OF_ALL } else { sqlite::OF_ALL };
    format!("CREATE INDEX ix_measure_value_of_all ON measure_value (measure, year) WHERE {which}")
}

/// All years of measures up to one, of all together. A list of the years would make the database look each of them up.
///
/// # Errors
/// The database failed.
pub async fn until(on: &impl ConnectionTrait, measures: &[Uuid], year: i32) -> Result<Vec<Row>, DbErr> {
    let wanted = Entity::find().filter(of_all(on)).filter(Column::Year.lte(year));
    wanted.filter(Column::Measure.is_in(measures.iter().copied())).all(on).await
}

/// What comes to the same by a newer version is of that version too: nothing of it was written anew. // recorded by Measure::redefine
///
/// # Errors
/// The database failed.
pub async fn renumber(on: &impl ConnectionTrait, measure: Uuid, version: i32) -> Result<(), DbErr> {
    let older = Entity::update_many().col_expr(Column::Version, Expr::value(version)).filter(Column::Measure.eq(measure));
    older.filter(Column::Version.lt(version)).exec(on).await.map(|_| ())
}

/// All years of one measure, of one agency or of all together.
///
/// # Errors
/// The database failed.
pub async fn years(on: &impl ConnectionTrait, measure: Uuid, agency: Uuid) -> Result<Vec<Row>, DbErr> {
    let mut rows = Entity::find().filter(Column::Measure.eq(measure)).filter(Column::Agency.eq(agency)).all(on).await?;
    rows.sort_by_key(|row| row.year);
    Ok(rows)
}

/// The years of which something is kept of these measures.
///
/// # Errors
/// The database failed.
pub async fn years_of(on: &impl ConnectionTrait, measures: &[Uuid]) -> Result<Vec<i32>, DbErr> {
    let wanted = Entity::find().select_only().column(Column::Year).distinct();
    let wanted = wanted.filter(of_all(on)).filter(Column::Measure.is_in(measures.iter().copied()));
    wanted.into_tuple().all(on).await
}

/// Measure, agency and digest of what is kept of a year; of all together alone, or of each that some measures have.
///
/// # Errors
/// The database failed.
pub async fn digests(on: &impl ConnectionTrait, year: i32, of: Option<&[Uuid]>) -> Result<Vec<(Uuid, Uuid, String)>, DbErr> {
    let mut wanted = Entity::find()
        .select_only()
        .columns([Column::Measure, Column::Agency, Column::SourceDigest])
        .filter(Column::Year.eq(year));
    wanted = match of {
        Some(measures) => wanted.filter(Column::Measure.is_in(measures.iter().copied())),
        None => wanted.filter(of_all(on)),
    };
    wanted.into_tuple().all(on).await
}

/// Begins the transaction in which a pass writes: one pass at a time, so that what one of them finds new no other writes meanwhile.
///
/// # Errors
/// The database failed.
pub async fn begin(app: &App) -> Result<DatabaseTransaction, DbErr> {
    let transaction = app.begin().await?;
    // SQLite has one writer at a time as it is.
    if transaction.get_database_backend() == DatabaseBackend::Postgres {
        postgres::alone(&transaction).await?;
    }
    Ok(transaction)
}

/// Writes what changed of a measure in a year, in a transaction of [`begin`]; what was closed is not touched. // recorded by recompute
///
/// # Errors
/// The database failed.
pub async fn write(
    on: &impl ConnectionTrait,
    (measure, version): (Uuid, i32),
    year: i32,
    rows: &[Written],
    at: DateTimeUtc,
) -> Result<(), DbErr> {
    if rows.is_empty() {
        return Ok(());
    }
    match on.get_database_backend() {
        DatabaseBackend::Postgres => postgres::write(on, (measure, version), year, rows, at).await,
        _ => sqlite::write(on, (measure, version), year, rows, at).await,
    }
}

/// Keeps what was closed of a row. // recorded by freeze
///
/// # Errors
/// The database failed.
pub async fn freeze(on: &impl ConnectionTrait, row: &Row, through: u32, at: DateTimeUtc) -> Result<(), DbErr> {
    let mut frozen = row.months();
    for (place, month) in frozen.0.iter_mut().enumerate() {
        if place >= usize::try_from(through).unwrap_or_default() {
            *month = None;
        }
    }
    let versions = versions::written((1..=through).map(|month| row.version_of(month)));
    Entity::update_many()
        .col_expr(Column::Frozen, Expr::value(frozen.written()))
        .col_expr(Column::FrozenVersions, Expr::value(versions))
        .col_expr(Column::FrozenThrough, Expr::value(i32::try_from(through).unwrap_or(12)))
        .col_expr(Column::FrozenAt, Expr::value(at))
        .filter(Column::Measure.eq(row.measure))
        .filter(Column::Agency.eq(row.agency))
        .filter(Column::Year.eq(row.year))
        .filter(Column::FrozenThrough.eq(row.frozen_through))
        .exec(on)
        .await
        .map(|_| ())
}
