//! The tables of what single platforms want besides a delivery: allowances, lists of numbers, what their webhooks brought.

use sea_orm_migration::prelude::{Alias, Table};
use sea_orm_migration::schema::{
    big_integer, integer, pk_uuid, string, text, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
};

use crate::base::migration::{index, table};
use crate::base::{Migration, Step};

/// Schema changes of this part.
#[must_use]
pub fn migrations() -> Vec<Migration> {
    vec![
        Migration { name: "20261205_platforms", steps: |_| [allowances(), mailings(), arrivals()].concat() },
        Migration { name: "20261214_pace", steps: |_| [paces(), asked()].concat() },
    ]
}

/// How often a platform is called by all its accounts together.
fn paces() -> Vec<Step> {
    let pace =
        vec![string("platform").primary_key().take(), big_integer("tokens_milli"), timestamp_with_time_zone("refilled_at")];
    vec![table("channel_pace", pace)]
}

fn asked() -> Vec<Step> {
    let asked = timestamp_with_time_zone_null("asked_at");
    vec![Step::Alter(Table::alter().table(Alias::new("channel_account")).add_column(asked).take())]
}

fn allowances() -> Vec<Step> {
    let allowance = vec![pk_uuid("id"), uuid("account"), string("name"), timestamp_with_time_zone("since"), big_integer("used")];
    vec![table("channel_allowance", allowance), index("channel_allowance", &["account", "name"], true)]
}

fn mailings() -> Vec<Step> {
    let recipient = vec![
        pk_uuid("id"),
        uuid("account"),
        string("number"),
        text("consent"),
        uuid("added_by"),
        timestamp_with_time_zone("added_at"),
    ];
    let letter = vec![
        pk_uuid("id"),
        uuid("delivery"),
        string("number"),
        string("state"),
        string("why"),
        text("says"),
        text("external_id"),
        timestamp_with_time_zone_null("at"),
    ];
    vec![
        table("channel_recipient", recipient),
        index("channel_recipient", &["account", "number"], true),
        table("channel_letter", letter),
        index("channel_letter", &["delivery", "number"], true),
        index("channel_letter", &["delivery", "state"], false),
    ]
}

fn arrivals() -> Vec<Step> {
    let arrival = vec![
        pk_uuid("id"),
        uuid("account"),
        uuid("agency"),
        string("mark"),
        text("event"),
        text("body"),
        timestamp_with_time_zone("at"),
        timestamp_with_time_zone("last_at"),
        integer("times"),
        integer("woke"),
    ];
    let distrust = vec![
        pk_uuid("id"),
        uuid("account"),
        uuid("agency"),
        string("day"),
        string("reason"),
        integer("times"),
        timestamp_with_time_zone("last_at"),
    ];
    vec![
        table("channel_arrival", arrival),
        index("channel_arrival", &["account", "mark"], true),
        index("channel_arrival", &["agency", "at"], false),
        index("channel_arrival", &["at"], false),
        table("channel_distrust", distrust),
        index("channel_distrust", &["account", "day", "reason"], true),
        index("channel_distrust", &["agency", "last_at"], false),
    ]
}
