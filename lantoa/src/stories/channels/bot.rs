//! A Telegram bot of the doubles with one channel, and a chat for look-ups.

use std::time::Duration;

use doubles::telegram::Telegram;
use doubles::{Double, Platform, Trick};

/// The bot's first token.
pub const TOKEN: &str = "1:bi-mat";
const CHANNEL: &str = "@kenhthu";
const LOOKUPS: &str = "-1002";

/// What it does with the next call that publishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// Keeps the message and closes the line without a word.
    TakesAndDrops,
    /// Keeps the message and answers 500.
    TakesAndFails,
    /// Keeps the message and answers with a page of HTML.
    TakesAndBabbles,
    /// Closes the line without having read.
    Drops,
    /// 429 with so many seconds.
    Busy(u64),
    /// The bot may not write there.
    Refuses,
}

/// A bot that runs until it is dropped.
pub struct Bot {
    double: Double<Telegram>,
    /// Where it is spoken to.
    pub address: String,
}

impl Bot {
    pub async fn open() -> Self {
        let double = Double::start(Telegram::new(TOKEN, &[CHANNEL, LOOKUPS])).await.expect("a port");
        Self { address: double.base(), double }
    }

    /// The next calls that publish fare so, one each.
    pub fn next(&self, moods: &[Mood]) {
        for mood in moods {
            let trick = match mood {
                Mood::TakesAndDrops => Trick::DropDone,
                Mood::TakesAndFails => Trick::BrokenDone,
                Mood::TakesAndBabbles => Trick::GarbledDone,
                Mood::Drops => Trick::DropUndone,
                Mood::Busy(seconds) => Trick::TooMany { retry_after_s: *seconds },
                Mood::Refuses => Trick::ErrorInside,
            };
            self.double.play("sendMessage", trick);
        }
    }

    /// The next call that publishes takes so long.
    pub fn wait(&self, so_long: Duration) {
        self.double.wait("sendMessage", so_long);
    }

    /// It has another token from now on.
    pub fn revoke(&self, token: &str) {
        self.double.platform().revoke(token);
    }

    /// Its channel has another name from now on.
    pub fn rename(&self, name: &str) {
        self.double.platform().rename(CHANNEL, name);
    }

    /// How many messages with these words stand in the channel of that name.
    pub fn count(&self, chat: &str, text: &str) -> usize {
        self.double.platform().count(chat, text)
    }

    /// What was ever written there, deleted or not.
    pub fn written(&self) -> usize {
        self.double.platform().receipts().iter().filter(|one| one.id.starts_with(CHANNEL)).count()
    }

    /// What people can read there.
    pub fn messages(&self) -> Vec<String> {
        let all = self.double.platform().receipts().into_iter();
        all.filter(|one| one.id.starts_with(CHANNEL) && one.state == "published").map(|one| one.text).collect()
    }
}
