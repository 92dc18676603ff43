//! The words of the interface: Vietnamese first, English second (Project Fluent, `locales/`).

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Display;
use std::sync::{PoisonError, RwLock};

use chrono::{Datelike, NaiveDate, Weekday};
use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, langid, static_loader};

static_loader! {
    static WORDS = {
        locales: "./locales",
        fallback_language: "vi",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// Words without arguments that were looked up before, by language: a table of a hundred rows asks for its labels in each.
/// It grows no longer than the files of words are, since what they do not have is not kept.
static KNOWN: [RwLock<BTreeMap<String, String>>; 2] = [const { RwLock::new(BTreeMap::new()) }; 2];

static VI: LanguageIdentifier = langid!("vi");
static EN: LanguageIdentifier = langid!("en");

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    #[default]
    Vi,
    En,
}

impl Lang {
    /// BCP 47 tag.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// Reads a tag; anything that is not English is Vietnamese.
    #[must_use]
    pub fn from_tag(tag: &str) -> Self {
        if tag.starts_with("en") { Self::En } else { Self::Vi }
    }
}

/// Looks words up in one language. Every page has one as `l`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Locale(pub Lang);

impl Locale {
    /// The text of a key.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        let known = &KNOWN[usize::from(self.0 == Lang::En)];
        // A poisoned lock still holds whole words: they are only ever added.
        if let Some(words) = known.read().unwrap_or_else(PoisonError::into_inner).get(key) {
            return words.clone();
        }
        let Some(words) = WORDS.try_lookup(self.id(), key) else { return WORDS.lookup(self.id(), key) };
        known.write().unwrap_or_else(PoisonError::into_inner).insert(key.to_owned(), words.clone());
        words
    }

    /// The text of a key with one argument.
    #[must_use]
    pub fn t1(&self, key: &str, name: &'static str, value: impl Display) -> String {
        self.with(key, &[(name, value.to_string())])
    }

    /// The text of a key with two arguments.
    #[must_use]
    pub fn t2(&self, key: &str, one: &'static str, first: impl Display, two: &'static str, second: impl Display) -> String {
        self.with(key, &[(one, first.to_string()), (two, second.to_string())])
    }

    /// The text of a key with any arguments. A whole number is passed as a number, so that English can count.
    #[must_use]
    pub fn with(&self, key: &str, arguments: &[(&'static str, String)]) -> String {
        let arguments: HashMap<Cow<'static, str>, FluentValue> =
            arguments.iter().map(|(name, value)| (Cow::Borrowed(*name), fluent(value))).collect();
        WORDS.lookup_with_args(self.id(), key, &arguments)
    }

    /// `Thứ Hai`
    #[must_use]
    pub fn weekday(&self, day: NaiveDate) -> String {
        self.t(match day.weekday() {
            Weekday::Mon => "weekday-mon",
            Weekday::Tue => "weekday-tue",
            Weekday::Wed => "weekday-wed",
            Weekday::Thu => "weekday-thu",
            Weekday::Fri => "weekday-fri",
            Weekday::Sat => "weekday-sat",
            Weekday::Sun => "weekday-sun",
        })
    }

    /// Whether the key has a text in this very language; the tests ask.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        WORDS.lookup_single_language::<&str>(self.id(), key, None).is_ok()
    }

    fn id(&self) -> &'static LanguageIdentifier {
        match self.0 {
            Lang::Vi => &VI,
            Lang::En => &EN,
        }
    }
}

fn fluent(value: &str) -> FluentValue<'static> {
    let plain = value.len() < 10 && !(value.len() > 1 && value.starts_with('0'));
    match value.parse::<u32>() {
        Ok(number) if plain => FluentValue::from(number),
        _ => FluentValue::from(value.to_owned()),
    }
}
