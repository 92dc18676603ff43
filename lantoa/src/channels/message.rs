//! A delivery as the message that a platform gets, with the bytes of its pictures. Pictures go out as the library made them: upright,
//! without what a camera notes in a file (where it stood, whose it is).

use std::collections::HashMap;

use bytes::Bytes;
use futures_util::TryStreamExt;
use platforms::{Media, MediaKind, Message};
use sea_orm::entity::prelude::*;

use super::delivery::Delivery;
use crate::base::App;
use crate::library::asset::{self, Asset, Kind};
use crate::library::blob::Blob;
use crate::library::rendition::Rendition;
use crate::library::storage::Store;
use crate::web::address;

/// The longest side of a picture that is sent: what platforms show at most.
const WIDTH_MAX: i32 = 2_048;
/// The largest file that is taken into memory to be sent.
const FILE_BYTES_MAX: i64 = 100 * 1024 * 1024;

/// The files of some deliveries, ready to be sent.
#[derive(Clone, Debug, Default)]
pub struct Files(HashMap<Uuid, Media>);

impl Files {
    /// Reads them from the library's store: two statements. What is not there, is still being made ready, or is too large to be
    /// sent is left out; who asks sees what is missing.
    ///
    /// # Errors
    /// The database or the store failed.
    pub async fn of(app: &App, ids: &[Uuid]) -> anyhow::Result<Self> {
        if ids.is_empty() {
            return Ok(Self::default());
        }
        let which = asset::Entity::find().filter(asset::Column::Id.is_in(ids.iter().copied()));
        let assets = which.filter(asset::Column::DeletedAt.is_null()).all(&app.db).await?;
        let hashes: Vec<String> = assets.iter().map(|one| one.sha256.clone()).collect();
        let renditions = Rendition::of(&app.db, &hashes).await?;
        let mut files = HashMap::new();
        for asset in assets.iter().filter(|one| one.obstacles_to_use().is_empty()) {
            let of = renditions.iter().filter(|one| one.sha256 == asset.sha256 && one.width <= WIDTH_MAX);
            if let Some(media) = read(app, asset, of.max_by_key(|one| one.width)).await? {
                files.insert(asset.id, media);
            }
        }
        Ok(Self(files))
    }

    /// The message of a delivery, and how many of its files are missing.
    #[must_use]
    pub fn message(&self, delivery: &Delivery, author: &str) -> (Message, usize) {
        let wanted = delivery.media();
        let media: Vec<Media> = wanted.iter().filter_map(|id| self.0.get(id).cloned()).collect();
        let missing = wanted.len() - media.len();
        let link = Some(delivery.link.clone()).filter(|link| !link.is_empty());
        let message =
            Message { title: delivery.title.clone(), text: delivery.text.clone(), link, media, author: author.to_owned() };
        (message, missing)
    }
}

async fn read(app: &App, asset: &Asset, picture: Option<&Rendition>) -> anyhow::Result<Option<Media>> {
    let (kind, object, mime, size) = match (asset.kind, picture) {
        (Kind::Image, Some(one)) => {
            (MediaKind::Image, Rendition::object(&one.sha256, one.width), "image/jpeg".to_owned(), one.size_bytes)
        }
        (Kind::Video, _) => (MediaKind::Video, Blob::object(&asset.sha256), asset.media_type.clone(), asset.size_bytes),
        (Kind::Audio, _) => (MediaKind::Audio, Blob::object(&asset.sha256), asset.media_type.clone(), asset.size_bytes),
        (Kind::Image, None) | (Kind::Document, _) => return Ok(None),
    };
    if size > FILE_BYTES_MAX {
        return Ok(None);
    }
    let Some(stream) = Store::of(app)?.read(&object, None).await? else { return Ok(None) };
    let parts: Vec<Bytes> = stream.try_collect().await?;
    let (width, height) = picture.map_or((asset.width, asset.height), |one| (Some(one.width), Some(one.height)));
    let pixels = |side: Option<i32>| side.and_then(|side| u32::try_from(side).ok()).unwrap_or_default();
    let public = match picture {
        Some(one) => format!("/tu-lieu/{}/{}.jpg", asset.id, one.width),
        None => format!("/tu-lieu/{}/{}", asset.id, address::encode(&asset.name)),
    };
    Ok(Some(Media {
        kind,
        mime,
        bytes: Bytes::from(parts.concat()),
        address: Some(format!("{}{public}", app.config.public_url())),
        width_px: pixels(width),
        height_px: pixels(height),
        // The library does not know how long a film is: what only the platform can tell, it tells.
        duration_ms: 0,
        alt: asset.alt.clone(),
    }))
}
