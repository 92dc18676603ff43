//! Whose the line is.

use sea_orm_migration::schema::{string, timestamp_with_time_zone, uuid};

use crate::base::migration::table;
use crate::base::{Migration, Step};

/// Schema changes of the line.
#[must_use]
pub fn migrations() -> Vec<Migration> {
    vec![Migration { name: "20261208_loudspeaker_line", steps: |_| steps() }]
}

fn steps() -> Vec<Step> {
    let mut name = string("name");
    name.primary_key();
    vec![table("loudspeaker_line", vec![name, uuid("node"), timestamp_with_time_zone("leased_until")])]
}
