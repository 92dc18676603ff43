//! The tables of people and agencies.

use sea_orm_migration::prelude::Table;
use sea_orm_migration::schema::big_integer_null;
use sea_orm_migration::schema::{
    boolean, date, date_null, double_null, integer, pk_uuid, string, string_null, string_uniq, text, text_null,
    timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::base::migration::{index, table};
use crate::base::{Migration, Step};

/// Schema changes of this capability.
#[must_use]
pub fn migrations() -> Vec<Migration> {
    vec![
        Migration {
            name: "20261123_people",
            steps: |_| [agencies(), names(), persons(), sessions(), ways_in(), notices()].concat(),
        },
        // What `Known::now` counts without touching the rows, whose boundaries are large.
        Migration { name: "20261126_agency_version", steps: |_| vec![index("agency", &["version"], false)] },
        Migration { name: "20261126_notices_name_and_persons", steps: |_| notices_to_persons() },
        Migration { name: "20261127_api_tokens", steps: |_| api_tokens() },
        Migration { name: "20261130_notices_mailed", steps: |_| notices_mailed() },
    ]
}

fn agencies() -> Vec<Step> {
    let agency = vec![
        pk_uuid("id"),
        string_uniq("slug"),
        string_uniq("code"),
        string("name"),
        string("short_name"),
        string("kind"),
        uuid_null("parent"),
        string_null("official_code"),
        date("open_from"),
        date_null("closed_on"),
        string("confidence"),
        double_null("latitude"),
        double_null("longitude"),
        double_null("area_km2"),
        text_null("boundary"),
        string_null("email"),
        string_null("phone"),
        string_null("address"),
        text("note"),
        boolean("demo"),
        integer("version"),
    ];
    let old_slug = vec![string("slug").primary_key().take(), uuid("agency")];
    let import = vec![
        pk_uuid("id"),
        uuid("person"),
        string("file"),
        string("kind"),
        text("body"),
        timestamp_with_time_zone("at"),
        timestamp_with_time_zone_null("done_at"),
    ];
    vec![
        table("agency", agency),
        index("agency", &["kind"], false),
        index("agency", &["parent"], false),
        table("agency_old_slug", old_slug),
        index("agency_old_slug", &["agency"], false),
        table("agency_import", import),
    ]
}

fn names() -> Vec<Step> {
    let name = vec![
        pk_uuid("id"),
        uuid("agency"),
        string("name"),
        string("key"),
        string("kind"),
        string_null("short_name"),
        date_null("since"),
        date_null("until"),
        boolean("partial"),
    ];
    let succession = vec![pk_uuid("id"), uuid("predecessor"), uuid("successor"), date("on"), boolean("whole")];
    vec![
        table("agency_name", name),
        index("agency_name", &["agency"], false),
        index("agency_name", &["key"], false),
        table("agency_succession", succession),
        index("agency_succession", &["predecessor", "successor"], true),
        index("agency_succession", &["successor"], false),
    ]
}

fn persons() -> Vec<Step> {
    let person = vec![
        pk_uuid("id"),
        string("name"),
        string_uniq("email"),
        string_null("identifier").unique_key().take(),
        string("title"),
        uuid_null("agency"),
        timestamp_with_time_zone("created_at"),
        timestamp_with_time_zone_null("disabled_at"),
        text_null("password_hash"),
        text_null("totp_secret"),
        timestamp_with_time_zone_null("totp_confirmed_at"),
        big_integer_null("totp_last_step"),
        integer("version"),
    ];
    let grant = vec![
        pk_uuid("id"),
        uuid("person"),
        string("role"),
        uuid_null("agency"),
        timestamp_with_time_zone("granted_at"),
        uuid_null("granted_by"),
    ];
    vec![
        table("person", person),
        index("person", &["agency"], false),
        table("role_grant", grant),
        index("role_grant", &["person"], false),
        index("role_grant", &["agency"], false),
    ]
}

fn sessions() -> Vec<Step> {
    let session = vec![
        pk_uuid("id"),
        string_uniq("token_hash"),
        uuid("person"),
        string("means"),
        string("agent"),
        string("address"),
        timestamp_with_time_zone("created_at"),
        timestamp_with_time_zone("seen_at"),
        timestamp_with_time_zone("expires_at"),
        timestamp_with_time_zone_null("revoked_at"),
    ];
    let ceremony = vec![
        pk_uuid("id"),
        string_uniq("token_hash"),
        string("kind"),
        uuid_null("person"),
        text("state"),
        timestamp_with_time_zone("expires_at"),
    ];
    let attempt = vec![pk_uuid("id"), string("key"), timestamp_with_time_zone("at")];
    vec![
        table("session", session),
        index("session", &["person"], false),
        table("ceremony", ceremony),
        table("failed_attempt", attempt),
        index("failed_attempt", &["key", "at"], false),
    ]
}

fn ways_in() -> Vec<Step> {
    let passkey = vec![
        pk_uuid("id"),
        uuid("person"),
        string("label"),
        string_uniq("credential_id"),
        text("credential"),
        timestamp_with_time_zone("created_at"),
        timestamp_with_time_zone_null("used_at"),
    ];
    let identity =
        vec![pk_uuid("id"), uuid("person"), string("provider"), string("subject"), timestamp_with_time_zone("linked_at")];
    let recovery = vec![pk_uuid("id"), uuid("person"), string("code_hash"), timestamp_with_time_zone_null("used_at")];
    let invitation = vec![
        pk_uuid("id"),
        string_uniq("token_hash"),
        string("purpose"),
        uuid_null("person"),
        timestamp_with_time_zone("made_at"),
        timestamp_with_time_zone("expires_at"),
        timestamp_with_time_zone_null("used_at"),
        uuid_null("made_by"),
    ];
    vec![
        table("passkey", passkey),
        index("passkey", &["person"], false),
        table("identity", identity),
        index("identity", &["provider", "subject"], true),
        index("identity", &["person"], false),
        table("recovery_code", recovery),
        index("recovery_code", &["person"], false),
        table("invitation", invitation),
        index("invitation", &["person"], false),
    ]
}

fn notices() -> Vec<Step> {
    let notice = vec![pk_uuid("id"), uuid("fact"), uuid("agency"), string("key"), string("href"), timestamp_with_time_zone("at")];
    let read = vec![pk_uuid("id"), uuid("notice"), uuid("person"), timestamp_with_time_zone("at")];
    vec![
        table("notice", notice),
        index("notice", &["fact", "agency"], true),
        index("notice", &["agency", "at"], false),
        table("notice_read", read),
        index("notice_read", &["notice", "person"], true),
    ]
}

fn api_tokens() -> Vec<Step> {
    let token = vec![
        pk_uuid("id"),
        uuid("person"),
        uuid_null("agency"),
        string("label"),
        string("hint"),
        string_uniq("token_hash"),
        string("scopes"),
        uuid("made_by"),
        timestamp_with_time_zone("made_at"),
        timestamp_with_time_zone("expires_at"),
        timestamp_with_time_zone_null("last_used_at"),
        timestamp_with_time_zone_null("revoked_at"),
    ];
    vec![table("api_token", token), index("api_token", &["person"], false), index("api_token", &["agency"], false)]
}

/// A notice may be to one person, and names what it is about.
fn notices_to_persons() -> Vec<Step> {
    let rename = Table::alter().table("notice").rename_column("agency", "recipient").take();
    let name = Table::alter().table("notice").add_column(string_null("name")).take();
    vec![Step::Alter(rename), Step::Alter(name)]
}

/// Found by their time: few of the last days were not mailed.
fn notices_mailed() -> Vec<Step> {
    let mailed = Table::alter().table("notice").add_column(timestamp_with_time_zone_null("mailed_at")).take();
    vec![Step::Alter(mailed), index("notice", &["at"], false)]
}
