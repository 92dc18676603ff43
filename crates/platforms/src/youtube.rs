//! YouTube Data API v3. A video is sent in parts to a session of its own; it exists from the moment its last byte is there, so the
//! part with the last byte is the call that can not be taken back. A session makes one video at most: going on in it after a cut
//! is safe, opening another one is not.
//!
//! Sources: "Resumable Uploads", "Videos: insert, list, update, delete", "Errors" of the YouTube Data API; "Using OAuth 2.0 for
//! Web Server Applications" of Google Identity.

mod answer;
mod upload;
mod videos;

use crate::oauth::{self, Renewed};
use unicode_normalization::UnicodeNormalization;

use crate::{Limits, Line, MediaKind, Message, Obstacle, Refusal, Secret, Unit};

pub use upload::publish;
pub use videos::{channel, edit, find, metrics, retract, status};

/// The interface whose words the figures are.
pub const DEFINITION: &str = "youtube v3";
/// Parts are multiples of this, but for the last (Resumable Uploads).
pub const PART_UNIT_BYTES: usize = 256 * 1024;

/// One channel and the project that speaks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// `https://www.googleapis.com`, without a slash at its end.
    pub api: String,
    pub access_token: Secret,
    /// Who is meant to see a video.
    pub privacy: Privacy,
    /// A number of the list of categories, such as `25` (news and politics).
    pub category: String,
    /// Words that every video carries; at most [`TAGS_MAX`] by [`tags_length`].
    pub tags: Vec<String>,
    /// Size of a part in bytes; rounded down to [`PART_UNIT_BYTES`], one at least.
    pub part_bytes: usize,
}

impl Account {
    pub(crate) fn part(&self) -> usize {
        (self.part_bytes / PART_UNIT_BYTES).max(1) * PART_UNIT_BYTES
    }
}

/// Who sees a video. What an unaudited project uploads stays private, whatever it asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Privacy {
    Public,
    Unlisted,
    Private,
}

impl Privacy {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Unlisted => "unlisted",
            Self::Private => "private",
        }
    }
}

/// The project's own name and secret, for renewing tokens.
#[derive(Clone, Copy, Debug)]
pub struct Project<'a> {
    /// `https://oauth2.googleapis.com/token`.
    pub token_address: &'a str,
    pub client_id: &'a str,
    pub client_secret: &'a Secret,
}

/// A new access token. The refresh token stays the same unless one comes with it.
///
/// # Errors
/// [`crate::Why::Token`] when the refresh token is over (`invalid_grant`); others as they are named.
pub async fn renew<L: Line>(line: &L, project: &Project<'_>, refresh_token: &Secret) -> Result<Renewed, Refusal> {
    let pairs = [
        ("client_id", project.client_id),
        ("client_secret", project.client_secret.reveal()),
        ("grant_type", "refresh_token"),
        ("refresh_token", refresh_token.reveal()),
    ];
    oauth::renew(line, project.token_address, &pairs).await
}

/// `snippet.title` at most 100 characters, `snippet.description` at most 5,000 bytes, 256 GB and 12 hours of video.
#[must_use]
pub fn limits(_: &Account) -> Limits {
    Limits {
        unit: Unit::Byte,
        title_max: TITLE_MAX,
        title_required: true,
        text_max: TEXT_BYTES_MAX,
        caption_max: TEXT_BYTES_MAX,
        images_max: 0,
        image_bytes_max: 0,
        videos_max: 1,
        video_bytes_max: 256 * 1_000_000_000,
        video_ms_max: 12 * 3_600_000,
        needs: &[MediaKind::Video],
        mimes: &[
            "video/mp4",
            "video/quicktime",
            "video/webm",
            "video/x-matroska",
            "video/mpeg",
            "video/x-msvideo",
            "video/x-ms-wmv",
            "video/x-flv",
            "video/3gpp",
        ],
    }
}

/// In characters, while the text is in bytes.
const TITLE_MAX: u32 = 100;
const TEXT_BYTES_MAX: u32 = 5_000;

/// What speaks against sending it; empty when nothing does. Titles are counted in characters, texts with their link in bytes.
#[must_use]
pub fn check(account: &Account, message: &Message) -> Vec<Obstacle> {
    let mut obstacles = Vec::new();
    let count = Unit::CodePoint.count(&title(message));
    if count == 0 {
        obstacles.push(Obstacle::TitleMissing);
    } else if count > TITLE_MAX {
        obstacles.push(Obstacle::TitleLong { count, max: TITLE_MAX });
    }
    if let Some(character) = message.title.chars().chain(message.text.chars()).find(|letter| matches!(letter, '<' | '>')) {
        obstacles.push(Obstacle::CharacterNotTaken { character });
    }
    let without_title = Limits { title_required: false, title_max: 0, ..limits(account) };
    obstacles.extend(without_title.obstacles(&Message { text: message.with_link(), ..message.clone() }));
    obstacles
}

/// How long a list of tags is, as YouTube counts it (`snippet.tags[]`): commas between them, and quotation marks around one with a
/// space in it.
#[must_use]
pub fn tags_length(tags: &[String]) -> usize {
    let quoted = |tag: &String| tag.chars().count() + if tag.contains(char::is_whitespace) { 2 } else { 0 };
    tags.iter().map(quoted).sum::<usize>() + tags.len().saturating_sub(1)
}

/// The most that [`tags_length`] may be.
pub const TAGS_MAX: usize = 500;

/// What a call costs (Quota Calculator, as of 2026): uploads have a quota of their own, everything else is counted in units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    pub uploads: u32,
    pub units: u32,
}

/// What this request costs. The parts of an upload cost nothing more than the call that opened it.
#[must_use]
pub fn cost(request: &crate::Request) -> Cost {
    let is_upload = request.uri().path().starts_with("/upload/");
    match (request.method().as_str(), is_upload) {
        ("POST", true) => Cost { uploads: 1, units: 0 },
        (_, true) => Cost::default(),
        ("GET", false) if request.uri().path().starts_with("/youtube/") => Cost { uploads: 0, units: 1 },
        ("PUT" | "DELETE", false) => Cost { uploads: 0, units: 50 },
        _ => Cost::default(),
    }
}

/// As it is sent: composed.
pub(crate) fn title(message: &Message) -> String {
    message.title.trim().nfc().collect()
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    #[test]
    fn tags_are_counted_with_their_commas_and_quotation_marks() {
        let tags = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
        assert_eq!(tags_length(&tags(&[])), 0);
        assert_eq!(tags_length(&tags(&["sen"])), 3);
        assert_eq!(tags_length(&tags(&["sen", "lễ hội"])), 3 + 1 + 8);
    }

    #[test]
    fn calls_cost_what_the_table_says() {
        let of = |method: &str, path: &str| {
            let request = http::Request::builder().method(method).uri(format!("https://www.googleapis.com{path}"));
            cost(&request.body(Bytes::new()).expect("a request"))
        };
        assert_eq!(of("POST", "/upload/youtube/v3/videos?uploadType=resumable"), Cost { uploads: 1, units: 0 });
        assert_eq!(of("PUT", "/upload/youtube/v3/videos?upload_id=1"), Cost::default());
        assert_eq!(of("GET", "/youtube/v3/videos?id=1"), Cost { uploads: 0, units: 1 });
        assert_eq!(of("PUT", "/youtube/v3/videos?part=snippet"), Cost { uploads: 0, units: 50 });
        assert_eq!(of("POST", "/token"), Cost::default());
    }
}
