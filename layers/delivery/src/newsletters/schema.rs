//! The tables of newsletters.

use sea_orm::DatabaseBackend;
use sea_orm_migration::prelude::{Alias, ColumnDef, Index, Table};
use sea_orm_migration::schema::{
    big_integer, boolean, integer, integer_null, pk_uuid, string, string_uniq, text, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::base::migration::{index, table};
use crate::base::{Migration, Step};

/// Schema changes of this capability.
#[must_use]
pub fn migrations() -> Vec<Migration> {
    let steps = |engine| [newsletters(), subscribers(), issues(), deliveries(engine)].concat();
    vec![Migration { name: "20261206_newsletters", steps }]
}

fn newsletters() -> Vec<Step> {
    let newsletter = vec![
        pk_uuid("id"),
        uuid("agency"),
        string_uniq("slug"),
        text("name"),
        text("about"),
        string("language"),
        string("scope"),
        text("sections"),
        text("kinds"),
        string("rhythm"),
        integer("hour"),
        integer("weekday"),
        boolean("by_itself"),
        text("sender_name"),
        text("purpose"),
        integer("text_version"),
        string("state"),
        timestamp_with_time_zone("drawn_until"),
        timestamp_with_time_zone_null("next_at"),
        uuid("made_by"),
        timestamp_with_time_zone("made_at"),
        integer("version"),
    ];
    vec![table("newsletter", newsletter), index("newsletter", &["agency"], false)]
}

fn subscribers() -> Vec<Step> {
    let subscriber = vec![
        pk_uuid("id"),
        uuid("newsletter"),
        string("address_key"),
        text("address"),
        text("name"),
        string("state"),
        string("origin"),
        timestamp_with_time_zone("asked_at"),
        timestamp_with_time_zone_null("confirmed_at"),
        timestamp_with_time_zone_null("left_at"),
        string("left_how"),
        integer("soft_bounces"),
        timestamp_with_time_zone_null("soft_at"),
        integer("text_version"),
    ];
    let consent = vec![
        pk_uuid("id"),
        uuid("newsletter"),
        uuid("subscriber"),
        timestamp_with_time_zone("at"),
        string("what"),
        text("purpose"),
        integer("text_version"),
        text("statement"),
        uuid_null("person"),
    ];
    let suppression = vec![
        string_uniq("address_key"),
        string("reason"),
        string("status"),
        text("says"),
        timestamp_with_time_zone("at"),
        uuid_null("issue"),
    ];
    vec![
        table("newsletter_subscriber", subscriber),
        index("newsletter_subscriber", &["newsletter", "address_key"], true),
        index("newsletter_subscriber", &["newsletter", "state"], false),
        index("newsletter_subscriber", &["address_key"], false),
        table("newsletter_consent", consent),
        index("newsletter_consent", &["subscriber"], false),
        table("newsletter_suppression", suppression),
    ]
}

fn issues() -> Vec<Step> {
    let issue = vec![
        pk_uuid("id"),
        string_uniq("code"),
        uuid("newsletter"),
        uuid("agency"),
        integer_null("number"),
        uuid_null("corrects"),
        text("title"),
        text("words"),
        text("articles"),
        string("state"),
        uuid_null("written_by"),
        text("writers"),
        uuid_null("approved_by"),
        timestamp_with_time_zone_null("approved_at"),
        timestamp_with_time_zone_null("due_at"),
        text("notice"),
        text("frozen_text"),
        text("frozen_html"),
        timestamp_with_time_zone("drawn_until"),
        big_integer("recipients"),
        timestamp_with_time_zone_null("began_at"),
        timestamp_with_time_zone_null("ended_at"),
        timestamp_with_time_zone("created_at"),
        timestamp_with_time_zone("changed_at"),
        integer("version"),
    ];
    let carried = vec![pk_uuid("id"), uuid("issue"), uuid("article"), integer("revision")];
    vec![
        table("newsletter_issue", issue),
        index("newsletter_issue", &["newsletter", "created_at"], false),
        index("newsletter_issue", &["agency", "state"], false),
        index("newsletter_issue", &["state"], false),
        table("newsletter_carried", carried),
        index("newsletter_carried", &["issue", "article"], true),
        index("newsletter_carried", &["article"], false),
    ]
}

/// The rows are many: a million for each issue. They are found by issue and subscriber, and taken by issue and state; nothing else
/// has an index to be kept up.
fn deliveries(engine: DatabaseBackend) -> Vec<Step> {
    let columns: Vec<ColumnDef> = vec![
        uuid("issue"),
        uuid("subscriber"),
        string("state"),
        uuid_null("batch"),
        integer("attempts"),
        timestamp_with_time_zone("run_at"),
        text("says"),
        timestamp_with_time_zone_null("settled_at"),
        string("bounce"),
    ];
    let mut delivery = Table::create();
    delivery.table(Alias::new("newsletter_delivery"));
    for column in columns {
        delivery.col(column);
    }
    delivery.primary_key(Index::create().col(Alias::new("issue")).col(Alias::new("subscriber")));
    if engine == DatabaseBackend::Sqlite {
        // The rows lie in the tree of their key: one tree less to be kept up.
        delivery.extra("WITHOUT ROWID");
    }
    let batch = vec![
        pk_uuid("id"),
        uuid("issue"),
        uuid("node"),
        string("boot"),
        timestamp_with_time_zone("taken_at"),
        timestamp_with_time_zone("leased_until"),
        integer("letters"),
        timestamp_with_time_zone_null("done_at"),
    ];
    vec![
        Step::Table(delivery.take()),
        index("newsletter_delivery", &["issue", "state"], false),
        table("newsletter_batch", batch),
        index("newsletter_batch", &["done_at"], false),
    ]
}
