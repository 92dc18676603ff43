//! The tables of criteria sets. Editions, submissions, appraisals and publications are only ever added to.

use sea_orm_migration::schema::{
    boolean, boolean_null, date, date_null, integer, integer_null, pk_uuid, string, text, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::base::migration::{index, table};
use crate::base::{Migration, Step};

/// Schema changes of this capability.
#[must_use]
pub fn migrations() -> Vec<Migration> {
    vec![Migration { name: "20261227_criteria", steps: |_| [sets(), sheets(), rounds()].concat() }]
}

fn sets() -> Vec<Step> {
    let set = vec![
        pk_uuid("id"),
        uuid("agency"),
        uuid_null("appraiser"),
        text("title"),
        integer("year"),
        string("class"),
        uuid_null("previous"),
        string("state"),
        text("tree"),
        integer("edition"),
        uuid("edited_by"),
        uuid_null("submitted_by"),
        date_null("score_until"),
        date_null("appeal_until"),
        boolean("demo").default(false).take(),
        uuid("made_by"),
        timestamp_with_time_zone("made_at"),
        timestamp_with_time_zone("changed_at"),
        integer("version"),
    ];
    let edition = vec![
        pk_uuid("id"),
        uuid("criteria_set"),
        integer("number"),
        text("body"),
        string("sha256"),
        uuid("issued_by"),
        timestamp_with_time_zone("issued_at"),
    ];
    vec![
        table("criteria_set", set),
        index("criteria_set", &["year", "class"], false),
        table("criteria_edition", edition),
        index("criteria_edition", &["criteria_set", "number"], true),
    ]
}

fn sheets() -> Vec<Step> {
    let sheet = vec![
        pk_uuid("id"),
        uuid("criteria_set"),
        uuid("agency"),
        text("name"),
        integer("edition"),
        text("draft"),
        integer("draft_version"),
        uuid_null("drafted_by"),
        timestamp_with_time_zone_null("drafted_at"),
        integer("submission"),
        timestamp_with_time_zone("made_at"),
    ];
    let submission = vec![
        pk_uuid("id"),
        uuid("sheet"),
        integer("number"),
        text("body"),
        string("sha256"),
        uuid("person"),
        timestamp_with_time_zone("at"),
    ];
    let evidence = vec![
        pk_uuid("id"),
        uuid("sheet"),
        string("code"),
        string("kind"),
        uuid_null("target"),
        text("name"),
        text("address"),
        string("sha256"),
        uuid("person"),
        timestamp_with_time_zone("at"),
        timestamp_with_time_zone_null("gone_at"),
    ];
    vec![
        table("criteria_sheet", sheet),
        index("criteria_sheet", &["criteria_set", "agency"], true),
        index("criteria_sheet", &["agency"], false),
        table("criteria_submission", submission),
        index("criteria_submission", &["sheet", "number"], true),
        table("criteria_evidence", evidence),
        index("criteria_evidence", &["sheet", "code"], false),
    ]
}

fn rounds() -> Vec<Step> {
    let appraisal = vec![
        pk_uuid("id"),
        uuid("sheet"),
        string("code"),
        integer("number"),
        text("given"),
        text("note"),
        integer_null("sample"),
        date_null("sampled_on"),
        uuid("person"),
        uuid_null("agency"),
        timestamp_with_time_zone("at"),
    ];
    let appeal = vec![
        pk_uuid("id"),
        uuid("sheet"),
        string("code"),
        text("reason"),
        uuid("person"),
        timestamp_with_time_zone("at"),
        text("answer"),
        boolean_null("kept"),
        uuid_null("answered_by"),
        timestamp_with_time_zone_null("answered_at"),
    ];
    let publication = vec![
        pk_uuid("id"),
        uuid("criteria_set"),
        integer("year"),
        integer("number"),
        text("body"),
        string("sha256"),
        text("why"),
        uuid("person"),
        timestamp_with_time_zone("at"),
    ];
    let reminder = vec![pk_uuid("id"), uuid("sheet"), date("until"), integer("point"), timestamp_with_time_zone("at")];
    vec![
        table("criteria_appraisal", appraisal),
        index("criteria_appraisal", &["sheet", "code", "number"], true),
        table("criteria_appeal", appeal),
        index("criteria_appeal", &["sheet", "code"], true),
        table("criteria_publication", publication),
        index("criteria_publication", &["criteria_set", "number"], true),
        index("criteria_publication", &["year"], false),
        table("criteria_reminder", reminder),
        index("criteria_reminder", &["sheet", "until", "point"], true),
    ]
}
