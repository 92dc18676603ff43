//! TikTok's Content Posting API. A post begins with a call that names it (`publish_id`); a video's bytes follow in parts, and
//! TikTok posts by itself when it has the last one, so that part can not be taken back. Photos are fetched by TikTok from
//! addresses: there the first call itself can not be taken back. What came of a post is asked by its name. Nothing can be changed
//! or deleted through the interface.
//!
//! Sources: "Direct Post", "Photo", "Query Creator Info", "Get Post Status", "Media Transfer Guide", "User Access Token Management"
//! of TikTok for Developers.

mod answer;
mod post;
mod status;

use crate::oauth::{self, Renewed};
use crate::{Limits, Line, MediaKind, Message, Obstacle, Refusal, Secret, Unit};

pub use post::{Creator, creator, publish};
pub use status::{edit, find, metrics, retract, status};

/// The interface whose words the figures are.
pub const DEFINITION: &str = "tiktok v2";
/// Posts that one token may begin in a minute.
pub const POSTS_PER_MINUTE: u32 = 6;
/// Questions after posts that one token may ask in a minute.
pub const QUESTIONS_PER_MINUTE: u32 = 30;

/// A part has 5 MB at least, but for a video that is smaller, and 64 MB at most, but for the last (Media Transfer Guide).
const PART_BYTES_MIN: u64 = 5 * 1024 * 1024;
const PART_BYTES_MAX: u64 = 64_000_000;

/// One creator's account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// `https://open.tiktokapis.com`, without a slash at its end.
    pub api: String,
    pub access_token: Secret,
    /// Without `@`; empty when not known, and then no address of a post can be given.
    pub username: String,
    pub privacy: Privacy,
    pub comments: bool,
    pub duets: bool,
    pub stitches: bool,
    /// Wanted size of a part in bytes; brought between 5 MiB and 64 MB.
    pub part_bytes: u64,
}

/// Who sees a post. A client that is not audited may only ask for the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Privacy {
    Everyone,
    Friends,
    Followers,
    Oneself,
}

impl Privacy {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Everyone => "PUBLIC_TO_EVERYONE",
            Self::Friends => "MUTUAL_FOLLOW_FRIENDS",
            Self::Followers => "FOLLOWER_OF_CREATOR",
            Self::Oneself => "SELF_ONLY",
        }
    }
}

/// The client's own name and secret, for renewing tokens.
#[derive(Clone, Copy, Debug)]
pub struct Client<'a> {
    /// `https://open.tiktokapis.com/v2/oauth/token/`.
    pub token_address: &'a str,
    pub client_key: &'a str,
    pub client_secret: &'a Secret,
}

/// A new access token (24 hours) and the refresh token that is valid from now on, which may be another one.
///
/// # Errors
/// [`crate::Why::Token`] when the refresh token is over (`invalid_grant`); others as they are named.
pub async fn renew<L: Line>(line: &L, client: &Client<'_>, refresh_token: &Secret) -> Result<Renewed, Refusal> {
    let pairs = [
        ("client_key", client.client_key),
        ("client_secret", client.client_secret.reveal()),
        ("grant_type", "refresh_token"),
        ("refresh_token", refresh_token.reveal()),
    ];
    oauth::renew(line, client.token_address, &pairs).await
}

/// A video with a caption of 2,200, or up to 35 photos with a title of 90 and a text of 4,000, in units of UTF-16.
#[must_use]
pub fn limits(_: &Account) -> Limits {
    Limits {
        unit: Unit::Utf16,
        title_max: 90,
        title_required: false,
        text_max: 4_000,
        caption_max: CAPTION_MAX,
        images_max: 35,
        image_bytes_max: 20_000_000,
        videos_max: 1,
        video_bytes_max: 4_000_000_000,
        video_ms_max: 600_000,
        needs: &[MediaKind::Image, MediaKind::Video],
        mimes: &["image/jpeg", "image/webp", "video/mp4", "video/quicktime", "video/webm"],
    }
}

/// Of a video.
const CAPTION_MAX: u32 = 2_200;

/// What speaks against sending it; empty when nothing does. What the creator's own account allows, [`creator`] tells.
#[must_use]
pub fn check(account: &Account, message: &Message) -> Vec<Obstacle> {
    let has_video = message.media.iter().any(|media| media.kind == MediaKind::Video);
    let all = limits(account);
    // A video shows no title, and photos have room for the longer text.
    let limits = if has_video { Limits { title_max: 0, ..all } } else { Limits { caption_max: all.text_max, ..all } };
    let mut obstacles = limits.obstacles(message);
    for (at, media) in message.media.iter().enumerate().filter(|(_, media)| media.kind == MediaKind::Image) {
        if has_video {
            obstacles.push(Obstacle::MediaKindNotTaken { at });
        } else if media.address.is_none() {
            obstacles.push(Obstacle::MediaWithoutAddress { at });
        }
    }
    for (at, video) in message.media.iter().enumerate().filter(|(_, media)| media.kind == MediaKind::Video) {
        let sides = [video.width_px, video.height_px];
        // A film whose size nobody knows is left to TikTok.
        if !sides.contains(&0) && sides.iter().any(|side| !VIDEO_SIDE_PX.contains(side)) {
            obstacles.push(Obstacle::MediaShape { at });
        }
    }
    obstacles
}

/// "Minimum of 360 pixels for both height and width, maximum of 4096" (Media Transfer Guide).
const VIDEO_SIDE_PX: std::ops::RangeInclusive<u32> = 360..=4_096;

/// In how many parts of which size a video goes out: the last one takes what is over, so it is the largest.
pub(crate) fn parts(size: u64, wanted: u64) -> (u64, u64) {
    let part = wanted.clamp(PART_BYTES_MIN, PART_BYTES_MAX);
    if size < part { (size, 1) } else { (part, size / part) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_keep_to_the_rules_of_the_transfer_guide() {
        for size in [1, PART_BYTES_MIN - 1, PART_BYTES_MIN, PART_BYTES_MIN + 1, 50_000_123, 64_000_001, 4_000_000_000] {
            for wanted in [0, 10_000_000, u64::MAX] {
                let (part, count) = parts(size, wanted);
                assert_eq!(count, size / part, "{size} in parts of {part}");
                assert!(count <= 1_000 && part <= PART_BYTES_MAX);
                assert!(part >= PART_BYTES_MIN || (count == 1 && part == size));
                assert!(size - part * (count - 1) <= 128_000_000, "the last part of {size}");
            }
        }
        assert_eq!(parts(50_000_123, 10_000_000), (10_000_000, 5));
    }
}
