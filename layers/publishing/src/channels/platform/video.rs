//! YouTube and TikTok: a film of the library goes out by them. What a project that the platform has not looked at publishes, nobody
//! but the account sees; whoever sets an account says whether it was looked at.

use platforms::youtube::{TAGS_MAX, tags_length};
use platforms::{tiktok, youtube};

use super::{API, Link, Platform, choice, initially, number_wrong, optional, plain, secret, value};
use crate::channels::account::Values;
use crate::channels::platform::ACCESS_TOKEN;
use crate::web::Obstacle;

/// Where an installed project renews tokens (Google Identity: "Using OAuth 2.0 for Web Server Applications").
pub const GOOGLE_TOKENS: &str = "https://oauth2.googleapis.com/token";
/// Whether the platform looked at the project: `yes` or `no`.
pub const AUDITED: &str = "audited";
/// What a project may do a day unless Google allows more: uploads, and units of everything else (Quota Calculator, 2026).
pub const UPLOADS_PER_DAY: u32 = 100;
pub const UNITS_PER_DAY: u32 = 10_000;
/// Parts of this size go out one after another.
const PART_BYTES: usize = 8 * 1024 * 1024;
const CATEGORY_MAX: u32 = 99;
const QUOTA_MAX: u32 = 10_000_000;

pub(super) const YOUTUBE: Platform = Platform {
    is: platforms::Platform::YouTube,
    brand: "YouTube",
    api: "https://www.googleapis.com",
    fields: &[
        plain("client_id"),
        secret("client_secret"),
        secret("refresh_token"),
        choice("privacy", &["public", "unlisted", "private"], "public"),
        choice(AUDITED, &["no", "yes"], "no"),
        initially("category", "25"),
        optional("tags"),
        initially("uploads_per_day", "100"),
        initially("units_per_day", "10000"),
    ],
    addresses: &[API],
    tells: false,
    wrong: wrong_of_youtube,
    link: Link::InText,
    per_minute: 2,
    burst: 1,
    open: |api, settings, secrets| {
        platforms::Account::YouTube(youtube::Account {
            api,
            access_token: value(secrets, ACCESS_TOKEN).into(),
            privacy: privacy(settings),
            category: value(settings, "category"),
            tags: tags(settings),
            part_bytes: PART_BYTES,
        })
    },
    to: None,
};

fn wrong_of_youtube(settings: &Values, _: bool) -> Vec<Obstacle> {
    let tags = tags_length(&tags(settings));
    let long = (tags > TAGS_MAX).then(|| Obstacle::new("article-too-long").with("n", TAGS_MAX).at("tags"));
    let numbers = [("category", CATEGORY_MAX), ("uploads_per_day", QUOTA_MAX), ("units_per_day", QUOTA_MAX)];
    numbers.into_iter().filter_map(|(name, most)| number_wrong(settings, name, most)).chain(long).collect()
}

/// The words that every film carries, between commas.
fn tags(settings: &Values) -> Vec<String> {
    let all = value(settings, "tags");
    all.split(',').map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned).collect()
}

/// Who will see a film: of a project that nobody looked at, nobody, whatever is wanted.
#[must_use]
pub fn privacy(settings: &Values) -> youtube::Privacy {
    match value(settings, "privacy").as_str() {
        _ if !is_audited(settings) => youtube::Privacy::Private,
        "public" => youtube::Privacy::Public,
        "unlisted" => youtube::Privacy::Unlisted,
        _ => youtube::Privacy::Private,
    }
}

/// Whether the platform looked at the project.
#[must_use]
pub fn is_audited(settings: &Values) -> bool {
    settings.get(AUDITED).is_some_and(|word| word == "yes")
}

/// Its bucket is that of the token: six posts a minute ("Rate Limits").
pub(super) const TIKTOK: Platform = Platform {
    is: platforms::Platform::TikTok,
    brand: "TikTok",
    api: "https://open.tiktokapis.com",
    fields: &[
        plain("client_key"),
        secret("client_secret"),
        secret("refresh_token"),
        optional("username"),
        choice("privacy", &["everyone", "followers", "friends", "oneself"], "everyone"),
        choice(AUDITED, &["no", "yes"], "no"),
        choice("comments", &["yes", "no"], "yes"),
    ],
    addresses: &[API],
    tells: false,
    wrong: super::nothing_wrong,
    link: Link::Nowhere,
    per_minute: 6,
    burst: 1,
    open: |api, settings, secrets| {
        platforms::Account::TikTok(tiktok::Account {
            api,
            access_token: value(secrets, ACCESS_TOKEN).into(),
            username: value(settings, "username").trim_start_matches('@').to_owned(),
            privacy: whom(settings),
            comments: value(settings, "comments") == "yes",
            duets: false,
            stitches: false,
            part_bytes: PART_BYTES as u64,
        })
    },
    to: None,
};

/// Who will see a post: of a client that nobody looked at, the account alone.
#[must_use]
pub fn whom(settings: &Values) -> tiktok::Privacy {
    match value(settings, "privacy").as_str() {
        _ if !is_audited(settings) => tiktok::Privacy::Oneself,
        "everyone" => tiktok::Privacy::Everyone,
        "followers" => tiktok::Privacy::Followers,
        "friends" => tiktok::Privacy::Friends,
        _ => tiktok::Privacy::Oneself,
    }
}
