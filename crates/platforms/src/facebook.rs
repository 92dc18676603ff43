//! A page on Facebook, by the Graph API.
//!
//! A post exists from the call of `/feed` on; pictures are uploaded unpublished before it and belong to nobody until then. A video
//! exists by the call that uploads it.
//!
//! Sources: "Graph API Reference v25.0": Page Feed, Page Photos, Page Videos, Page Published Posts, Page Post, Insights; "Handling
//! Errors"; "Rate Limits"; "Video API: Publishing" (at most 1 GB and 20 minutes in one call).

mod answer;
mod calls;
mod figures;
mod find;
mod publish;
mod usage;
mod webhook;

use crate::{Limits, MediaKind, Message, Obstacle, Secret, Unit};

pub use calls::{edit, page, retract, status};
pub use figures::metrics;
pub use find::find;
pub use publish::publish;
pub use usage::{Usage, usage};
pub use webhook::{WEBHOOK_HEADER, challenge, is_from_facebook};

/// Where pages are spoken to.
pub const API: &str = "https://graph.facebook.com";
/// The version that is spoken.
pub const VERSION: &str = "v25.0";
/// The interface whose words the figures are.
pub const DEFINITION: &str = "graph v25.0";

/// A page and its token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// [`API`], without a slash at its end.
    pub api: String,
    /// The number of the page.
    pub page: String,
    /// A page access token with `pages_manage_posts` and `pages_read_engagement`; `read_insights` for figures.
    pub token: Secret,
}

/// Characters are counted as code points.
#[must_use]
pub fn limits(_: &Account) -> Limits {
    Limits {
        unit: Unit::CodePoint,
        title_max: 0,
        title_required: false,
        text_max: 63_206,
        caption_max: 0,
        images_max: 10,
        // What the refusal of a larger one (1366046) says.
        image_bytes_max: 4 * 1024 * 1024,
        videos_max: 1,
        video_bytes_max: 1 << 30,
        video_ms_max: 20 * 60 * 1000,
        needs: &[],
        mimes: &["image/jpeg", "image/png", "image/gif", "image/tiff", "video/mp4", "video/quicktime"],
    }
}

#[must_use]
pub fn check(account: &Account, message: &Message) -> Vec<Obstacle> {
    let mut obstacles = limits(account).obstacles(&Message { text: text(message), ..message.clone() });
    let is_video = |kind: MediaKind| kind == MediaKind::Video;
    let has_image = message.media.iter().any(|media| media.kind == MediaKind::Image);
    // A post has pictures or a video.
    if let Some(at) = message.media.iter().position(|media| is_video(media.kind)).filter(|_| has_image) {
        obstacles.push(Obstacle::MediaKindNotTaken { at });
    }
    obstacles
}

/// What is written: a post that shows media has no place of its own for the link.
pub(crate) fn text(message: &Message) -> String {
    if message.media.is_empty() {
        return Message { link: None, ..message.clone() }.with_link();
    }
    message.with_link()
}
