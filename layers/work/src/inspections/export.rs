//! An inspection as a table to take away: one line an item, one more for each finding.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::visit::Whole;
use crate::base::time;
use crate::people::agency::brief::Known;
use crate::web::download::harmless;
use crate::web::{Locale, Result};

/// CSV (RFC 4180) with a byte order mark, so that spreadsheets see UTF-8.
///
/// # Errors
/// Writing failed.
pub fn table(l: Locale, visits: &[Whole], agencies: &Known, today: NaiveDate) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    let head = [
        "visit-agency",
        "visit-day",
        "inspection-item",
        "inspection-verdict",
        "inspection-note",
        "finding-text",
        "finding-remedy",
        "finding-due",
        "finding-state",
    ];
    writer.write_record(head.map(|key| l.t(key)))?;
    for whole in visits {
        let name = agencies.get(&whole.visit.agency).map(|agency| harmless(&agency.name)).unwrap_or_default();
        let day = whole.visit.visited_on.map(time::day).unwrap_or_default();
        let mut line = |item: [String; 3], finding: [String; 4]| {
            writer.write_record([name.clone(), day.clone()].into_iter().chain(item).chain(finding))
        };
        let found = |of: Option<Uuid>| whole.findings.iter().filter(move |one| one.finding.item == of);
        let words = |one: &super::finding::Followed| {
            let state = l.t(one.standing(today).key());
            [harmless(&one.finding.text), harmless(&one.finding.remedy), time::day(one.due_on()), state]
        };
        for item in &whole.items {
            let about = [harmless(&item.text), l.t(&item.verdict.key()), harmless(&item.note)];
            let mut bare = true;
            for one in found(Some(item.id)) {
                line(about.clone(), words(one))?;
                bare = false;
            }
            if bare {
                line(about, Default::default())?;
            }
        }
        for one in found(None) {
            line(Default::default(), words(one))?;
        }
    }
    Ok(writer.into_inner().map_err(|error| anyhow::anyhow!("{error}"))?)
}
