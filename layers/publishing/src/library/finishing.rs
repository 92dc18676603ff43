//! An upload that is whole becomes an asset: put together, hashed, looked at, kept under its hash; then rows and fact at once.
//! Done twice (two nodes, a second press) it leads to the same asset.

use std::time::Duration;

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::asset::{self, Asset, Sharing};
use super::blob::{Blob, Hold};
use super::looking::{self, Kind, Looked};
use super::spool::Spool;
use super::storage::Store;
use super::upload::{self, Upload, refused};
use crate::base::{App, By, Fact, Who, new_id};
use crate::web::{Error, Lang, Locale, Obstacle};

/// How often and how long is waited for bytes that are just being cleared away.
const TRIES: u32 = 20;
const WAIT_MS: u64 = 250;

/// What came of an upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finished {
    pub asset: Uuid,
    /// The agency had the same file already.
    pub known: bool,
}

impl Upload {
    /// Makes the asset of a whole upload.
    ///
    /// # Errors
    /// [`Error::Refused`] with cause and remedy, after which nothing of the upload is left; [`Error::Stale`] while bytes are
    /// missing; or store, disk or database failed, after which it may be tried again.
    pub async fn finish(&self, app: &App, who: &Who) -> Result<Finished, Error> {
        let upload = upload::Entity::find_by_id(self.id).one(&app.db).await?.ok_or(Error::NotFound)?;
        if let Some(asset) = upload.asset {
            return Ok(Finished { asset, known: false });
        }
        if upload.size_bytes.is_some_and(|size| size != upload.received) {
            return Err(Error::Stale);
        }
        let store = Store::of(app)?;
        let spool = match Spool::of_upload(app, &store, &upload).await {
            Ok(spool) => spool,
            Err(error) => return upload.finished_elsewhere(app, error).await,
        };
        let looked = match upload.looked_at(&spool).await {
            Ok(looked) => looked,
            Err(obstacle) => return Err(upload.refuse(app, who, &store, obstacle).await?),
        };
        for _ in 0..TRIES {
            if let Some(finished) = upload.settle(app, who, &store, &spool, &looked).await? {
                return Ok(finished);
            }
            tokio::time::sleep(Duration::from_millis(WAIT_MS)).await;
        }
        Err(Error::Internal(anyhow::anyhow!("the bytes {} are being cleared away and do not go", spool.sha256)))
    }

    /// Another node was quicker, and took the pieces away.
    async fn finished_elsewhere(&self, app: &App, error: anyhow::Error) -> Result<Finished, Error> {
        let now = upload::Entity::find_by_id(self.id).one(&app.db).await?;
        match now.and_then(|upload| upload.asset) {
            Some(asset) => Ok(Finished { asset, known: false }),
            None => Err(Error::Internal(error)),
        }
    }

    async fn looked_at(&self, spool: &Spool) -> Result<Looked, Obstacle> {
        if spool.size_bytes == 0 {
            return Err(Obstacle::new("library-refused-empty"));
        }
        if self.sha256.as_ref().is_some_and(|announced| *announced != spool.sha256) {
            return Err(Obstacle::new("library-refused-changed"));
        }
        looking::look(spool.path()).await
    }

    /// Forgets the upload, and notes why.
    async fn refuse(&self, app: &App, who: &Who, store: &Store, obstacle: Obstacle) -> Result<Error, Error> {
        let cause = obstacle.text(Locale(Lang::Vi));
        let transaction = app.begin().await?;
        let pieces = self.forget(&transaction).await?;
        let fact = Fact::UploadRefused { name: self.name.clone(), cause };
        app.record(&transaction, who.person, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        self.clear(store, &pieces).await;
        Ok(refused(obstacle))
    }

    /// Keeps bytes and rows; None while the bytes are being cleared away by a chore.
    async fn settle(
        &self,
        app: &App,
        who: &Who,
        store: &Store,
        spool: &Spool,
        looked: &Looked,
    ) -> Result<Option<Finished>, Error> {
        match Blob::hold(&app.db, &spool.sha256).await? {
            Hold::Clearing => return Ok(None),
            Hold::Held => {}
            Hold::Absent => store.put_file(&Blob::object(&spool.sha256), spool.path()).await?,
        }
        let transaction = app.begin().await?;
        Blob::add(&transaction, blob(app, spool, looked)).await?;
        if Blob::hold(&transaction, &spool.sha256).await? != Hold::Held {
            return Ok(None);
        }
        let asset = self.entry(app, spool, looked);
        let finished = add(app, &transaction, asset, &By::from(who)).await?;
        self.becomes(&transaction, finished.asset).await?;
        let pieces = self.drop_pieces(&transaction).await?;
        app.commit(transaction).await?;
        self.clear(store, &pieces).await;
        Ok(Some(finished))
    }

    pub(super) fn entry(&self, app: &App, spool: &Spool, looked: &Looked) -> Asset {
        let pixels = |of: fn((u32, u32)) -> u32| looked.pixels.and_then(|pixels| i32::try_from(of(pixels)).ok());
        let entry = Asset {
            id: new_id(),
            sha256: spool.sha256.clone(),
            agency: self.agency,
            person: Some(self.person),
            name: with_ending(&self.name, looked.ending),
            kind: looked.kind,
            media_type: looked.media_type.into(),
            size_bytes: spool.size_bytes,
            width: pixels(|(width, _)| width),
            height: pixels(|(_, height)| height),
            original: None,
            title: String::new(),
            caption: String::new(),
            alt: String::new(),
            decorative: false,
            creator: String::new(),
            credit: String::new(),
            copyright: String::new(),
            source: String::new(),
            found: serde_json::to_string(&looked.found).unwrap_or_default(),
            sharing: Sharing::Own,
            public: false,
            words: String::new(),
            uploaded_at: app.clock.now(),
            deleted_at: None,
            cleared_at: None,
            demo: false,
            version: 1,
        };
        Asset { words: entry.folded(), ..entry }
    }
}

/// The row of the bytes. Only images have smaller pictures to be made.
pub(super) fn blob(app: &App, spool: &Spool, looked: &Looked) -> Blob {
    let now = app.clock.now();
    Blob {
        sha256: spool.sha256.clone(),
        media_type: looked.media_type.into(),
        size_bytes: spool.size_bytes,
        at: now,
        rendered_at: (looked.kind != Kind::Image).then_some(now),
        attempts: 0,
        orphaned_at: None,
        clearing: false,
    }
}

/// Adds an entry for bytes that are held, with its fact; leads to the one that the agency has already.
///
/// # Errors
/// The database failed.
pub async fn add(app: &App, on: &impl ConnectionTrait, entry: Asset, by: &By) -> Result<Finished, Error> {
    let same = Asset::of_bytes(on, &entry.sha256).await?;
    if let Some(own) = same.iter().find(|other| other.agency == entry.agency) {
        return Ok(Finished { asset: own.id, known: true });
    }
    let original = same.first().map(|first| first.original.unwrap_or(first.id));
    let row = asset::ActiveModel { original: Set(original), ..asset::ActiveModel::from(entry.clone()) };
    let once = OnConflict::new().do_nothing().to_owned();
    let added = asset::Entity::insert(row).on_conflict(once).exec_without_returning(on).await?;
    if added == 0 {
        // Two brought it at the same moment, and this one was later.
        let same = Asset::of_bytes(on, &entry.sha256).await?;
        let own = same.iter().find(|other| other.agency == entry.agency).ok_or(Error::Stale)?;
        return Ok(Finished { asset: own.id, known: true });
    }
    let fact = match original {
        None => Fact::AssetUploaded { name: entry.name, sha256: entry.sha256, size_bytes: entry.size_bytes },
        Some(original) => Fact::AssetReferenced { name: entry.name, original },
    };
    app.record(on, entry.id, fact, by).await?;
    Ok(Finished { asset: entry.id, known: false })
}

/// The name with the ending of what the file is: `anh.jpg` that is a PNG becomes `anh.png`.
#[must_use]
pub fn with_ending(name: &str, ending: &str) -> String {
    let (stem, given) = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).unwrap_or((name, ""));
    let same = given.eq_ignore_ascii_case(ending) || (ending == "jpg" && given.eq_ignore_ascii_case("jpeg"));
    let is_ending = !given.is_empty() && given.len() <= 5 && given.bytes().all(|byte| byte.is_ascii_alphanumeric());
    match (same, is_ending) {
        (true, _) => name.to_owned(),
        (false, true) => format!("{stem}.{ending}"),
        (false, false) if name.is_empty() => format!("tep.{ending}"),
        (false, false) => format!("{name}.{ending}"),
    }
}
