//! The files of an issued document: made once, when somebody asks first, and kept in the store of the library. They can be made again at any
//! time, the same to the byte. A draft's are made on the spot.

use futures_util::TryStreamExt;
use tokio::sync::Semaphore;

use super::Report;
use super::composed::Composed;
use super::drafting::{self, Format};
use crate::base::App;
use crate::library::rendering;
use crate::library::storage::Store;

/// Documents that are set on this node at once.
static MAKING: Semaphore = Semaphore::const_new(2);

/// The file of what is issued.
///
/// # Errors
/// The store failed, or the document can not be written.
pub async fn file(app: &App, report: &Report, composed: &Composed, format: Format) -> anyhow::Result<Vec<u8>> {
    if !report.state.is_issued() {
        return made(app, composed.clone(), format).await;
    }
    let store = Store::of(app)?;
    let object = format!("reports/{}/{}.{}", report.id, report.frozen_sha256, format.ending());
    if let Some(kept) = read(&store, &object).await? {
        return Ok(kept);
    }
    let bytes = made(app, composed.clone(), format).await?;
    // Whoever waited finds what the one before made.
    if let Some(kept) = read(&store, &object).await? {
        return Ok(kept);
    }
    store.put(&object, vec![bytes.clone().into()]).await?;
    Ok(bytes)
}

async fn made(app: &App, composed: Composed, format: Format) -> anyhow::Result<Vec<u8>> {
    let _permit = MAKING.acquire().await?;
    let origin = app.config.public_url();
    Ok(rendering::alone(move || drafting::write(&composed, &origin, format)).await??)
}

async fn read(store: &Store, object: &str) -> anyhow::Result<Option<Vec<u8>>> {
    let Some(stream) = store.read(object, None).await? else { return Ok(None) };
    let pieces: Vec<bytes::Bytes> = stream.try_collect().await?;
    Ok(Some(pieces.concat()))
}
