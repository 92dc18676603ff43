//! A file put together on this node's disk to be looked at; it is gone when nobody holds it any more.

use std::path::{Path, PathBuf};

use anyhow::Context;
use futures_util::TryStreamExt;
use sha2::{Digest, Sha256};
use tokio::io::AsyncWriteExt;

use super::storage::Store;
use super::upload::{Upload, piece};
use crate::base::{App, new_id};

/// The file, with its length and hash.
pub struct Spool {
    path: PathBuf,
    pub size_bytes: i64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

impl Drop for Spool {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

impl Spool {
    /// Puts the objects together, one after the other.
    ///
    /// # Errors
    /// The store or the disk failed, or an object is not there.
    async fn of(app: &App, store: &Store, objects: &[String]) -> anyhow::Result<Self> {
        let folder = app.config.data.join("library-work");
        tokio::fs::create_dir_all(&folder).await?;
        let mut spool = Self { path: folder.join(new_id().simple().to_string()), size_bytes: 0, sha256: String::new() };
        let mut file = tokio::io::BufWriter::with_capacity(1024 * 1024, tokio::fs::File::create_new(&spool.path).await?);
        let mut hash = Sha256::new();
        for object in objects {
            let mut bytes = store.read(object, None).await?.with_context(|| format!("{object} is not there"))?;
            while let Some(part) = bytes.try_next().await? {
                hash.update(&part);
                spool.size_bytes += i64::try_from(part.len())?;
                file.write_all(&part).await?;
            }
        }
        file.flush().await?;
        spool.sha256 = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(spool)
    }

    /// A whole upload.
    ///
    /// # Errors
    /// The store, the disk or the database failed.
    pub async fn of_upload(app: &App, store: &Store, upload: &Upload) -> anyhow::Result<Self> {
        let pieces = piece::Model::of(&app.db, upload.id).await?;
        let objects: Vec<String> = pieces.iter().map(|piece| piece::Model::object(upload.id, piece.id)).collect();
        Self::of(app, store, &objects).await
    }

    /// One object.
    ///
    /// # Errors
    /// The store or the disk failed, or it is not there.
    pub async fn of_object(app: &App, store: &Store, object: String) -> anyhow::Result<Self> {
        Self::of(app, store, &[object]).await
    }

    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}
