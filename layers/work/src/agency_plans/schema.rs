//! The tables of agencies' plans.

use sea_orm_migration::schema::{
    big_integer, binary, date_null, integer, pk_uuid, string, string_null, text, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::base::migration::{index, table};
use crate::base::{Migration, Step};

/// Schema changes of this capability.
#[must_use]
pub fn migrations() -> Vec<Migration> {
    vec![Migration { name: "20261127_agency_plans", steps: |_| steps() }]
}

fn steps() -> Vec<Step> {
    let plan = vec![
        pk_uuid("id"),
        uuid("agency"),
        uuid("plan"),
        string("state"),
        string("number"),
        text("title"),
        date_null("issued_on"),
        integer("from_year"),
        integer("until_year"),
        text("note"),
        string_null("file_sha256"),
        text("file_name"),
        string("file_type"),
        big_integer("file_size_bytes"),
        uuid_null("replaced_by"),
        uuid("created_by"),
        timestamp_with_time_zone("created_at"),
        timestamp_with_time_zone_null("issued_at"),
        integer("version"),
    ];
    let file = vec![string("sha256").primary_key().take(), binary("bytes")];
    let covered = vec![pk_uuid("id"), uuid("agency_plan"), uuid("duty")];
    vec![
        table("agency_plan", plan),
        index("agency_plan", &["plan", "agency"], false),
        table("agency_plan_file", file),
        table("agency_plan_duty", covered),
        index("agency_plan_duty", &["agency_plan", "duty"], true),
        index("agency_plan_duty", &["duty"], false),
    ]
}
