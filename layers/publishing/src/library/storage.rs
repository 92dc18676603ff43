//! Where bytes lie: a folder of the data folder, or a bucket of an S3-compatible store. An object is there whole or not at all.

use std::path::Path as FilePath;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures_util::TryStreamExt;
use futures_util::stream::BoxStream;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ClientOptions, GetOptions, GetRange, ObjectStore, ObjectStoreExt, RetryConfig, WriteMultipart};
use tokio::io::AsyncReadExt;

use crate::base::{App, Config, new_id};

/// A part of an object as it is sent to the store; S3 wants at least 5 MiB.
const PART_BYTES: usize = 8 * 1024 * 1024;
/// Parts on their way at once.
const PARTS_MAX: usize = 2;
const RETRIES_MAX: usize = 4;
const RETRY_TIMEOUT_S: u64 = 30;
const FOLDER: &str = "library";

/// The store of this node.
#[derive(Clone, Debug)]
pub struct Store(Arc<dyn ObjectStore>);

impl Store {
    /// The store, opened once and kept.
    ///
    /// # Errors
    /// See [`Store::open`].
    pub fn of(app: &App) -> anyhow::Result<Arc<Self>> {
        match app.memory.recall::<Self>(FOLDER) {
            Some(store) => Ok(store),
            None => Ok(app.memory.keep(FOLDER, Self::open(&app.config)?)),
        }
    }

    /// Opens the store that the settings name.
    ///
    /// # Errors
    /// The folder can not be made, or the settings make no address.
    pub fn open(config: &Config) -> anyhow::Result<Self> {
        let Some(s3) = &config.library.s3 else {
            let folder = config.data.join(FOLDER);
            std::fs::create_dir_all(&folder)?;
            return Ok(Self(Arc::new(LocalFileSystem::new_with_prefix(&folder)?.with_automatic_cleanup(true))));
        };
        let retries = RetryConfig {
            max_retries: RETRIES_MAX,
            retry_timeout: Duration::from_secs(RETRY_TIMEOUT_S),
            ..RetryConfig::default()
        };
        let client =
            ClientOptions::new().with_allow_http(s3.endpoint.starts_with("http://")).with_connect_timeout(Duration::from_secs(5));
        let built = AmazonS3Builder::new()
            .with_endpoint(&s3.endpoint)
            .with_bucket_name(&s3.bucket)
            .with_access_key_id(&s3.key)
            .with_secret_access_key(&s3.secret)
            .with_region(&s3.region)
            .with_client_options(client)
            .with_retry(retries)
            .build();
        Ok(Self(Arc::new(built?)))
    }

    /// Puts an object that fits in memory.
    ///
    /// # Errors
    /// The store failed.
    pub async fn put(&self, object: &str, bytes: Vec<Bytes>) -> anyhow::Result<()> {
        self.0.put(&Path::from(object), bytes.into_iter().collect()).await?;
        Ok(())
    }

    /// Puts a file of any size, part by part.
    ///
    /// # Errors
    /// The file can not be read, or the store failed; then nothing of it is there.
    pub async fn put_file(&self, object: &str, file: &FilePath) -> anyhow::Result<()> {
        let mut file = tokio::fs::File::open(file).await?;
        let mut writing = WriteMultipart::new_with_chunk_size(self.0.put_multipart(&Path::from(object)).await?, PART_BYTES);
        let mut part = vec![0; 1024 * 1024];
        let sent: anyhow::Result<()> = loop {
            match file.read(&mut part).await {
                Ok(0) => break Ok(()),
                Ok(read) => writing.write(&part[..read]),
                Err(error) => break Err(error.into()),
            }
            if let Err(error) = writing.wait_for_capacity(PARTS_MAX).await {
                break Err(error.into());
            }
        };
        match sent {
            Ok(()) => writing.finish().await.map(|_| ()).context("the last part"),
            Err(error) => {
                let _ = writing.abort().await;
                Err(error)
            }
        }
    }

    /// Reads an object, or a range of it; None when it is not there.
    ///
    /// # Errors
    /// The store failed.
    pub async fn read(
        &self,
        object: &str,
        range: Option<std::ops::Range<u64>>,
    ) -> anyhow::Result<Option<BoxStream<'static, object_store::Result<Bytes>>>> {
        let options = GetOptions { range: range.map(GetRange::Bounded), ..GetOptions::default() };
        match self.0.get_opts(&Path::from(object), options).await {
            Ok(found) => Ok(Some(found.into_stream())),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Removes an object; one that is not there is removed already.
    ///
    /// # Errors
    /// The store failed.
    pub async fn delete(&self, object: &str) -> anyhow::Result<()> {
        match self.0.delete(&Path::from(object)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// The objects below a folder that were written before a moment.
    ///
    /// # Errors
    /// The store failed.
    pub async fn older(&self, folder: &str, than: DateTime<Utc>) -> anyhow::Result<Vec<String>> {
        let all = self.0.list(Some(&Path::from(folder)));
        let old = all.try_filter(|object| std::future::ready(object.last_modified < than));
        Ok(old.map_ok(|object| object.location.to_string()).try_collect().await?)
    }

    /// Writes a little object, reads it back and removes it.
    ///
    /// # Errors
    /// What went wrong.
    pub async fn check(&self) -> anyhow::Result<()> {
        let object = format!("doctor/{}", new_id());
        let words = Bytes::from(new_id().to_string());
        self.put(&object, vec![words.clone()]).await.context("write")?;
        let back = self.read(&object, None).await.context("read")?.context("what was written is not there")?;
        let back: Vec<Bytes> = back.try_collect().await.context("read")?;
        anyhow::ensure!(back.concat() == words, "what was read is not what was written");
        self.delete(&object).await.context("remove")
    }
}
