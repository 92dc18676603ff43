//! Whether a variant can go out, looked at before it is queued: its length in the platform's own units, its files, its account. Shown
//! beside the variant while it is written, looked at again when it is approved, and once more before it is sent.

use platforms::{Limits, MediaKind, Message, Obstacle as Said};
use uuid::Uuid;

use super::account::{Account, Values};
use super::broadcasting;
use super::delivery::{Delivery, Origin};
use super::mailing::recipient;
use super::message::{FILE_BYTES_MAX, Files};
use super::platform::{Link, Platform, sms};
use super::speaking;
use crate::base::App;
use crate::web::{Error, Obstacle};

/// What stands against each of these deliveries; those against which nothing stands have an empty list.
///
/// # Errors
/// The database or the store failed.
pub async fn all(app: &App, deliveries: &[Delivery], accounts: &[Account]) -> Result<Vec<(Uuid, Vec<Obstacle>)>, Error> {
    let mut ids: Vec<Uuid> = deliveries.iter().flat_map(Delivery::media).collect();
    ids.sort();
    ids.dedup();
    let files = Files::looked_at(app, &ids).await?;
    let mut all = Vec::new();
    for one in deliveries {
        let Some(account) = accounts.iter().find(|account| account.id == one.account) else {
            all.push((one.id, vec![Obstacle::new("channel-obstacle-no-account")]));
            continue;
        };
        let mut found = of(one, account, &files);
        if is_mailing(account) && recipient::count(&app.db, account.id).await? == 0 {
            found.push(Obstacle::new("channel-obstacle-no-recipients").with("channel", account.label()));
        }
        all.push((one.id, found));
    }
    Ok(all)
}

/// Whether it goes to a list of numbers.
#[must_use]
pub fn is_mailing(account: &Account) -> bool {
    account.platform().is_some_and(Platform::is_mailing)
}

/// What stands against one, with the name of its channel.
#[must_use]
pub fn of(delivery: &Delivery, account: &Account, files: &Files) -> Vec<Obstacle> {
    if delivery.is_broadcast() {
        return broadcasting::obstacles(account);
    }
    let (message, missing) = files.message(delivery, "");
    let large = delivery.media().into_iter().filter(|id| files.is_too_large(*id)).count();
    let missing = missing.saturating_sub(large);
    let mut obstacles = Vec::new();
    if large > 0 {
        obstacles.push(Obstacle::new("channel-obstacle-large-here").with("mb", FILE_BYTES_MAX / (1024 * 1024)).at("media"));
    }
    if missing > 0 {
        obstacles.push(Obstacle::new("channel-obstacle-media-missing").with("count", missing).at("media"));
    }
    if delivery.origin == Origin::Model && delivery.is_unconfirmed() {
        obstacles.push(Obstacle::new("channel-obstacle-unconfirmed").at("text"));
    }
    match speaking::blank(account) {
        None => obstacles.push(Obstacle::new("channel-obstacle-no-account")),
        Some(platform) => {
            let said = platform.check(&message);
            obstacles.extend(said.iter().map(words));
            obstacles.extend(of_size(delivery, &message, &platform.limits(), files).iter().map(words));
        }
    }
    obstacles.into_iter().map(|one| one.with("channel", account.label())).collect()
}

/// What is too large, where the bytes were not read: the crate counts what it is given.
fn of_size(delivery: &Delivery, message: &Message, limits: &Limits, files: &Files) -> Vec<Said> {
    let mut found = Vec::new();
    let present = delivery.media().into_iter().filter(|id| files.size_bytes(*id) > 0);
    for (at, (id, media)) in present.zip(&message.media).enumerate().filter(|(_, (_, media))| media.bytes.is_empty()) {
        let (bytes, max) = match media.kind {
            MediaKind::Image => (files.size_bytes(id), limits.image_bytes_max),
            MediaKind::Video => (files.size_bytes(id), limits.video_bytes_max),
            MediaKind::Audio => continue,
        };
        // 0: it takes none of that kind, which is said already.
        if max > 0 && bytes > max {
            found.push(Said::MediaLarge { at, bytes, max });
        }
    }
    found
}

/// What the crate says, in the words of the interface, beside the field where it is mended.
fn words(said: &Said) -> Obstacle {
    let place = |at: &usize| at + 1;
    match said {
        Said::Empty => Obstacle::new("channel-obstacle-empty").at("text"),
        Said::TitleMissing => Obstacle::new("channel-obstacle-title-missing").at("title"),
        Said::TitleLong { count, max } => {
            Obstacle::new("channel-obstacle-title-long").with("count", count).with("max", max).at("title")
        }
        Said::TextLong { count, max } => {
            Obstacle::new("channel-obstacle-text-long").with("count", count).with("max", max).at("text")
        }
        Said::ImagesMany { count, max } => {
            Obstacle::new("channel-obstacle-images-many").with("count", count).with("max", max).at("media")
        }
        Said::VideosMany { count, max } => {
            Obstacle::new("channel-obstacle-videos-many").with("count", count).with("max", max).at("media")
        }
        Said::MediaMissing { one_of } if one_of.contains(&MediaKind::Image) => {
            Obstacle::new("channel-obstacle-needs-image").at("media")
        }
        Said::MediaMissing { .. } => Obstacle::new("channel-obstacle-needs-video").at("media"),
        Said::MediaKindNotTaken { at } => Obstacle::new("channel-obstacle-kind").with("n", place(at)).at("media"),
        Said::MediaTypeNotTaken { at, mime } => {
            Obstacle::new("channel-obstacle-type").with("n", place(at)).with("type", mime).at("media")
        }
        Said::MediaLarge { at, max, .. } => {
            Obstacle::new("channel-obstacle-large").with("n", place(at)).with("mb", max / 1_000_000).at("media")
        }
        Said::VideoLong { at, max, .. } => {
            Obstacle::new("channel-obstacle-long").with("n", place(at)).with("s", max / 1_000).at("media")
        }
        Said::MediaWithoutAddress { at } => Obstacle::new("channel-obstacle-address").with("n", place(at)).at("media"),
        Said::MediaShape { at } => Obstacle::new("channel-obstacle-shape").with("n", place(at)).at("media"),
        Said::LinkMissing => Obstacle::new("channel-obstacle-link").at("link"),
        Said::CharacterNotTaken { character } => {
            Obstacle::new("channel-obstacle-character").with("character", character).at("text")
        }
        Said::PlaceEmpty { name } => Obstacle::new("channel-obstacle-place-empty").with("place", name).at("text"),
        Said::PlaceLong { name, count, max } => {
            let long = Obstacle::new("channel-obstacle-place-long").with("place", name);
            long.with("count", count).with("max", max).at("text")
        }
        Said::PlaceUnknown { name } => Obstacle::new("channel-obstacle-place-unknown").with("place", name).at("text"),
    }
}

/// Those of one delivery.
#[must_use]
pub fn at(found: &[(Uuid, Vec<Obstacle>)], id: Uuid) -> &[Obstacle] {
    found.iter().find(|(of, _)| *of == id).map_or(&[], |(_, obstacles)| obstacles)
}

/// The length of a text as the platform counts it, and how long it may be; the address counts where it is written into the text.
#[must_use]
pub fn counted(platform: &Platform, text: &str, link: &str, with_media: bool) -> (u32, u32) {
    counted_for(platform, &Values::new(), text, link, with_media)
}

/// The same for an account with these settings.
#[must_use]
pub fn counted_for(platform: &Platform, settings: &Values, text: &str, link: &str, with_media: bool) -> (u32, u32) {
    let is_in_text = match platform.link {
        Link::InText => true,
        Link::BelowMedia => with_media,
        Link::Apart | Link::Nowhere => false,
    };
    if platform.is == platforms::Platform::Zns {
        return (0, 0); // each value has a length of its own
    }
    let link = Some(link.trim().to_owned()).filter(|link| is_in_text && !link.is_empty());
    let written = Message { text: text.to_owned(), link, ..Message::default() }.with_link();
    if platform.is == platforms::Platform::Sms {
        // In the units of the alphabet that the text needs: one letter with a mark changes it.
        let counted = platforms::sms::parts(&written);
        return (counted.units, counted.alphabet.room(sms::account(settings, &Values::new(), "").parts_max));
    }
    let limits = platform.open(settings, &Values::new()).limits();
    let max = if with_media && limits.caption_max > 0 { limits.caption_max } else { limits.text_max };
    (limits.unit.count(&written), max)
}
