//! The tables of duties.

mod levels;

use sea_orm_migration::schema::{
    big_integer, binary, boolean, boolean_null, date, date_null, integer, pk_uuid, string, string_null, string_uniq, text,
    text_null, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::base::migration::{index, table};
use crate::base::{Migration, Step};

/// Schema changes of this capability.
#[must_use]
pub fn migrations() -> Vec<Migration> {
    vec![
        Migration {
            name: "20261126_duties",
            steps: |_| [days_off(), duties(), slots(), answers(), proofs(), reviews()].concat(),
        },
        Migration { name: "20261127_requests", steps: |_| [requests(), closings()].concat() },
        Migration { name: "20261127_duty_feeds", steps: |_| feeds() },
        Migration { name: "20261128_slot_assignments", steps: |_| assignments() },
        Migration { name: "20261129_levels", steps: |_| levels::steps() },
        Migration { name: "20261129_report_forms", steps: |_| super::form::schema::steps() },
        Migration { name: "20261129_offered_proofs", steps: |_| offered() },
        Migration { name: "20261130_link_checks", steps: |_| link_checks() },
        Migration { name: "20261130_signed_papers", steps: |_| super::form::schema::replacing() },
    ]
}

fn offered() -> Vec<Step> {
    let offered = vec![
        pk_uuid("id"),
        uuid("duty"),
        uuid("agency"),
        uuid("source"),
        text("name"),
        text("address"),
        date("on_day"),
        timestamp_with_time_zone("at"),
    ];
    vec![
        table("offered_proof", offered),
        index("offered_proof", &["source", "duty"], true),
        index("offered_proof", &["duty", "agency"], false),
    ]
}

fn link_checks() -> Vec<Step> {
    let columns = vec![
        string("sha256").primary_key().to_owned(),
        text("address"),
        string("host"),
        string("state"),
        timestamp_with_time_zone("next_at"),
        timestamp_with_time_zone_null("asked_at"),
        timestamp_with_time_zone_null("opened_at"),
        integer("failures"),
        string_null("cause"),
    ];
    vec![table("link_check", columns), index("link_check", &["next_at"], false)]
}

fn requests() -> Vec<Step> {
    let request = vec![
        pk_uuid("duty"),
        uuid("plan"),
        string_uniq("key"),
        text("what"),
        uuid_null("stands_on"),
        date("due_on"),
        uuid_null("agency"),
        uuid("person"),
        timestamp_with_time_zone("at"),
        timestamp_with_time_zone_null("withdrawn_at"),
        uuid_null("withdrawn_by"),
        text("withdrawn_why"),
    ];
    vec![table("request", request), index("request", &["plan", "at"], false)]
}

fn closings() -> Vec<Step> {
    let closing = vec![
        pk_uuid("id"),
        uuid("duty"),
        string("period"),
        integer("version"),
        uuid_null("agency"),
        uuid("person"),
        timestamp_with_time_zone("at"),
        text("note"),
    ];
    let line = vec![
        pk_uuid("id"),
        uuid("closing"),
        integer("position"),
        uuid("slot"),
        uuid("agency"),
        text("name"),
        string("outcome"),
        uuid_null("answer"),
        integer("answer_version"),
        boolean_null("on_time"),
        date_null("answered_on"),
        boolean("signed_in"),
    ];
    vec![
        table("closing", closing),
        index("closing", &["duty", "period", "version"], true),
        table("closing_line", line),
        index("closing_line", &["closing", "slot"], true),
    ]
}

fn feeds() -> Vec<Step> {
    let feed =
        vec![pk_uuid("id"), uuid("person"), uuid("agency"), string_uniq("token_hash"), timestamp_with_time_zone("made_at")];
    vec![table("duty_feed", feed), index("duty_feed", &["person"], true)]
}

fn assignments() -> Vec<Step> {
    let assignment = vec![pk_uuid("slot"), uuid("person"), uuid("given_by"), timestamp_with_time_zone("at")];
    vec![table("slot_assignment", assignment), index("slot_assignment", &["person"], false)]
}

fn days_off() -> Vec<Step> {
    let columns = vec![pk_uuid("id"), date("day"), string("name"), boolean("worked"), boolean("expected"), integer("version")];
    vec![table("day_off", columns), index("day_off", &["day"], true)]
}

fn duties() -> Vec<Step> {
    let duty = vec![
        pk_uuid("id"),
        uuid("plan"),
        uuid_null("provision"),
        string("path"),
        integer("position"),
        text("title"),
        string("kind"),
        text_null("rule"),
        date("starts_on"),
        date("ends_on"),
        timestamp_with_time_zone("created_at"),
        date_null("ended_on"),
        integer("version"),
    ];
    let holder = vec![
        pk_uuid("id"),
        uuid("duty"),
        string("part"),
        integer("position"),
        string("name"),
        uuid_null("agency"),
        string_null("class"),
    ];
    let settlement = vec![pk_uuid("plan"), string("stamp")];
    vec![
        table("duty_settlement", settlement),
        table("duty", duty),
        index("duty", &["plan", "position"], false),
        index("duty", &["provision"], true),
        table("duty_holder", holder),
        index("duty_holder", &["duty"], false),
    ]
}

fn slots() -> Vec<Step> {
    let slot = vec![
        pk_uuid("id"),
        uuid("duty"),
        uuid("plan"),
        uuid("agency"),
        string("part"),
        string("period"),
        date("start_on"),
        date("end_on"),
        date("due_on"),
        date("in_time_until"),
        date_null("voided_on"),
        string_null("void_reason"),
    ];
    vec![
        table("slot", slot),
        index("slot", &["duty", "agency", "period"], true),
        index("slot", &["agency", "due_on"], false),
        index("slot", &["plan", "due_on"], false),
    ]
}

fn answers() -> Vec<Step> {
    let answer = vec![
        pk_uuid("id"),
        uuid("slot"),
        integer("version"),
        string_uniq("key"),
        string("outcome"),
        text("text"),
        text("figures"),
        text("reason"),
        text("late_reason"),
        boolean_null("excusable"),
        uuid("agency"),
        uuid("person"),
        timestamp_with_time_zone("at"),
        date("on_day"),
    ];
    let draft = vec![
        pk_uuid("slot"),
        string("outcome"),
        text("text"),
        text("figures"),
        text("reason"),
        text("late_reason"),
        boolean_null("excusable"),
        uuid("person"),
        timestamp_with_time_zone("at"),
        integer("version"),
    ];
    vec![table("answer", answer), index("answer", &["slot", "version"], true), table("answer_draft", draft)]
}

fn proofs() -> Vec<Step> {
    let proof = vec![
        pk_uuid("id"),
        uuid("slot"),
        uuid_null("answer"),
        string("kind"),
        text("name"),
        text("address"),
        string("media_type"),
        big_integer("size_bytes"),
        string("sha256"),
        uuid("person"),
        timestamp_with_time_zone("at"),
    ];
    let file = vec![string("sha256").primary_key().take(), binary("bytes")];
    vec![table("proof", proof), index("proof", &["slot"], false), index("proof", &["answer"], false), table("proof_file", file)]
}

fn reviews() -> Vec<Step> {
    let review = vec![
        pk_uuid("id"),
        uuid("slot"),
        uuid("answer"),
        string("verdict"),
        text("remarks"),
        uuid("agency"),
        uuid("person"),
        timestamp_with_time_zone("at"),
    ];
    let unlock = vec![
        pk_uuid("id"),
        uuid("slot"),
        text("why"),
        date("until"),
        uuid("person"),
        timestamp_with_time_zone("at"),
        timestamp_with_time_zone_null("used_at"),
    ];
    let reminder = vec![pk_uuid("id"), uuid("slot"), integer("point"), timestamp_with_time_zone("at")];
    vec![
        table("reminder", reminder),
        index("reminder", &["slot", "point"], true),
        table("review", review),
        index("review", &["answer"], true),
        index("review", &["slot"], false),
        table("slot_unlock", unlock),
        index("slot_unlock", &["slot"], false),
    ]
}
