//! Who may ask how often, and whether a form was filled in by a person: no foreign captcha, nothing that counts people. An address is
//! kept as a number that only this installation makes, in memory, for an hour at most.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::PaginatorTrait;
use sea_orm::entity::prelude::*;

use super::{denunciation, question};
use crate::base::App;
use crate::base::installation_key::InstallationKey;
use crate::web::api::rate;
use crate::web::{Error, Obstacle};

/// Questions a minute from one address: behind one may be a whole ward.
pub const PER_MINUTE: u32 = 20;
/// Of one chat, or one mailbox.
pub const PER_MINUTE_OF_ONE: u32 = 6;
/// Codes tried from one address in a minute: nobody types so many, and no program has to.
const TRIES_PER_MINUTE: u32 = 30;
/// Of all together in an hour: more is somebody's program, and nobody could read them.
const PER_HOUR_MAX: u64 = 3_000;
/// Of all together in an hour; from then on each address has its share alone, so that a handful of them does not shut the door for the
/// province. In quieter hours none has: behind one may be the whole of an office, or of a mobile network.
const PER_HOUR_BUSY: u64 = 1_500;
/// The share of an address in an hour, of which it may use all at once.
const SHARE_PER_HOUR: u32 = 120;
/// What the whole house has to wait then.
const REST_S: u64 = 600;
/// Nobody reads a form and writes a question in less.
const FILLED_IN_S: i64 = 3;
/// Then the page is asked for once more; what was typed stays.
const FORM_HOURS: i64 = 24;

/// Lets one through from that address, or says how many seconds to wait.
///
/// # Errors
/// [`Error::TooMany`], or the installation's key or the database failed.
pub async fn pass(app: &App, address: &str, per_minute: u32) -> Result<(), Error> {
    spend(app, "question-address", address, per_minute)?;
    let over = match rate::spend_of_hour(app, bucket(app, "question-address-hour", address)?, SHARE_PER_HOUR) {
        Err(Error::TooMany(seconds)) => Some(seconds),
        share => share.map(|()| None)?,
    };
    let since = app.clock.now() - TimeDelta::hours(1);
    let asked = question::Entity::find().filter(question::Column::AskedAt.gt(since)).count(&app.db).await?;
    let told = denunciation::Entity::find().filter(denunciation::Column::At.gt(since)).count(&app.db).await?;
    match rest(asked + told, over) {
        Some(seconds) => {
            metrics::counter!("lantoa_questions_refused_total", "cause" => "flood").increment(1);
            Err(Error::TooMany(seconds))
        }
        None => Ok(()),
    }
}

/// Seconds to wait where so many came within the hour, and the address is over its share for so long.
fn rest(came: u64, over: Option<u64>) -> Option<u64> {
    if came >= PER_HOUR_MAX { Some(REST_S) } else { over.filter(|_| came >= PER_HOUR_BUSY) }
}

/// Lets one look at a code through: nobody finds one by trying.
///
/// # Errors
/// [`Error::TooMany`], or the installation's key can not be read.
pub fn try_code(app: &App, address: &str) -> Result<(), Error> {
    spend(app, "question-code-tried", address, TRIES_PER_MINUTE)
}

fn spend(app: &App, purpose: &str, address: &str, per_minute: u32) -> Result<(), Error> {
    rate::spend_of(app, bucket(app, purpose, address)?, per_minute).inspect_err(|_| {
        metrics::counter!("lantoa_questions_refused_total", "cause" => "rate").increment(1);
    })
}

fn bucket(app: &App, purpose: &str, address: &str) -> Result<Uuid, Error> {
    let number = InstallationKey::of(app)?.derive(purpose, address);
    Ok(Uuid::from_slice(&number[..16])?)
}

/// The stamp of a form that is shown now: when, and a number that makes it another one each time.
///
/// # Errors
/// The installation's key can not be read.
pub fn stamp(app: &App) -> anyhow::Result<String> {
    made(app, app.clock.now().timestamp_millis(), rand::random())
}

/// The stamp of a form that came with the words in it: nobody has to write first, so it may be sent at once.
///
/// # Errors
/// The installation's key can not be read.
pub fn stamp_of_filled_in(app: &App) -> anyhow::Result<String> {
    made(app, (app.clock.now() - TimeDelta::seconds(FILLED_IN_S)).timestamp_millis(), rand::random())
}

/// The stamp that a page goes on with: its own as long as it holds, so that the time counts since the first page; else one of now.
///
/// # Errors
/// The installation's key can not be read.
pub fn carried(app: &App, given: &str) -> anyhow::Result<String> {
    let age = read(app, given)?.map(|at| app.clock.now() - at);
    if age.is_some_and(|age| age <= TimeDelta::hours(FORM_HOURS)) { Ok(given.to_owned()) } else { stamp(app) }
}

fn made(app: &App, at_ms: i64, number: u32) -> anyhow::Result<String> {
    let code = InstallationKey::of(app)?.derive("question-form", &format!("{at_ms}.{number}"));
    Ok(format!("{at_ms}.{number}.{}", URL_SAFE_NO_PAD.encode(&code[..12])))
}

/// When a stamp was made; None when we did not make it.
fn read(app: &App, stamp: &str) -> anyhow::Result<Option<DateTime<Utc>>> {
    let mut parts = stamp.split('.');
    let (at, number) = (parts.next().and_then(|at| at.parse().ok()), parts.next().and_then(|number| number.parse().ok()));
    let (Some(at), Some(number)) = (at, number) else { return Ok(None) };
    let ours = made(app, at, number)? == stamp;
    Ok(DateTime::from_timestamp_millis(at).filter(|_| ours))
}

/// What is wrong with the way a form was filled in: by a program, in no time, or yesterday.
///
/// # Errors
/// The installation's key can not be read.
pub fn trap(app: &App, stamp: &str, honey: &str) -> anyhow::Result<Option<Obstacle>> {
    let wrong = if honey.is_empty() {
        let age = read(app, stamp)?.map(|at| app.clock.now() - at);
        match age {
            None => Some("question-form-unknown"),
            Some(age) if age < TimeDelta::seconds(FILLED_IN_S) => Some("question-form-fast"),
            Some(age) if age > TimeDelta::hours(FORM_HOURS) => Some("question-form-old"),
            Some(_) => None,
        }
    } else {
        Some("question-form-honey")
    };
    if wrong.is_some() {
        metrics::counter!("lantoa_questions_refused_total", "cause" => "form").increment(1);
    }
    Ok(wrong.map(|key| Obstacle::new(key).at("question")))
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn in_a_busy_hour_each_address_has_its_share_and_the_others_still_get_in() {
        assert_eq!(rest(PER_HOUR_BUSY - 1, Some(40)), None, "a whole ward behind one address");
        assert_eq!((rest(PER_HOUR_BUSY, Some(40)), rest(PER_HOUR_BUSY, None)), (Some(40), None));
        assert_eq!(rest(PER_HOUR_MAX, None), Some(REST_S));
        let of_ten = PER_HOUR_BUSY + 10 * u64::from(SHARE_PER_HOUR);
        assert_eq!(rest(of_ten, None), None, "ten addresses do not fill an hour");
    }
}
