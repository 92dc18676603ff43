//! The same bytes, found before they travel; and an entry of one's own for what another agency shares.

use sea_orm::entity::prelude::*;

use super::asset::{self, Asset, Sharing};
use super::blob::{Blob, Hold};
use super::finishing::{Finished, add};
use super::looking::Found;
use super::reach::Reach;
use crate::base::{App, By, Who, new_id};
use crate::web::{Error, Obstacle};

/// Where a file is already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum There {
    /// In the person's own agency.
    Own(Box<Asset>),
    /// With another agency that shares it.
    Shared(Box<Asset>),
    /// With another agency that keeps it to itself: only which one may be said. Whoever has the bytes may still bring them; they
    /// are kept once all the same. To give an entry for a mere hash would give the file away.
    Elsewhere(Uuid),
}

impl There {
    /// Looks for a hash in the whole province: one statement.
    ///
    /// # Errors
    /// The database failed.
    pub async fn find(app: &App, reach: &Reach, sha256: &str) -> Result<Option<Self>, DbErr> {
        let same = Asset::of_bytes(&app.db, sha256).await?;
        if let Some(own) =
            same.iter().find(|asset| reach.keeps == Some(asset.agency)).or(same.iter().find(|asset| reach.owns(asset)))
        {
            return Ok(Some(Self::Own(Box::new(own.clone()))));
        }
        if let Some(shared) = same.iter().find(|asset| reach.sees(asset)) {
            return Ok(Some(Self::Shared(Box::new(shared.clone()))));
        }
        Ok(same.first().map(|first| Self::Elsewhere(first.agency)))
    }
}

impl Asset {
    /// An entry of the person's agency for the same bytes: nothing travels, nothing is stored twice. What the other agency says
    /// of the file is offered in its form.
    ///
    /// # Errors
    /// [`Error::Forbidden`], [`Error::Refused`] when the bytes are going away, or the database failed.
    pub async fn refer(&self, app: &App, who: &Who, reach: &Reach) -> Result<Finished, Error> {
        let agency = reach.keeper()?;
        let found = Found {
            title: self.title.clone(),
            caption: self.caption.clone(),
            alt: self.alt.clone(),
            creator: self.creator.clone(),
            credit: self.credit.clone(),
            copyright: self.copyright.clone(),
            source: self.source.clone(),
            duration_ms: None,
        };
        let entry = Self {
            id: new_id(),
            agency,
            person: Some(who.person),
            title: String::new(),
            caption: String::new(),
            alt: String::new(),
            decorative: false,
            creator: String::new(),
            credit: String::new(),
            copyright: String::new(),
            source: String::new(),
            found: serde_json::to_string(&found.or(self.found())).unwrap_or_default(),
            sharing: Sharing::Own,
            public: false,
            uploaded_at: app.clock.now(),
            version: 1,
            ..self.clone()
        };
        let entry = Self { words: entry.folded(), ..entry };
        let transaction = app.begin().await?;
        let still = asset::Entity::find_by_id(self.id).filter(asset::Column::DeletedAt.is_null()).one(&transaction).await?;
        if still.is_none() || Blob::hold(&transaction, &self.sha256).await? != Hold::Held {
            return Err(Error::Refused(vec![Obstacle::new("asset-obstacle-deleted")]));
        }
        let finished = add(app, &transaction, entry, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(finished)
    }
}
