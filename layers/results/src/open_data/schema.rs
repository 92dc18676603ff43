//! The tables of open data.

use sea_orm_migration::schema::{
    date, integer, pk_uuid, string, string_null, text, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::base::migration::{index, table};
use crate::base::{Migration, Step};

/// Schema changes of this capability.
#[must_use]
pub fn migrations() -> Vec<Migration> {
    vec![Migration { name: "20261227_open_data", steps: |_| steps() }]
}

fn steps() -> Vec<Step> {
    let import = vec![
        pk_uuid("id"),
        uuid("person"),
        uuid_null("agency"),
        text("source"),
        date("taken_on"),
        string("decimals"),
        text("file"),
        string("sha256"),
        text("body"),
        integer("rows"),
        timestamp_with_time_zone("at"),
        timestamp_with_time_zone_null("done_at"),
        timestamp_with_time_zone_null("withdrawn_at"),
        uuid_null("withdrawn_by"),
        text("why"),
    ];
    let value = vec![
        pk_uuid("id"),
        uuid("import"),
        integer("row"),
        uuid("measure"),
        uuid("agency"),
        string("period"),
        string_null("value"),
        string_null("numerator"),
        string_null("denominator"),
        string("status"),
        text("unit"),
    ];
    vec![
        table("outside_import", import),
        index("outside_import", &["at"], false),
        table("outside_value", value),
        index("outside_value", &["import", "measure", "agency", "period"], true),
        index("outside_value", &["measure", "period"], false),
    ]
}
