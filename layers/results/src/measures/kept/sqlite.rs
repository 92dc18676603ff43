//! SQLite takes rows by the thousand. // recorded by recompute

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::{ActiveModel, Column, Entity, Written};

/// See [`super::of_all`].
pub(super) const OF_ALL: &str = "agency = X'00000000000000000000000000000000'";
/// Eleven parameters a row, 32,766 a statement.
const ROWS_MAX: usize = 2_900;

pub(super) async fn write(
    on: &impl ConnectionTrait,
    (measure, version): (Uuid, i32),
    year: i32,
    rows: &[Written],
    at: DateTimeUtc,
) -> Result<(), DbErr> {
    let row = |one: &Written| ActiveModel {
        measure: Set(measure),
        agency: Set(one.agency),
        year: Set(year),
        version: Set(version),
        months: Set(one.months.clone()),
        source_digest: Set(one.digest.clone()),
        frozen: Set(String::new()),
        frozen_through: Set(0),
        frozen_versions: Set(String::new()),
        frozen_at: Set(None),
        counted_at: Set(at),
    };
    for chunk in rows.chunks(ROWS_MAX) {
        let same = OnConflict::columns([Column::Measure, Column::Agency, Column::Year])
            .update_columns([Column::Version, Column::Months, Column::SourceDigest, Column::CountedAt])
            .to_owned();
        Entity::insert_many(chunk.iter().map(row)).on_conflict(same).exec_without_returning(on).await?;
    }
    Ok(())
}
