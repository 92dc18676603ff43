//! Cases, and the copies of one, as tables to take away.

use super::case::Retraction;
use super::found::Found;
use super::view;
use crate::base::time;
use crate::people::agency::brief::Known;
use crate::web::download::harmless;
use crate::web::{Locale, Result};

/// One line a case, as CSV (RFC 4180) with a byte order mark, so that spreadsheets see UTF-8.
///
/// # Errors
/// Writing failed.
pub fn cases(l: Locale, cases: &[Retraction], agencies: &Known, now: sea_orm::prelude::DateTimeUtc) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    let head = [
        "retraction-article",
        "retraction-agency",
        "retraction-cause",
        "retraction-aim",
        "retraction-asked-by",
        "retraction-document",
        "retraction-received-at",
        "retraction-opened-at",
        "retraction-due-at",
        "retraction-state",
        "retraction-copies",
        "retraction-unsettled",
        "retraction-closed-at",
    ];
    writer.write_record(head.map(|key| l.t(key)))?;
    let moment = |at: Option<sea_orm::prelude::DateTimeUtc>| at.map(time::minute).unwrap_or_default();
    for case in cases {
        writer.write_record([
            harmless(&case.title),
            harmless(agencies.get(&case.agency).map(|body| body.name.as_str()).unwrap_or_default()),
            l.t(&case.cause.key()),
            l.t(&case.aim.key()),
            harmless(&case.asked_by),
            harmless(&case.document),
            moment(case.received_at),
            time::minute(case.opened_at),
            time::minute(case.due_at),
            view::word(l, case, now),
            case.copies.to_string(),
            case.unsettled.to_string(),
            moment(case.closed_at),
        ])?;
    }
    Ok(writer.into_inner().map_err(|error| anyhow::anyhow!("{error}"))?)
}

/// One line a copy.
///
/// # Errors
/// Writing failed.
pub fn copies(l: Locale, found: &[Found], agencies: &Known) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    let head = [
        "retraction-channel",
        "retraction-place",
        "retraction-agency",
        "retraction-address",
        "retraction-recipients",
        "retraction-wanted",
        "retraction-stand",
        "retraction-since",
        "retraction-proof",
        "retraction-settled",
        "retraction-left-why",
    ];
    writer.write_record(head.map(|key| l.t(key)))?;
    for one in found {
        writer.write_record([
            view::channel(l, &one.channel),
            harmless(&one.place),
            harmless(agencies.get(&one.agency).map(|body| body.name.as_str()).unwrap_or_default()),
            harmless(&one.address),
            one.recipients.map(|count| count.to_string()).unwrap_or_default(),
            l.t(&one.wanted.key()),
            view::stand(l, one),
            time::minute(one.since),
            harmless(&one.proof),
            l.t(if one.is_settled { "retraction-settled-yes" } else { "retraction-settled-no" }),
            harmless(if one.is_left() { &one.left_why } else { "" }),
        ])?;
    }
    Ok(writer.into_inner().map_err(|error| anyhow::anyhow!("{error}"))?)
}
