//! The platforms that accounts can be on: what the form of an account asks, and how often one may publish unless somebody says
//! otherwise. How each is spoken to is in the crate `platforms`.

pub mod sms;
pub mod video;
pub mod zns;

use platforms::{Limits, facebook, telegram, zalo};

use super::account::Values;
use crate::web::Obstacle;

/// How a field of the form is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    Line,
    Area,
    /// One of these words; the name of each is the field's key and the word.
    Choice(&'static [&'static str]),
}

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    pub name: &'static str,
    /// Written, and never shown again.
    pub secret: bool,
    pub optional: bool,
    pub input: Input,
    /// What stands there at first.
    pub initial: &'static str,
}

/// Where a platform puts the address of the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// Below the text, where it counts.
    InText,
    /// Below the text, but only where pictures are shown.
    BelowMedia,
    /// In a place of its own.
    Apart,
    /// Nowhere.
    Nowhere,
}

const fn plain(name: &'static str) -> Field {
    Field { name, secret: false, optional: false, input: Input::Line, initial: "" }
}

const fn initially(name: &'static str, initial: &'static str) -> Field {
    Field { initial, ..plain(name) }
}

const fn secret(name: &'static str) -> Field {
    Field { secret: true, ..plain(name) }
}

const fn optional(name: &'static str) -> Field {
    Field { optional: true, ..plain(name) }
}

/// What makes calls of the platform's webhook believed; without it nobody is.
const fn webhook_secret(name: &'static str) -> Field {
    Field { secret: true, optional: true, ..plain(name) }
}

const fn choice(name: &'static str, words: &'static [&'static str], initial: &'static str) -> Field {
    Field { input: Input::Choice(words), initial, ..plain(name) }
}

/// A platform, as the desk knows it.
#[derive(Clone, Copy, Debug)]
pub struct Platform {
    pub is: platforms::Platform,
    /// As it writes itself.
    pub brand: &'static str,
    /// Where its interface lies.
    pub api: &'static str,
    pub fields: &'static [Field],
    /// Settings that say where the secrets are sent.
    pub addresses: &'static [&'static str],
    /// Whether it tells us of events by a webhook.
    pub tells: bool,
    /// What is wrong with settings that are there, besides what their fields want; the flag lets private networks pass.
    wrong: fn(&Values, bool) -> Vec<Obstacle>,
    pub link: Link,
    /// Calls that publish: a minute, and at once after a rest.
    pub per_minute: i32,
    pub burst: i32,
    open: fn(String, &Values, &Values) -> platforms::Account,
    /// Of one that goes to a list of numbers: the account for a number, with our own name of what it gets.
    to: Option<fn(&str, &Values, &Values, (&str, &str)) -> platforms::Account>,
}

/// The setting that says where the interface lies, where that is not where everybody's does.
pub const API: &str = "api";

pub static PLATFORMS: &[Platform] = &[FACEBOOK, TELEGRAM, ZALO, video::YOUTUBE, video::TIKTOK, sms::SMS, zns::ZNS];

/// Nothing.
fn nothing_wrong(_: &Values, _: bool) -> Vec<Obstacle> {
    Vec::new()
}

const FACEBOOK: Platform = Platform {
    is: platforms::Platform::Facebook,
    brand: "Facebook",
    api: facebook::API,
    fields: &[plain("page"), secret("token"), webhook_secret("app_secret"), webhook_secret("verify_token")],
    addresses: &[API],
    tells: true,
    wrong: nothing_wrong,
    link: Link::BelowMedia,
    // No pace of publishing is documented; people read no page faster.
    per_minute: 6,
    burst: 2,
    open: |api, settings, secrets| {
        let (page, token) = (value(settings, "page"), value(secrets, "token").into());
        platforms::Account::Facebook(facebook::Account { api, page, token })
    },
    to: None,
};

const TELEGRAM: Platform = Platform {
    is: platforms::Platform::Telegram,
    brand: "Telegram",
    api: telegram::API,
    fields: &[plain("chat"), secret("token"), optional("lookup_chat"), webhook_secret("webhook_word")],
    addresses: &[API],
    tells: true,
    wrong: nothing_wrong,
    link: Link::InText,
    // "no more than 20 messages per minute" to one group (Bots FAQ).
    per_minute: 20,
    burst: 3,
    open: |api, settings, secrets| {
        platforms::Account::Telegram(telegram::Account {
            api,
            token: value(secrets, "token").into(),
            chat: value(settings, "chat"),
            lookup_chat: Some(value(settings, "lookup_chat")).filter(|chat| !chat.is_empty()),
        })
    },
    to: None,
};

/// Its access token is made from the refresh token, see [`super::account::renewing`].
const ZALO: Platform = Platform {
    is: platforms::Platform::Zalo,
    brand: "Zalo",
    api: zalo::API,
    fields: &[
        plain("app_id"),
        secret("app_secret"),
        secret("refresh_token"),
        plain("author"),
        Field { optional: true, ..choice(BROADCAST, &["no", "yes"], "no") },
        optional(BROADCASTS_PER_MONTH),
        webhook_secret("oa_secret_key"),
    ],
    addresses: &[API],
    tells: true,
    wrong: |settings, _| number_wrong(settings, BROADCASTS_PER_MONTH, 1_000).into_iter().collect(),
    link: Link::Apart,
    per_minute: 6,
    burst: 2,
    open: |api, settings, secrets| {
        platforms::Account::Zalo(zalo::Account {
            api,
            access_token: value(secrets, ACCESS_TOKEN).into(),
            author: value(settings, "author"),
            is_commented: true,
        })
    },
    to: None,
};

/// Whether articles may be broadcast to those who follow the account: `yes` or `no`.
pub const BROADCAST: &str = "broadcast";
/// How many broadcasts its package has a month, where its keeper wrote that down.
pub const BROADCASTS_PER_MONTH: &str = "broadcasts_per_month";

/// The secret that is made of another one.
pub const ACCESS_TOKEN: &str = "access_token";

impl Platform {
    /// The platform of that code.
    #[must_use]
    pub fn of_code(code: &str) -> Option<&'static Self> {
        PLATFORMS.iter().find(|one| one.code() == code)
    }

    /// The word in addresses, forms and the database.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.is.name()
    }

    /// What a message may be there.
    #[must_use]
    pub fn limits(&self) -> Limits {
        self.open(&Values::new(), &Values::new()).limits()
    }

    /// What is wrong with settings that are there, each at its field.
    #[must_use]
    pub fn wrong(&self, settings: &Values, private: bool) -> Vec<Obstacle> {
        (self.wrong)(settings, private)
    }

    /// Whether one of these secrets lets us in; one that only makes webhooks believed does not.
    #[must_use]
    pub fn lets_in(&self, secrets: &Values) -> bool {
        self.fields.iter().any(|field| field.secret && !field.optional && secrets.contains_key(field.name))
    }

    /// Whether an address of its interface can be given: a gateway is an address itself.
    #[must_use]
    pub fn has_api(&self) -> bool {
        !self.api.is_empty()
    }

    /// Whether a message goes to a list of numbers; see [`crate::channels::mailing`].
    #[must_use]
    pub fn is_mailing(&self) -> bool {
        self.to.is_some()
    }

    /// An account to speak with.
    #[must_use]
    pub fn open(&self, settings: &Values, secrets: &Values) -> platforms::Account {
        (self.open)(self.api(settings), settings, secrets)
    }

    /// An account to speak to one number with, `84…`; `mark` is our own name of what the number gets. None where there are no numbers.
    #[must_use]
    pub fn open_to(&self, settings: &Values, secrets: &Values, (number, mark): (&str, &str)) -> Option<platforms::Account> {
        self.to.map(|to| to(&self.api(settings), settings, secrets, (number, mark)))
    }

    fn api(&self, settings: &Values) -> String {
        let given = value(settings, API);
        let api = if given.is_empty() { self.api } else { given.trim_end_matches('/') };
        api.to_owned()
    }

    /// The Fluent key of a field's label; its help is that and `-help`.
    #[must_use]
    pub fn field_key(&self, field: &str) -> String {
        format!("channel-field-{}-{}", self.code(), field.replace('_', "-"))
    }
}

fn value(values: &Values, name: &str) -> String {
    values.get(name).cloned().unwrap_or_default()
}

/// A number of a setting, or the usual one.
fn number(values: &Values, name: &str, usual: u32) -> u32 {
    values.get(name).and_then(|number| number.parse().ok()).unwrap_or(usual)
}

/// Whether a setting that is a number lies between these.
fn number_wrong(settings: &Values, name: &'static str, most: u32) -> Option<Obstacle> {
    let typed = settings.get(name)?;
    let is_good = typed.parse().is_ok_and(|number: u32| (1..=most).contains(&number));
    (!is_good).then(|| Obstacle::new("channel-number-between").with("n", most).at(name))
}
