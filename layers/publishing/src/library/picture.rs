//! A picture for a page: addresses in several widths, so that a phone fetches a small one (`srcset`), its size, its alt text.

use std::collections::HashMap;

use sea_orm::entity::prelude::*;

use super::asset::{self, Asset, Kind};
use super::rendition::Rendition;

/// What an `<img>` needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    pub src: String,
    pub srcset: String,
    /// Pixels of the widest, so that the page keeps its place free.
    pub width: i32,
    pub height: i32,
    /// Empty when it is decorative.
    pub alt: String,
    pub caption: String,
    pub credit: String,
}

/// The width that is named for browsers without `srcset`.
pub const PLAIN: i32 = 1280;

impl Picture {
    /// The pictures of these images for public pages: two statements. One whose pictures are still being made is left out.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, ids: &[Uuid]) -> Result<HashMap<Uuid, Self>, DbErr> {
        let found = asset::Entity::find()
            .filter(asset::Column::Id.is_in(ids.iter().copied()))
            .filter(asset::Column::Kind.eq(Kind::Image))
            .filter(asset::Column::DeletedAt.is_null());
        Self::below(on, found.all(on).await?, |asset| format!("/tu-lieu/{}", asset.id)).await
    }

    /// The same for the desk, where the address asks who is there: one statement.
    ///
    /// # Errors
    /// The database failed.
    pub async fn at_desk(on: &impl ConnectionTrait, assets: &[Asset]) -> Result<HashMap<Uuid, Self>, DbErr> {
        let images = assets.iter().filter(|asset| asset.kind == Kind::Image).cloned().collect();
        Self::below(on, images, |asset| format!("{}/pictures", Asset::desk_path(asset.id))).await
    }

    /// The picture of an image on a page that shows it to people whom the library would not: below an address of its own.
    ///
    /// # Errors
    /// The database failed.
    pub async fn under(on: &impl ConnectionTrait, asset: Asset, base: &str) -> Result<Option<Self>, DbErr> {
        let id = asset.id;
        Ok(Self::below(on, vec![asset], |_| base.to_owned()).await?.remove(&id))
    }

    async fn below(
        on: &impl ConnectionTrait,
        assets: Vec<Asset>,
        base: impl Fn(&Asset) -> String,
    ) -> Result<HashMap<Uuid, Self>, DbErr> {
        let hashes: Vec<String> = assets.iter().map(|asset| asset.sha256.clone()).collect();
        let mut made: HashMap<String, Vec<Rendition>> = HashMap::new();
        for one in Rendition::of(on, &hashes).await? {
            made.entry(one.sha256.clone()).or_default().push(one);
        }
        let picture = |asset: Asset| {
            let widths = made.get(&asset.sha256)?;
            Some((asset.id, Self::drawn(&asset, &base(&asset), widths)?))
        };
        Ok(assets.into_iter().filter_map(picture).collect())
    }

    /// Pixels of the one that `src` leads to: its width is in its address.
    #[must_use]
    pub fn size_of_plain(&self) -> (i32, i32) {
        let name = self.src.rsplit('/').next().unwrap_or_default();
        let width = name.strip_suffix(".jpg").and_then(|width| width.parse().ok()).unwrap_or(self.width);
        (width, (self.height * width + self.width - 1) / self.width.max(1))
    }

    fn drawn(asset: &Asset, base: &str, widths: &[Rendition]) -> Option<Self> {
        let address = |one: &Rendition| format!("{base}/{}.jpg", one.width);
        let widest = widths.last()?;
        let plain = widths.iter().rfind(|one| one.width <= PLAIN).unwrap_or(widest);
        let set: Vec<String> = widths.iter().map(|one| format!("{} {}w", address(one), one.width)).collect();
        Some(Self {
            src: address(plain),
            srcset: set.join(", "),
            width: widest.width,
            height: widest.height,
            alt: if asset.decorative { String::new() } else { asset.alt.clone() },
            caption: asset.caption.clone(),
            credit: asset.credit.clone(),
        })
    }
}
