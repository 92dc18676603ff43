//! The smaller pictures of an image, for pages: JPEG, upright, without metadata (a phone writes where it was). One at a time on a
//! node: an image of fifty megapixels takes 200 MB while it is open. // recorded by finishing

use std::path::Path;

use anyhow::Context;
use fast_image_resize::Resizer;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits, RgbImage};
use pictures::{jpeg, on_white};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{QueryOrder, QuerySelect};
use tokio::sync::Semaphore;

use super::blob::{self, Blob};
use super::rendition::{self, Rendition};
use super::spool::Spool;
use super::storage::Store;
use crate::base::{App, Chore, new_id};

/// Pixels. One as wide as the image is made beside those that are narrower, so that there is always one.
pub const WIDTHS: [u32; 4] = [320, 640, 1280, 1920];
const QUALITY: u8 = 80;
/// Longer sides and more pixels are refused before anything is unpacked.
pub const SIDE_MAX: u32 = 20_000;
pub const PIXELS_MAX: u64 = 50_000_000;
const OPEN_BYTES_MAX: u64 = 420 * 1024 * 1024;
const ATTEMPTS_MAX: i32 = 3;
/// Images made in one turn; the next is two seconds later.
const TURN: u64 = 10;

/// Open images on this node.
static OPEN: Semaphore = Semaphore::const_new(1);

/// A picture as it is kept.
pub struct Made {
    pub width: u32,
    pub height: u32,
    pub jpeg: Vec<u8>,
}

#[must_use]
pub fn chore() -> Chore {
    Chore { name: "library-pictures", every_s: 2, work: |app| Box::pin(keep_up(app)) }
}

/// Makes what is still to be made.
///
/// # Errors
/// The database failed; an image that fails is noted and tried again twice.
pub async fn keep_up(app: &App) -> anyhow::Result<()> {
    let waiting = blob::Entity::find()
        .filter(blob::Column::RenderedAt.is_null())
        .filter(blob::Column::Attempts.lt(ATTEMPTS_MAX))
        .order_by_asc(blob::Column::At)
        .limit(TURN);
    for blob in waiting.all(&app.db).await? {
        if let Err(error) = make(app, &blob).await {
            tracing::warn!(sha256 = %blob.sha256, error = %format!("{error:#}"), "the pictures of an image could not be made");
            let again = blob::ActiveModel { attempts: Set(blob.attempts + 1), ..Default::default() };
            blob::Entity::update_many().set(again).filter(blob::Column::Sha256.eq(&blob.sha256)).exec(&app.db).await?;
        }
    }
    Ok(())
}

async fn make(app: &App, blob: &Blob) -> anyhow::Result<()> {
    let store = Store::of(app)?;
    let spool = Spool::of_object(app, &store, Blob::object(&blob.sha256)).await?;
    let path = spool.path().to_owned();
    let made = alone(move || draw(&path)).await??;
    let now = app.clock.now();
    let mut rows = Vec::new();
    for picture in made {
        let width = i32::try_from(picture.width)?;
        rows.push(rendition::ActiveModel::from(Rendition {
            id: new_id(),
            sha256: blob.sha256.clone(),
            width,
            height: i32::try_from(picture.height)?,
            size_bytes: i64::try_from(picture.jpeg.len())?,
            at: now,
        }));
        store.put(&Rendition::object(&blob.sha256, width), vec![picture.jpeg.into()]).await?;
    }
    let transaction = app.begin().await?;
    let once = OnConflict::columns([rendition::Column::Sha256, rendition::Column::Width]).do_nothing().to_owned();
    rendition::Entity::insert_many(rows).on_conflict(once).exec_without_returning(&transaction).await?;
    let done = blob::ActiveModel { rendered_at: Set(Some(now)), ..Default::default() };
    blob::Entity::update_many().set(done).filter(blob::Column::Sha256.eq(&blob.sha256)).exec(&transaction).await?;
    app.commit(transaction).await?;
    Ok(())
}

/// Does heavy work on its own thread, one at a time.
///
/// # Errors
/// The work panicked.
pub async fn alone<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> anyhow::Result<T> {
    let _permit = OPEN.acquire().await?;
    Ok(tokio::task::spawn_blocking(work).await?)
}

/// Opens an image, upright.
///
/// # Errors
/// It is no image that we read, it is broken, or it wants more memory than it may have.
pub fn open(path: &Path) -> anyhow::Result<DynamicImage> {
    let mut reader = ImageReader::open(path)?.with_guessed_format()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_MAX);
    limits.max_image_height = Some(SIDE_MAX);
    limits.max_alloc = Some(OPEN_BYTES_MAX);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let orientation = decoder.orientation()?;
    let mut image = DynamicImage::from_decoder(decoder)?;
    image.apply_orientation(orientation);
    Ok(image)
}

/// The pictures of an image, the narrowest first.
///
/// # Errors
/// See [`open`].
pub fn draw(path: &Path) -> anyhow::Result<Vec<Made>> {
    let image = DynamicImage::ImageRgb8(on_white(open(path)?));
    let (width, height) = (image.width(), image.height());
    let widest = width.min(WIDTHS[WIDTHS.len() - 1]);
    let narrower = WIDTHS.into_iter().filter(|one| *one < widest);
    let mut resizer = Resizer::new();
    let mut made = Vec::new();
    for to in narrower.chain([widest]) {
        let tall = u32::try_from((u64::from(height) * u64::from(to)).div_ceil(u64::from(width)))?.max(1);
        let mut small = DynamicImage::new_rgb8(to, tall);
        resizer.resize(&image, &mut small, None).context("resizing")?;
        made.push(Made { width: to, height: tall, jpeg: jpeg(small.into_rgb8(), QUALITY)? });
    }
    Ok(made)
}

/// A picture for a screen of exactly so many pixels: the whole image, as large as fits, with black around it.
///
/// # Errors
/// See [`open`].
pub fn fit(path: &Path, (width, height): (u32, u32)) -> anyhow::Result<Vec<u8>> {
    let whole = DynamicImage::ImageRgb8(on_white(open(path)?));
    let (wide, tall) = (u64::from(whole.width()), u64::from(whole.height()));
    let room = (u64::from(width), u64::from(height));
    let to = if wide * room.1 > tall * room.0 {
        (room.0, (tall * room.0 / wide).max(1))
    } else {
        ((wide * room.1 / tall).max(1), room.1)
    };
    let mut small = DynamicImage::new_rgb8(u32::try_from(to.0)?, u32::try_from(to.1)?);
    Resizer::new().resize(&whole, &mut small, None).context("resizing")?;
    let mut screen = RgbImage::new(width, height);
    let (left, top) = ((room.0 - to.0) / 2, (room.1 - to.1) / 2);
    image::imageops::replace(&mut screen, &small.into_rgb8(), i64::try_from(left)?, i64::try_from(top)?);
    Ok(jpeg(screen, QUALITY)?)
}
