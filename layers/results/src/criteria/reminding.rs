//! Calling to mind that the day for scoring, or for objecting, comes near: in office time only, each sheet once for each point of a day.
//! What was handed in is not reminded of.

use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::set::{self, CriteriaSet, State};
use super::sheet::Sheet;
use crate::base::{App, By, Chore, Fact, new_id, time};
use crate::duties::day_off;

/// Days left at which a sheet is called to mind.
const POINTS: [i64; 3] = [7, 3, 0];

/// That a sheet was called to mind at a point of a day, so that it is not again.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "criteria_reminder")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub sheet: Uuid,
    /// The day that held then; another one is called to mind anew.
    pub until: Date,
    /// Days left.
    pub point: i32,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// Looks every ten minutes; by night and on days off it does nothing.
#[must_use]
pub fn chore() -> Chore {
    Chore { name: "remind-of-criteria", every_s: 600, work: |app| Box::pin(remind(app)) }
}

/// The point that is reached with so many days left; None while the day is far away, or past.
#[must_use]
pub fn point(left: i64) -> Option<i32> {
    let reached = POINTS.into_iter().rfind(|point| left <= *point).filter(|_| left >= 0)?;
    i32::try_from(reached).ok()
}

/// Reminds every agency whose sheet reached a point.
///
/// # Errors
/// The database failed.
pub async fn remind(app: &App) -> anyhow::Result<()> {
    if !day_off::calendar(&app.db).await?.is_office_time(app.clock.now()) {
        return Ok(());
    }
    let today = time::local_date(app.clock.now());
    for set in set::Entity::find().filter(set::Column::State.eq(State::Scoring)).all(&app.db).await? {
        let Some(until) = set.score_until else { continue };
        let Some(point) = point((until - today).num_days()) else { continue };
        for sheet in Sheet::of(&app.db, set.id).await?.iter().filter(|sheet| sheet.submission == 0) {
            remind_one(app, &set, sheet, (until, point)).await?;
        }
    }
    Ok(())
}

async fn remind_one(app: &App, set: &CriteriaSet, sheet: &Sheet, (until, point): (NaiveDate, i32)) -> anyhow::Result<()> {
    let row =
        ActiveModel { id: Set(new_id()), sheet: Set(sheet.id), until: Set(until), point: Set(point), at: Set(app.clock.now()) };
    let once = OnConflict::columns([Column::Sheet, Column::Until, Column::Point]).do_nothing().to_owned();
    let transaction = app.begin().await?;
    let new = Entity::insert(row).on_conflict(once).exec_without_returning(&transaction).await?;
    if new > 0 {
        let fact = Fact::CriteriaReminded { title: set.title.clone(), name: sheet.name.clone(), until: until.to_string() };
        app.record(&transaction, sheet.id, fact, &By::system()).await?;
    }
    app.commit(transaction).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_before_three_days_before_and_on_the_day() {
        let points: Vec<Option<i32>> = [8, 7, 4, 3, 1, 0, -1].into_iter().map(point).collect();
        assert_eq!(points, [None, Some(7), Some(7), Some(3), Some(3), Some(0), None]);
    }
}
