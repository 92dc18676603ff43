//! PostgreSQL takes all rows of a measure in one statement, as three texts: no limit of parameters, and no time to bind them.
//! // recorded by recompute

use sea_orm::entity::prelude::*;
use sea_orm::{DatabaseBackend, Statement, Value};

use super::Written;

/// See [`super::of_all`].
pub(super) const OF_ALL: &str = "agency = '00000000-0000-0000-0000-000000000000'";
/// Any number that nothing else locks by.
const ALONE: &str = "SELECT pg_advisory_xact_lock(11866121)";
const WRITE: &str = "INSERT INTO measure_value \
    (measure, agency, year, version, months, source_digest, frozen, frozen_versions, frozen_through, counted_at) \
    SELECT $1, one.agency::uuid, $2, $3, one.months, one.digest, '', '', 0, $4 \
    FROM unnest(string_to_array($5, '|'), string_to_array($6, '|'), string_to_array($7, '|')) AS one (agency, months, digest)";
/// Looking for a row that is in the way takes half as long again as writing it.
const OVER: &str = " ON CONFLICT (measure, agency, year) DO UPDATE SET version = excluded.version, months = excluded.months, \
    source_digest = excluded.source_digest, counted_at = excluded.counted_at";

/// Holds until the transaction ends.
pub(super) async fn alone(on: &impl ConnectionTrait) -> Result<(), DbErr> {
    on.execute_unprepared(ALONE).await.map(|_| ())
}

pub(super) async fn write(
    on: &impl ConnectionTrait,
    (measure, version): (Uuid, i32),
    year: i32,
    rows: &[Written],
    at: DateTimeUtc,
) -> Result<(), DbErr> {
    for (is_new, over) in [(true, ""), (false, OVER)] {
        let rows: Vec<&Written> = rows.iter().filter(|row| row.is_new == is_new).collect();
        if rows.is_empty() {
            continue;
        }
        let agencies: Vec<String> = rows.iter().map(|row| row.agency.to_string()).collect();
        let months: Vec<&str> = rows.iter().map(|row| row.months.as_str()).collect();
        let digests: Vec<&str> = rows.iter().map(|row| row.digest.as_str()).collect();
        let values: [Value; 7] = [
            measure.into(),
            year.into(),
            version.into(),
            at.into(),
            agencies.join("|").into(),
            months.join("|").into(),
            digests.join("|").into(),
        ];
        let statement = Statement::from_sql_and_values(DatabaseBackend::Postgres, format!("{WRITE}{over}"), values);
        on.execute_raw(statement).await?;
    }
    Ok(())
}
