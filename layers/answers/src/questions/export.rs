//! Questions as a table to take away: masked, as everywhere but at their handler's.

use super::question::Question;
use super::view;
use crate::base::time;
use crate::cases::case::moving::Ground;
use crate::web::download::harmless;
use crate::web::{Locale, Result};

/// Rows of one table.
pub const ROWS_MAX: u64 = 20_000;

/// One line a question, as CSV (RFC 4180) with a byte order mark, so that spreadsheets see UTF-8.
///
/// # Errors
/// Writing failed.
pub fn table(l: Locale, questions: &[Question], ground: &Ground) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    let name = |id| ground.agencies.get(&id).map(|agency| agency.name.as_str()).unwrap_or_default();
    let head = [
        "question-title",
        "question-text",
        "question-channel",
        "question-asked-at",
        "question-holder",
        "question-state",
        "question-due-at",
        "question-clock",
        "question-bounces",
        "question-answered-at",
        "question-mark",
        "question-reopened",
    ];
    writer.write_record(head.map(|key| l.t(key)))?;
    for one in questions {
        let moment = |at: Option<sea_orm::prelude::DateTimeUtc>| at.map(time::minute).unwrap_or_default();
        writer.write_record([
            harmless(&one.title),
            harmless(&one.body),
            l.t(&one.channel.key()),
            time::minute(one.asked_at),
            harmless(name(one.holder)),
            view::word(l, one, ground),
            moment(one.due_at),
            view::clock(l, one, ground),
            one.bounces.to_string(),
            moment(one.answered_at),
            one.mark.map(|mark| mark.to_string()).unwrap_or_default(),
            one.reopened.to_string(),
        ])?;
    }
    Ok(writer.into_inner().map_err(|error| anyhow::anyhow!("{error}"))?)
}
