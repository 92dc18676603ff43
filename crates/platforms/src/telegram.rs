//! Telegram, by a bot that is an administrator of the channel or a member of the group.
//!
//! Source: "Telegram Bot API", core.telegram.org/bots/api: Making requests, Sending files, sendMessage, sendPhoto, sendVideo,
//! sendMediaGroup, editMessageText, editMessageCaption, deleteMessage, forwardMessage, ResponseParameters, setWebhook; "Bots FAQ"
//! for the pace.

mod answer;
mod calls;
mod find;
mod publish;
mod webhook;

use crate::{Limits, MediaKind, Message, Obstacle, Secret, Unit};

pub use calls::{edit, me, metrics, retract, status};
pub use find::find;
pub use publish::publish;
pub use webhook::{WEBHOOK_HEADER, is_from_telegram};

/// Where bots are spoken to.
pub const API: &str = "https://api.telegram.org";
/// Pictures and videos of one album (sendMediaGroup: 2 to 10).
pub const ALBUM_MAX: u32 = 10;
/// "Width and height ratio must be at most 20" (sendPhoto).
const RATIO_MAX: u32 = 20;
/// "The photo's width and height must not exceed 10000 in total" (sendPhoto).
const SIDES_PX_MAX: u32 = 10_000;

/// A bot and the chat it writes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// [`API`], without a slash at its end.
    pub api: String,
    pub token: Secret,
    /// `@name` of a public channel or a number such as `-1001234567890`.
    pub chat: String,
    /// A chat that nobody reads, where the bot may write: what is looked up is forwarded there, read, and deleted. A bot can not
    /// read a chat otherwise, so without this one an unknown outcome stays unknown until a person looks.
    pub lookup_chat: Option<String>,
}

/// Characters are counted in UTF-16 units, "after entities parsing"; texts go out without entities, so as they are.
#[must_use]
pub fn limits(_: &Account) -> Limits {
    Limits {
        unit: Unit::Utf16,
        title_max: 0,
        title_required: false,
        text_max: 4096,
        caption_max: 1024,
        images_max: ALBUM_MAX,
        image_bytes_max: 10 * 1024 * 1024,
        videos_max: ALBUM_MAX,
        video_bytes_max: 50 * 1024 * 1024,
        video_ms_max: u64::MAX,
        needs: &[],
        mimes: &["image/jpeg", "image/png", "image/webp", "video/mp4"],
    }
}

#[must_use]
pub fn check(account: &Account, message: &Message) -> Vec<Obstacle> {
    let whole = Message { text: text(message), ..message.clone() };
    let mut obstacles = limits(account).obstacles(&whole);
    let count = u32::try_from(message.media.len()).unwrap_or(u32::MAX);
    let counted = |obstacle: &Obstacle| matches!(obstacle, Obstacle::ImagesMany { .. } | Obstacle::VideosMany { .. });
    if count > ALBUM_MAX && !obstacles.iter().any(counted) {
        obstacles.push(Obstacle::ImagesMany { count, max: ALBUM_MAX });
    }
    let images = message.media.iter().enumerate().filter(|(_, media)| media.kind == MediaKind::Image);
    for (at, image) in images {
        let (long, short) = (image.width_px.max(image.height_px), image.width_px.min(image.height_px));
        if long.saturating_add(short) > SIDES_PX_MAX || long > short.saturating_mul(RATIO_MAX) {
            obstacles.push(Obstacle::MediaShape { at });
        }
    }
    obstacles
}

/// Writes to one person who wrote to the bot, by the number of their chat.
pub async fn reply<L: crate::Line, J: crate::Journal>(
    line: &L,
    account: &Account,
    to: &str,
    text: &str,
    journal: &mut J,
) -> crate::Outcome {
    let there = Account { chat: to.to_owned(), ..account.clone() };
    publish(line, &there, &Message { text: text.to_owned(), ..Message::default() }, journal).await
}

/// What is written there.
pub(crate) fn text(message: &Message) -> String {
    message.with_link()
}
