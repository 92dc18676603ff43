//! PostgreSQL takes all rows of a measure in one statement, as three texts: no limit of parameters, and no time to bind them.
//! // recorded by recompute

use sea_orm::entity::prelude::*;
use sea_orm::{DatabaseBackend, Statement, Value};

use super::Written;

const WRITE: &str = "INSERT INTO measure_value \
    (measure, agency, year, version, months, source_digest, frozen, frozen_versions, frozen_through, counted_at) \
    SELECT $1, one.agency::uuid, $2, $3, one.months, one.digest, '', '', 0, $4 \
    FROM unnest(string_to_array($5, '|'), string_to_array($6, '|'), string_to_array($7, '|')) AS one (agency, months, digest) \
    ON CONFLICT (measure, agency, year) DO UPDATE SET version = excluded.version, months = excluded.months, \
    source_digest = excluded.source_digest, counted_at = excluded.counted_at";

pub(super) async fn write(
    on: &impl ConnectionTrait,
    (measure, version): (Uuid, i32),
    year: i32,
    rows: &[Written],
    at: DateTimeUtc,
) -> Result<(), DbErr> {
    let joined = |pick: &dyn Fn(&Written) -> String| rows.iter().map(pick).collect::<Vec<_>>().join("|");
    let values: [Value; 7] = [
        measure.into(),
        year.into(),
        version.into(),
        at.into(),
        joined(&|row| row.agency.to_string()).into(),
        joined(&|row| row.months.clone()).into(),
        joined(&|row| row.digest.clone()).into(),
    ];
    on.execute_raw(Statement::from_sql_and_values(DatabaseBackend::Postgres, WRITE, values)).await.map(|_| ())
}
