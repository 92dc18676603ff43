//! Kinds of articles, audiences and messages: data that ships (`data/news.json`), so that a new kind is a line there.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::web::{Lang, Locale};

/// A field that a kind may require.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Summary,
    Body,
    /// The address of the picture, film, recording or file.
    Media,
    /// What is to be seen in the picture, for who does not see it.
    Alt,
    Credit,
}

impl Field {
    /// The field of the form.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Summary => "summary",
            Self::Body => "text",
            Self::Media => "media_url",
            Self::Alt => "media_alt",
            Self::Credit => "media_credit",
        }
    }

    /// The Fluent key of what is said when it is missing.
    #[must_use]
    pub const fn missing(self) -> &'static str {
        match self {
            Self::Summary => "article-needs-summary",
            Self::Body => "article-needs-body",
            Self::Media => "article-needs-media",
            Self::Alt => "article-needs-alt",
            Self::Credit => "article-needs-credit",
        }
    }
}

/// What sort of article, and what it can not be without.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    pub code: String,
    vi: String,
    en: String,
    pub icon: String,
    pub requires: Vec<Field>,
}

/// A word of a list with its code: an audience or a message.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tag {
    pub code: String,
    vi: String,
    en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shipped {
    kinds: Vec<Kind>,
    audiences: Vec<Tag>,
    messages: Vec<Tag>,
}

static SHIPPED: LazyLock<Shipped> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../data/news.json")).expect("data/news.json is well-formed"));

impl Kind {
    /// In the order in which they are offered.
    #[must_use]
    pub fn all() -> &'static [Self] {
        &SHIPPED.kinds
    }

    /// The kind of that code; None when no such kind ships any more.
    #[must_use]
    pub fn of(code: &str) -> Option<&'static Self> {
        SHIPPED.kinds.iter().find(|kind| kind.code == code)
    }

    /// What readers call it.
    #[must_use]
    pub fn name(&self, l: Locale) -> &str {
        if l.0 == Lang::En { &self.en } else { &self.vi }
    }
}

impl Tag {
    /// Whom articles are for.
    #[must_use]
    pub fn audiences() -> &'static [Self] {
        &SHIPPED.audiences
    }

    /// What they are to bring across.
    #[must_use]
    pub fn messages() -> &'static [Self] {
        &SHIPPED.messages
    }

    /// What people call it.
    #[must_use]
    pub fn name(&self, l: Locale) -> &str {
        if l.0 == Lang::En { &self.en } else { &self.vi }
    }

    /// The codes among these that are on the list, each once, in its order, as kept.
    #[must_use]
    pub fn known(list: &[Self], given: &[String]) -> Vec<String> {
        list.iter().map(|tag| tag.code.clone()).filter(|code| given.contains(code)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ships_is_read_and_each_code_stands_once() {
        let codes: Vec<&str> = Kind::all().iter().map(|kind| kind.code.as_str()).collect();
        assert_eq!(codes, ["news", "feature", "infographic", "video", "audio", "document"]);
        for list in [Tag::audiences(), Tag::messages()] {
            let mut codes: Vec<&str> = list.iter().map(|tag| tag.code.as_str()).collect();
            codes.sort_unstable();
            codes.dedup();
            assert_eq!(codes.len(), list.len());
        }
        assert_eq!(Tag::known(Tag::audiences(), &["business".into(), "nobody".into()]), ["business"]);
    }
}
