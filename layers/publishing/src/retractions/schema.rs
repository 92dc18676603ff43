//! The tables of retractions.

use sea_orm_migration::schema::{
    big_integer_null, boolean, integer, pk_uuid, string, string_uniq, text, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::base::migration::{index, table};
use crate::base::{Migration, Step};

/// Schema changes of this capability.
#[must_use]
pub fn migrations() -> Vec<Migration> {
    vec![Migration { name: "20261210_retractions", steps: |_| [cases(), copies(), story()].concat() }]
}

fn cases() -> Vec<Step> {
    let case = vec![
        pk_uuid("id"),
        uuid("article"),
        uuid_null("open_for"),
        string_uniq("key"),
        uuid("agency"),
        text("title"),
        text("words"),
        string("cause"),
        string("aim"),
        text("why"),
        text("asked_by"),
        text("ground"),
        text("document"),
        timestamp_with_time_zone_null("received_at"),
        uuid_null("responsible"),
        string("state"),
        timestamp_with_time_zone("since"),
        timestamp_with_time_zone("opened_at"),
        uuid_null("opened_by"),
        timestamp_with_time_zone("due_at"),
        timestamp_with_time_zone_null("closed_at"),
        text("closing"),
        integer("copies"),
        integer("unsettled"),
        timestamp_with_time_zone("looked_at"),
        integer("version"),
    ];
    vec![
        table("retraction", case),
        // One open case an article: two changes at once meet here.
        index("retraction", &["open_for"], true),
        index("retraction", &["article"], false),
        index("retraction", &["state", "due_at"], false),
        index("retraction", &["agency", "state"], false),
    ]
}

fn copies() -> Vec<Step> {
    let found = vec![
        pk_uuid("id"),
        uuid("retraction"),
        string("channel"),
        uuid("copy"),
        uuid("agency"),
        text("place"),
        text("href"),
        text("address"),
        big_integer_null("recipients"),
        string("wanted"),
        string("stand"),
        timestamp_with_time_zone("since"),
        text("proof"),
        boolean("is_gone"),
        boolean("is_fresh"),
        boolean("is_settled"),
        string("left_stand"),
        text("left_why"),
        uuid_null("left_by"),
        timestamp_with_time_zone_null("left_at"),
        timestamp_with_time_zone("first_seen_at"),
        timestamp_with_time_zone("changed_at"),
        integer("version"),
    ];
    vec![
        table("retraction_copy", found),
        index("retraction_copy", &["retraction", "channel", "copy"], true),
        index("retraction_copy", &["agency", "is_settled"], false),
    ]
}

fn story() -> Vec<Step> {
    let entry = vec![
        pk_uuid("id"),
        uuid("retraction"),
        uuid_null("found"),
        string_uniq("key"),
        string("kind"),
        string("was"),
        string("became"),
        text("text"),
        uuid_null("person"),
        timestamp_with_time_zone("at"),
    ];
    let term =
        vec![pk_uuid("id"), string_uniq("cause"), integer("hours"), string("counting"), text("source"), integer("version")];
    let reminder = vec![
        pk_uuid("id"),
        uuid("retraction"),
        string("point"),
        timestamp_with_time_zone("due_at"),
        timestamp_with_time_zone("at"),
    ];
    vec![
        table("retraction_entry", entry),
        index("retraction_entry", &["retraction", "at"], false),
        table("retraction_term", term),
        table("retraction_reminder", reminder),
        index("retraction_reminder", &["retraction", "point", "due_at"], true),
    ]
}
