//! What an agency is told in the workspace goes to its address as well: one letter for all that came since the last, in office
//! time only. What reminds of slots has a letter of its own, see [`super::reminder`].

use std::collections::BTreeMap;
use std::fmt::Write;

use chrono::TimeDelta;
use sea_orm::entity::prelude::*;

use super::{day_off, reminder};
use crate::base::mail::{Mail, Wanted};
use crate::base::{App, By, Chore, time};
use crate::people::{Agency, Notice, agency};
use crate::web::Locale;

/// Letters do not follow one another faster than that.
const EVERY_S: i64 = 1_800;
/// What is older was read in the workspace, or no relay was set up then.
const SINCE_D: i64 = 4;
/// The most lines of a letter; the rest is counted.
const LINES_MAX: usize = 20;
const TOPIC: &str = "notices";

/// Writes to the agencies that were told something.
#[must_use]
pub fn chore() -> Chore {
    Chore { name: "mail-notices", every_s: EVERY_S, work: |app| Box::pin(write_all(app)) }
}

async fn write_all(app: &App) -> anyhow::Result<()> {
    let now = app.clock.now();
    if app.config.smtp.is_none() || !day_off::calendar(&app.db).await?.is_office_time(now) {
        return Ok(());
    }
    let waiting = Notice::not_mailed(&app.db, now - TimeDelta::days(SINCE_D), reminder::NOTICE).await?;
    let mut by_recipient: BTreeMap<Uuid, Vec<Notice>> = BTreeMap::new();
    for notice in waiting {
        by_recipient.entry(notice.recipient).or_default().push(notice);
    }
    let addressed = agency::Entity::find().filter(agency::Column::Id.is_in(by_recipient.keys().copied()));
    for agency in addressed.all(&app.db).await? {
        if let Some(notices) = by_recipient.get(&agency.id).filter(|_| agency.is_open_on(time::local_date(now))) {
            write_to(app, &agency, notices).await?;
        }
    }
    Ok(())
}

/// One letter, by one node only; what came meanwhile goes with the next.
async fn write_to(app: &App, agency: &Agency, notices: &[Notice]) -> anyhow::Result<()> {
    let Some(recipient) = agency.email.clone().filter(|address| !address.is_empty()) else { return Ok(()) };
    let transaction = app.begin().await?;
    // One that has not gone yet is not replaced: what it says would be lost.
    if Mail::is_waiting(&transaction, agency.id, TOPIC).await? || !Notice::mail(app, &transaction, notices).await? {
        return Ok(());
    }
    let l = Locale::default(); // letters to agencies are in Vietnamese
    let now = app.clock.now();
    let wanted = Wanted {
        about: agency.id,
        topic: TOPIC,
        recipient,
        name: agency.name.clone(),
        subject: l.t1("notice-mail-subject", "count", notices.len()),
        text: text(app, l, agency, notices),
        expires_at: reminder::closing(time::local_date(now)).unwrap_or(now),
    };
    Mail::plan(app, &transaction, wanted, &By::system()).await?;
    Ok(app.commit(transaction).await?)
}

fn text(app: &App, l: Locale, agency: &Agency, notices: &[Notice]) -> String {
    let mut text = l.t1("notice-mail-opening", "name", &agency.name);
    text.push_str("\n\n");
    for notice in notices.iter().take(LINES_MAX) {
        let _ = writeln!(text, "- {}\n  {}{}", notice.text(l), app.config.public_url(), notice.href);
    }
    if notices.len() > LINES_MAX {
        let _ = writeln!(text, "{}", l.t1("notice-mail-more", "count", notices.len() - LINES_MAX));
    }
    let _ = write!(text, "\n{}", l.t1("notice-mail-where", "address", format!("{}/desk", app.config.public_url())));
    text
}
