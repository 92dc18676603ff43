//! A delivery as the message that a platform gets, with the bytes of its pictures. Pictures go out as the library made them: upright,
//! without what a camera notes in a file (where it stood, whose it is).

use std::collections::HashMap;

use bytes::Bytes;
use futures_util::TryStreamExt;
use platforms::{Media, MediaKind, Message};
use sea_orm::entity::prelude::*;

use super::delivery::Delivery;
use super::film::Film;
use crate::base::App;
use crate::library::asset::{self, Asset, Kind};
use crate::library::blob::Blob;
use crate::library::rendition::Rendition;
use crate::library::storage::Store;
use crate::web::address;

/// The longest side of a picture that is sent: what platforms show at most.
const WIDTH_MAX: i32 = 2_048;
/// The largest file that is taken into memory to be sent.
pub const FILE_BYTES_MAX: i64 = 100 * 1024 * 1024;

/// How much of the files is read: looking at a page of the desk does not fetch a hundred megabytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Depth {
    Whole,
    /// Size, length and shape; no bytes.
    Looks,
}

/// A file of the library, as a platform gets it.
#[derive(Clone, Debug)]
struct File {
    media: Media,
    /// Also where the bytes were not read.
    size_bytes: u64,
}

/// The files of some deliveries, ready to be sent.
#[derive(Clone, Debug, Default)]
pub struct Files(HashMap<Uuid, File>, Vec<Uuid>);

impl Files {
    /// Reads them from the library's store: two statements. What is not there, is still being made ready, or is too large to be
    /// sent is left out; who asks sees what is missing.
    ///
    /// # Errors
    /// The database or the store failed.
    pub async fn of(app: &App, ids: &[Uuid]) -> anyhow::Result<Self> {
        Self::read(app, ids, Depth::Whole).await
    }

    /// The same without the bytes, for who only wants to know whether they fit.
    ///
    /// # Errors
    /// The database or the store failed.
    pub async fn looked_at(app: &App, ids: &[Uuid]) -> anyhow::Result<Self> {
        Self::read(app, ids, Depth::Looks).await
    }

    async fn read(app: &App, ids: &[Uuid], depth: Depth) -> anyhow::Result<Self> {
        if ids.is_empty() {
            return Ok(Self::default());
        }
        let which = asset::Entity::find().filter(asset::Column::Id.is_in(ids.iter().copied()));
        let assets = which.filter(asset::Column::DeletedAt.is_null()).all(&app.db).await?;
        let hashes: Vec<String> = assets.iter().map(|one| one.sha256.clone()).collect();
        let renditions = Rendition::of(&app.db, &hashes).await?;
        let (mut files, mut large) = (HashMap::new(), Vec::new());
        for asset in assets.iter().filter(|one| one.obstacles_to_use().is_empty()) {
            let of = renditions.iter().filter(|one| one.sha256 == asset.sha256 && one.width <= WIDTH_MAX);
            if asset.kind != Kind::Image && asset.size_bytes > FILE_BYTES_MAX {
                large.push(asset.id);
            } else if let Some(file) = read(app, asset, of.max_by_key(|one| one.width), depth).await? {
                files.insert(asset.id, file);
            }
        }
        Ok(Self(files, large))
    }

    /// How large a file is, in bytes, whether they were read or not; 0 for one that is not there.
    #[must_use]
    pub fn size_bytes(&self, id: Uuid) -> u64 {
        self.0.get(&id).map_or(0, |file| file.size_bytes)
    }

    /// Whether a file is there, and larger than what is sent from here.
    #[must_use]
    pub fn is_too_large(&self, id: Uuid) -> bool {
        self.1.contains(&id)
    }

    /// A film among them that is taller than wide, and how long it is, in seconds.
    #[must_use]
    pub fn upright_film(&self, delivery: &Delivery) -> Option<u64> {
        let media = delivery.media();
        let mut films = media.iter().filter_map(|id| self.0.get(id)).map(|file| &file.media);
        films
            .find(|media| media.kind == MediaKind::Video && media.height_px > media.width_px)
            .map(|film| film.duration_ms / 1_000)
    }

    /// Whether there is a film among them.
    #[must_use]
    pub fn has_film(&self, delivery: &Delivery) -> bool {
        delivery.media().iter().any(|id| self.0.get(id).is_some_and(|file| file.media.kind == MediaKind::Video))
    }

    /// The message of a delivery, and how many of its files are missing.
    #[must_use]
    pub fn message(&self, delivery: &Delivery, author: &str) -> (Message, usize) {
        let wanted = delivery.media();
        let media: Vec<Media> = wanted.iter().filter_map(|id| self.0.get(id).map(|file| file.media.clone())).collect();
        let missing = wanted.len() - media.len();
        let link = Some(delivery.link.clone()).filter(|link| !link.is_empty());
        let message =
            Message { title: delivery.title.clone(), text: delivery.text.clone(), link, media, author: author.to_owned() };
        (message, missing)
    }
}

async fn read(app: &App, asset: &Asset, picture: Option<&Rendition>, depth: Depth) -> anyhow::Result<Option<File>> {
    let (kind, object, mime, size) = match (asset.kind, picture) {
        (Kind::Image, Some(one)) => {
            (MediaKind::Image, Rendition::object(&one.sha256, one.width), "image/jpeg".to_owned(), one.size_bytes)
        }
        (Kind::Video, _) => (MediaKind::Video, Blob::object(&asset.sha256), asset.media_type.clone(), asset.size_bytes),
        (Kind::Audio, _) => (MediaKind::Audio, Blob::object(&asset.sha256), asset.media_type.clone(), asset.size_bytes),
        (Kind::Image, None) | (Kind::Document, _) => return Ok(None),
    };
    let store = Store::of(app)?;
    let size_bytes = u64::try_from(size).unwrap_or_default();
    let film = if kind == MediaKind::Video { look(app, &store, asset, &object, size_bytes).await? } else { Film::default() };
    let bytes = if depth == Depth::Looks {
        Bytes::new()
    } else {
        let Some(stream) = store.read(&object, None).await? else { return Ok(None) };
        let parts: Vec<Bytes> = stream.try_collect().await?;
        Bytes::from(parts.concat())
    };
    let pixels = |side: i32| u32::try_from(side).unwrap_or_default();
    let (width_px, height_px) = picture.map_or((film.width_px, film.height_px), |one| (pixels(one.width), pixels(one.height)));
    let public = match picture {
        Some(one) => format!("/tu-lieu/{}/{}.jpg", asset.id, one.width),
        None => format!("/tu-lieu/{}/{}", asset.id, address::encode(&asset.name)),
    };
    let media = Media {
        kind,
        mime,
        bytes,
        address: Some(format!("{}{public}", app.config.public_url())),
        width_px,
        height_px,
        duration_ms: film.duration_ms,
        alt: asset.alt.clone(),
    };
    Ok(Some(File { media, size_bytes }))
}

/// The same bytes are looked at once by a node.
async fn look(app: &App, store: &Store, asset: &Asset, object: &str, size_bytes: u64) -> anyhow::Result<Film> {
    if let Some(known) = app.memory.recall::<Film>(&asset.sha256) {
        return Ok(*known);
    }
    let film = Film::look(store, object, size_bytes).await?;
    Ok(*app.memory.keep(&asset.sha256, film))
}
