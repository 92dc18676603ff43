//! The tables of reports.

use sea_orm_migration::schema::{
    boolean, date_null, integer, integer_null, pk_uuid, string, string_null, text, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::base::migration::{index, table};
use crate::base::{Migration, Step};

/// Schema changes of this capability.
#[must_use]
pub fn migrations() -> Vec<Migration> {
    vec![Migration { name: "20261228_reports", steps: |_| [around(), reports(), numbers()].concat() }]
}

fn around() -> Vec<Step> {
    let template = vec![
        pk_uuid("id"),
        string("code"),
        integer("version"),
        string("kind"),
        text("name"),
        text("body"),
        uuid_null("person"),
        timestamp_with_time_zone("at"),
        boolean("demo"),
    ];
    let regime = vec![
        pk_uuid("duty"),
        text("name"),
        text("content"),
        text("receiver"),
        text("method"),
        text("process"),
        string("template"),
        string("own_template"),
        timestamp_with_time_zone("changed_at"),
        integer("version"),
    ];
    vec![table("report_template", template), index("report_template", &["code", "version"], true), table("report_regime", regime)]
}

fn reports() -> Vec<Step> {
    let report = vec![
        pk_uuid("id"),
        uuid("work"),
        integer("edition"),
        uuid_null("replaces"),
        string_null("place"),
        string("kind"),
        string("template"),
        integer("template_version"),
        uuid("agency"),
        boolean("own"),
        uuid_null("plan"),
        uuid_null("duty"),
        string("period"),
        integer("closing"),
        text("subject"),
        string("state"),
        text("head"),
        text("outline"),
        text("arrangement"),
        text("writers"),
        uuid_null("made_by"),
        timestamp_with_time_zone("made_at"),
        timestamp_with_time_zone("changed_at"),
        uuid_null("submitted_by"),
        uuid_null("signed_by"),
        timestamp_with_time_zone_null("signed_at"),
        integer_null("number"),
        integer_null("year"),
        date_null("issued_on"),
        text("frozen"),
        string("frozen_sha256"),
        text("differences"),
        text("notice"),
        boolean("public"),
        string_null("slug"),
        boolean("demo"),
        integer("version"),
    ];
    vec![
        table("report", report),
        // One draft of a period, however many nodes and people begin it.
        index("report", &["place"], true),
        index("report", &["work", "edition"], true),
        index("report", &["slug"], true),
        index("report", &["agency", "state"], false),
        index("report", &["duty", "period"], false),
        index("report", &["public", "issued_on"], false),
    ]
}

fn numbers() -> Vec<Step> {
    let number = vec![
        pk_uuid("id"),
        uuid("agency"),
        string("kind"),
        integer("year"),
        integer("number"),
        uuid_null("report"),
        text("subject"),
        uuid_null("person"),
        timestamp_with_time_zone("at"),
        timestamp_with_time_zone_null("cancelled_at"),
        uuid_null("cancelled_by"),
        text("cancelled_why"),
    ];
    vec![
        table("report_number", number),
        // The same number is never given twice.
        index("report_number", &["agency", "kind", "year", "number"], true),
        index("report_number", &["report"], false),
    ]
}
