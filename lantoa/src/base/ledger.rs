//! The ground's own tables: facts, what still has to answer them, their seals, and chores.

use sea_orm_migration::schema::{
    big_integer, big_integer_null, integer, pk_uuid, string, string_null, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

use super::migration::{Migration, Step, index, table};

/// Schema changes of the ground.
#[must_use]
pub fn ledger_migrations() -> Vec<Migration> {
    vec![Migration { name: "20261123_ledger", steps: |_| [facts(), reactions(), seals(), chores()].concat() }]
}

fn facts() -> Vec<Step> {
    let columns = vec![
        pk_uuid("id"),
        string("kind"),
        text("body"),
        uuid("about"),
        uuid_null("person"),
        uuid_null("agency"),
        timestamp_with_time_zone("at"),
        text_null("why"),
    ];
    vec![
        table("fact", columns),
        index("fact", &["about"], false),
        index("fact", &["kind", "at"], false),
        index("fact", &["agency", "at"], false),
    ]
}

fn reactions() -> Vec<Step> {
    let columns = vec![
        pk_uuid("fact"),
        timestamp_with_time_zone("run_at"),
        timestamp_with_time_zone_null("leased_until"),
        integer("attempts"),
        text_null("error"),
        timestamp_with_time_zone_null("done_at"),
    ];
    vec![table("reaction", columns), index("reaction", &["done_at", "run_at"], false)]
}

fn seals() -> Vec<Step> {
    let seal = vec![
        big_integer("number").primary_key().take(),
        string("root"),
        string("chain"),
        big_integer("facts"),
        timestamp_with_time_zone("at"),
    ];
    let entry = vec![pk_uuid("fact"), big_integer("seal"), big_integer("position")];
    vec![table("seal", seal), table("sealed_fact", entry), index("sealed_fact", &["seal", "position"], true)]
}

fn chores() -> Vec<Step> {
    let columns = vec![
        string("name").primary_key().take(),
        timestamp_with_time_zone("next_at"),
        timestamp_with_time_zone_null("leased_until"),
        timestamp_with_time_zone_null("done_at"),
        string_null("error"),
        big_integer_null("took_ms"),
    ];
    vec![table("chore", columns)]
}
