//! The tables of the assistant: answers that officers wrote, questions that it could not answer, runs of its evaluation, and the portals
//! that may show it. What people ask and what is said to them is in none.

use sea_orm_migration::schema::{
    big_integer, date, date_null, integer, pk_uuid, string, string_uniq, text, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::base::migration::{index, table};
use crate::base::{Migration, Step};

/// Schema changes of this capability.
#[must_use]
pub fn migrations() -> Vec<Migration> {
    vec![Migration { name: "20261128_assistant", steps: |_| [curated(), gaps(), runs(), origins()].concat() }]
}

fn curated() -> Vec<Step> {
    let answer = vec![
        pk_uuid("id"),
        uuid("agency"),
        text("title"),
        text("words"),
        text("body"),
        text("ground"),
        date("from_on"),
        date_null("until_on"),
        string("state"),
        text("pending"),
        text("writers"),
        uuid_null("question"),
        uuid_null("approved_by"),
        timestamp_with_time_zone_null("approved_at"),
        text("notice"),
        timestamp_with_time_zone("changed_at"),
        integer("version"),
    ];
    vec![
        table("curated_answer", answer),
        index("curated_answer", &["state", "until_on"], false),
        index("curated_answer", &["agency", "changed_at"], false),
    ]
}

fn gaps() -> Vec<Step> {
    let gap = vec![
        pk_uuid("id"),
        string_uniq("key"),
        text("question"),
        string("cause"),
        integer("count"),
        timestamp_with_time_zone("first_at"),
        timestamp_with_time_zone("last_at"),
        timestamp_with_time_zone_null("settled_at"),
        uuid_null("settled_by"),
    ];
    vec![table("assistant_gap", gap), index("assistant_gap", &["settled_at", "last_at"], false)]
}

fn runs() -> Vec<Step> {
    let run = vec![
        pk_uuid("id"),
        text("name"),
        string("sha256"),
        timestamp_with_time_zone("at"),
        text("means"),
        integer("answerable"),
        integer("answered_right"),
        integer("wrongly_answered"),
        integer("wrongly_refused"),
        integer("unanswerable"),
        integer("rightly_refused"),
        integer("source_right"),
        integer("open"),
        big_integer("p50_us"),
        big_integer("p95_us"),
        text("missed"),
    ];
    vec![table("assistant_run", run), index("assistant_run", &["at"], false)]
}

fn origins() -> Vec<Step> {
    let origin = vec![pk_uuid("id"), string_uniq("origin"), text("name"), timestamp_with_time_zone("at")];
    vec![table("assistant_origin", origin)]
}
