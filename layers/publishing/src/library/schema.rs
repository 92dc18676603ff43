//! The tables of the library.

use sea_orm_migration::schema::{
    big_integer, big_integer_null, boolean, integer, integer_null, pk_uuid, string, string_null, text, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::base::migration::{index, table};
use crate::base::{Migration, Step};

/// Schema changes of this capability.
#[must_use]
pub fn migrations() -> Vec<Migration> {
    vec![Migration { name: "20261127_library", steps: |_| [bytes(), uploads(), assets(), uses()].concat() }]
}

fn bytes() -> Vec<Step> {
    let blob = vec![
        string("sha256").primary_key().to_owned(),
        string("media_type"),
        big_integer("size_bytes"),
        timestamp_with_time_zone("at"),
        timestamp_with_time_zone_null("rendered_at"),
        integer("attempts"),
        timestamp_with_time_zone_null("orphaned_at"),
        boolean("clearing"),
    ];
    let rendition = vec![
        pk_uuid("id"),
        string("sha256"),
        integer("width"),
        integer("height"),
        big_integer("size_bytes"),
        timestamp_with_time_zone("at"),
    ];
    vec![
        table("library_blob", blob),
        index("library_blob", &["rendered_at"], false),
        index("library_blob", &["orphaned_at"], false),
        table("library_rendition", rendition),
        index("library_rendition", &["sha256", "width"], true),
    ]
}

fn uploads() -> Vec<Step> {
    let upload = vec![
        pk_uuid("id"),
        uuid("person"),
        uuid("agency"),
        text("name"),
        big_integer_null("size_bytes"),
        string_null("sha256"),
        big_integer("received"),
        uuid_null("asset"),
        timestamp_with_time_zone("begun_at"),
        timestamp_with_time_zone("touched_at"),
    ];
    let piece = vec![pk_uuid("id"), uuid("upload"), big_integer("place"), big_integer("size_bytes")];
    vec![
        table("library_upload", upload),
        index("library_upload", &["person", "sha256"], false),
        index("library_upload", &["touched_at"], false),
        table("library_piece", piece),
        index("library_piece", &["upload", "place"], true),
    ]
}

fn assets() -> Vec<Step> {
    let asset = vec![
        pk_uuid("id"),
        string("sha256"),
        uuid("agency"),
        uuid_null("person"),
        text("name"),
        string("kind"),
        string("media_type"),
        big_integer("size_bytes"),
        integer_null("width"),
        integer_null("height"),
        uuid_null("original"),
        text("title"),
        text("caption"),
        text("alt"),
        boolean("decorative"),
        text("creator"),
        text("credit"),
        text("copyright"),
        string("source"),
        text("found"),
        string("sharing"),
        boolean("public"),
        text("words"),
        timestamp_with_time_zone("uploaded_at"),
        timestamp_with_time_zone_null("deleted_at"),
        timestamp_with_time_zone_null("cleared_at"),
        boolean("demo"),
        integer("version"),
    ];
    // Both engines have partial indexes; a deleted file may be brought again.
    let once = "CREATE UNIQUE INDEX ix_library_asset_once ON library_asset (agency, sha256) WHERE deleted_at IS NULL";
    vec![
        table("library_asset", asset),
        Step::Sql(once.into()),
        index("library_asset", &["sha256"], false),
        index("library_asset", &["agency", "uploaded_at"], false),
        index("library_asset", &["deleted_at"], false),
    ]
}

fn uses() -> Vec<Step> {
    let used = vec![
        pk_uuid("id"),
        uuid("asset"),
        string("kind"),
        uuid("about"),
        text("title"),
        text("href"),
        boolean("public"),
        timestamp_with_time_zone("at"),
    ];
    vec![
        table("library_use", used),
        index("library_use", &["asset", "kind", "about"], true),
        index("library_use", &["kind", "about"], false),
    ]
}
