//! The tables of questions. What somebody wrote stands masked in `question`; as they wrote it, sealed, in `question_original`.

use sea_orm_migration::prelude::{Alias, ColumnDef, Table};
use sea_orm_migration::schema::{
    big_integer_null, boolean, boolean_null, integer, integer_null, pk_uuid, string, string_null, string_uniq, text,
    timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::base::migration::{index, table};
use crate::base::{Migration, Step};

/// Schema changes of this capability.
#[must_use]
pub fn migrations() -> Vec<Migration> {
    vec![
        Migration { name: "20261127_questions", steps: |_| [settings(), questions(), story(), answers(), protected()].concat() },
        Migration { name: "20261230_question_public_words", steps: |_| public_words() },
    ]
}

/// What the officer makes of title and question for the public, and why an answer was corrected. One column a statement: SQLite takes no
/// more.
fn public_words() -> Vec<Step> {
    let added = |column: ColumnDef| Step::Alter(Table::alter().table(Alias::new("question_answer")).add_column(column).take());
    vec![
        added(text("public_title").default("").take()),
        added(text("public_body").default("").take()),
        added(text("correction").default("").take()),
    ]
}

fn settings() -> Vec<Step> {
    let setting = vec![
        pk_uuid("id"),
        uuid("agency"),
        integer("route_hours"),
        integer("answer_hours"),
        string("mailbox"),
        string("telephone"),
        integer("version"),
    ];
    vec![table("question_setting", setting)]
}

fn questions() -> Vec<Step> {
    let question = vec![
        pk_uuid("id"),
        string_uniq("code_key"),
        string_uniq("key"),
        string("channel"),
        text("title"),
        text("body"),
        text("words"),
        string("hidden"),
        timestamp_with_time_zone("asked_at"),
        string("state"),
        uuid("holder"),
        timestamp_with_time_zone_null("due_at"),
        integer("bounces"),
        timestamp_with_time_zone_null("answered_at"),
        boolean_null("in_time"),
        uuid_null("joined_to"),
        string_null("slug"),
        boolean("shown"),
        timestamp_with_time_zone_null("shown_at"),
        boolean("in_private"),
        integer_null("mark"),
        integer("reopened"),
        string("told_by"),
        uuid_null("account"),
        uuid_null("keyed_by"),
        timestamp_with_time_zone_null("closed_at"),
        boolean("demo"),
        integer("version"),
    ];
    let original = vec![pk_uuid("id"), uuid("question"), text("sealed"), timestamp_with_time_zone("at")];
    vec![
        table("question", question),
        index("question", &["slug"], true),
        index("question", &["holder", "due_at"], false),
        index("question", &["state", "asked_at"], false),
        index("question", &["joined_to"], false),
        table("question_original", original),
        index("question_original", &["question"], false),
    ]
}

fn story() -> Vec<Step> {
    let step = vec![
        pk_uuid("id"),
        uuid("question"),
        integer("number"),
        uuid("agency"),
        integer("hours"),
        timestamp_with_time_zone("came_at"),
        timestamp_with_time_zone("due_at"),
        big_integer_null("minutes_left"),
        timestamp_with_time_zone_null("ended_at"),
    ];
    let entry = vec![
        pk_uuid("id"),
        uuid("question"),
        string("kind"),
        text("text"),
        uuid_null("agency"),
        uuid_null("person"),
        uuid_null("to"),
        timestamp_with_time_zone("at"),
    ];
    let reminder = vec![pk_uuid("id"), uuid("step"), string("point"), timestamp_with_time_zone("at")];
    vec![
        table("question_step", step),
        index("question_step", &["question", "number"], true),
        index("question_step", &["agency"], false),
        table("question_entry", entry),
        index("question_entry", &["question", "at"], false),
        table("question_reminder", reminder),
        index("question_reminder", &["step", "point"], true),
    ]
}

fn answers() -> Vec<Step> {
    let answer = vec![
        pk_uuid("id"),
        uuid("question"),
        integer("number"),
        text("text"),
        text("shown_text"),
        uuid("agency"),
        string("state"),
        uuid("written_by"),
        timestamp_with_time_zone("written_at"),
        uuid_null("approved_by"),
        timestamp_with_time_zone_null("approved_at"),
        text("reason"),
        boolean("shows"),
    ];
    let message = vec![
        pk_uuid("id"),
        uuid("question"),
        uuid("account"),
        text("sealed"),
        string("state"),
        integer("attempts"),
        timestamp_with_time_zone("run_at"),
        text("says"),
        timestamp_with_time_zone("planned_at"),
    ];
    vec![
        table("question_answer", answer),
        index("question_answer", &["question", "number"], true),
        index("question_answer", &["state", "agency"], false),
        table("question_message", message),
        index("question_message", &["state", "run_at"], false),
    ]
}

/// Denunciations, apart from everything else: no other table knows of them.
fn protected() -> Vec<Step> {
    let denunciation = vec![
        pk_uuid("id"),
        string_uniq("code_key"),
        string_uniq("key"),
        text("sealed"),
        timestamp_with_time_zone("at"),
        string("state"),
        text("reply"),
        timestamp_with_time_zone_null("closed_at"),
        boolean("demo"),
        integer("version"),
    ];
    let entry = vec![
        pk_uuid("id"),
        uuid("denunciation"),
        string("kind"),
        text("sealed"),
        uuid_null("person"),
        timestamp_with_time_zone("at"),
    ];
    let reader = vec![pk_uuid("person"), uuid("named_by"), timestamp_with_time_zone("at")];
    vec![
        table("denunciation", denunciation),
        index("denunciation", &["state", "at"], false),
        table("denunciation_entry", entry),
        index("denunciation_entry", &["denunciation", "at"], false),
        table("denunciation_reader", reader),
    ]
}
