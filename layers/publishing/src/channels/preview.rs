//! What people will see besides the words: who sees a film, in how many parts a short message goes to how many numbers, what can not
//! be taken back. Said beside the preview; it hinders nothing.

use std::collections::HashMap;

use platforms::sms::{Alphabet, parts};
use platforms::{Message, tiktok, youtube};
use sea_orm::entity::prelude::*;

use super::account::Account;
use super::broadcasting;
use super::delivery::Delivery;
use super::mailing::recipient;
use super::message::Files;
use super::platform::video::{is_audited, privacy, whom};
use super::platform::zns;
use crate::base::App;
use crate::web::{Locale, Obstacle, grouped};

/// YouTube shows an upright film of up to three minutes as a Short ("Understand three-minute YouTube Shorts").
const SHORT_S: u64 = 180;

/// The notes to each of these deliveries.
///
/// # Errors
/// The database or the library's store failed.
pub async fn notes(
    app: &App,
    l: Locale,
    deliveries: &[Delivery],
    accounts: &[Account],
) -> anyhow::Result<HashMap<Uuid, Vec<String>>> {
    let mut ids: Vec<Uuid> = deliveries.iter().flat_map(Delivery::media).collect();
    ids.sort();
    ids.dedup();
    let files = Files::looked_at(app, &ids).await?;
    let mut notes = HashMap::new();
    for one in deliveries {
        let Some(account) = accounts.iter().find(|account| account.id == one.account) else { continue };
        let Some(platform) = account.platform() else { continue };
        let found = match platform.is {
            _ if one.is_broadcast() => broadcasting::notes(app, account).await?,
            platforms::Platform::YouTube => of_youtube(one, account, &files),
            platforms::Platform::TikTok => of_tiktok(one, account, &files),
            platforms::Platform::Sms => of_sms(one, recipient::count(&app.db, account.id).await?),
            platforms::Platform::Zns => of_zns(account, recipient::count(&app.db, account.id).await?),
            _ => Vec::new(),
        };
        notes.insert(one.id, found.iter().map(|note| note.text(l)).collect());
    }
    Ok(notes)
}

fn of_youtube(delivery: &Delivery, account: &Account, files: &Files) -> Vec<Obstacle> {
    let settings = account.settings();
    let mut notes = Vec::new();
    match privacy(&settings) {
        _ if !is_audited(&settings) => notes.push(Obstacle::new("channel-note-youtube-unaudited")),
        youtube::Privacy::Public => {}
        youtube::Privacy::Unlisted => notes.push(Obstacle::new("channel-note-unlisted")),
        youtube::Privacy::Private => notes.push(Obstacle::new("channel-note-private")),
    }
    match files.upright_film(delivery) {
        Some(seconds) if seconds <= SHORT_S => notes.push(Obstacle::new("channel-note-short")),
        Some(_) => notes.push(Obstacle::new("channel-note-upright")),
        None => {}
    }
    notes
}

fn of_tiktok(delivery: &Delivery, account: &Account, files: &Files) -> Vec<Obstacle> {
    let settings = account.settings();
    let mut notes = Vec::new();
    match whom(&settings) {
        _ if !is_audited(&settings) => notes.push(Obstacle::new("channel-note-tiktok-unaudited")),
        tiktok::Privacy::Everyone => {}
        tiktok::Privacy::Oneself => notes.push(Obstacle::new("channel-note-private")),
        tiktok::Privacy::Followers | tiktok::Privacy::Friends => notes.push(Obstacle::new("channel-note-some")),
    }
    if !delivery.link.is_empty() {
        notes.push(Obstacle::new("channel-note-no-link"));
    }
    if !delivery.title.is_empty() && files.has_film(delivery) {
        notes.push(Obstacle::new("channel-note-no-title"));
    }
    notes.push(Obstacle::new("channel-note-final-tiktok"));
    notes
}

fn of_zns(account: &Account, recipients: u64) -> Vec<Obstacle> {
    let cost = match zns::price(&account.settings()) {
        Some(price) => Obstacle::new("channel-note-zns-priced").with("all", grouped(price * recipients)),
        None => Obstacle::new("channel-note-zns-cost"),
    };
    vec![cost.with("recipients", recipients), Obstacle::new("channel-note-final-sms")]
}

fn of_sms(delivery: &Delivery, recipients: u64) -> Vec<Obstacle> {
    let link = Some(delivery.link.clone()).filter(|link| !link.is_empty());
    let counted = parts(&Message { text: delivery.text.clone(), link, ..Message::default() }.with_link());
    let key = if counted.alphabet == Alphabet::Ucs2 { "channel-note-sms-marked" } else { "channel-note-sms-plain" };
    let all = u64::from(counted.parts) * recipients;
    let cost = Obstacle::new("channel-note-sms-cost").with("recipients", recipients).with("all", all);
    vec![Obstacle::new(key).with("parts", counted.parts), cost, Obstacle::new("channel-note-final-sms")]
}
