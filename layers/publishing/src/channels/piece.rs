//! A piece: something to be said on channels, with one delivery for each account. It is approved once, as a whole.
//!
//! ```text
//!   draft ──submit──► submitted ──approve──► approved (its deliveries are queued)
//!     ▲ ▲                 │                     │
//!     │ └──sent back, why─┘                     └──withdraw──► withdrawn (what has not gone does not go)
//!     └──────taken back───┘
//! ```

pub mod approving;
pub mod writing;

use sea_orm::entity::prelude::*;

use super::rights;
use crate::base::{App, Who, new_id};
use crate::web::Error;

/// Where a piece stands.
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
        format!("channel-piece-{}", self.to_value())
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

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "channel_piece")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub agency: Uuid,
    /// The article that it spreads; None when it was written for channels alone.
    pub article: Option<Uuid>,
    /// The revision of the article that it was made from.
    pub revision: Option<i32>,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    /// When it goes out; None: as soon as it is approved.
    pub due_at: Option<DateTimeUtc>,
    pub state: State,
    pub written_by: Uuid,
    /// Who wrote at it, as a JSON list: nobody of them approves.
    #[sea_orm(column_type = "Text")]
    pub writers: String,
    pub approved_by: Option<Uuid>,
    pub approved_at: Option<DateTimeUtc>,
    /// Why it was sent back or withdrawn.
    #[sea_orm(column_type = "Text")]
    pub notice: String,
    pub created_at: DateTimeUtc,
    pub changed_at: DateTimeUtc,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Piece = Model;

impl Model {
    /// A new draft.
    #[must_use]
    pub fn blank(agency: Uuid, person: Uuid, now: DateTimeUtc) -> Self {
        Self {
            id: new_id(),
            agency,
            article: None,
            revision: None,
            title: String::new(),
            due_at: None,
            state: State::Draft,
            written_by: person,
            writers: serde_json::json!([person]).to_string(),
            approved_by: None,
            approved_at: None,
            notice: String::new(),
            created_at: now,
            changed_at: now,
            version: 1,
        }
    }

    /// The piece with that id.
    ///
    /// # Errors
    /// [`Error::NotFound`], or the database failed.
    pub async fn find(on: &impl ConnectionTrait, id: Uuid) -> Result<Self, Error> {
        Entity::find_by_id(id).one(on).await?.ok_or(Error::NotFound)
    }

    /// The piece, when the person may see it; to others it is not there, and that they asked is noted.
    ///
    /// # Errors
    /// Not found, hidden, or the database failed.
    pub async fn find_for(app: &App, who: &Who, id: Uuid) -> Result<Self, Error> {
        let piece = Self::find(&app.db, id).await?;
        if rights::sees(who, piece.agency) { Ok(piece) } else { Err(Error::Hidden(id)) }
    }

    /// Who wrote at it.
    #[must_use]
    pub fn writers(&self) -> Vec<Uuid> {
        serde_json::from_str(&self.writers).unwrap_or_default()
    }

    /// Whether the person wrote some of it: they do not approve it.
    #[must_use]
    pub fn is_own_of(&self, person: Uuid) -> bool {
        self.written_by == person || self.writers().contains(&person)
    }

    /// With one more who wrote at it.
    #[must_use]
    pub fn written_at_by(self, person: Uuid) -> Self {
        let mut writers = self.writers();
        if !writers.contains(&person) {
            writers.push(person);
        }
        Self { writers: serde_json::json!(writers).to_string(), ..self }
    }

    /// Where the desk works on it.
    #[must_use]
    pub fn path(id: Uuid) -> String {
        format!("/desk/channels/pieces/{id}")
    }

    /// Writes the row where nobody did since `seen`. // recorded by the verb that changed it, in the same transaction
    ///
    /// # Errors
    /// Stale when somebody was quicker, or the database failed.
    pub(in crate::channels) async fn put(self, on: &impl ConnectionTrait, seen: i32) -> Result<(), Error> {
        let id = self.id;
        let row = ActiveModel::from(Self { version: seen + 1, ..self }).reset_all();
        let same = Entity::update_many().set(row).filter(Column::Id.eq(id)).filter(Column::Version.eq(seen));
        if same.exec(on).await?.rows_affected == 0 { Err(Error::Stale) } else { Ok(()) }
    }
}
