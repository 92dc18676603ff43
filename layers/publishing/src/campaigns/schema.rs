//! The tables of campaigns.

use sea_orm_migration::prelude::{Alias, ColumnDef, Table};
use sea_orm_migration::schema::{
    big_integer, big_integer_null, boolean, date, date_null, integer, pk_uuid, string, string_null, text,
    timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null, uuid_uniq,
};

use crate::base::migration::{index, table};
use crate::base::{Migration, Step};

/// Schema changes of this capability.
#[must_use]
pub fn migrations() -> Vec<Migration> {
    vec![
        Migration { name: "20261212_campaigns", steps: |_| [campaigns(), around()].concat() },
        Migration { name: "20261213_campaigns_shown", steps: |_| shown() },
    ]
}

/// What the public may see, and where. One column a statement: SQLite takes no more.
fn shown() -> Vec<Step> {
    let added = |column: ColumnDef| Step::Alter(Table::alter().table(Alias::new("campaign")).add_column(column).take());
    vec![
        added(boolean("public").default(false).take()),
        added(string_null("slug")),
        added(boolean("demo").default(false).take()),
        index("campaign", &["slug"], true),
    ]
}

fn campaigns() -> Vec<Step> {
    let campaign = vec![
        pk_uuid("id"),
        uuid("agency"),
        text("title"),
        text("words"),
        text("objective"),
        date("starts_on"),
        date("ends_on"),
        string("state"),
        text("audiences"),
        text("messages"),
        text("channels"),
        big_integer_null("budget"),
        uuid_null("request"),
        uuid("made_by"),
        timestamp_with_time_zone("made_at"),
        timestamp_with_time_zone("changed_at"),
        timestamp_with_time_zone_null("closed_at"),
        text("frozen"),
        string("frozen_sha256"),
        integer("version"),
    ];
    vec![table("campaign", campaign), index("campaign", &["state", "ends_on"], false), index("campaign", &["agency"], false)]
}

fn around() -> Vec<Step> {
    let kpi = vec![
        pk_uuid("id"),
        uuid("campaign"),
        integer("position"),
        text("name"),
        string("measure"),
        text("unit"),
        big_integer("target"),
    ];
    let member = vec![pk_uuid("id"), uuid("campaign"), uuid("agency"), text("name"), date("joined_on"), date_null("left_on")];
    let duty = vec![pk_uuid("id"), uuid("campaign"), uuid("duty")];
    // A work, or a piece that was written for channels alone, counts for one campaign.
    let item = vec![
        pk_uuid("id"),
        uuid_uniq("item"),
        string("kind"),
        uuid("campaign"),
        uuid("agency"),
        text("agency_name"),
        text("audiences"),
        text("messages"),
        uuid("claimed_by"),
        timestamp_with_time_zone("claimed_at"),
    ];
    vec![
        table("campaign_kpi", kpi),
        index("campaign_kpi", &["campaign"], false),
        table("campaign_agency", member),
        index("campaign_agency", &["campaign", "agency"], true),
        index("campaign_agency", &["agency"], false),
        table("campaign_duty", duty),
        index("campaign_duty", &["campaign", "duty"], true),
        table("campaign_item", item),
        index("campaign_item", &["campaign"], false),
    ]
}
