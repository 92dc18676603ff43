//! The tables of registers.

use sea_orm_migration::schema::{
    big_integer_null, boolean, date, date_null, integer, pk_uuid, string, string_null, text, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::base::migration::{index, table};
use crate::base::{Migration, Step};

/// Schema changes of this capability.
#[must_use]
pub fn migrations() -> Vec<Migration> {
    vec![Migration { name: "20261220_registers", steps: |_| [records(), around(), secrets()].concat() }]
}

fn records() -> Vec<Step> {
    let record = vec![
        pk_uuid("id"),
        uuid("agency"),
        string("register"),
        text("code"),
        text("title"),
        text("words"),
        date("from_on"),
        date_null("until_on"),
        text("lead"),
        string("category"),
        boolean("listed"),
        date_null("trained_on"),
        big_integer_null("part"),
        big_integer_null("whole"),
        text("note"),
        string("state"),
        text("pending"),
        text("writers"),
        uuid_null("confirmed_by"),
        timestamp_with_time_zone_null("confirmed_at"),
        text("notice"),
        integer("edition"),
        boolean("demo"),
        timestamp_with_time_zone("made_at"),
        timestamp_with_time_zone("changed_at"),
        integer("version"),
        string_null("code_key"),
    ];
    vec![
        table("register_record", record),
        // A code stands once in an agency's register; what was withdrawn holds none.
        index("register_record", &["code_key"], true),
        index("register_record", &["register", "state", "from_on"], false),
        index("register_record", &["agency", "register"], false),
    ]
}

fn around() -> Vec<Step> {
    let version = vec![
        pk_uuid("id"),
        uuid("record"),
        integer("number"),
        text("content"),
        text("writers"),
        uuid("confirmed_by"),
        timestamp_with_time_zone("at"),
    ];
    let evidence = vec![
        pk_uuid("id"),
        uuid("record"),
        string("kind"),
        uuid_null("target"),
        text("name"),
        text("address"),
        string("sha256"),
        date("on_day"),
        uuid("person"),
        timestamp_with_time_zone("at"),
    ];
    let import = vec![
        pk_uuid("id"),
        uuid("person"),
        uuid("agency"),
        string("register"),
        text("file"),
        text("body"),
        timestamp_with_time_zone("at"),
        timestamp_with_time_zone_null("done_at"),
    ];
    vec![
        table("register_version", version),
        index("register_version", &["record", "number"], true),
        table("register_evidence", evidence),
        index("register_evidence", &["record", "sha256"], true),
        index("register_evidence", &["sha256"], false),
        table("register_import", import),
        index("register_import", &["at"], false),
    ]
}

fn secrets() -> Vec<Step> {
    let count = vec![
        pk_uuid("id"),
        uuid("agency"),
        integer("year"),
        integer("count"),
        text("document"),
        date_null("signed_on"),
        text("signer"),
        text("writers"),
        uuid_null("signed_by"),
        timestamp_with_time_zone("changed_at"),
        integer("version"),
    ];
    vec![table("register_secret", count), index("register_secret", &["agency", "year"], true)]
}
