//! The platforms that accounts can be on: what the form of an account asks, and how often one may publish unless somebody says
//! otherwise. How each is spoken to is in the crate `platforms`.

use platforms::{Limits, facebook, telegram, zalo};

use super::account::Values;

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    pub name: &'static str,
    /// Written, and never shown again.
    pub secret: bool,
    pub optional: bool,
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
}

const fn plain(name: &'static str) -> Field {
    Field { name, secret: false, optional: false }
}

const fn secret(name: &'static str) -> Field {
    Field { name, secret: true, optional: false }
}

const fn optional(name: &'static str) -> Field {
    Field { name, secret: false, optional: true }
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
    pub link: Link,
    /// Calls that publish: a minute, and at once after a rest.
    pub per_minute: i32,
    pub burst: i32,
    open: fn(String, &Values, &Values) -> platforms::Account,
}

/// The setting that says where the interface lies, where that is not where everybody's does.
pub const API: &str = "api";

pub static PLATFORMS: &[Platform] = &[FACEBOOK, TELEGRAM, ZALO];

const FACEBOOK: Platform = Platform {
    is: platforms::Platform::Facebook,
    brand: "Facebook",
    api: facebook::API,
    fields: &[plain("page"), secret("token")],
    link: Link::BelowMedia,
    // No pace of publishing is documented; people read no page faster.
    per_minute: 6,
    burst: 2,
    open: |api, settings, secrets| {
        let (page, token) = (value(settings, "page"), value(secrets, "token").into());
        platforms::Account::Facebook(facebook::Account { api, page, token })
    },
};

const TELEGRAM: Platform = Platform {
    is: platforms::Platform::Telegram,
    brand: "Telegram",
    api: telegram::API,
    fields: &[plain("chat"), secret("token"), optional("lookup_chat")],
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
};

/// Its access token is made from the refresh token, see [`super::account::renewing`].
const ZALO: Platform = Platform {
    is: platforms::Platform::Zalo,
    brand: "Zalo",
    api: zalo::API,
    fields: &[plain("app_id"), secret("app_secret"), secret("refresh_token"), plain("author")],
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
};

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

    /// An account to speak with.
    #[must_use]
    pub fn open(&self, settings: &Values, secrets: &Values) -> platforms::Account {
        let given = value(settings, API);
        let api = if given.is_empty() { self.api } else { given.trim_end_matches('/') };
        (self.open)(api.to_owned(), settings, secrets)
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
