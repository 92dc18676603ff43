//! A message as it goes to one platform, and what the platform takes.

use bytes::Bytes;
use unicode_normalization::UnicodeNormalization;

/// What is sent to one account.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Message {
    /// For platforms that have one (Zalo articles, videos).
    pub title: String,
    pub text: String,
    /// The address of the whole on the portal.
    pub link: Option<String>,
    pub media: Vec<Media>,
    /// Names who wrote it, where the platform shows that.
    pub author: String,
}

impl Message {
    /// What is written where a platform has no place for a link: the text, composed, and the link below it unless it names it.
    #[must_use]
    pub fn with_link(&self) -> String {
        let text: String = self.text.trim().nfc().collect();
        match self.link.as_deref().filter(|link| !text.contains(link)) {
            Some(link) if text.is_empty() => link.to_owned(),
            Some(link) => format!("{text}\n\n{link}"),
            None => text,
        }
    }
}

/// A picture, a video or a sound that goes with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Media {
    pub kind: MediaKind,
    /// As found by looking at the bytes, such as `image/jpeg`.
    pub mime: String,
    pub bytes: Bytes,
    /// Where the platform can fetch the same bytes, for those that take addresses only.
    pub address: Option<String>,
    pub width_px: u32,
    pub height_px: u32,
    /// Of sound and video.
    pub duration_ms: u64,
    pub alt: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MediaKind {
    Image,
    Video,
    Audio,
}

/// In what a platform counts a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// UTF-16 code units: an emoji is two.
    Utf16,
    /// Unicode scalar values.
    CodePoint,
    /// Bytes of UTF-8: a letter such as ệ is three.
    Byte,
    /// Unicode scalar values, but every address counts as so many.
    CodePointWithLinks { link: u32 },
}

impl Unit {
    /// The length as the platform counts it. Texts are sent composed (NFC), so a letter with its marks apart is counted composed.
    #[must_use]
    pub fn count(self, text: &str) -> u32 {
        let composed: String = text.nfc().collect();
        let count = match self {
            Self::Utf16 => composed.encode_utf16().count(),
            Self::CodePoint => composed.chars().count(),
            Self::Byte => composed.len(),
            Self::CodePointWithLinks { link } => with_links(&composed, link as usize),
        };
        u32::try_from(count).unwrap_or(u32::MAX)
    }
}

fn with_links(text: &str, link: usize) -> usize {
    let is_link = |word: &str| word.starts_with("https://") || word.starts_with("http://");
    text.split_inclusive(char::is_whitespace)
        .map(|piece| {
            let word = piece.trim_end();
            let whole = piece.chars().count();
            if is_link(word) { whole - word.chars().count() + link } else { whole }
        })
        .sum()
}

/// What a platform takes. 0 means none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub unit: Unit,
    pub title_max: u32,
    pub title_required: bool,
    pub text_max: u32,
    /// Where a text with media may be shorter, as a caption.
    pub caption_max: u32,
    pub images_max: u32,
    pub image_bytes_max: u64,
    pub videos_max: u32,
    pub video_bytes_max: u64,
    pub video_ms_max: u64,
    /// A message must carry one of these kinds; empty when words are enough.
    pub needs: &'static [MediaKind],
    /// `image/…` and `video/…` types that it takes.
    pub mimes: &'static [&'static str],
}

/// Why a message does not fit. What is said to people is said by the product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    Empty,
    TitleMissing,
    TitleLong {
        count: u32,
        max: u32,
    },
    TextLong {
        count: u32,
        max: u32,
    },
    ImagesMany {
        count: u32,
        max: u32,
    },
    VideosMany {
        count: u32,
        max: u32,
    },
    MediaMissing {
        one_of: &'static [MediaKind],
    },
    /// Place in the list of media, from 0.
    MediaKindNotTaken {
        at: usize,
    },
    MediaTypeNotTaken {
        at: usize,
        mime: String,
    },
    MediaLarge {
        at: usize,
        bytes: u64,
        max: u64,
    },
    VideoLong {
        at: usize,
        ms: u64,
        max: u64,
    },
    /// The platform fetches media by itself and this one has no public address.
    MediaWithoutAddress {
        at: usize,
    },
    /// Stands upright or lies where the platform shows the other way only.
    MediaShape {
        at: usize,
    },
    LinkMissing,
    /// The platform refuses a text with this in it.
    CharacterNotTaken {
        character: char,
    },
    /// A place of a template that nothing is filled into.
    PlaceEmpty {
        name: String,
    },
    PlaceLong {
        name: String,
        count: u32,
        max: u32,
    },
    /// Something is filled in that the template has no place for.
    PlaceUnknown {
        name: String,
    },
}
