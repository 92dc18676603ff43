//! The files of an edition: made once, when somebody asks first, and kept in the store of the library. They can be made again
//! at any time, the same to the byte, so nothing is lost with them.

use futures_util::TryStreamExt;
use tokio::sync::Semaphore;

use super::book;
use super::edition::{Edition, Frozen};
use super::publication::Publication;
use crate::base::App;
use crate::library::rendering;
use crate::library::storage::Store;

/// Books that are made on this node at once: one takes 100 MB while it is set.
static MAKING: Semaphore = Semaphore::const_new(1);

/// What can be taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Epub,
    Pdf,
    /// Web pages that need no server.
    Zip,
}

impl Format {
    pub const ALL: [Self; 3] = [Self::Epub, Self::Pdf, Self::Zip];

    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Epub => "epub",
            Self::Pdf => "pdf",
            Self::Zip => "zip",
        }
    }

    #[must_use]
    pub fn of_ending(ending: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.ending() == ending)
    }

    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Epub => "application/epub+zip",
            Self::Pdf => "application/pdf",
            Self::Zip => "application/zip",
        }
    }

    /// The Fluent key of what it is good for.
    #[must_use]
    pub fn key(self) -> String {
        format!("publication-take-{}", self.ending())
    }
}

/// The file of an edition.
///
/// # Errors
/// The database or the store failed, or the book can not be set.
pub async fn file(app: &App, publication: &Publication, edition: &Edition, format: Format) -> anyhow::Result<Vec<u8>> {
    let store = Store::of(app)?;
    let object = format!("publications/{}/{}.{}", edition.id, typesetting::VERSION, format.ending());
    if let Some(kept) = read(&store, &object).await? {
        return Ok(kept);
    }
    let _permit = MAKING.acquire().await?;
    // Whoever waited finds what the one before made.
    if let Some(kept) = read(&store, &object).await? {
        return Ok(kept);
    }
    let sections = Frozen::all(&app.db, edition.id).await?;
    let book = book::of(app, publication, edition, &sections).await?;
    let folder = format!("{}-lan-{}", publication.slug, edition.number);
    let made = rendering::alone(move || match format {
        Format::Epub => typesetting::epub::write(&book),
        Format::Pdf => typesetting::pdf::write(&book),
        Format::Zip => typesetting::offline::write(&book, &folder),
    });
    let bytes = made.await??;
    store.put(&object, vec![bytes.clone().into()]).await?;
    Ok(bytes)
}

async fn read(store: &Store, object: &str) -> anyhow::Result<Option<Vec<u8>>> {
    let Some(stream) = store.read(object, None).await? else { return Ok(None) };
    let pieces: Vec<bytes::Bytes> = stream.try_collect().await?;
    Ok(Some(pieces.concat()))
}
