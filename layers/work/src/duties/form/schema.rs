//! The tables of report forms.

use sea_orm_migration::prelude::{Alias, Table};
use sea_orm_migration::schema::{
    big_integer, binary, date, integer, pk_uuid, string, text, timestamp_with_time_zone, uuid, uuid_null,
};

use crate::base::Step;
use crate::base::migration::{index, table};

/// Forms, what they were answered with, and the papers that certify answers.
#[must_use]
pub fn steps() -> Vec<Step> {
    let form =
        vec![pk_uuid("id"), uuid("duty"), integer("version"), text("body"), uuid_null("person"), timestamp_with_time_zone("at")];
    let values = vec![pk_uuid("answer"), uuid("slot"), uuid("form"), text("body")];
    let certificate = vec![
        pk_uuid("id"),
        uuid("slot"),
        uuid("answer"),
        string("data_sha256"),
        string("number"),
        date("signed_on"),
        text("name"),
        big_integer("size_bytes"),
        string("sha256"),
        uuid("person"),
        timestamp_with_time_zone("at"),
    ];
    let paper = vec![string("sha256").primary_key().take(), binary("bytes")];
    let typed = Table::alter().table(Alias::new("answer_draft")).add_column(text("typed").default("{}")).take();
    vec![
        table("form", form),
        index("form", &["duty", "version"], true),
        table("answer_values", values),
        index("answer_values", &["slot"], false),
        table("certificate", certificate),
        index("certificate", &["slot"], false),
        table("certificate_file", paper),
        Step::Alter(typed),
    ]
}

/// Papers that took the place of others.
#[must_use]
pub fn replacing() -> Vec<Step> {
    vec![Step::Alter(Table::alter().table(Alias::new("certificate")).add_column(uuid_null("replaces")).take())]
}
