//! The tables of push.

use sea_orm_migration::prelude::{Alias, ColumnDef, Index};
use sea_orm_migration::schema::{
    integer, pk_uuid, string, string_uniq, text, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::base::migration::{index, table};
use crate::base::{Migration, Step};

/// Schema changes of this capability.
#[must_use]
pub fn migrations() -> Vec<Migration> {
    vec![Migration { name: "20261209_push", steps: |_| [ours(), theirs(), orders(), deliveries()].concat() }]
}

fn ours() -> Vec<Step> {
    let key = vec![pk_uuid("id"), string_uniq("name"), text("public"), text("private"), timestamp_with_time_zone("made_at")];
    let rule = vec![
        pk_uuid("id"),
        string_uniq("name"),
        integer("daily_max"),
        integer("quiet_from_min"),
        integer("quiet_until_min"),
        integer("version"),
    ];
    let setting = vec![pk_uuid("id"), uuid("agency"), uuid("section"), string("mode"), integer("version")];
    vec![
        table("push_key", key),
        table("push_rule", rule),
        table("push_setting", setting),
        index("push_setting", &["agency", "section"], true),
    ]
}

fn theirs() -> Vec<Step> {
    let subscription = vec![
        pk_uuid("id"),
        string_uniq("hash"),
        text("endpoint"),
        string("host"),
        text("keys"),
        string("language"),
        string("state"),
        string("asked_from"),
        timestamp_with_time_zone("made_at"),
        timestamp_with_time_zone_null("reached_at"),
        timestamp_with_time_zone_null("ended_at"),
        integer("version"),
    ];
    let interest = vec![pk_uuid("id"), uuid("subscription"), string("about"), uuid("target")];
    vec![
        table("push_subscription", subscription),
        index("push_subscription", &["state", "host"], false),
        index("push_subscription", &["asked_from", "made_at"], false),
        table("push_interest", interest),
        index("push_interest", &["subscription", "about", "target"], true),
        index("push_interest", &["about", "target"], false),
    ]
}

fn orders() -> Vec<Step> {
    let order = vec![
        pk_uuid("id"),
        uuid("article"),
        string("kind"),
        uuid("agency"),
        uuid("section"),
        string("language"),
        text("title"),
        text("body"),
        string("state"),
        timestamp_with_time_zone("due_at"),
        uuid_null("made_by"),
        timestamp_with_time_zone("made_at"),
        timestamp_with_time_zone_null("built_at"),
        timestamp_with_time_zone_null("finished_at"),
        integer("matched"),
        integer("over_limit"),
        text("why"),
        integer("version"),
    ];
    vec![
        table("push_order", order),
        // An article is announced once, and corrected once.
        index("push_order", &["article", "kind"], true),
        index("push_order", &["state", "due_at"], false),
        index("push_order", &["agency", "made_at"], false),
    ]
}

/// No id of their own: they are made by one statement, in which neither engine makes ids alike.
fn deliveries() -> Vec<Step> {
    let delivery: Vec<ColumnDef> = vec![
        uuid("order_id"),
        uuid("subscription"),
        string("host"),
        string("state"),
        timestamp_with_time_zone("queued_at"),
        timestamp_with_time_zone_null("run_at"),
        timestamp_with_time_zone_null("leased_until"),
        uuid_null("batch"),
        integer("attempts"),
        integer("repeats"),
        timestamp_with_time_zone_null("settled_at"),
        text("says"),
    ];
    let Step::Table(mut made) = table("push_delivery", delivery) else { return Vec::new() };
    made.primary_key(Index::create().col(Alias::new("order_id")).col(Alias::new("subscription")));
    let host = vec![pk_uuid("id"), string_uniq("host"), timestamp_with_time_zone("paused_until")];
    vec![
        Step::Table(made),
        index("push_delivery", &["run_at"], false),
        index("push_delivery", &["batch"], false),
        index("push_delivery", &["subscription", "queued_at"], false),
        table("push_host", host),
    ]
}
