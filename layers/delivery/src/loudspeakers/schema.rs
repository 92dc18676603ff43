//! The tables of loudspeakers.

use sea_orm_migration::prelude::{Alias, ColumnDef, Table};
use sea_orm_migration::schema::{
    big_integer, boolean, boolean_null, double_null, integer, integer_null, pk_uuid, string, string_null, text,
    timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::base::migration::{index, table};
use crate::base::{Migration, Step};

/// Schema changes of this capability.
#[must_use]
pub fn migrations() -> Vec<Migration> {
    vec![
        Migration { name: "20261208_loudspeakers", steps: |_| [stations(), line(), bulletins(), airings()].concat() },
        Migration { name: "20261213_loudspeaker_boards", steps: |_| boards_and_ends() },
    ]
}

/// What boards show besides words and how large they are, and the end that an emergency has. One column a statement: SQLite takes no
/// more.
fn boards_and_ends() -> Vec<Step> {
    let added = |to: &'static str, column: ColumnDef| Step::Alter(Table::alter().table(Alias::new(to)).add_column(column).take());
    vec![
        added("loudspeaker_bulletin", uuid_null("picture")),
        added("loudspeaker_bulletin", string("picture_sha256").default("").take()),
        added("loudspeaker_cluster", string("screen").default("").take()),
        added("loudspeaker_airing", integer_null("begins_within_min")),
    ]
}

fn stations() -> Vec<Step> {
    let station = vec![
        pk_uuid("id"),
        uuid("agency"),
        text("name"),
        text("hamlets"),
        text("programme"),
        string("reair"),
        integer("reair_max"),
        integer("reair_within_min"),
        boolean("demo"),
        timestamp_with_time_zone("made_at"),
        integer("version"),
    ];
    vec![
        table("loudspeaker_station", station),
        index("loudspeaker_station", &["agency"], false),
        table("loudspeaker_cluster", [what_a_cluster_is(), how_a_cluster_stands()].concat()),
        index("loudspeaker_cluster", &["device"], true),
        index("loudspeaker_cluster", &["station"], false),
        index("loudspeaker_cluster", &["agency"], false),
        index("loudspeaker_cluster", &["wakes_at"], false),
    ]
}

fn what_a_cluster_is() -> Vec<ColumnDef> {
    vec![
        pk_uuid("id"),
        uuid("station"),
        uuid("agency"),
        string("device"),
        text("name"),
        string("kind"),
        text("hamlet"),
        integer("volume"),
        double_null("latitude"),
        double_null("longitude"),
        text("credentials"),
        string("state"),
        boolean("demo"),
        timestamp_with_time_zone("made_at"),
        integer("version"),
    ]
}

fn how_a_cluster_stands() -> Vec<ColumnDef> {
    vec![
        timestamp_with_time_zone_null("last_seen"),
        string_null("speaks"),
        timestamp_with_time_zone_null("power_lost_at"),
        text("playing"),
        integer_null("said_volume"),
        text("connection"),
        text("firmware"),
        string("trouble"),
        timestamp_with_time_zone_null("trouble_at"),
        text("airtime"),
        integer("airtime_version"),
        timestamp_with_time_zone_null("wakes_at"),
    ]
}

fn line() -> Vec<Step> {
    let order = vec![
        pk_uuid("id"),
        uuid("cluster"),
        uuid_null("play"),
        string("kind"),
        text("payload"),
        timestamp_with_time_zone("made_at"),
        timestamp_with_time_zone("due_at"),
        timestamp_with_time_zone("expires_at"),
        timestamp_with_time_zone_null("leased_until"),
        timestamp_with_time_zone_null("sent_at"),
        timestamp_with_time_zone_null("acknowledged_at"),
        integer("attempts"),
        string("state"),
        text("says"),
        integer("version"),
    ];
    let heard = vec![
        pk_uuid("id"),
        uuid_null("cluster"),
        string("device"),
        string("kind"),
        string("how"),
        string("digest"),
        string("about"),
        timestamp_with_time_zone_null("at"),
        timestamp_with_time_zone("received_at"),
        boolean_null("active"),
        integer_null("seconds"),
        integer_null("power_mw"),
        string("verdict"),
        text("says"),
        text("raw"),
    ];
    vec![
        table("loudspeaker_order", order),
        index("loudspeaker_order", &["state", "due_at"], false),
        index("loudspeaker_order", &["cluster", "made_at"], false),
        index("loudspeaker_order", &["play"], false),
        table("loudspeaker_heard", heard),
        index("loudspeaker_heard", &["device", "digest"], true),
        index("loudspeaker_heard", &["cluster", "kind", "received_at"], false),
        index("loudspeaker_heard", &["about", "kind"], false),
        index("loudspeaker_heard", &["verdict", "received_at"], false),
    ]
}

fn bulletins() -> Vec<Step> {
    let term = vec![
        pk_uuid("id"),
        uuid_null("agency"),
        text("written"),
        text("said"),
        boolean("any_case"),
        boolean("unit"),
        uuid("made_by"),
        timestamp_with_time_zone("made_at"),
        integer("version"),
    ];
    let bulletin = vec![
        pk_uuid("id"),
        uuid("agency"),
        uuid_null("article"),
        integer_null("revision"),
        uuid_null("corrects"),
        text("title"),
        text("source"),
        text("script"),
        text("doubts"),
        text("board"),
        uuid_null("sound"),
        string("sound_sha256"),
        string("sound_origin"),
        integer("sound_ms"),
        string("sound_of"),
        string("state"),
        uuid("written_by"),
        text("writers"),
        uuid_null("approved_by"),
        timestamp_with_time_zone_null("approved_at"),
        string("approved_digest"),
        text("notice"),
        timestamp_with_time_zone("made_at"),
        timestamp_with_time_zone("changed_at"),
        integer("version"),
    ];
    vec![
        table("loudspeaker_term", term),
        index("loudspeaker_term", &["agency"], false),
        table("loudspeaker_bulletin", bulletin),
        index("loudspeaker_bulletin", &["agency", "changed_at"], false),
        index("loudspeaker_bulletin", &["article"], false),
    ]
}

fn airings() -> Vec<Step> {
    let airing = vec![
        pk_uuid("id"),
        uuid("root"),
        integer("attempt"),
        uuid("bulletin"),
        uuid("agency"),
        string("precedence"),
        text("title"),
        text("targets"),
        integer("clusters"),
        timestamp_with_time_zone("begins_at"),
        integer("duration_s"),
        string("state"),
        uuid_null("made_by"),
        timestamp_with_time_zone("made_at"),
        uuid_null("released_by"),
        timestamp_with_time_zone_null("released_at"),
        timestamp_with_time_zone_null("settled_at"),
        text("notice"),
        integer("version"),
    ];
    let booking = vec![
        pk_uuid("id"),
        uuid("airing"),
        uuid("station"),
        string("slot"),
        timestamp_with_time_zone("begins_at"),
        timestamp_with_time_zone("ends_at"),
    ];
    vec![
        table("loudspeaker_airing", airing),
        index("loudspeaker_airing", &["begins_at"], false),
        index("loudspeaker_airing", &["bulletin"], false),
        index("loudspeaker_airing", &["root"], false),
        index("loudspeaker_airing", &["state", "begins_at"], false),
        table("loudspeaker_booking", booking),
        index("loudspeaker_booking", &["station", "begins_at"], false),
        index("loudspeaker_booking", &["airing"], false),
        table("loudspeaker_play", play()),
        index("loudspeaker_play", &["airing", "cluster"], true),
        index("loudspeaker_play", &["cluster", "number"], false),
        index("loudspeaker_play", &["judge_at"], false),
    ]
}

fn play() -> Vec<ColumnDef> {
    vec![
        pk_uuid("id"),
        uuid("airing"),
        uuid("root"),
        uuid("cluster"),
        uuid("agency"),
        big_integer("number"),
        string("state"),
        string("why"),
        integer("from_s"),
        timestamp_with_time_zone_null("begun_at"),
        timestamp_with_time_zone_null("ended_at"),
        string("verdict"),
        string("verdict_why"),
        integer("share_milli"),
        timestamp_with_time_zone_null("judge_at"),
        timestamp_with_time_zone_null("judged_at"),
        integer("version"),
    ]
}
