//! The tables of webhooks.

use sea_orm_migration::schema::{
    boolean, integer, integer_null, pk_uuid, string, text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null,
    uuid, uuid_null,
};

use crate::base::migration::{index, table};
use crate::base::{Migration, Step};

/// Schema changes of this capability.
#[must_use]
pub fn migrations() -> Vec<Migration> {
    vec![Migration { name: "20261127_webhooks", steps: |_| tables() }]
}

fn tables() -> Vec<Step> {
    let webhook = vec![
        pk_uuid("id"),
        text("address"),
        string("host"),
        text("events"),
        text("secret"),
        uuid("made_by"),
        timestamp_with_time_zone("made_at"),
        boolean("paused"),
        timestamp_with_time_zone_null("removed_at"),
        integer("version"),
    ];
    let delivery = vec![
        pk_uuid("id"),
        uuid("webhook"),
        uuid_null("fact"),
        string("event"),
        text("body"),
        string("state"),
        integer("attempts"),
        timestamp_with_time_zone("planned_at"),
        timestamp_with_time_zone("run_at"),
        timestamp_with_time_zone("expires_at"),
        timestamp_with_time_zone_null("leased_until"),
        timestamp_with_time_zone_null("settled_at"),
        integer_null("status"),
        integer_null("took_ms"),
        text_null("error"),
    ];
    vec![
        table("webhook", webhook),
        table("webhook_delivery", delivery),
        index("webhook_delivery", &["webhook", "fact"], true),
        index("webhook_delivery", &["state", "run_at"], false),
        index("webhook_delivery", &["webhook", "planned_at"], false),
    ]
}
