//! A Zalo Official Account: articles, broadcasts of them, ZNS notices, the webhook.
//!
//! An article exists from `article/create` on, which answers with a token; `article/verify` tells its id once Zalo has fetched the
//! pictures. Answers come with status 200 and an error inside.
//!
//! Sources: developers.zalo.me, "Official Account API": Xác thực và ủy quyền (v4), Quản lý bài viết, Gửi tin Truyền thông
//! broadcast, Webhook, Mã lỗi; zalo.cloud, "ZNS API"; requests as in the examples of zaloplatform/zalo-java-sdk.

mod answer;
mod article;
mod broadcast;
mod find;
mod notice;
mod refresh;
mod reply;
mod webhook;

use crate::{Limits, MediaKind, Message, Obstacle, Secret, Unit};

pub use article::{edit, publish, retract, status};
pub use broadcast::{ARTICLES_MAX, Target, UNASKED, broadcast};
pub use find::{find, metrics};
pub use notice::{Approved, Business, ENABLED, Notice, approved, left_today, notify};
pub use refresh::{App, Refreshed, Tokens, refresh};
pub use reply::{LETTERS_MAX, reply};
pub use webhook::{Distrust, WEBHOOK_HEADER, Webhook, event};

/// Where an Official Account is spoken to.
pub const API: &str = "https://openapi.zalo.me";
/// Where tokens are renewed.
pub const OAUTH: &str = "https://oauth.zaloapp.com";
/// Where ZNS notices are sent.
pub const BUSINESS_API: &str = "https://business.openapi.zalo.me";
/// The interface whose words the figures are.
pub const DEFINITION: &str = "zalo oa v2.0";
/// What is seen of an article in a list. 300 by the documents; longer than 250 has been refused.
pub(crate) const LEAD_MAX: usize = 250;
/// Characters of an author's name; what is longer is cut.
pub const AUTHOR_MAX: usize = 50;

/// An Official Account with a token that is valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// [`API`], without a slash at its end.
    pub api: String,
    pub access_token: Secret,
    /// Who stands as the author where the message names nobody. Zalo wants one.
    pub author: String,
    /// Whether people may comment.
    pub is_commented: bool,
}

/// Titles: 150 by the documents; longer than 140 has been refused. No length of the body is documented.
#[must_use]
pub fn limits(_: &Account) -> Limits {
    Limits {
        unit: Unit::CodePoint,
        title_max: 140,
        title_required: true,
        text_max: 20_000,
        caption_max: 0,
        images_max: 20,
        image_bytes_max: 1024 * 1024,
        videos_max: 0,
        video_bytes_max: 0,
        video_ms_max: 0,
        // The cover.
        needs: &[MediaKind::Image],
        mimes: &["image/jpeg", "image/png"],
    }
}

#[must_use]
pub fn check(account: &Account, message: &Message) -> Vec<Obstacle> {
    let mut obstacles = limits(account).obstacles(message);
    if message.text.trim().is_empty() && !obstacles.contains(&Obstacle::Empty) {
        obstacles.push(Obstacle::Empty);
    }
    let fetched = message.media.iter().enumerate().filter(|(_, media)| media.kind == MediaKind::Image);
    for (at, image) in fetched {
        if !image.address.as_deref().is_some_and(|address| address.starts_with("https://") || address.starts_with("http://")) {
            obstacles.push(Obstacle::MediaWithoutAddress { at });
        }
    }
    obstacles
}
