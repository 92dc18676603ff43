//! The tables of inspections.

use sea_orm_migration::prelude::{Alias, ColumnDef, Table};
use sea_orm_migration::schema::{
    boolean, date, date_null, integer, pk_uuid, string, string_uniq, text, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::base::migration::{index, table};
use crate::base::{Migration, Step};

/// Schema changes of this capability.
#[must_use]
pub fn migrations() -> Vec<Migration> {
    vec![
        Migration { name: "20261127_inspections", steps: |_| [plans(), visits(), findings()].concat() },
        Migration { name: "20261130_inspections_withdrawn", steps: |_| withdrawal() },
    ]
}

/// One column a statement: SQLite takes no more.
fn withdrawal() -> Vec<Step> {
    let columns =
        [timestamp_with_time_zone_null("withdrawn_at"), uuid_null("withdrawn_by"), text("withdrawn_why").default("").take()];
    let step = |column: ColumnDef| Step::Alter(Table::alter().table(Alias::new("inspection")).add_column(column).take());
    columns.into_iter().map(step).collect()
}

fn plans() -> Vec<Step> {
    let inspection = vec![
        pk_uuid("id"),
        string_uniq("key"),
        text("title"),
        string("decision"),
        date_null("decided_on"),
        date("from_on"),
        date("until_on"),
        uuid("leader"),
        uuid_null("person"),
        timestamp_with_time_zone("planned_at"),
        boolean("demo"),
    ];
    vec![
        table("inspection", inspection),
        index("inspection", &["leader", "from_on"], false),
        index("inspection", &["from_on"], false),
    ]
}

fn visits() -> Vec<Step> {
    let visit = vec![
        pk_uuid("id"),
        uuid("inspection"),
        uuid("agency"),
        date_null("visited_on"),
        text("conclusion"),
        timestamp_with_time_zone_null("published_at"),
        integer("version"),
    ];
    let item =
        vec![pk_uuid("id"), uuid("visit"), integer("position"), text("text"), uuid_null("duty"), string("verdict"), text("note")];
    vec![
        table("inspection_visit", visit),
        index("inspection_visit", &["inspection", "agency"], true),
        index("inspection_visit", &["agency", "published_at"], false),
        table("inspection_item", item),
        index("inspection_item", &["visit", "position"], true),
    ]
}

fn findings() -> Vec<Step> {
    let finding = vec![
        pk_uuid("id"),
        uuid("visit"),
        uuid_null("item"),
        text("text"),
        text("remedy"),
        date("due_on"),
        timestamp_with_time_zone("at"),
    ];
    let reply = vec![
        pk_uuid("id"),
        uuid("finding"),
        integer("number"),
        string("kind"),
        text("text"),
        date_null("due_on"),
        uuid("agency"),
        uuid_null("person"),
        timestamp_with_time_zone("at"),
    ];
    let reminder = vec![pk_uuid("id"), uuid("finding"), date("due_on"), string("point"), timestamp_with_time_zone("at")];
    vec![
        table("inspection_finding", finding),
        index("inspection_finding", &["visit"], false),
        table("inspection_reply", reply),
        index("inspection_reply", &["finding", "number"], true),
        table("inspection_reminder", reminder),
        index("inspection_reminder", &["finding", "due_on", "point"], true),
    ]
}
