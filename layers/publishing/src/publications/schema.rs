//! The tables of publications.

use sea_orm_migration::prelude::{Alias, ColumnDef, Table};
use sea_orm_migration::schema::{
    boolean, integer, pk_uuid, string, string_uniq, text, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
    uuid_null,
};

use crate::base::migration::{index, table};
use crate::base::{Migration, Step};

/// Schema changes of this capability.
#[must_use]
pub fn migrations() -> Vec<Migration> {
    vec![
        Migration { name: "20261128_publications", steps: |_| [written(), frozen()].concat() },
        Migration { name: "20261201_publications_withdrawn", steps: |_| withdrawn() },
        Migration { name: "20261201_publications_recordings", steps: |_| recordings() },
    ]
}

/// One column a statement: SQLite takes no more.
fn added(to: &'static str, column: ColumnDef) -> Step {
    Step::Alter(Table::alter().table(Alias::new(to)).add_column(column).take())
}

/// Which editions were withdrawn, and why: it is said as long as they are cited, whatever comes after.
fn withdrawn() -> Vec<Step> {
    let moved = "UPDATE publication SET withdrawn_upto = edition, withdrawn_why = notice, withdrawn_at = noticed_at, notice = '' \
                 WHERE state = 'withdrawn'";
    vec![
        added("publication", integer("withdrawn_upto").default(0).take()),
        added("publication", text("withdrawn_why").default("").take()),
        added("publication", timestamp_with_time_zone_null("withdrawn_at")),
        Step::Sql(moved.into()),
    ]
}

fn recordings() -> Vec<Step> {
    vec![added("publication_section", uuid_null("audio")), added("publication_edition_section", uuid_null("audio"))]
}

fn written() -> Vec<Step> {
    let publication = vec![
        pk_uuid("id"),
        uuid("work"),
        string("language"),
        uuid("agency"),
        string("kind"),
        string_uniq("slug"),
        text("title"),
        text("summary"),
        text("words"),
        uuid_null("cover"),
        string("state"),
        integer("edition"),
        text("writers"),
        uuid_null("author"),
        timestamp_with_time_zone("created_at"),
        timestamp_with_time_zone("changed_at"),
        timestamp_with_time_zone_null("published_at"),
        text("notice"),
        timestamp_with_time_zone_null("noticed_at"),
        boolean("demo"),
        integer("version"),
    ];
    let section = vec![
        pk_uuid("id"),
        uuid("publication"),
        integer("position"),
        string("anchor"),
        text("title"),
        text("source"),
        text("body"),
        text("note"),
        timestamp_with_time_zone("changed_at"),
        integer("version"),
    ];
    vec![
        table("publication", publication),
        index("publication", &["agency", "state"], false),
        index("publication", &["published_at"], false),
        index("publication", &["work", "language"], true),
        table("publication_section", section),
        index("publication_section", &["publication", "position"], false),
    ]
}

fn frozen() -> Vec<Step> {
    let edition = vec![
        pk_uuid("id"),
        uuid("publication"),
        integer("number"),
        text("title"),
        text("summary"),
        string("kind"),
        text("owner"),
        uuid_null("cover"),
        text("pictures"),
        text("imprint"),
        text("removed"),
        string("hash"),
        uuid_null("person"),
        timestamp_with_time_zone("at"),
    ];
    let section = vec![
        pk_uuid("id"),
        uuid("edition"),
        uuid("section"),
        integer("position"),
        string("anchor"),
        text("title"),
        text("body"),
        string("change"),
        text("note"),
        string("hash"),
    ];
    vec![
        table("publication_edition", edition),
        index("publication_edition", &["publication", "number"], true),
        table("publication_edition_section", section),
        index("publication_edition_section", &["edition", "position"], true),
    ]
}
