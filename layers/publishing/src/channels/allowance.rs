//! How much of a platform an account may use besides its pace of publishing: YouTube's quota of a day, TikTok's questions of a
//! minute. Counted before the call, under the account's lock, so that a node that dies has counted too much rather than too little.
//! // recorded by nobody: counting is bookkeeping, what was published is in the steps

use chrono::{DateTime, TimeDelta, Utc};
use platforms::{Refusal, Request, Why, tiktok, youtube};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait, OnConflict};

use super::account::{Account, Values};
use super::platform::video::{UNITS_PER_DAY, UPLOADS_PER_DAY};
use crate::base::{App, new_id};

/// Quotas of Google begin anew at midnight in the Pacific zone: 08:00 UTC, and in summer an hour before. The later one is right in
/// both: nobody is let in before the quota is there.
const DAY_BEGINS_H: i64 = 8;
const DAY_S: i64 = 86_400;
/// Of fixed minutes any sixty seconds touch two at most: half of what is allowed, so never more than that.
const MINUTE_S: i64 = 60;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "channel_allowance")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub account: Uuid,
    /// [`Allowance::name`]
    pub name: String,
    /// When the stretch of time began that `used` is of.
    pub since: DateTimeUtc,
    pub used: i64,
}

impl ActiveModelBehavior for ActiveModel {}

/// Something of which so much is there in a stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    pub name: &'static str,
    pub max: i64,
    /// Length of the stretch, and where it begins, in seconds.
    length_s: i64,
    offset_s: i64,
}

impl Allowance {
    const fn of_a_day(name: &'static str, max: i64) -> Self {
        Self { name, max, length_s: DAY_S, offset_s: DAY_BEGINS_H * 3_600 }
    }

    /// The Fluent key of its name.
    #[must_use]
    pub fn key(&self) -> String {
        format!("channel-allowance-{}", self.name)
    }

    /// When the stretch began that this moment lies in.
    #[must_use]
    pub fn since(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        let into = (now.timestamp() - self.offset_s).rem_euclid(self.length_s);
        DateTime::from_timestamp(now.timestamp() - into, 0).unwrap_or(now)
    }

    fn ends(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        self.since(now) + TimeDelta::seconds(self.length_s)
    }
}

/// What an account on that platform is allowed.
#[must_use]
pub fn all(platform: platforms::Platform, settings: &Values) -> Vec<Allowance> {
    let number = |name: &str, usual: u32| settings.get(name).and_then(|given| given.parse().ok()).unwrap_or(i64::from(usual));
    match platform {
        platforms::Platform::YouTube => vec![
            Allowance::of_a_day("uploads", number("uploads_per_day", UPLOADS_PER_DAY)),
            Allowance::of_a_day("units", number("units_per_day", UNITS_PER_DAY)),
        ],
        platforms::Platform::TikTok => {
            let max = i64::from(tiktok::QUESTIONS_PER_MINUTE / 2);
            vec![Allowance { name: "questions", max, length_s: MINUTE_S, offset_s: 0 }]
        }
        _ => Vec::new(),
    }
}

/// What a request takes of the allowances of its platform, by their names.
#[must_use]
pub fn cost(platform: platforms::Platform, request: &Request) -> Vec<(&'static str, i64)> {
    match platform {
        platforms::Platform::YouTube => {
            let cost = youtube::cost(request);
            let all = [("uploads", i64::from(cost.uploads)), ("units", i64::from(cost.units))];
            all.into_iter().filter(|(_, amount)| *amount > 0).collect()
        }
        platforms::Platform::TikTok if request.uri().path().ends_with("/status/fetch/") => vec![("questions", 1)],
        _ => Vec::new(),
    }
}

/// How much of one was used in the stretch that is now.
///
/// # Errors
/// The database failed.
pub async fn used(app: &App, account: Uuid, allowance: &Allowance) -> Result<i64, DbErr> {
    let row = Entity::find().filter(Column::Account.eq(account)).filter(Column::Name.eq(allowance.name)).one(&app.db).await?;
    let since = allowance.since(app.clock.now());
    Ok(row.filter(|row| row.since == since).map_or(0, |row| row.used))
}

/// Takes so much, where there is so much; whether there was.
///
/// # Errors
/// The database failed.
pub async fn take(app: &App, account: Uuid, allowance: &Allowance, amount: i64) -> Result<bool, DbErr> {
    let since = allowance.since(app.clock.now());
    let its = || Entity::update_many().filter(Column::Account.eq(account)).filter(Column::Name.eq(allowance.name));
    let more = its()
        .col_expr(Column::Used, Expr::col(Column::Used).add(amount))
        .filter(Column::Since.eq(since))
        .filter(Column::Used.lte(allowance.max - amount));
    if more.exec(&app.db).await?.rows_affected > 0 {
        return Ok(true);
    }
    if amount > allowance.max {
        return Ok(false);
    }
    let anew = its().col_expr(Column::Used, Expr::value(amount)).col_expr(Column::Since, Expr::value(since));
    if anew.filter(Column::Since.lt(since)).exec(&app.db).await?.rows_affected > 0 {
        return Ok(true);
    }
    let row = ActiveModel {
        id: Set(new_id()),
        account: Set(account),
        name: Set(allowance.name.into()),
        since: Set(since),
        used: Set(amount),
    };
    let once = OnConflict::columns([Column::Account, Column::Name]).do_nothing().to_owned();
    Ok(Entity::insert(row).on_conflict(once).exec_without_returning(&app.db).await? > 0)
}

/// Why nothing can be published by the account today, when the day's uploads or units are used up; until when.
///
/// # Errors
/// The database failed.
pub async fn refusal(app: &App, account: &Account) -> Result<Option<Refusal>, DbErr> {
    let Some(platform) = account.platform() else { return Ok(None) };
    for allowance in all(platform.is, &account.settings()).iter().filter(|one| one.length_s == DAY_S) {
        let used = used(app, account.id, allowance).await?;
        if used >= allowance.max {
            let now = app.clock.now();
            let again_after = (allowance.ends(now) - now).to_std().ok();
            let says = format!("{used} / {} {}", allowance.max, allowance.name);
            return Ok(Some(Refusal { why: Why::Quota, says, again_after }));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn a_day_of_google_begins_at_eight() {
        let day = Allowance::of_a_day("units", 10);
        let at = |text: &str| text.parse::<DateTime<Utc>>().expect("a moment");
        assert_eq!(day.since(at("2026-03-02T07:59:59Z")), at("2026-03-01T08:00:00Z"));
        assert_eq!(day.since(at("2026-03-02T08:00:00Z")), at("2026-03-02T08:00:00Z"));
        assert_eq!(day.ends(at("2026-03-02T07:59:59Z")), at("2026-03-02T08:00:00Z"));
    }

    #[test]
    fn no_sixty_seconds_hold_more_questions_than_are_allowed() {
        let one = all(platforms::Platform::TikTok, &Values::new()).pop().expect("questions");
        assert_eq!((one.max * 2, one.length_s), (30, 60));
    }
}
