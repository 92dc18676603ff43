//! The tables of reach.

use sea_orm_migration::prelude::ColumnDef;
use sea_orm_migration::schema::{
    big_integer_null, boolean, date, integer, pk_uuid, string, text, timestamp_with_time_zone, timestamp_with_time_zone_null,
    uuid, uuid_null,
};

use crate::base::migration::{index, table};
use crate::base::{Migration, Step};

/// Schema changes of this capability.
#[must_use]
pub fn migrations() -> Vec<Migration> {
    vec![Migration { name: "20261211_reach", steps: |_| [watches(), readings(), days()].concat() }]
}

fn watches() -> Vec<Step> {
    let watch = vec![
        pk_uuid("id"),
        string("kind"),
        uuid("subject"),
        uuid("agency"),
        uuid_null("account"),
        string("channel"),
        text("place"),
        timestamp_with_time_zone("out_at"),
        timestamp_with_time_zone_null("next_at"),
        timestamp_with_time_zone_null("leased_until"),
        timestamp_with_time_zone_null("asked_at"),
        timestamp_with_time_zone_null("read_at"),
        integer("failures"),
        string("ended"),
        integer("version"),
    ];
    vec![
        table("reach_watch", watch),
        index("reach_watch", &["next_at"], false),
        index("reach_watch", &["account", "next_at"], false),
        index("reach_watch", &["subject"], false),
        index("reach_watch", &["agency", "out_at"], false),
    ]
}

/// Which figure of what.
fn what() -> Vec<ColumnDef> {
    vec![
        pk_uuid("id"),
        uuid("watch"),
        uuid("subject"),
        uuid("agency"),
        string("channel"),
        text("place"),
        string("figure"),
        string("metric"),
        string("definition"),
        boolean("people"),
        big_integer_null("value"),
    ]
}

fn readings() -> Vec<Step> {
    let fetch = vec![
        pk_uuid("id"),
        uuid("watch"),
        uuid("subject"),
        uuid("agency"),
        timestamp_with_time_zone("at"),
        date("day"),
        string("outcome"),
        text("says"),
        text("raw"),
        boolean("raw_cut"),
        string("raw_sha256"),
        timestamp_with_time_zone_null("cleared_at"),
    ];
    let reading = [
        what(),
        vec![
            uuid("fetch"),
            timestamp_with_time_zone("at"),
            date("day"),
            text("says"),
            boolean("is_lower"),
            boolean("is_redefined"),
        ],
    ];
    let latest = [
        what(),
        vec![uuid("reading"), timestamp_with_time_zone_null("value_at"), timestamp_with_time_zone("asked_at"), text("says")],
    ];
    vec![
        table("reach_fetch", fetch),
        index("reach_fetch", &["watch", "at"], false),
        index("reach_fetch", &["at"], false),
        table("reach_reading", reading.concat()),
        index("reach_reading", &["fetch", "channel", "place", "metric"], true),
        index("reach_reading", &["subject", "at"], false),
        index("reach_reading", &["agency", "day"], false),
        table("reach_latest", latest.concat()),
        index("reach_latest", &["watch", "channel", "place", "figure"], true),
        index("reach_latest", &["subject"], false),
    ]
}

fn days() -> Vec<Step> {
    let day = vec![
        pk_uuid("id"),
        uuid("agency"),
        date("day"),
        integer("copies"),
        integer("readings"),
        string("sha256"),
        timestamp_with_time_zone("settled_at"),
    ];
    vec![table("reach_day", day), index("reach_day", &["agency", "day"], true)]
}
