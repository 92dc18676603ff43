//! How agencies answer, counted: how many questions came, how many were answered, how many in time, how long the middle one took in
//! working hours, and the marks. For everybody. Protected ones are in no count.

use std::collections::HashMap;

use chrono::TimeDelta;
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;

use super::question::{Column, Entity, State};
use crate::base::App;
use crate::cases::case::moving::Ground;
use crate::web::Result;

/// Counted over so many days back.
pub const DAYS: i64 = 365;
/// A node counts no oftener.
const LATELY_S: i64 = 60;

/// What one agency's questions came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub asked: u64,
    pub answered: u64,
    pub in_time: u64,
    /// With a body now, and past their time.
    pub late: u64,
    /// Working hours of the middle one; None where nothing was answered.
    pub hours: Option<i64>,
    /// How many were marked, and the sum of their marks.
    pub marked: u64,
    pub marks: u64,
}

impl Counts {
    /// Of those answered, in percent, rounded down; none of nothing.
    #[must_use]
    pub fn percent(&self) -> Option<u64> {
        (self.answered > 0).then(|| self.in_time * 100 / self.answered)
    }

    /// The mean mark in tenths; none of nothing. Recounted from the sum, never from means.
    #[must_use]
    pub fn mark_tenths(&self) -> Option<u64> {
        (self.marked > 0).then(|| (self.marks * 10 + self.marked / 2) / self.marked)
    }
}

/// The counts by agency, of the last [`DAYS`] days; and of all together under nil.
///
/// # Errors
/// The database failed.
pub async fn counts(app: &App) -> Result<std::sync::Arc<HashMap<Uuid, Counts>>> {
    app.lately("question-counts", LATELY_S, counted(app)).await
}

async fn counted(app: &App) -> Result<HashMap<Uuid, Counts>> {
    type Row = (Uuid, State, DateTimeUtc, Option<DateTimeUtc>, Option<bool>, Option<DateTimeUtc>, Option<i32>);
    let ground = Ground::of(app).await?;
    let rows: Vec<Row> = Entity::find()
        .select_only()
        .columns([
            Column::Holder,
            Column::State,
            Column::AskedAt,
            Column::AnsweredAt,
            Column::InTime,
            Column::DueAt,
            Column::Mark,
        ])
        .filter(Column::AskedAt.gt(ground.now - TimeDelta::days(DAYS)))
        .filter(Column::State.is_not_in([State::Dropped, State::Withdrawn]))
        .into_tuple()
        .all(&app.db)
        .await?;
    let mut all: HashMap<Uuid, Counts> = HashMap::new();
    let mut hours: HashMap<Uuid, Vec<i64>> = HashMap::new();
    for (holder, state, asked_at, answered_at, in_time, due_at, mark) in rows {
        let taken = answered_at.map(|at| ground.clock().between(asked_at, at) / 60);
        for key in [holder, Uuid::nil()] {
            let one = all.entry(key).or_default();
            one.asked += 1;
            one.answered += u64::from(answered_at.is_some());
            one.in_time += u64::from(answered_at.is_some() && in_time == Some(true));
            one.late += u64::from(state.runs() && due_at.is_some_and(|due| due < ground.now));
            one.marked += u64::from(mark.is_some());
            one.marks += mark.and_then(|mark| u64::try_from(mark).ok()).unwrap_or_default();
            hours.entry(key).or_default().extend(taken);
        }
    }
    for (key, mut taken) in hours {
        taken.sort_unstable();
        if let Some(one) = all.get_mut(&key) {
            one.hours = taken.get(taken.len() / 2).copied();
        }
    }
    Ok(all)
}
