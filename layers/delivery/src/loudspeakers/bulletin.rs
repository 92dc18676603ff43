//! A bulletin: what is said over loudspeakers, as a script for the ear with its sound, and what boards show in words or as a picture. It is approved as a whole,
//! by somebody who wrote none of it and has listened to it; whatever changes afterwards takes the approval away.
//!
//! ```text
//!   draft ──submit──► submitted ──listened to, approved──► approved ──► airings
//!     ▲ ▲                 │                                   │ └──withdrawn: what waits is stopped
//!     │ └──sent back, why─┘                                   │
//!     └───────────────── text or sound changed ◄──────────────┘
//! ```

pub mod approving;
pub mod picturing;
pub mod reading_out;
pub mod sounding;
pub mod writing;

use loudspeakers::script::Why;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::rights;
use crate::base::digest::sha256;
use crate::base::{App, Who};
use crate::web::{Error, Locale};

/// Where a bulletin stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum State {
    Draft,
    Submitted,
    Approved,
    Withdrawn,
}

impl State {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("loud-bulletin-{}", self.to_value())
    }

    /// The mark of the interface.
    #[must_use]
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "waiting",
            Self::Approved => "on-time",
            Self::Withdrawn => "superseded",
        }
    }
}

/// Something in the script that a person should look at, and whether they did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    pub written: String,
    pub said: String,
    pub why: Why,
    #[serde(default)]
    pub settled: bool,
}

impl Doubt {
    /// Why it is one, in words.
    #[must_use]
    pub fn reason(&self, l: Locale) -> String {
        match &self.why {
            Why::Ambiguous(meanings) => l.t1("loud-doubt-ambiguous", "meanings", meanings.join(" · ")),
            Why::Capitals => l.t("loud-doubt-capitals"),
            Why::Spelled => l.t("loud-doubt-spelled"),
            Why::Foreign => l.t("loud-doubt-foreign"),
            Why::Number => l.t("loud-doubt-number"),
            Why::DayOrFraction => l.t("loud-doubt-day"),
            Why::Time => l.t("loud-doubt-time"),
            Why::Roman => l.t("loud-doubt-roman"),
            Why::DocumentNumber => l.t("loud-doubt-document"),
            Why::Address => l.t("loud-doubt-address"),
            Why::Sign => l.t("loud-doubt-sign"),
            Why::Table => l.t("loud-doubt-table"),
        }
    }
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "loudspeaker_bulletin")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub agency: Uuid,
    /// The article that it says; None when it was written by itself.
    pub article: Option<Uuid>,
    /// The revision of the article that it was made from.
    pub revision: Option<i32>,
    /// The bulletin that it corrects.
    pub corrects: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    /// What the script was made from: a JSON list of the leaf's `Block`s.
    #[sea_orm(column_type = "Text")]
    pub source: String,
    /// What is read out, a line for each paragraph.
    #[sea_orm(column_type = "Text")]
    pub script: String,
    /// A JSON list of [`Doubt`]s.
    #[sea_orm(column_type = "Text")]
    pub doubts: String,
    /// What notice boards show in words.
    #[sea_orm(column_type = "Text")]
    pub board: String,
    /// What they show as a picture: an image of the library.
    pub picture: Option<Uuid>,
    pub picture_sha256: String,
    /// The asset of the library.
    pub sound: Option<Uuid>,
    pub sound_sha256: String,
    /// `recorded`, `espeak` or `endpoint`.
    pub sound_origin: String,
    pub sound_ms: i32,
    /// [`Bulletin::script_digest`] of the script when the sound was made.
    pub sound_of: String,
    pub state: State,
    pub written_by: Uuid,
    /// Who wrote at it, as a JSON list: nobody of them approves.
    #[sea_orm(column_type = "Text")]
    pub writers: String,
    pub approved_by: Option<Uuid>,
    pub approved_at: Option<DateTimeUtc>,
    /// [`Bulletin::digest`] of what was approved.
    pub approved_digest: String,
    /// Why it was sent back or withdrawn, or is approved no more.
    #[sea_orm(column_type = "Text")]
    pub notice: String,
    pub made_at: DateTimeUtc,
    pub changed_at: DateTimeUtc,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Bulletin = Model;

impl Model {
    /// The bulletin with that id.
    ///
    /// # Errors
    /// [`Error::NotFound`], or the database failed.
    pub async fn find(on: &impl ConnectionTrait, id: Uuid) -> Result<Self, Error> {
        Entity::find_by_id(id).one(on).await?.ok_or(Error::NotFound)
    }

    /// The bulletin, when the person may see it; to others it is not there, and that they asked is noted.
    ///
    /// # Errors
    /// Not found, hidden, or the database failed.
    pub async fn find_for(app: &App, who: &Who, id: Uuid) -> Result<Self, Error> {
        let bulletin = Self::find(&app.db, id).await?;
        let own = rights::own_agency(who).ok() == Some(bulletin.agency);
        let oversees = who.is_any(rights::OVERSEERS) || who.is(crate::base::Role::Leader);
        if own || oversees { Ok(bulletin) } else { Err(Error::Hidden(id)) }
    }

    /// Of the words that are read out.
    #[must_use]
    pub fn script_digest(&self) -> String {
        sha256(self.script.as_bytes())
    }

    /// Of everything that an approval is for.
    #[must_use]
    pub fn digest(&self) -> String {
        let mut all = format!("{}\u{1f}{}\u{1f}{}\u{1f}{}", self.title, self.script, self.board, self.sound_sha256);
        // What was approved before boards showed pictures stays what it was.
        if !self.picture_sha256.is_empty() {
            all.push('\u{1f}');
            all.push_str(&self.picture_sha256);
        }
        sha256(all.as_bytes())
    }

    /// Whether there is something for notice boards.
    #[must_use]
    pub fn is_for_boards(&self) -> bool {
        self.picture.is_some() || !self.board.trim().is_empty()
    }
    /// Whether it may be aired: approved, and still what was approved.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.state == State::Approved && self.approved_digest == self.digest()
    }

    /// Who wrote at it.
    #[must_use]
    pub fn writers(&self) -> Vec<Uuid> {
        serde_json::from_str(&self.writers).unwrap_or_default()
    }

    /// Whether the person wrote some of it, and so does not approve it.
    #[must_use]
    pub fn is_own_of(&self, person: Uuid) -> bool {
        self.writers().contains(&person)
    }

    /// What a person should look at.
    #[must_use]
    pub fn doubts(&self) -> Vec<Doubt> {
        serde_json::from_str(&self.doubts).unwrap_or_default()
    }

    /// How long the sound is, in whole seconds, rounded up.
    #[must_use]
    pub fn duration_s(&self) -> i32 {
        self.sound_ms.saturating_add(999) / 1000
    }

    /// Whether the sound says other words than the script now.
    #[must_use]
    pub fn is_sound_stale(&self) -> bool {
        self.sound.is_some() && self.sound_of != self.script_digest()
    }

    /// Where the desk works on it.
    #[must_use]
    pub fn path(id: Uuid) -> String {
        format!("/desk/loudspeakers/bulletins/{id}")
    }
}
