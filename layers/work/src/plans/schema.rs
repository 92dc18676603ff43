//! The tables of plans.

use sea_orm_migration::prelude::{Alias, Table};
use sea_orm_migration::schema::{
    big_integer, binary, boolean, date_null, double, integer, pk_uuid, string, string_null, string_uniq, text, text_null,
    timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::base::migration::{index, table};
use crate::base::{Migration, Step};

/// Schema changes of this capability.
#[must_use]
pub fn migrations() -> Vec<Migration> {
    vec![
        Migration { name: "20261123_plans", steps: |_| [plans(), provisions()].concat() },
        Migration { name: "20261127_plan_progress_public", steps: |_| vec![progress_public()] },
    ]
}

fn progress_public() -> Step {
    let column = boolean("progress_public").default(true).take();
    Step::Alter(Table::alter().table(Alias::new("plan")).add_column(column).take())
}

fn plans() -> Vec<Step> {
    let source = vec![
        pk_uuid("id"),
        string("sha256"),
        string("name"),
        string("media_type"),
        big_integer("size_bytes"),
        binary("bytes"),
        timestamp_with_time_zone("at"),
    ];
    let plan = vec![
        pk_uuid("id"),
        string_uniq("slug"),
        uuid("agency"),
        uuid("source"),
        string("state"),
        string("type_name"),
        string("number"),
        string("issuer"),
        string("place"),
        date_null("issued_on"),
        text("subject"),
        text("warnings"),
        uuid_null("amends"),
        boolean("demo"),
        timestamp_with_time_zone("created_at"),
        uuid_null("created_by"),
        timestamp_with_time_zone_null("adopted_at"),
        uuid_null("adopted_by"),
        integer("version"),
    ];
    vec![
        table("plan_source", source),
        index("plan_source", &["sha256"], false),
        table("plan", plan),
        index("plan", &["state"], false),
        index("plan", &["agency"], false),
        index("plan", &["source"], false),
        table("plan_text", vec![pk_uuid("plan"), text("document"), text("headings")]),
    ]
}

fn provisions() -> Vec<Step> {
    let provision = vec![
        pk_uuid("id"),
        uuid("plan"),
        integer("position"),
        string("path"),
        string("kind"),
        text("text"),
        big_integer("span_start"),
        big_integer("span_end"),
        string("marker"),
        text("headings"),
        string("role"),
        string_null("lead_source"),
        text("deadline"),
        string("deadline_kind"),
        date_null("due_on"),
        text_null("target"),
        text_null("result"),
        text("doubts"),
        boolean("edited"),
        timestamp_with_time_zone_null("confirmed_at"),
        uuid_null("confirmed_by"),
        uuid_null("carried_from"),
        integer("version"),
    ];
    let party = vec![
        pk_uuid("id"),
        uuid("plan"),
        uuid("provision"),
        string("part"),
        integer("position"),
        string("name"),
        string("resolution"),
        uuid_null("agency"),
        string_null("class"),
    ];
    let link = vec![pk_uuid("id"), uuid("plan"), uuid("target"), uuid("task"), double("score")];
    vec![
        table("provision", provision),
        index("provision", &["plan", "position"], false),
        table("provision_party", party),
        index("provision_party", &["provision"], false),
        index("provision_party", &["plan"], false),
        index("provision_party", &["agency"], false),
        table("provision_link", link),
        index("provision_link", &["plan"], false),
    ]
}
