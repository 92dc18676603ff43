//! The tables of measures.

use sea_orm::DatabaseBackend;
use sea_orm_migration::prelude::{Alias, ColumnDef, Table};
use sea_orm_migration::schema::{
    boolean, date, integer, pk_uuid, string, string_uniq, text, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
    uuid_null,
};

use super::kept;
use crate::base::migration::{index, table};
use crate::base::{Migration, Step};

/// Schema changes of this capability.
#[must_use]
pub fn migrations() -> Vec<Migration> {
    vec![
        Migration { name: "20261220_measures", steps: |_| [measures(), values()].concat() },
        Migration { name: "20261229_measure_values_of_a_year", steps: |_| of_a_year() },
        Migration { name: "20261230_measure_agreed", steps: |_| agreed() },
        Migration { name: "20261231_measure_frozen_versions", steps: |_| frozen_versions() },
        Migration { name: "20270101_measure_values_of_all", steps: of_all },
    ]
}

fn measures() -> Vec<Step> {
    let measure = vec![
        pk_uuid("id"),
        string_uniq("code"),
        uuid_null("plan"),
        uuid_null("provision"),
        string("rule"),
        integer("position"),
        text("title"),
        text("meaning"),
        text("body"),
        string("state"),
        boolean("public"),
        uuid_null("made_by"),
        timestamp_with_time_zone("made_at"),
        timestamp_with_time_zone("changed_at"),
        integer("version"),
    ];
    let version = vec![
        pk_uuid("id"),
        uuid("measure"),
        integer("version"),
        text("title"),
        text("meaning"),
        text("body"),
        uuid_null("person"),
        timestamp_with_time_zone("at"),
        text("why"),
    ];
    vec![
        table("measure", measure),
        index("measure", &["provision"], false),
        index("measure", &["plan"], false),
        table("measure_version", version),
        index("measure_version", &["measure", "version"], true),
    ]
}

/// A row for a year of an agency, its twelve months in one text: a nation's values are read and written by the hundred thousand, not by
/// the million.
fn values() -> Vec<Step> {
    let value = vec![
        uuid("measure"),
        uuid("agency"),
        integer("year"),
        integer("version"),
        text("months"),
        string("source_digest"),
        text("frozen"),
        integer("frozen_through"),
        timestamp_with_time_zone_null("frozen_at"),
        timestamp_with_time_zone("counted_at"),
    ];
    let pass = vec![integer("id").primary_key().take(), uuid("fact"), date("on_day"), timestamp_with_time_zone("at")];
    vec![
        table("measure_value", value),
        index("measure_value", &["measure", "agency", "year"], true),
        index("measure_value", &["year", "agency"], false),
        table("measure_pass", pass),
    ]
}

/// A page reads the rows of one measure in one year. With the agency between them, SQLite took the index of the year and read the rows
/// of every measure.
fn of_a_year() -> Vec<Step> {
    vec![
        Step::Sql("DROP INDEX ix_measure_value_measure_agency_year".to_owned()),
        index("measure_value", &["measure", "year", "agency"], true),
    ]
}

/// By the year only the rows of all together are asked for, one of a hundred: an index of every row was a third of what writing one took.
fn of_all(backend: DatabaseBackend) -> Vec<Step> {
    vec![Step::Sql("DROP INDEX ix_measure_value_year_agency".to_owned()), Step::Sql(kept::index_of_all(backend))]
}

/// Who wrote the newest definition, and who else agreed that the public reads it.
fn agreed() -> Vec<Step> {
    let added = |column: ColumnDef| Step::Alter(Table::alter().table(Alias::new("measure")).add_column(column).take());
    vec![added(uuid_null("written_by")), added(uuid_null("agreed_by"))]
}

/// What was closed before its version was kept: that in force then, where it is certain that no other was when its months were closed. It is
/// when it was the first, or when nothing at all had been closed before it was written. Of the rest nobody knows.
pub const VERSIONS_OF_CLOSED: &str = "UPDATE measure_value SET frozen_versions = COALESCE((\
    SELECT CAST(measure_value.frozen_through AS TEXT) || ':' || CAST(held.version AS TEXT) FROM measure_version AS held \
    WHERE held.measure = measure_value.measure AND held.at <= measure_value.frozen_at \
    AND NOT EXISTS (SELECT 1 FROM measure_version AS newer WHERE newer.measure = held.measure \
    AND newer.version > held.version AND newer.at <= measure_value.frozen_at) \
    AND (held.version = 1 OR NOT EXISTS (SELECT 1 FROM fact WHERE fact.kind = 'MeasuresFrozen' AND fact.at < held.at))\
    ), '') WHERE frozen_through > 0 AND frozen_versions = ''";

/// By which version of the definition closed months were counted.
fn frozen_versions() -> Vec<Step> {
    let column = text("frozen_versions").default("").take();
    vec![
        Step::Alter(Table::alter().table(Alias::new("measure_value")).add_column(column).take()),
        Step::Sql(VERSIONS_OF_CLOSED.to_owned()),
    ]
}
