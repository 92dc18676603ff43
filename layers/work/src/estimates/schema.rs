//! The tables of estimates, and the four sources of funds that a plan's part on funding names.

use sea_orm::DatabaseBackend;
use sea_orm_migration::prelude::{Alias, Table};
use sea_orm_migration::schema::{
    big_integer, big_integer_null, date_null, integer, pk_uuid, string, string_uniq, text, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::base::migration::{index, table};
use crate::base::{Migration, Step};

/// Code, and the Vietnamese name, in the order of plan 118/KH-UBND, IV.1.
const SOURCES: [(&str, &str); 4] = [
    ("budget", "Ngân sách nhà nước chi cho khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số"),
    ("integrated", "Lồng ghép từ chương trình, đề án, kế hoạch khác đã được phê duyệt"),
    ("social", "Xã hội hóa"),
    ("other", "Nguồn hợp pháp khác"),
];

/// Schema changes of this capability.
#[must_use]
pub fn migrations() -> Vec<Migration> {
    vec![
        Migration { name: "20261127_estimates", steps: |engine| [sources(engine), estimates(), lines(), submissions()].concat() },
        Migration { name: "20261129_estimate_approval_reasons", steps: |_| vec![approval_reasons()] },
    ]
}

fn approval_reasons() -> Step {
    let column = text("approval_reason").default("").take();
    Step::Alter(Table::alter().table(Alias::new("estimate_line")).add_column(column).take())
}

fn sources(engine: DatabaseBackend) -> Vec<Step> {
    let columns = vec![pk_uuid("id"), string_uniq("code"), integer("position"), text("name"), integer("version")];
    let row = |(position, (code, name)): (usize, &(&str, &str))| {
        // UUIDs are bytes on SQLite and a type of their own on PostgreSQL.
        let hex = format!("{:032x}", 0x0118_0000_0000_7000_8000_0000_0000_0000_u128 + position as u128);
        let id = if engine == DatabaseBackend::Sqlite { format!("x'{hex}'") } else { format!("'{hex}'::uuid") };
        Step::Sql(format!(
            "INSERT INTO funding_source (id, code, position, name, version) VALUES ({id}, '{code}', {position}, '{name}', 1)"
        ))
    };
    let mut steps = vec![table("funding_source", columns)];
    steps.extend(SOURCES.iter().enumerate().map(row));
    steps
}

fn estimates() -> Vec<Step> {
    let estimate = vec![
        pk_uuid("id"),
        uuid("plan"),
        uuid("agency"),
        integer("year"),
        string("state"),
        string("decision_number"),
        date_null("decision_on"),
        uuid("created_by"),
        timestamp_with_time_zone("created_at"),
        uuid_null("appraised_by"),
        timestamp_with_time_zone_null("changed_at"),
        integer("version"),
    ];
    vec![table("estimate", estimate), index("estimate", &["plan", "agency", "year"], true), index("estimate", &["agency"], false)]
}

fn lines() -> Vec<Step> {
    let line = vec![
        pk_uuid("id"),
        uuid("estimate"),
        integer("position"),
        uuid("duty"),
        string("source"),
        text("narrative"),
        string("unit"),
        big_integer_null("quantity"),
        big_integer_null("unit_price"),
        big_integer("asked"),
        big_integer_null("appraised"),
        text("appraisal_remark"),
        big_integer_null("approved"),
        big_integer_null("spent"),
        text("spent_reason"),
    ];
    vec![table("estimate_line", line), index("estimate_line", &["estimate", "position"], false)]
}

fn submissions() -> Vec<Step> {
    let submission = vec![
        pk_uuid("id"),
        uuid("estimate"),
        integer("number"),
        text("content"),
        big_integer("total"),
        uuid("person"),
        timestamp_with_time_zone("at"),
    ];
    let returned = vec![
        pk_uuid("id"),
        uuid("estimate"),
        integer("number"),
        text("remarks"),
        text("line_remarks"),
        uuid("person"),
        timestamp_with_time_zone("at"),
    ];
    vec![
        table("estimate_submission", submission),
        index("estimate_submission", &["estimate", "number"], true),
        table("estimate_return", returned),
        index("estimate_return", &["estimate", "number"], true),
    ]
}
