//! All platforms alike: what the product does with one, it does with every one.
//!
//! A platform is a module with an `Account` (where, and by which secrets) and these functions; a line in [`platforms!`] below adds
//! it to the front. What a platform has not (SMS is not edited), its function refuses with [`Why::Permission`]; a platform without
//! figures gives an empty list.
//!
//! ```ignore
//! pub struct Account { pub api: String, … }
//! pub fn limits(account: &Account) -> Limits;
//! pub fn check(account: &Account, message: &Message) -> Vec<Obstacle>;
//! pub async fn publish<L: Line, J: Journal>(line: &L, account: &Account, message: &Message, journal: &mut J) -> Outcome;
//! pub async fn status<L: Line>(line: &L, account: &Account, handle: &str) -> Found;
//! pub async fn find<L: Line>(line: &L, account: &Account, sought: &Sought<'_>) -> Found;
//! pub async fn edit<L: Line>(line: &L, account: &Account, id: &str, message: &Message) -> Outcome;
//! pub async fn retract<L: Line>(line: &L, account: &Account, id: &str) -> Outcome;
//! pub async fn metrics<L: Line>(line: &L, account: &Account, id: &str) -> Result<Vec<Reading>, Refusal>;
//! ```
//!
//! [`Why::Permission`]: crate::Why::Permission

use crate::{Found, Journal, Limits, Line, Message, Obstacle, Outcome, Reading, Refusal};

/// An attempt whose outcome is not known, as it is looked up.
#[derive(Clone, Copy, Debug)]
pub struct Sought<'a> {
    pub message: &'a Message,
    /// The last one that [`Journal::handle_known`] was told.
    pub handle: Option<&'a str>,
    /// When the attempt began, in seconds since 1970: an older copy is another one.
    pub since_s: i64,
    /// Now. Where a platform takes its time to list what is new, an absence is [`Found::Pending`] at first.
    pub now_s: i64,
    /// Ids of copies that belong to other attempts: the same text may have been sent before.
    pub known: &'a [String],
}

impl Sought<'_> {
    pub(crate) fn age_s(&self) -> i64 {
        self.now_s.saturating_sub(self.since_s)
    }
}

macro_rules! platforms {
    ($($variant:ident is $module:ident, $name:literal;)+) => {
        /// The platforms that are spoken to.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Platform {
            $($variant,)+
        }

        impl Platform {
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// As it is written in settings, files and addresses.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// The one with this [`Platform::name`].
            #[must_use]
            pub fn named(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)+ _ => None }
            }
        }

        /// One account on one of them. Its `Debug` shows no secret.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Account {
            $($variant(crate::$module::Account),)+
        }

        impl Account {
            #[must_use]
            pub fn platform(&self) -> Platform {
                match self { $(Self::$variant(_) => Platform::$variant,)+ }
            }

            /// What it takes.
            #[must_use]
            pub fn limits(&self) -> Limits {
                match self { $(Self::$variant(account) => crate::$module::limits(account),)+ }
            }

            /// Why this message does not fit; nothing is asked of the platform.
            #[must_use]
            pub fn check(&self, message: &Message) -> Vec<Obstacle> {
                match self { $(Self::$variant(account) => crate::$module::check(account, message),)+ }
            }

            /// Sends it, once. [`Journal::about_to_publish`] is called right before the call that can not be taken back.
            pub async fn publish<L: Line, J: Journal>(&self, line: &L, message: &Message, journal: &mut J) -> Outcome {
                match self { $(Self::$variant(account) => crate::$module::publish(line, account, message, journal).await,)+ }
            }

            /// How far something is that the platform accepted, by its handle.
            pub async fn status<L: Line>(&self, line: &L, handle: &str) -> Found {
                match self { $(Self::$variant(account) => crate::$module::status(line, account, handle).await,)+ }
            }

            /// Looks up what became of an attempt. Reads only.
            pub async fn find<L: Line>(&self, line: &L, sought: &Sought<'_>) -> Found {
                match self { $(Self::$variant(account) => crate::$module::find(line, account, sought).await,)+ }
            }

            /// Puts other words into a copy. `Published` says that they are there.
            pub async fn edit<L: Line>(&self, line: &L, id: &str, message: &Message) -> Outcome {
                match self { $(Self::$variant(account) => crate::$module::edit(line, account, id, message).await,)+ }
            }

            /// Takes a copy back. `Published` says that it is gone; [`crate::Why::Gone`] that it was gone already.
            pub async fn retract<L: Line>(&self, line: &L, id: &str) -> Outcome {
                match self { $(Self::$variant(account) => crate::$module::retract(line, account, id).await,)+ }
            }

            /// Its figures, each for itself: one that is missing leaves the others.
            ///
            /// # Errors
            /// No figure at all could be read.
            pub async fn metrics<L: Line>(&self, line: &L, id: &str) -> Result<Vec<Reading>, Refusal> {
                match self { $(Self::$variant(account) => crate::$module::metrics(line, account, id).await,)+ }
            }
        }
    };
}

platforms! {
    Facebook is facebook, "facebook";
    Telegram is telegram, "telegram";
    Zalo is zalo, "zalo";
    YouTube is youtube, "youtube";
    TikTok is tiktok, "tiktok";
    Sms is sms, "sms";
    Zns is zns, "zns";
}
