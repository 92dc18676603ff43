//! Cases as a table to take away.

use super::case::Case;
use super::case::moving::Ground;
use super::view;
use crate::base::time;
use crate::web::download::harmless;
use crate::web::{Locale, Result};

/// One line a case, as CSV (RFC 4180) with a byte order mark, so that spreadsheets see UTF-8.
///
/// # Errors
/// Writing failed.
pub fn table(l: Locale, cases: &[Case], ground: &Ground) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    let name = |id| ground.agencies.get(&id).map(|agency| agency.name.as_str()).unwrap_or_default();
    let head = [
        "case-title",
        "case-kind",
        "case-raiser",
        "case-raised-at",
        "case-holder",
        "case-state",
        "case-due-at",
        "case-clock",
        "case-bounces",
        "case-closed-at",
        "case-difficulty",
        "case-proposal",
    ];
    writer.write_record(head.map(|key| l.t(key)))?;
    for case in cases {
        let moment = |at: Option<sea_orm::prelude::DateTimeUtc>| at.map(time::minute).unwrap_or_default();
        writer.write_record([
            harmless(&case.title),
            l.t(&case.kind.key()),
            harmless(name(case.agency)),
            time::minute(case.raised_at),
            harmless(name(case.holder)),
            view::word(l, case, ground),
            moment(case.due_at),
            view::clock(l, case, ground),
            case.bounces.to_string(),
            moment(case.closed_at),
            harmless(&case.difficulty),
            harmless(&case.proposal),
        ])?;
    }
    Ok(writer.into_inner().map_err(|error| anyhow::anyhow!("{error}"))?)
}
