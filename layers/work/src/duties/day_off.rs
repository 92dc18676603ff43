//! Days that are not worked though their weekday says so, and week-end days that are worked instead: dated data that
//! the province edits when the government's notice comes. The shipped ones follow Bộ luật Lao động 2019, Điều 112.

use chrono::{Datelike, NaiveDate, Weekday};
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use serde::Deserialize;

use super::calendar::Calendar;
use crate::base::{App, By, Fact, Who, new_id};
use crate::web::{Error, Obstacle};

const NAME_LETTERS_MAX: usize = 120;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "day_off")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub day: Date,
    /// "Tết Nguyên đán", "Làm bù ngày 31/8".
    pub name: String,
    /// A week-end day that is worked.
    pub worked: bool,
    /// Reckoned from the law, not yet announced.
    pub expected: bool,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type DayOff = Model;

/// One line of `data/days-off.json`.
#[derive(Deserialize)]
struct Shipped {
    day: NaiveDate,
    name: String,
    #[serde(default)]
    worked: bool,
    #[serde(default)]
    expected: bool,
}

impl Model {
    /// Those of a year, earliest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of_year(on: &impl ConnectionTrait, year: i32) -> Result<Vec<Self>, DbErr> {
        let (first, last) = (NaiveDate::from_ymd_opt(year, 1, 1), NaiveDate::from_ymd_opt(year, 12, 31));
        let (Some(first), Some(last)) = (first, last) else { return Ok(Vec::new()) };
        Entity::find().filter(Column::Day.between(first, last)).order_by_asc(Column::Day).all(on).await
    }

    /// Notes a day.
    ///
    /// # Errors
    /// Refused without a name, when the day is noted already, or when its weekday says the same; or the database failed.
    pub async fn note(app: &App, who: &Who, day: NaiveDate, name: &str, worked: bool) -> Result<(), Error> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > NAME_LETTERS_MAX {
            return Err(Error::Refused(vec![Obstacle::new("day-off-name-wrong").at("name")]));
        }
        // A Sunday off is no news, and a Monday that is worked neither: one of them was typed wrongly.
        let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        if weekend != worked {
            let key = if worked { "day-off-worked-anyway" } else { "day-off-free-anyway" };
            return Err(Error::Refused(vec![Obstacle::new(key).with("day", crate::base::time::day(day)).at("day")]));
        }
        let transaction = app.begin().await?;
        let row = Self { id: new_id(), day, name: name.into(), worked, expected: false, version: 1 };
        // The day is unique: of two who note it in the same instant the database lets one through.
        let once = OnConflict::column(Column::Day).do_nothing().to_owned();
        let written =
            Entity::insert(ActiveModel::from(row.clone())).on_conflict(once).exec_without_returning(&transaction).await?;
        if written == 0 {
            let noted = Obstacle::new("day-off-noted").with("day", crate::base::time::day(day)).at("day");
            return Err(Error::Refused(vec![noted]));
        }
        app.record(&transaction, row.id, Fact::DayOffNoted { day: day.to_string(), name: name.into(), worked }, &By::from(who))
            .await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Takes a day off the list and tells its year. Slots keep the days they were given.
    ///
    /// # Errors
    /// Not found, or the database failed.
    pub async fn remove(app: &App, who: &Who, id: Uuid) -> Result<i32, Error> {
        let transaction = app.begin().await?;
        let row = Entity::find_by_id(id).one(&transaction).await?.ok_or(Error::NotFound)?;
        Entity::delete_by_id(id).exec(&transaction).await?;
        app.record(&transaction, id, Fact::DayOffRemoved { day: row.day.to_string(), name: row.name.clone() }, &By::from(who))
            .await?;
        app.commit(transaction).await?;
        Ok(row.day.year())
    }
}

/// The calendar of all days noted.
///
/// # Errors
/// The database failed.
pub async fn calendar(on: &impl ConnectionTrait) -> Result<Calendar, DbErr> {
    let all = Entity::find().all(on).await?;
    Ok(Calendar::new(all.into_iter().map(|row| (row.day, row.worked))))
}

/// Puts the shipped days in, once: what the province removed stays removed, since it is asked only while none is noted.
///
/// # Errors
/// The database failed.
pub async fn settle(app: &App) -> Result<(), DbErr> {
    if Entity::find().one(&app.db).await?.is_some() {
        return Ok(());
    }
    let rows: Vec<ActiveModel> = shipped().into_iter().map(ActiveModel::from).collect();
    let once = OnConflict::column(Column::Day).do_nothing().to_owned();
    let transaction = app.begin().await?;
    let days = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    Entity::insert_many(rows).on_conflict(once).exec_without_returning(&transaction).await?;
    app.record(&transaction, new_id(), Fact::DaysOffSettled { days }, &By::system()).await?;
    app.commit(transaction).await
}

fn shipped() -> Vec<Model> {
    let lines: Vec<Shipped> = serde_json::from_str(include_str!("../../data/days-off.json")).unwrap_or_default();
    let row = |line: Shipped| Model {
        id: new_id(),
        day: line.day,
        name: line.name,
        worked: line.worked,
        expected: line.expected,
        version: 1,
    };
    lines.into_iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_days_are_read_and_are_of_use() {
        let days = shipped();
        assert!(days.len() >= 60, "{}", days.len());
        for row in &days {
            let weekend = row.day.weekday().num_days_from_monday() >= 5;
            assert_eq!(row.worked, weekend, "{} {}: a day off is a weekday, a worked one a week-end day", row.day, row.name);
        }
        let mut seen: Vec<_> = days.iter().map(|row| row.day).collect();
        seen.dedup();
        assert_eq!(seen.len(), days.len(), "a day stands twice");
    }
}
