//! The ground's own tables: facts, what still has to answer them, their seals, and chores.

use sea_orm_migration::schema::{
    big_integer, big_integer_null, integer, pk_uuid, string, string_null, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

use super::migration::{Migration, Step, index, table};

/// Schema changes of the ground.
#[must_use]
pub fn ledger_migrations() -> Vec<Migration> {
    vec![
        Migration { name: "20261123_ledger", steps: |_| [facts(), reactions(), seals(), chores()].concat() },
        Migration { name: "20261125_mail", steps: |_| [mail(), seal_checks(), newest_first()].concat() },
        Migration { name: "20261127_site", steps: |_| site() },
        Migration { name: "20261204_pulse", steps: |_| pulse() },
    ]
}

fn mail() -> Vec<Step> {
    let columns = vec![
        pk_uuid("id"),
        uuid("about"),
        string("topic"),
        string("recipient"),
        string("name"),
        text("subject"),
        text("body"),
        string("state"),
        integer("attempts"),
        timestamp_with_time_zone("run_at"),
        timestamp_with_time_zone_null("leased_until"),
        timestamp_with_time_zone("expires_at"),
        text_null("error"),
        timestamp_with_time_zone("planned_at"),
        timestamp_with_time_zone_null("settled_at"),
    ];
    vec![table("mail", columns), index("mail", &["state", "run_at"], false), index("mail", &["about", "planned_at"], false)]
}

fn site() -> Vec<Step> {
    let columns = vec![
        integer("id").primary_key().take(),
        text("name"),
        text("owner"),
        text("address"),
        text("phone"),
        text("email"),
        text("responsible"),
        integer("version"),
    ];
    vec![table("site", columns)]
}

/// See [`super::restored`].
fn pulse() -> Vec<Step> {
    let columns = vec![
        pk_uuid("line"),
        integer("number"),
        big_integer("beat"),
        timestamp_with_time_zone("at"),
        timestamp_with_time_zone_null("quiet_from"),
        timestamp_with_time_zone_null("quiet_to"),
        uuid_null("fact"),
    ];
    vec![table("pulse", columns), index("pulse", &["number"], true)]
}

fn seal_checks() -> Vec<Step> {
    let columns = vec![
        integer("id").primary_key().take(),
        big_integer("next"),
        string("chain"),
        big_integer("facts"),
        text("broken"),
        big_integer_null("found_seals"),
        big_integer_null("found_facts"),
        text_null("found_broken"),
        timestamp_with_time_zone_null("found_at"),
    ];
    vec![table("seal_check", columns)]
}

/// What the ledger's page reads by: the newest first of all, of a person, of a kind within an agency.
fn newest_first() -> Vec<Step> {
    vec![
        index("fact", &["at"], false),
        index("fact", &["person", "at"], false),
        index("fact", &["agency", "kind", "at"], false),
        index("fact", &["about", "at"], false),
    ]
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
