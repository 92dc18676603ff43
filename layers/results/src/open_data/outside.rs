//! Values that other systems keep, recorded from outside: each with the import that brought it, and so with its source and day. They stand
//! beside what agencies declare and what the platform records, and take the place of neither. Nothing updates a row: of two imports of one
//! source the later one holds, and what is withdrawn gives way to the one before.

use std::collections::{HashMap, HashSet};

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use ::measures::Amount;
use ::measures::period::Period;

use super::intake::{self, Import};
use super::period;
use crate::measures::Measure;
use crate::measures::kept::{self, PROVINCE};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outside_value")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub import: Uuid,
    /// The number of its row in the file.
    pub row: i32,
    pub measure: Uuid,
    /// [`PROVINCE`]: all together.
    pub agency: Uuid,
    /// As [`super::period::notation`] writes it.
    pub period: String,
    /// Exact decimals, as [`Amount::plain`] writes them; None where the source says that there is no value.
    pub value: Option<String>,
    pub numerator: Option<String>,
    pub denominator: Option<String>,
    /// Of CL_OBS_STATUS.
    pub status: String,
    #[sea_orm(column_type = "Text")]
    pub unit: String,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type OutsideValue = Model;

impl Model {
    /// The figure; None where there is none.
    #[must_use]
    pub fn amount(&self) -> Option<Amount> {
        self.value.as_deref().and_then(Amount::read)
    }

    /// None: all together.
    #[must_use]
    pub fn of_agency(&self) -> Option<Uuid> {
        Some(self.agency).filter(|agency| *agency != PROVINCE)
    }
}

/// Where a value stands: measure, agency ([`PROVINCE`]: all together), period as [`period::notation`] writes it.
pub type Key = (Uuid, Uuid, String);

/// What the platform itself has of measures in years, by place: one statement.
///
/// # Errors
/// The database failed.
pub async fn ours(on: &impl ConnectionTrait, measures: &[&Measure], years: &[i32]) -> Result<HashMap<Key, Amount>, DbErr> {
    let ids: Vec<Uuid> = measures.iter().map(|one| one.id).collect();
    let mut found = HashMap::new();
    for row in kept::of(on, &ids, years, None).await? {
        let Some(measure) = measures.iter().find(|one| one.id == row.measure) else { continue };
        let definition = measure.definition();
        for (month, value) in row.months().periods(&definition) {
            let Some(figure) = value.figure() else { continue };
            let place = period::notation(Period::of(definition.every, row.year, month));
            found.insert((row.measure, row.agency, place), figure);
        }
    }
    Ok(found)
}

/// Values that hold, each with its import, the newest import first: two statements, one where nothing was brought in.
///
/// # Errors
/// The database failed.
pub async fn live(on: &impl ConnectionTrait, measure: Option<Uuid>) -> Result<Vec<(Model, Import)>, DbErr> {
    let imports: Vec<Import> = intake::Entity::find()
        .filter(intake::Column::DoneAt.is_not_null())
        .filter(intake::Column::WithdrawnAt.is_null())
        .order_by_desc(intake::Column::DoneAt)
        .order_by_desc(intake::Column::Id)
        .all(on)
        .await?;
    if imports.is_empty() {
        return Ok(Vec::new());
    }
    let places: HashMap<Uuid, usize> = imports.iter().enumerate().map(|(at, one)| (one.id, at)).collect();
    let mut wanted = Entity::find().filter(Column::Import.is_in(places.keys().copied()));
    if let Some(measure) = measure {
        wanted = wanted.filter(Column::Measure.eq(measure));
    }
    let mut values = wanted.all(on).await?;
    values.sort_by_key(|one| (places.get(&one.import).copied(), one.row));
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    for value in values {
        let Some(import) = places.get(&value.import).and_then(|at| imports.get(*at)) else { continue };
        if seen.insert((value.measure, value.agency, value.period.clone(), import.source_key())) {
            found.push((value, import.clone()));
        }
    }
    Ok(found)
}

/// The rows of an import in the order of its file.
///
/// # Errors
/// The database failed.
pub async fn of_import(on: &impl ConnectionTrait, import: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Import.eq(import)).order_by_asc(Column::Row).all(on).await
}
