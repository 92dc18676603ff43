//! The tables of syndication.

use sea_orm_migration::prelude::ColumnDef;
use sea_orm_migration::schema::{
    boolean, date, integer, integer_null, pk_uuid, string, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::base::migration::{index, table};
use crate::base::{Migration, Step};

/// Schema changes of this capability.
#[must_use]
pub fn migrations() -> Vec<Migration> {
    vec![Migration {
        name: "20261207_syndication",
        steps: |_| [actors(), readers(), post(), hosts(), subscriptions(), shows()].concat(),
    }]
}

fn actors() -> Vec<Step> {
    let actor = vec![
        pk_uuid("id"),
        uuid("scope"),
        string("username"),
        text("name"),
        text("summary"),
        string("form"),
        text("private_key"),
        text("public_pem"),
        string("state"),
        uuid("made_by"),
        timestamp_with_time_zone("made_at"),
        integer("version"),
    ];
    let object = vec![
        pk_uuid("id"),
        uuid("actor"),
        uuid_null("passed_on_by"),
        string("form"),
        timestamp_with_time_zone("published_at"),
        timestamp_with_time_zone_null("updated_at"),
        timestamp_with_time_zone_null("gone_at"),
    ];
    vec![
        table("syndication_actor", actor),
        index("syndication_actor", &["scope"], true),
        index("syndication_actor", &["username"], true),
        table("syndication_object", object),
        index("syndication_object", &["actor", "published_at"], false),
        index("syndication_object", &["passed_on_by", "published_at"], false),
    ]
}

fn readers() -> Vec<Step> {
    let follower = vec![
        pk_uuid("id"),
        uuid("actor"),
        string("remote"),
        string("host"),
        text("inbox"),
        text("shared_inbox"),
        timestamp_with_time_zone("since"),
    ];
    let signer = vec![
        string_key("key_id"),
        string("owner"),
        string("host"),
        text("pem"),
        text("inbox"),
        text("shared_inbox"),
        timestamp_with_time_zone("fetched_at"),
    ];
    let heard = vec![string_key("id"), timestamp_with_time_zone("at")];
    let day = vec![pk_uuid("id"), uuid("actor"), date("day"), integer("followers"), integer("hosts")];
    vec![
        table("syndication_follower", follower),
        index("syndication_follower", &["actor", "remote"], true),
        index("syndication_follower", &["remote"], false),
        index("syndication_follower", &["host"], false),
        table("syndication_signer", signer),
        index("syndication_signer", &["owner"], false),
        table("syndication_heard", heard),
        index("syndication_heard", &["at"], false),
        table("syndication_day", day),
        index("syndication_day", &["actor", "day"], true),
    ]
}

fn string_key(name: &'static str) -> ColumnDef {
    string(name).primary_key().to_owned()
}

fn post() -> Vec<Step> {
    let message = vec![
        pk_uuid("id"),
        string("iri"),
        string("kind"),
        uuid_null("actor"),
        uuid_null("article"),
        text("topic"),
        string("media_type"),
        text("body"),
        timestamp_with_time_zone("at"),
    ];
    let delivery = vec![
        pk_uuid("id"),
        uuid("message"),
        uuid_null("actor"),
        uuid_null("subscription"),
        string("host"),
        text("address"),
        string("address_hash"),
        string("state"),
        integer("attempts"),
        timestamp_with_time_zone("planned_at"),
        timestamp_with_time_zone("run_at"),
        timestamp_with_time_zone("expires_at"),
        timestamp_with_time_zone_null("leased_until"),
        timestamp_with_time_zone_null("settled_at"),
        integer_null("status"),
        text_null("error"),
    ];
    vec![
        table("syndication_message", message),
        index("syndication_message", &["iri"], true),
        index("syndication_message", &["article"], false),
        table("syndication_delivery", delivery),
        index("syndication_delivery", &["message", "address_hash"], true),
        index("syndication_delivery", &["state", "run_at"], false),
        index("syndication_delivery", &["host", "state"], false),
        index("syndication_delivery", &["actor", "planned_at"], false),
        index("syndication_delivery", &["subscription"], false),
    ]
}

fn hosts() -> Vec<Step> {
    let host = vec![
        string_key("host"),
        integer("failures"),
        timestamp_with_time_zone_null("failing_since"),
        timestamp_with_time_zone_null("rests_until"),
        timestamp_with_time_zone_null("reached_at"),
        text("says"),
    ];
    let block =
        vec![pk_uuid("id"), uuid("actor"), string("host"), text("why"), uuid("made_by"), timestamp_with_time_zone("made_at")];
    vec![table("syndication_host", host), table("syndication_block", block), index("syndication_block", &["actor", "host"], true)]
}

fn subscriptions() -> Vec<Step> {
    let subscription = vec![
        pk_uuid("id"),
        text("topic"),
        text("callback"),
        string("pair_hash"),
        string("host"),
        text("secret"),
        timestamp_with_time_zone("since"),
        timestamp_with_time_zone("expires_at"),
    ];
    vec![
        table("syndication_subscription", subscription),
        index("syndication_subscription", &["pair_hash"], true),
        index("syndication_subscription", &["host"], false),
        index("syndication_subscription", &["expires_at"], false),
    ]
}

fn shows() -> Vec<Step> {
    let show = vec![
        pk_uuid("id"),
        uuid("agency"),
        uuid_null("section"),
        string("slug"),
        string("guid"),
        text("name"),
        text("description"),
        text("owner_email"),
        string("category"),
        string("language"),
        uuid_null("cover"),
        boolean("open"),
        uuid("made_by"),
        timestamp_with_time_zone("made_at"),
        timestamp_with_time_zone("changed_at"),
        integer("version"),
    ];
    vec![
        table("syndication_show", show),
        index("syndication_show", &["slug"], true),
        index("syndication_show", &["agency"], false),
    ]
}
