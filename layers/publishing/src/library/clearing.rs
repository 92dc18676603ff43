//! Clearing away: uploads that were left, files whose time to be taken back is over, bytes that no entry leads to.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait, Query};
use sea_orm::{PaginatorTrait, QuerySelect};

use super::asset::{self, Asset};
use super::blob::{self, Blob};
use super::rendition::{self, Rendition};
use super::storage::Store;
use super::upload::{self, Upload};
use crate::base::{App, By, Chore, Fact};

/// An upload can be taken up again for so long.
const LEFT_DAYS: i64 = 3;
/// Bytes without an entry stay so long: whoever brings them again in that time waits for nothing.
const ORPHAN_H: i64 = 1;
/// What lies in the store and no row knows may be on its way for so long.
const STRAY_DAYS: i64 = 1;
const TURN: u64 = 200;

#[must_use]
pub fn chore() -> Chore {
    Chore { name: "library-clearing", every_s: 600, work: |app| Box::pin(clear(app)) }
}

#[must_use]
pub fn stray_chore() -> Chore {
    Chore { name: "library-strays", every_s: 24 * 3600, work: |app| Box::pin(clear_strays(app)) }
}

/// One turn.
///
/// # Errors
/// The database or the store failed; what was cleared stays so.
pub async fn clear(app: &App) -> anyhow::Result<()> {
    let store = Store::of(app)?;
    let now = app.clock.now();
    clear_uploads(app, &store, now).await?;
    clear_assets(app, now).await?;
    mark_orphans(app, now).await?;
    clear_orphans(app, &store, now).await
}

async fn clear_uploads(app: &App, store: &Store, now: DateTime<Utc>) -> anyhow::Result<()> {
    let left = upload::Entity::find().filter(upload::Column::TouchedAt.lt(now - TimeDelta::days(LEFT_DAYS))).limit(TURN);
    for upload in left.all(&app.db).await? {
        let transaction = app.begin().await?;
        let pieces = Upload::forget(&upload, &transaction).await?;
        app.commit(transaction).await?;
        upload.clear(store, &pieces).await;
    }
    Ok(())
}

/// Deleted so long ago that nobody takes it back.
async fn clear_assets(app: &App, now: DateTime<Utc>) -> anyhow::Result<()> {
    let before = now - TimeDelta::days(i64::from(app.config.library.undo_days));
    let over =
        asset::Entity::find().filter(asset::Column::ClearedAt.is_null()).filter(asset::Column::DeletedAt.lt(before)).limit(TURN);
    for asset in over.all(&app.db).await? {
        let transaction = app.begin().await?;
        let cleared = asset::ActiveModel { cleared_at: Set(Some(now)), ..Default::default() };
        let done = asset::Entity::update_many()
            .set(cleared)
            .filter(asset::Column::Id.eq(asset.id))
            .filter(asset::Column::ClearedAt.is_null())
            .filter(asset::Column::DeletedAt.is_not_null());
        if done.exec(&transaction).await?.rows_affected > 0 {
            let by = By { agency: Some(asset.agency), ..By::system() };
            app.record(&transaction, asset.id, Fact::AssetCleared { name: asset.label().to_owned() }, &by).await?;
            app.commit(transaction).await?;
        }
    }
    Ok(())
}

/// Bytes that no entry leads to any more, from now on.
async fn mark_orphans(app: &App, now: DateTime<Utc>) -> anyhow::Result<()> {
    let led = Query::select()
        .expr(Expr::val(1))
        .from(asset::Entity)
        .and_where(Expr::col((asset::Entity, asset::Column::Sha256)).eq(Expr::col((blob::Entity, blob::Column::Sha256))))
        .and_where(Expr::col((asset::Entity, asset::Column::ClearedAt)).is_null())
        .to_owned();
    let orphaned = blob::ActiveModel { orphaned_at: Set(Some(now)), ..Default::default() };
    let alone =
        blob::Entity::update_many().set(orphaned).filter(blob::Column::OrphanedAt.is_null()).filter(Expr::exists(led).not());
    alone.exec(&app.db).await?;
    Ok(())
}

async fn clear_orphans(app: &App, store: &Store, now: DateTime<Utc>) -> anyhow::Result<()> {
    let orphans = blob::Entity::find().filter(blob::Column::OrphanedAt.lt(now - TimeDelta::hours(ORPHAN_H))).limit(TURN);
    for blob in orphans.all(&app.db).await? {
        if !claim(app, &blob).await? {
            continue;
        }
        // Bytes first: whoever brings the file meanwhile waits for the row to go, and then puts them again.
        let pictures = Rendition::of(&app.db, std::slice::from_ref(&blob.sha256)).await?;
        for picture in &pictures {
            store.delete(&Rendition::object(&blob.sha256, picture.width)).await?;
        }
        store.delete(&Blob::object(&blob.sha256)).await?;
        let transaction = app.begin().await?;
        rendition::Entity::delete_many().filter(rendition::Column::Sha256.eq(&blob.sha256)).exec(&transaction).await?;
        blob::Entity::delete_by_id(&blob.sha256).exec(&transaction).await?;
        app.commit(transaction).await?;
    }
    Ok(())
}

/// Takes bytes out of use, unless an entry came to lead to them. The row is held first and the entries are counted after: an entry
/// that is being added holds it too.
async fn claim(app: &App, blob: &Blob) -> anyhow::Result<bool> {
    let transaction = app.begin().await?;
    let claimed = blob::ActiveModel { clearing: Set(true), ..Default::default() };
    let held = blob::Entity::update_many()
        .set(claimed)
        .filter(blob::Column::Sha256.eq(&blob.sha256))
        .filter(blob::Column::OrphanedAt.is_not_null());
    if held.exec(&transaction).await?.rows_affected == 0 {
        return Ok(false);
    }
    let entries = asset::Entity::find().filter(asset::Column::Sha256.eq(&blob.sha256)).filter(asset::Column::ClearedAt.is_null());
    if entries.count(&transaction).await? > 0 {
        return Ok(false);
    }
    app.commit(transaction).await?;
    Ok(true)
}

/// Objects that no row knows: a node was killed between store and database.
///
/// # Errors
/// The database or the store failed.
pub async fn clear_strays(app: &App) -> anyhow::Result<()> {
    let store = Store::of(app)?;
    let before = app.clock.now() - TimeDelta::days(STRAY_DAYS);
    for folder in ["objects", "renditions", "incoming", "doctor"] {
        for objects in store.older(folder, before).await?.chunks(500) {
            let known = known(app, folder, objects).await?;
            for object in objects.iter().filter(|object| !known.contains(&name(folder, object))) {
                store.delete(object).await?;
                tracing::info!(%object, "bytes that no row knows were cleared away");
            }
        }
    }
    Ok(())
}

/// What an object is known by: the hash, or the id of its upload.
fn name(folder: &str, object: &str) -> String {
    let part = match folder {
        "objects" => object.rsplit('/').next(),
        "renditions" => object.rsplit('/').nth(1),
        _ => object.split('/').nth(1),
    };
    part.unwrap_or_default().to_owned()
}

async fn known(app: &App, folder: &str, objects: &[String]) -> Result<Vec<String>, DbErr> {
    let names: Vec<String> = objects.iter().map(|object| name(folder, object)).collect();
    Ok(match folder {
        "objects" | "renditions" => {
            let rows = blob::Entity::find().filter(blob::Column::Sha256.is_in(names)).all(&app.db).await?;
            rows.into_iter().map(|blob| blob.sha256).collect()
        }
        "incoming" => {
            let ids = names.iter().filter_map(|name| name.parse::<Uuid>().ok());
            let rows = upload::Entity::find().filter(upload::Column::Id.is_in(ids)).all(&app.db).await?;
            rows.into_iter().map(|upload| upload.id.to_string()).collect()
        }
        _ => Vec::new(),
    })
}

impl Asset {
    /// Until when a deleted one can be taken back.
    #[must_use]
    pub fn kept_until(&self, app: &App) -> Option<DateTime<Utc>> {
        Some(self.deleted_at? + TimeDelta::days(i64::from(app.config.library.undo_days)))
    }
}
