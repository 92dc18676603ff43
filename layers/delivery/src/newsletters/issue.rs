//! An issue of a newsletter: articles with a few words, approved once by somebody who wrote none of it, sent once to each subscriber.
//!
//! ```text
//!   draft ──submit──► submitted ──approve──► approved ──its time──► sending ──all settled──► sent
//!     ▲ ▲                 │                    │  │                  │   ▲                     │
//!     │ └──sent back, why─┘                    │  │            pause │   │ resume      an unknown one is sent again
//!     └───────────recalled, nothing gone───────┘  │                  ▼   │                     │
//!                                                 └──held──► paused, held ◄────────────────────┘
//!                                                                 └──cancel, why──► cancelled (what has not gone does not go)
//! ```
//!
//! `held` is what nobody wanted: an article in it was corrected or withdrawn, or the database was restored from a backup. A person looks
//! and goes on, or cancels.

pub mod approving;
pub mod carried;
pub mod drawing;
pub mod obstacles;
pub mod resolving;
pub mod steering;
pub mod writing;

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::token;
use crate::base::{App, Who, new_id};
use crate::channels::rights;
use crate::web::Error;

/// Where an issue stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum State {
    Draft,
    Submitted,
    Approved,
    Sending,
    Paused,
    Held,
    Sent,
    Cancelled,
}

impl State {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("issue-state-{}", self.to_value())
    }

    /// The mark of the interface.
    #[must_use]
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted | Self::Approved | Self::Sending => "waiting",
            Self::Paused | Self::Held => "returned",
            Self::Sent => "on-time",
            Self::Cancelled => "superseded",
        }
    }

    /// Whether its words may be changed.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Submitted)
    }

    /// Whether letters of it may still go without another decision.
    #[must_use]
    pub const fn is_going(self) -> bool {
        matches!(self, Self::Approved | Self::Sending)
    }
}

/// An article in an issue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    pub article: Uuid,
    /// Instead of its summary; empty: the summary.
    #[serde(default)]
    pub words: String,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "newsletter_issue")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// [`token::issue_code`]: in return paths and names of letters.
    #[sea_orm(unique)]
    pub code: String,
    pub newsletter: Uuid,
    pub agency: Uuid,
    /// From 1, given with the approval.
    pub number: Option<i32>,
    /// The article that it corrects: then it goes to those who got that article, and to nobody else.
    pub corrects: Option<Uuid>,
    /// The subject.
    #[sea_orm(column_type = "Text")]
    pub title: String,
    /// Before the articles; paragraphs, no markup.
    #[sea_orm(column_type = "Text")]
    pub words: String,
    /// [`Item`]s as a JSON list, in their order.
    #[sea_orm(column_type = "Text")]
    pub articles: String,
    pub state: State,
    /// None: drafted by itself.
    pub written_by: Option<Uuid>,
    /// Who wrote at it, as a JSON list: nobody of them approves.
    #[sea_orm(column_type = "Text")]
    pub writers: String,
    /// None with a time of approval: the newsletter goes by itself.
    pub approved_by: Option<Uuid>,
    pub approved_at: Option<DateTimeUtc>,
    /// When it goes out; None: as soon as it is approved.
    pub due_at: Option<DateTimeUtc>,
    /// Why it was sent back, is held, or was cancelled.
    #[sea_orm(column_type = "Text")]
    pub notice: String,
    /// What was approved, word for word.
    #[sea_orm(column_type = "Text")]
    pub frozen_text: String,
    #[sea_orm(column_type = "Text")]
    pub frozen_html: String,
    /// Articles listed after that are for the next issue.
    pub drawn_until: DateTimeUtc,
    /// How many it goes to; known when it begins.
    pub recipients: i64,
    pub began_at: Option<DateTimeUtc>,
    pub ended_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
    pub changed_at: DateTimeUtc,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Issue = Model;

impl Model {
    /// A new draft; `person` None when it is drafted by itself.
    #[must_use]
    pub fn blank(newsletter: Uuid, agency: Uuid, person: Option<Uuid>, now: DateTimeUtc) -> Self {
        Self {
            id: new_id(),
            code: token::issue_code(),
            newsletter,
            agency,
            number: None,
            corrects: None,
            title: String::new(),
            words: String::new(),
            articles: "[]".into(),
            state: State::Draft,
            written_by: person,
            writers: serde_json::json!(person.into_iter().collect::<Vec<_>>()).to_string(),
            approved_by: None,
            approved_at: None,
            due_at: None,
            notice: String::new(),
            frozen_text: String::new(),
            frozen_html: String::new(),
            drawn_until: now,
            recipients: 0,
            began_at: None,
            ended_at: None,
            created_at: now,
            changed_at: now,
            version: 1,
        }
    }

    /// The issue with that id.
    ///
    /// # Errors
    /// [`Error::NotFound`], or the database failed.
    pub async fn find(on: &impl ConnectionTrait, id: Uuid) -> Result<Self, Error> {
        Entity::find_by_id(id).one(on).await?.ok_or(Error::NotFound)
    }

    /// The issue, when the person may see it; to others it is not there, and that they asked is noted.
    ///
    /// # Errors
    /// Not found, hidden, or the database failed.
    pub async fn find_for(app: &App, who: &Who, id: Uuid) -> Result<Self, Error> {
        let issue = Self::find(&app.db, id).await?;
        if rights::sees(who, issue.agency) { Ok(issue) } else { Err(Error::Hidden(id)) }
    }

    #[must_use]
    pub fn items(&self) -> Vec<Item> {
        serde_json::from_str(&self.articles).unwrap_or_default()
    }

    /// Who wrote at it.
    #[must_use]
    pub fn writers(&self) -> Vec<Uuid> {
        serde_json::from_str(&self.writers).unwrap_or_default()
    }

    /// Whether the person wrote some of it: they do not approve it.
    #[must_use]
    pub fn is_own_of(&self, person: Uuid) -> bool {
        self.written_by == Some(person) || self.writers().contains(&person)
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
        format!("/desk/newsletters/issues/{id}")
    }

    /// Writes the row where nobody did since `seen`. // recorded by the verb that changed it, in the same transaction
    ///
    /// # Errors
    /// [`Error::Stale`] when somebody was quicker, or the database failed.
    pub async fn put(self, on: &impl ConnectionTrait, seen: i32) -> Result<(), Error> {
        let id = self.id;
        let model = ActiveModel::from(Self { version: seen + 1, ..self }).reset_all();
        let same = Entity::update_many().set(model).filter(Column::Id.eq(id)).filter(Column::Version.eq(seen));
        if same.exec(on).await?.rows_affected == 0 { Err(Error::Stale) } else { Ok(()) }
    }
}
