//! The digest of an agency's readings of a day: what the fact of that day seals. Whoever has the rows can make it again.

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::reading::{self, Reading};
use crate::base::digest::sha256;

/// What a day's readings come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    pub copies: usize,
    pub readings: usize,
    pub sha256: String,
}

/// Counts and digests an agency's readings of a day: one line each, in the order of their ids.
///
/// # Errors
/// The database failed.
pub async fn of_day(on: &impl ConnectionTrait, agency: Uuid, day: Date) -> Result<Day, DbErr> {
    let of = reading::Entity::find().filter(reading::Column::Agency.eq(agency)).filter(reading::Column::Day.eq(day));
    Ok(of_rows(&of.order_by_asc(reading::Column::Id).all(on).await?))
}

/// The same of rows that are sorted by id.
#[must_use]
pub fn of_rows(rows: &[Reading]) -> Day {
    let mut copies: Vec<Uuid> = rows.iter().map(|row| row.watch).collect();
    copies.sort_unstable();
    copies.dedup();
    let text: String = rows.iter().map(line).collect();
    Day { copies: copies.len(), readings: rows.len(), sha256: sha256(text.as_bytes()) }
}

/// `id|watch|channel|place|metric|definition|value or -|milliseconds since 1970`
fn line(row: &Reading) -> String {
    let value = row.value.map_or_else(|| "-".to_owned(), |value| value.to_string());
    let at = row.at.timestamp_millis();
    format!("{}|{}|{}|{}|{}|{}|{value}|{at}\n", row.id, row.watch, row.channel, row.place, row.metric, row.definition)
}
