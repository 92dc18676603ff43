//! How many notices a day a subscription gets at most, and in which hours none: one rule for the whole installation.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use sea_orm::entity::prelude::*;

use crate::base::fact::Change;
use crate::base::time::VIETNAM;
use crate::base::{App, By, Fact, Who, new_id};
use crate::web::{Error, Obstacle};

const NAME: &str = "rule";
pub const DAILY_MAX: i32 = 20;
const DAY_MIN: i32 = 24 * 60;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "push_rule")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub name: String,
    pub daily_max: i32,
    /// Minutes of the day in Vietnam; the hours may go over midnight. The same twice: no quiet hours.
    pub quiet_from_min: i32,
    pub quiet_until_min: i32,
    /// 0: nobody set it.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Rule = Model;

impl Model {
    /// The rule that holds: three a day, nothing from nine in the evening to six in the morning, until somebody sets another.
    ///
    /// # Errors
    /// The database failed.
    pub async fn now(on: &impl ConnectionTrait) -> Result<Self, DbErr> {
        let usual = || Self {
            id: Uuid::nil(),
            name: NAME.into(),
            daily_max: 3,
            quiet_from_min: 21 * 60,
            quiet_until_min: 6 * 60,
            version: 0,
        };
        Ok(Entity::find().filter(Column::Name.eq(NAME)).one(on).await?.unwrap_or_else(usual))
    }

    /// The moment itself, or the end of the quiet hours it falls into.
    #[must_use]
    pub fn after_quiet(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        let local = at.with_timezone(&VIETNAM);
        let (from, until) = (i64::from(self.quiet_from_min), i64::from(self.quiet_until_min));
        let minute = (local.time() - NaiveTime::MIN).num_minutes();
        let is_quiet = if from <= until { (from..until).contains(&minute) } else { minute >= from || minute < until };
        if !is_quiet {
            return at;
        }
        let days = i64::from(from > until && minute >= from);
        let end = local.date_naive().and_time(NaiveTime::MIN) + TimeDelta::days(days) + TimeDelta::minutes(until);
        end.and_local_timezone(VIETNAM).single().map_or(at, |end| end.to_utc())
    }

    /// When the day of a moment began in Vietnam.
    #[must_use]
    pub fn day_of(at: DateTime<Utc>) -> DateTime<Utc> {
        let day = at.with_timezone(&VIETNAM).date_naive().and_time(NaiveTime::MIN);
        day.and_local_timezone(VIETNAM).single().map_or(at, |begin| begin.to_utc())
    }

    /// Sets it.
    ///
    /// # Errors
    /// Refused with each obstacle at its field; stale when somebody was quicker; or the database failed.
    pub async fn set(app: &App, who: &Who, (daily, from, until): (&str, &str, &str), seen: i32) -> Result<(), Error> {
        let before = Self::now(&app.db).await?;
        if before.version != seen {
            return Err(Error::Stale);
        }
        let daily_max = daily.trim().parse().ok().filter(|count| (1..=DAILY_MAX).contains(count));
        let (quiet_from_min, quiet_until_min) = (minute_of(from), minute_of(until));
        let mut wrong = Vec::new();
        let mut say = |missing: bool, key: &'static str, field: &'static str| {
            if missing {
                wrong.push(Obstacle::new(key).with("most", DAILY_MAX).at(field));
            }
        };
        say(daily_max.is_none(), "push-daily-wrong", "daily");
        say(quiet_from_min.is_none(), "push-hour-wrong", "from");
        say(quiet_until_min.is_none(), "push-hour-wrong", "until");
        let (Some(daily_max), Some(quiet_from_min), Some(quiet_until_min)) = (daily_max, quiet_from_min, quiet_until_min) else {
            return Err(Error::Refused(wrong));
        };
        let row = Self { daily_max, quiet_from_min, quiet_until_min, ..before.clone() };
        before.replace(app, who, row).await
    }

    async fn replace(self, app: &App, who: &Who, row: Self) -> Result<(), Error> {
        let each = [
            Change::of("daily", &self.daily_max.to_string(), &row.daily_max.to_string()),
            Change::of("from", &clock(self.quiet_from_min), &clock(row.quiet_from_min)),
            Change::of("until", &clock(self.quiet_until_min), &clock(row.quiet_until_min)),
        ];
        let changes: Vec<Change> = each.into_iter().flatten().collect();
        if changes.is_empty() {
            return Ok(());
        }
        let transaction = app.begin().await?;
        if self.version == 0 {
            let new = ActiveModel::from(Self { id: new_id(), version: 1, ..row });
            if let Err(error) = Entity::insert(new).exec_without_returning(&transaction).await {
                let twice = matches!(error.sql_err(), Some(sea_orm::SqlErr::UniqueConstraintViolation(_)));
                return Err(if twice { Error::Stale } else { error.into() });
            }
        } else {
            let new = ActiveModel::from(Self { version: self.version + 1, ..row }).reset_all();
            let same = Entity::update_many().set(new).filter(Column::Id.eq(self.id)).filter(Column::Version.eq(self.version));
            if same.exec(&transaction).await?.rows_affected == 0 {
                return Err(Error::Stale);
            }
        }
        app.record(&transaction, Uuid::nil(), Fact::PushRuleSet { changes }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}

/// `21:00` as minutes of the day.
fn minute_of(typed: &str) -> Option<i32> {
    let (hour, minute) = typed.trim().split_once(':')?;
    let (hour, minute): (i32, i32) = (hour.parse().ok()?, minute.parse().ok()?);
    ((0..24).contains(&hour) && (0..60).contains(&minute)).then_some(hour * 60 + minute)
}

/// Minutes of the day as `21:00`.
#[must_use]
pub fn clock(minutes: i32) -> String {
    let minutes = minutes.rem_euclid(DAY_MIN);
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(from: i32, until: i32) -> Rule {
        Rule { id: Uuid::nil(), name: NAME.into(), daily_max: 3, quiet_from_min: from, quiet_until_min: until, version: 0 }
    }

    fn at(local: &str) -> DateTime<Utc> {
        format!("{local}+07:00").parse().expect("a moment")
    }

    #[test]
    fn quiet_hours_end_in_the_morning() {
        let over_midnight = rule(21 * 60, 6 * 60);
        assert_eq!(over_midnight.after_quiet(at("2026-03-02T20:59:59")), at("2026-03-02T20:59:59"));
        assert_eq!(over_midnight.after_quiet(at("2026-03-02T21:00:00")), at("2026-03-03T06:00:00"));
        assert_eq!(over_midnight.after_quiet(at("2026-03-03T05:59:59")), at("2026-03-03T06:00:00"));
        assert_eq!(over_midnight.after_quiet(at("2026-03-03T06:00:00")), at("2026-03-03T06:00:00"));
        assert_eq!(rule(12 * 60, 13 * 60).after_quiet(at("2026-03-03T12:30:00")), at("2026-03-03T13:00:00"));
        assert_eq!(rule(0, 0).after_quiet(at("2026-03-03T00:00:00")), at("2026-03-03T00:00:00"));
    }

    #[test]
    fn hours_are_read_as_they_are_written() {
        assert_eq!(minute_of(&clock(21 * 60 + 5)), Some(21 * 60 + 5));
        for wrong in ["24:00", "9", "aa:bb", "09:60", ""] {
            assert_eq!(minute_of(wrong), None, "{wrong}");
        }
    }
}
