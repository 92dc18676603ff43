//! An asset: an agency's entry for a file, with what is said about it. What is missing before it may be used is derived.

use sea_orm::entity::prelude::*;
use sea_orm::{Iterable, QueryOrder};
use serde::{Deserialize, Serialize};

use super::looking::Found;
use super::reach::Reach;
use crate::base::App;
use crate::web::{Error, Obstacle};

/// What kind of file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Image,
    Video,
    Audio,
    Document,
}

impl Kind {
    /// The word in addresses and Fluent keys.
    #[must_use]
    pub fn code(self) -> String {
        self.to_value()
    }

    /// Reads what [`Kind::code`] wrote.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::iter().find(|kind| kind.code() == code)
    }

    #[must_use]
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Video => "video",
            Self::Audio => "volume-2",
            Self::Document => "file-text",
        }
    }
}

/// Who in the province sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
pub enum Sharing {
    /// Its agency alone.
    Own,
    /// Everyone who is signed in.
    Province,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "library_asset")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Of the bytes, hexadecimal.
    pub sha256: String,
    pub agency: Uuid,
    pub person: Option<Uuid>,
    /// The file's name, with the ending that its content has.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    pub kind: Kind,
    /// As sniffed; what the browser said is not believed.
    pub media_type: String,
    pub size_bytes: i64,
    /// Pixels, upright; of images only.
    pub width: Option<i32>,
    pub height: Option<i32>,
    /// The first entry of the province for the same bytes; None for that one itself.
    pub original: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    #[sea_orm(column_type = "Text")]
    pub caption: String,
    /// Said instead of the picture to who can not see it; of sound and film, what is said in it.
    #[sea_orm(column_type = "Text")]
    pub alt: String,
    /// The picture says nothing that the text does not; it needs no alt text.
    pub decorative: bool,
    #[sea_orm(column_type = "Text")]
    pub creator: String,
    /// The line under it: whose picture it is.
    #[sea_orm(column_type = "Text")]
    pub credit: String,
    #[sea_orm(column_type = "Text")]
    pub copyright: String,
    /// Code of the IPTC vocabulary Digital Source Type; empty when nobody said.
    pub source: String,
    /// What the file says of itself, as JSON ([`Found`]): offered in the form, never taken over by itself.
    #[sea_orm(column_type = "Text")]
    pub found: String,
    pub sharing: Sharing,
    /// Anybody may fetch it, used or not.
    pub public: bool,
    /// What is searched, folded.
    #[sea_orm(column_type = "Text")]
    pub words: String,
    pub uploaded_at: DateTimeUtc,
    pub deleted_at: Option<DateTimeUtc>,
    /// The time to take it back is over.
    pub cleared_at: Option<DateTimeUtc>,
    /// Made up for the demo province.
    pub demo: bool,
    /// From 1; 1 means that nobody has described it yet.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Asset = Model;

impl Model {
    /// Where the desk works on it.
    #[must_use]
    pub fn desk_path(id: Uuid) -> String {
        format!("/desk/library/{id}")
    }

    /// What it is called: its title, or the file's name.
    #[must_use]
    pub fn label(&self) -> &str {
        if self.title.is_empty() { &self.name } else { &self.title }
    }

    /// Whether other agencies see it.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        self.public || self.sharing == Sharing::Province
    }

    /// What the file says of itself.
    #[must_use]
    pub fn found(&self) -> Found {
        serde_json::from_str(&self.found).unwrap_or_default()
    }

    /// How long a sound is, in whole seconds; None where it is none, or nobody can tell.
    #[must_use]
    pub fn seconds(&self) -> Option<u64> {
        self.found().duration_ms.map(|ms| (ms + 500) / 1_000).filter(|seconds| *seconds > 0)
    }

    /// The same as people read it: `5:32`, `1:05:32`.
    #[must_use]
    pub fn length(&self) -> Option<String> {
        self.seconds().map(|all| match (all / 3_600, all / 60 % 60, all % 60) {
            (0, minutes, seconds) => format!("{minutes}:{seconds:02}"),
            (hours, minutes, seconds) => format!("{hours}:{minutes:02}:{seconds:02}"),
        })
    }

    /// Why it may not be used yet; empty when it may. Nobody can overrule them: alt text is for who can not see
    /// (Circular 32/2017/TT-BTTTT), the credit for who made it (Law on Intellectual Property, article 19).
    #[must_use]
    pub fn obstacles_to_use(&self) -> Vec<Obstacle> {
        let mut obstacles = Vec::new();
        let mut say = |missing: bool, key, field| {
            if missing {
                obstacles.push(Obstacle::new(key).at(field));
            }
        };
        let no_alt = self.alt.trim().is_empty();
        say(self.deleted_at.is_some(), "asset-obstacle-deleted", "");
        say(self.kind == Kind::Image && no_alt && !self.decorative, "asset-obstacle-alt", "alt");
        say(matches!(self.kind, Kind::Video | Kind::Audio) && no_alt, "asset-obstacle-content", "alt");
        say(self.kind == Kind::Document && self.title.trim().is_empty(), "asset-obstacle-title", "title");
        say(self.credit.trim().is_empty(), "asset-obstacle-credit", "credit");
        obstacles
    }

    /// The entry, when the person may see it; to others it is not there, and that they asked is noted.
    ///
    /// # Errors
    /// Not found, hidden, or the database failed.
    pub async fn find_for(app: &App, reach: &Reach, id: Uuid) -> Result<Self, Error> {
        let asset = Entity::find_by_id(id).filter(Column::ClearedAt.is_null()).one(&app.db).await?.ok_or(Error::NotFound)?;
        if reach.sees(&asset) { Ok(asset) } else { Err(Error::Hidden(id)) }
    }

    /// The entry, when the person may change it.
    ///
    /// # Errors
    /// Not found, hidden, [`Error::Forbidden`], or the database failed.
    pub async fn find_to_change(app: &App, reach: &Reach, id: Uuid) -> Result<Self, Error> {
        let asset = Self::find_for(app, reach, id).await?;
        if reach.changes(&asset) { Ok(asset) } else { Err(Error::Forbidden) }
    }

    /// Those among these that the person may see, for who chooses pictures for a text: one statement.
    ///
    /// # Errors
    /// The database failed.
    pub async fn seen_among(on: &impl ConnectionTrait, reach: &Reach, ids: &[Uuid]) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(reach.condition()).filter(Column::Id.is_in(ids.iter().copied())).all(on).await
    }

    /// Every entry for these bytes that was not deleted, the first one first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of_bytes(on: &impl ConnectionTrait, sha256: &str) -> Result<Vec<Self>, DbErr> {
        let same = Entity::find().filter(Column::Sha256.eq(sha256)).filter(Column::DeletedAt.is_null());
        same.order_by_asc(Column::UploadedAt).order_by_asc(Column::Id).all(on).await
    }

    /// The words that are searched, folded.
    #[must_use]
    pub fn folded(&self) -> String {
        let texts = [&self.title, &self.name, &self.caption, &self.alt, &self.creator, &self.credit];
        vietnamese::fold(&texts.map(String::as_str).join(" ")).into_owned()
    }
}
