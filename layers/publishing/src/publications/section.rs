//! A section as it is being written. // recorded by the verbs of publication/writing
//!
//! Its anchor is its name in addresses: it stays when the title changes.

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::reading;
use crate::base::digest::sha256;
use crate::news::draft::Subject;
use crate::web::Error;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "publication_section")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub publication: Uuid,
    /// From 0.
    pub position: i32,
    pub anchor: String,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    /// What was typed; the form shows it again.
    #[sea_orm(column_type = "Text")]
    pub source: String,
    /// HTML that may stand on a page.
    #[sea_orm(column_type = "Text")]
    pub body: String,
    /// What was changed since the last edition, for its readers.
    #[sea_orm(column_type = "Text")]
    pub note: String,
    /// Its text read aloud: a recording of the library.
    pub audio: Option<Uuid>,
    pub changed_at: DateTimeUtc,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Section = Model;

impl Model {
    /// Those of a publication, in their order.
    ///
    /// # Errors
    /// The database failed.
    pub async fn all(on: &impl ConnectionTrait, publication: Uuid) -> Result<Vec<Self>, DbErr> {
        let own = Entity::find().filter(Column::Publication.eq(publication));
        own.order_by_asc(Column::Position).order_by_asc(Column::Id).all(on).await
    }

    /// One of a publication.
    ///
    /// # Errors
    /// [`Error::NotFound`], or the database failed.
    pub async fn find(on: &impl ConnectionTrait, publication: Uuid, id: Uuid) -> Result<Self, Error> {
        let own = Entity::find_by_id(id).filter(Column::Publication.eq(publication));
        own.one(on).await?.ok_or(Error::NotFound)
    }

    /// Differs whenever a reader would read something else.
    #[must_use]
    pub fn hash(&self) -> String {
        hash(&self.title, &self.body)
    }

    /// It as something that is written at.
    #[must_use]
    pub const fn subject(&self) -> Subject {
        Subject { id: self.id, base: self.version }
    }

    /// Where the desk writes it.
    #[must_use]
    pub fn desk_path(&self) -> String {
        format!("/desk/publications/{}/sections/{}", self.publication, self.id)
    }

    /// As the book has it.
    #[must_use]
    pub fn read(&self) -> typesetting::html::Read {
        reading::read(&self.body)
    }
}

/// Ids of the pages, and of the parts of the files, that a section stands on: an anchor that is one of them would lead there.
const RESERVED: [&str; 6] = ["main", "head-q", "noi-dung", "muc-luc", "toc", "contents"];

/// Whether an anchor would lead to something else of the page, or of a file.
#[must_use]
pub fn is_reserved(anchor: &str) -> bool {
    RESERVED.contains(&anchor)
}

/// The hash of what a section says. Its anchor and its place are no text.
#[must_use]
pub fn hash(title: &str, body: &str) -> String {
    sha256(format!("{title}\n{body}").as_bytes())
}
