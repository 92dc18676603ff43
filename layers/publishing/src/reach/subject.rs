//! What figures are about: an article, or a piece that was written for channels alone.

use uuid::Uuid;

use super::rights;
use crate::base::{App, Who};
use crate::channels::Piece;
use crate::news::Article;
use crate::web::{Error, Result};

/// One of them, as pages name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    pub id: Uuid,
    pub title: String,
    pub agency: Uuid,
    /// Its own page of the desk.
    pub href: String,
    /// Whether it is an article.
    pub is_article: bool,
}

/// Where its figures are shown.
#[must_use]
pub fn path(id: Uuid) -> String {
    format!("/desk/reach/items/{id}")
}

impl Subject {
    /// The subject, when the person may see its figures; to others it is not there, and that they asked is noted.
    ///
    /// # Errors
    /// Not found, hidden, or the database failed.
    pub async fn find_for(app: &App, who: &Who, id: Uuid) -> Result<Self> {
        let found = Self::find(app, id).await?;
        if rights::sees(who, found.agency) { Ok(found) } else { Err(Error::Hidden(id)) }
    }

    /// # Errors
    /// Not found, or the database failed.
    pub async fn find(app: &App, id: Uuid) -> Result<Self> {
        match Article::find(&app.db, id).await {
            Ok(article) => {
                Ok(Self { id, title: article.title, agency: article.agency, href: Article::desk_path(id), is_article: true })
            }
            Err(Error::NotFound) => {
                let piece = Piece::find(&app.db, id).await?;
                Ok(Self { id, title: piece.title, agency: piece.agency, href: Piece::path(id), is_article: false })
            }
            Err(error) => Err(error),
        }
    }
}
