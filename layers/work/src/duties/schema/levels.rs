//! The levels an answer goes through: the agency's own approver, and who reviews it besides the standing body.

use sea_orm_migration::schema::{
    boolean, integer, pk_uuid, string, string_null, string_uniq, text, timestamp_with_time_zone, timestamp_with_time_zone_null,
    uuid, uuid_null,
};

use crate::base::Step;
use crate::base::migration::{index, table};

pub(super) fn steps() -> Vec<Step> {
    let clearance = vec![
        pk_uuid("id"),
        uuid("slot"),
        string_uniq("key"),
        integer("draft"),
        integer("seen"),
        boolean("keeps_proofs"),
        text("sure"),
        uuid("agency"),
        uuid("person"),
        timestamp_with_time_zone("at"),
        string("state"),
        uuid_null("decided_by"),
        timestamp_with_time_zone_null("decided_at"),
        text("reason"),
        uuid_null("answer"),
    ];
    let setting = vec![pk_uuid("agency"), string("mode"), uuid("person"), timestamp_with_time_zone("at"), integer("version")];
    let oversight = vec![pk_uuid("duty"), boolean("clears"), integer("version")];
    let reviewer =
        vec![pk_uuid("id"), uuid("duty"), integer("position"), uuid("reviewer"), uuid_null("agency"), string_null("class")];
    vec![
        table("clearance", clearance),
        index("clearance", &["slot"], false),
        index("clearance", &["agency", "state"], false),
        index("clearance", &["answer"], true),
        table("clearance_setting", setting),
        table("duty_oversight", oversight),
        table("duty_reviewer", reviewer),
        index("duty_reviewer", &["reviewer"], false),
        index("duty_reviewer", &["duty"], false),
    ]
}
