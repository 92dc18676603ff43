//! The tables of cases.

use sea_orm_migration::schema::{
    big_integer_null, boolean, integer, pk_uuid, string, string_uniq, text, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::base::migration::{index, table};
use crate::base::{Migration, Step};

/// Schema changes of this capability.
#[must_use]
pub fn migrations() -> Vec<Migration> {
    vec![Migration { name: "20261127_cases", steps: |_| [rungs(), cases(), story()].concat() }]
}

fn rungs() -> Vec<Step> {
    let rung = vec![pk_uuid("id"), string("kind"), integer("position"), uuid("agency"), integer("hours"), integer("version")];
    vec![table("case_rung", rung), index("case_rung", &["kind", "position"], true)]
}

fn cases() -> Vec<Step> {
    // Not `case`: a word of SQL, which people at a console would have to quote.
    let case = vec![
        pk_uuid("id"),
        string("kind"),
        string_uniq("key"),
        text("title"),
        text("difficulty"),
        text("proposal"),
        text("words"),
        uuid_null("slot"),
        uuid("agency"),
        uuid_null("person"),
        timestamp_with_time_zone("raised_at"),
        string("state"),
        uuid("holder"),
        timestamp_with_time_zone_null("due_at"),
        integer("bounces"),
        timestamp_with_time_zone_null("closed_at"),
        boolean("demo"),
        integer("version"),
    ];
    vec![
        table("case_file", case),
        index("case_file", &["agency", "raised_at"], false),
        index("case_file", &["holder", "due_at"], false),
        index("case_file", &["slot"], false),
    ]
}

fn story() -> Vec<Step> {
    let step = vec![
        pk_uuid("id"),
        uuid("case"),
        integer("number"),
        uuid("agency"),
        integer("position"),
        integer("hours"),
        timestamp_with_time_zone("came_at"),
        timestamp_with_time_zone("due_at"),
        timestamp_with_time_zone_null("taken_at"),
        big_integer_null("minutes_left"),
        timestamp_with_time_zone_null("ended_at"),
    ];
    let entry = vec![
        pk_uuid("id"),
        uuid("case"),
        string("kind"),
        text("text"),
        uuid("agency"),
        uuid_null("person"),
        uuid_null("to"),
        timestamp_with_time_zone("at"),
    ];
    let reminder = vec![pk_uuid("id"), uuid("step"), string("point"), timestamp_with_time_zone("at")];
    vec![
        table("case_step", step),
        index("case_step", &["case", "number"], true),
        index("case_step", &["agency"], false),
        table("case_entry", entry),
        index("case_entry", &["case", "at"], false),
        table("case_reminder", reminder),
        index("case_reminder", &["step", "point"], true),
    ]
}
