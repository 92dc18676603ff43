//! Keeping what came of a question: the fetch, its readings with their marks, the latest of each figure and the next time, in one
//! transaction. A node that dies before it commits leaves nothing, and the question is asked again.

use platforms::{Refusal, Value, Why};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;

use super::fetch::{self, Fetch, Outcome};
use super::latest::{self, Latest};
use super::reading::{self, Reading};
use super::watch::{self, Ended, Watch};
use super::{figure, schedule};
use crate::base::copies::Count;
use crate::base::digest::sha256;
use crate::base::{App, new_id, time};
use crate::channels::measuring::{Measured, Unasked};
use crate::channels::speaking::Heard;

/// A platform that asks for longer is asked again then all the same.
const WAIT_H_MAX: i64 = 24;
/// One that refuses for its limit and does not say until when.
const RATE_MIN: i64 = 15;

/// One figure as it was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub channel: String,
    pub place: String,
    pub metric: String,
    pub definition: String,
    pub figure: String,
    pub people: bool,
    pub value: Option<i64>,
    pub says: String,
}

/// What came of a question.
#[derive(Clone, Debug)]
pub struct Brought {
    pub outcome: Outcome,
    pub says: String,
    pub raw: Heard,
    pub said: Vec<Said>,
    /// When the platform may be asked again, where it said so.
    pub wait: Option<chrono::TimeDelta>,
    /// Nothing more is asked.
    pub ended: Ended,
}

impl Brought {
    fn of(outcome: Outcome, says: &str, raw: Heard) -> Self {
        Self { outcome, says: says.to_owned(), raw, said: Vec::new(), wait: None, ended: Ended::No }
    }

    /// What a platform gave; None when it was not asked, and is to be at once or when the account has rested.
    #[must_use]
    pub fn measured(watch: &Watch, measured: Measured) -> Option<Self> {
        Some(match measured {
            Measured::Read(readings, raw) if readings.is_empty() => {
                Self { ended: Ended::None, ..Self::of(Outcome::Nothing, "", raw) }
            }
            Measured::Read(readings, raw) => {
                let said: Vec<Said> = readings.into_iter().map(|one| said(watch, one)).collect();
                Self { said, ..Self::of(Outcome::Whole, "", raw) }.weighed()
            }
            Measured::Refused(refusal, raw) => refused(&refusal, raw),
            Measured::Busy(_) => return None,
            Measured::Unasked(Unasked::NotOut) => Self { ended: Ended::NotOut, ..Self::of(Outcome::Gone, "", Heard::default()) },
            Measured::Unasked(Unasked::NoId) => Self { ended: Ended::NoId, ..Self::of(Outcome::Nothing, "", Heard::default()) },
            Measured::Unasked(Unasked::Paused) => Self::of(Outcome::Paused, "", Heard::default()),
            Measured::Unasked(Unasked::Dead) => Self::of(Outcome::Dead, "", Heard::default()),
            Measured::Unasked(Unasked::Settings) => Self::of(Outcome::Settings, "", Heard::default()),
        })
    }

    /// What the product counted itself.
    #[must_use]
    pub fn counted(counts: &[Count]) -> Self {
        let said = |one: &Count| Said {
            channel: one.channel.to_owned(),
            place: one.place.clone(),
            metric: one.metric.to_owned(),
            definition: one.definition.to_owned(),
            figure: one.metric.to_owned(),
            people: one.distinct,
            value: one.value.and_then(|value| i64::try_from(value).ok()),
            says: String::new(),
        };
        let outcome = if counts.is_empty() { Outcome::Nothing } else { Outcome::Whole };
        Self { said: apart(counts.iter().map(said).collect()), ..Self::of(outcome, "", Heard::default()) }.weighed()
    }

    /// Whole, or only in part.
    fn weighed(self) -> Self {
        let is_missing = self.said.iter().any(|one| one.value.is_none());
        if is_missing { Self { outcome: Outcome::Partial, ..self } } else { self }
    }
}

/// Places that are called alike are told apart by a number: two issues of a newsletter are two mailings.
fn apart(said: Vec<Said>) -> Vec<Said> {
    let mut seen: Vec<(String, String, String)> = Vec::new();
    let mut all = Vec::new();
    for one in said {
        let mut place = one.place.clone();
        let mut number = 1;
        while seen.contains(&(one.channel.clone(), place.clone(), one.metric.clone())) {
            number += 1;
            place = format!("{} ({number})", one.place);
        }
        seen.push((one.channel.clone(), place.clone(), one.metric.clone()));
        all.push(Said { place, ..one });
    }
    all
}

fn said(watch: &Watch, reading: platforms::Reading) -> Said {
    let figure = figure::of(&watch.channel, &reading.name);
    let (code, people) = (figure.code.to_owned(), figure.people);
    let (value, says) = match reading.value {
        Value::Count(count) => match i64::try_from(count) {
            Ok(count) => (Some(count), String::new()),
            Err(_) => (None, count.to_string()),
        },
        Value::Missing(says) => (None, says),
    };
    Said {
        channel: watch.channel.clone(),
        place: watch.place.clone(),
        metric: reading.name,
        definition: reading.definition.to_owned(),
        figure: code,
        people,
        value,
        says,
    }
}

fn refused(refusal: &Refusal, raw: Heard) -> Brought {
    let outcome = match refusal.why {
        Why::Rate | Why::Quota => Outcome::Rate,
        Why::Token | Why::Blocked => Outcome::Token,
        Why::Permission => Outcome::Permission,
        Why::Gone => Outcome::Gone,
        Why::Unavailable => Outcome::Unavailable,
        Why::Content | Why::Media | Why::Protocol => Outcome::Protocol,
    };
    let longest = chrono::TimeDelta::hours(WAIT_H_MAX);
    let asked = refusal.again_after.map(|wait| chrono::TimeDelta::from_std(wait).unwrap_or(longest).min(longest));
    // A limit without an hour is a limit all the same.
    let wait = asked.or_else(|| (outcome == Outcome::Rate).then(|| chrono::TimeDelta::minutes(RATE_MIN)));
    Brought { wait, ..Brought::of(outcome, &refusal.says, raw) }
}

/// Keeps it. Does nothing when the lease was lost meanwhile: whoever has the watch now keeps what they bring.
/// // recorded by settling: a fact a day with the digest of its readings
///
/// # Errors
/// The database failed.
pub async fn keep(app: &App, watch: &Watch, brought: Brought) -> Result<(), DbErr> {
    let now = app.clock.now();
    let transaction = app.begin().await?;
    if !settled(app, &transaction, watch, &brought).await? {
        return Ok(());
    }
    let fetch = fetched(watch, &brought, now);
    let before = latest::Entity::find().filter(latest::Column::Watch.eq(watch.id)).all(&transaction).await?;
    let mut rows: Vec<Reading> = Vec::new();
    let mut newest: Vec<Latest> = Vec::new();
    for one in brought.said {
        let same = |latest: &&Latest| latest.channel == one.channel && latest.place == one.place && latest.figure == one.figure;
        // Two names of one figure in one answer: the first given is the figure, the other stands among the readings.
        if newest.iter().any(|latest| same(&latest)) && one.value.is_none() {
            continue;
        }
        let last = before.iter().find(same);
        let row = marked(&fetch, one, last);
        newest.retain(|latest| (&latest.channel, &latest.place, &latest.figure) != (&row.channel, &row.place, &row.figure));
        newest.push(Latest::after(last, &row));
        rows.push(row);
    }
    fetch::Entity::insert(fetch::ActiveModel::from(fetch)).exec_without_returning(&transaction).await?;
    if !rows.is_empty() {
        let rows = rows.into_iter().map(reading::ActiveModel::from);
        reading::Entity::insert_many(rows).exec_without_returning(&transaction).await?;
    }
    latest::put(&transaction, newest).await?;
    app.commit(transaction).await
}

fn fetched(watch: &Watch, brought: &Brought, now: DateTimeUtc) -> Fetch {
    Fetch {
        id: new_id(),
        watch: watch.id,
        subject: watch.subject,
        agency: watch.agency,
        at: now,
        day: time::local_date(now),
        outcome: brought.outcome,
        says: brought.says.clone(),
        raw: brought.raw.text.clone(),
        raw_cut: brought.raw.cut,
        raw_sha256: sha256(brought.raw.text.as_bytes()),
        cleared_at: None,
    }
}

/// A reading with its marks, held against the last one that was given.
#[must_use]
pub fn marked(fetch: &Fetch, said: Said, last: Option<&Latest>) -> Reading {
    let last = last.filter(|last| last.value.is_some());
    let is_redefined =
        last.is_some_and(|last| said.value.is_some() && (last.metric != said.metric || last.definition != said.definition));
    let is_lower = !is_redefined && last.is_some_and(|last| said.value.is_some() && said.value < last.value);
    Reading {
        id: new_id(),
        watch: fetch.watch,
        subject: fetch.subject,
        agency: fetch.agency,
        channel: said.channel,
        place: said.place,
        figure: said.figure,
        metric: said.metric,
        definition: said.definition,
        people: said.people,
        value: said.value,
        fetch: fetch.id,
        at: fetch.at,
        day: fetch.day,
        says: said.says,
        is_lower,
        is_redefined,
    }
}

/// The watch with its next time; whether it still was ours.
async fn settled(app: &App, on: &impl ConnectionTrait, watch: &Watch, brought: &Brought) -> Result<bool, DbErr> {
    use watch::{Column, Entity};
    let now = app.clock.now();
    let (planned, read) = (schedule::next(watch.out_at, now, watch.is_own()), brought.outcome.is_read());
    let passes = matches!(brought.outcome, Outcome::Unavailable | Outcome::Rate | Outcome::Protocol);
    let failures = if passes { watch.failures + 1 } else { 0 };
    let next = match brought.wait {
        Some(wait) => planned.map(|_| now + wait),
        None if passes => schedule::again(planned, now, watch.failures),
        None => planned,
    };
    let ended = match (brought.ended, next) {
        (Ended::No, None) => Ended::Over,
        (ended, _) => ended,
    };
    let done = Entity::update_many()
        .col_expr(Column::NextAt, Expr::value(next.filter(|_| ended == Ended::No)))
        .col_expr(Column::LeasedUntil, Expr::value(Option::<DateTimeUtc>::None))
        .col_expr(Column::AskedAt, Expr::value(now))
        .col_expr(Column::ReadAt, Expr::value(if read { Some(now) } else { watch.read_at }))
        .col_expr(Column::Failures, Expr::value(failures))
        .col_expr(Column::Ended, Expr::value(ended))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(watch.id))
        .filter(Column::Version.eq(watch.version))
        .exec(on)
        .await?;
    if done.rows_affected == 0 {
        return Ok(false);
    }
    // The platform's limit is the account's: nothing else is asked of it before then.
    if let (Some(wait), Some(account), Outcome::Rate) = (brought.wait, watch.account, brought.outcome) {
        Entity::update_many()
            .col_expr(Column::NextAt, Expr::value(now + wait))
            .filter(Column::Account.eq(account))
            .filter(Column::NextAt.lt(now + wait))
            .exec(on)
            .await?;
    }
    Ok(true)
}
