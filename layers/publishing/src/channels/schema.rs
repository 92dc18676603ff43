//! The tables of channels.

use sea_orm_migration::prelude::{Alias, ColumnDef, Table};
use sea_orm_migration::schema::{
    big_integer, integer, integer_null, pk_uuid, string, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::base::migration::{index, table};
use crate::base::{Migration, Step};

/// Schema changes of this capability.
#[must_use]
pub fn migrations() -> Vec<Migration> {
    vec![
        Migration { name: "20261202_channels", steps: |_| [accounts(), pieces(), deliveries()].concat() },
        Migration { name: "20261204_heart", steps: |_| what_became_of_copies() },
        Migration { name: "20261213_broadcasts", steps: |_| parts() },
    ]
}

/// One column a statement: SQLite takes no more.
fn what_became_of_copies() -> Vec<Step> {
    let added = |column: ColumnDef| Step::Alter(Table::alter().table(Alias::new("channel_delivery")).add_column(column).take());
    vec![added(timestamp_with_time_zone_null("edited_at")), added(timestamp_with_time_zone_null("stands_at"))]
}

/// An account gets each part of a piece once.
fn parts() -> Vec<Step> {
    let part = string("part").default("").take();
    vec![
        Step::Alter(Table::alter().table(Alias::new("channel_delivery")).add_column(part).take()),
        Step::Sql("DROP INDEX ix_channel_delivery_piece_account".into()),
        index("channel_delivery", &["piece", "account", "part"], true),
    ]
}

fn accounts() -> Vec<Step> {
    let account = vec![
        pk_uuid("id"),
        uuid("agency"),
        string("platform"),
        text("name"),
        text("settings"),
        text("secrets"),
        string("state"),
        text("why"),
        timestamp_with_time_zone("since"),
        string("missed"),
        integer("missed_after_min"),
        integer("per_minute"),
        integer("burst"),
        big_integer("tokens_milli"),
        timestamp_with_time_zone("refilled_at"),
        timestamp_with_time_zone_null("busy_until"),
        timestamp_with_time_zone_null("succeeded_at"),
        uuid("made_by"),
        timestamp_with_time_zone("made_at"),
        integer("version"),
    ];
    vec![table("channel_account", account), index("channel_account", &["agency", "platform"], false)]
}

fn pieces() -> Vec<Step> {
    let piece = vec![
        pk_uuid("id"),
        uuid("agency"),
        uuid_null("article"),
        integer_null("revision"),
        text("title"),
        timestamp_with_time_zone_null("due_at"),
        string("state"),
        uuid("written_by"),
        text("writers"),
        uuid_null("approved_by"),
        timestamp_with_time_zone_null("approved_at"),
        text("notice"),
        timestamp_with_time_zone("created_at"),
        timestamp_with_time_zone("changed_at"),
        integer("version"),
    ];
    vec![
        table("channel_piece", piece),
        index("channel_piece", &["agency", "changed_at"], false),
        index("channel_piece", &["article"], false),
    ]
}

fn what_is_sent() -> Vec<ColumnDef> {
    vec![
        pk_uuid("id"),
        uuid("piece"),
        uuid("account"),
        uuid("agency"),
        text("title"),
        text("text"),
        text("link"),
        text("media"),
        string("origin"),
        uuid_null("confirmed_by"),
    ]
}

fn where_it_stands() -> Vec<ColumnDef> {
    vec![
        string("state"),
        string("errand"),
        string("wanted"),
        timestamp_with_time_zone_null("due_at"),
        timestamp_with_time_zone_null("run_at"),
        timestamp_with_time_zone_null("found_at"),
        timestamp_with_time_zone_null("leased_until"),
        integer("attempts"),
        integer("asked"),
        timestamp_with_time_zone_null("sent_at"),
        text("handle"),
        text("external_id"),
        text("address"),
        string("why"),
        text("says"),
        timestamp_with_time_zone_null("settled_at"),
        integer("version"),
    ]
}

fn deliveries() -> Vec<Step> {
    let step = vec![
        pk_uuid("id"),
        uuid("delivery"),
        timestamp_with_time_zone("at"),
        string("was"),
        string("became"),
        string("why"),
        text("says"),
        uuid_null("person"),
        text_null("reason"),
    ];
    vec![
        table("channel_delivery", [what_is_sent(), where_it_stands()].concat()),
        index("channel_delivery", &["piece", "account"], true),
        index("channel_delivery", &["run_at"], false),
        index("channel_delivery", &["account", "state"], false),
        index("channel_delivery", &["agency", "state"], false),
        table("channel_step", step),
        index("channel_step", &["delivery", "at"], false),
    ]
}
