//! Pictures and recordings of publications: they are the library's, and the library knows where they are used.

use std::collections::BTreeSet;

use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;
use typesetting::Part;
use typesetting::html::Read;

use super::edition::{self, Edition, frozen};
use super::publication::Publication;
use super::section::Section;
use crate::base::{App, By, Who};
use crate::library::asset::{self, Asset, Kind};
use crate::library::reach::Reach;
use crate::library::{Place, usage};
use crate::people::agency::brief::Known;
use crate::web::{Error, Obstacle, address};

/// The image that the address of a picture leads to: `/tu-lieu/{id}/…`, or where the desk shows it.
#[must_use]
pub fn asset_of(address: &str) -> Option<Uuid> {
    let rest = address.strip_prefix("/tu-lieu/").or_else(|| address.strip_prefix("/desk/library/"))?;
    rest.split(['/', '?', '#']).next()?.parse().ok()
}

/// The addresses of the pictures of a text.
#[must_use]
pub fn addresses(read: &Read) -> Vec<String> {
    let part = Part { blocks: read.blocks.clone(), ..Part::default() };
    part.figures().into_iter().map(|figure| figure.picture.clone()).collect()
}

/// The images of what is written, the cover among them, and the recordings.
#[must_use]
pub fn written(publication: &Publication, sections: &[Section]) -> BTreeSet<Uuid> {
    let bodies = sections.iter().flat_map(|section| addresses(&section.read()));
    let recordings = sections.iter().filter_map(|section| section.audio);
    bodies.filter_map(|address| asset_of(&address)).chain(publication.cover).chain(recordings).collect()
}

/// The images and recordings of every edition: they are kept as long as the editions are.
async fn frozen(on: &impl ConnectionTrait, publication: Uuid) -> Result<BTreeSet<Uuid>, DbErr> {
    let editions = edition::Entity::find().filter(edition::Column::Publication.eq(publication)).all(on).await?;
    let recordings: Vec<Uuid> = frozen::Entity::find()
        .select_only()
        .column(frozen::Column::Audio)
        .filter(frozen::Column::Edition.is_in(editions.iter().map(|one| one.id)))
        .filter(frozen::Column::Audio.is_not_null())
        .into_tuple()
        .all(on)
        .await?;
    Ok(editions.iter().flat_map(|one| one.pictures().into_keys().chain(one.cover)).chain(recordings).collect())
}

/// Where everyone hears a recording, under the name that its file gets when it is taken along.
#[must_use]
pub fn public_address(recording: &Asset) -> String {
    format!("/tu-lieu/{}/{}", recording.id, address::encode(&recording.name))
}

fn place(publication: &Publication) -> Place {
    Place {
        kind: "publication",
        about: publication.id,
        title: publication.title.clone(),
        href: Publication::desk_path(publication.id),
        public: publication.is_out(),
    }
}

/// Notes what a draft uses, as far as it may be used already: what is still missing of a picture hinders no writing. Addresses
/// that lead to no image that the person sees are refused.
///
/// # Errors
/// Refused at the text, or at the cover; or the database failed.
pub async fn settle(
    app: &App,
    on: &impl ConnectionTrait,
    who: &Who,
    publication: &Publication,
    sections: &[Section],
) -> Result<(), Error> {
    let (written, frozen) = (written(publication, sections), frozen(on, publication.id).await?);
    let used: Vec<Uuid> = usage::Use::at(on, "publication", publication.id).await?.iter().map(|one| one.asset).collect();
    let fresh: Vec<Uuid> = written.iter().copied().filter(|id| !used.contains(id)).collect();
    let known = Known::now(app).await?;
    let seen: Vec<Asset> =
        if fresh.is_empty() { Vec::new() } else { Asset::seen_among(on, &Reach::of(app, who, &known), &fresh).await? };
    let recordings: BTreeSet<Uuid> = sections.iter().filter_map(|section| section.audio).collect();
    if images(on, &recordings).await?.iter().any(|one| one.kind != Kind::Audio) {
        return Err(Error::Refused(vec![Obstacle::new("publication-no-recording").at("audio")]));
    }
    let is_recording = |id: &Uuid| recordings.contains(id);
    let kind = |id: &Uuid| if is_recording(id) { Kind::Audio } else { Kind::Image };
    let fits = |id: &&Uuid| seen.iter().any(|one| one.id == **id && one.kind == kind(id));
    if let Some(first) = fresh.iter().find(|id| !fits(id)) {
        if is_recording(first) {
            return Err(Error::Refused(vec![Obstacle::new("publication-no-recording").at("audio")]));
        }
        let field = if publication.cover == Some(*first) { "cover" } else { "text" };
        return Err(Error::Refused(vec![Obstacle::new("publication-no-picture").with("name", first).at(field)]));
    }
    if let Some(address) = sections.iter().flat_map(|one| addresses(&one.read())).find(|one| asset_of(one).is_none()) {
        return Err(Error::Refused(vec![Obstacle::new("publication-no-picture").with("name", address).at("text")]));
    }
    let usable = |id: &&Uuid| used.contains(id) || seen.iter().any(|one| one.id == **id && one.obstacles_to_use().is_empty());
    let now: BTreeSet<Uuid> = written.iter().filter(usable).copied().chain(frozen).collect();
    let now: Vec<Uuid> = now.into_iter().collect();
    usage::settle(app, on, &place(publication), &now, &By::from(who)).await
}

/// Notes all that it uses, when it comes out or goes.
///
/// # Errors
/// Refused with what is missing of each picture; or the database failed.
pub async fn settle_all(
    app: &App,
    on: &impl ConnectionTrait,
    publication: &Publication,
    sections: &[Section],
    by: &By,
) -> Result<(), Error> {
    let mut all = frozen(on, publication.id).await?;
    all.extend(written(publication, sections));
    let all: Vec<Uuid> = all.into_iter().collect();
    usage::settle(app, on, &place(publication), &all, by).await
}

/// The images and recordings with these ids.
///
/// # Errors
/// The database failed.
pub async fn images(on: &impl ConnectionTrait, ids: &BTreeSet<Uuid>) -> Result<Vec<Asset>, DbErr> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    asset::Entity::find().filter(asset::Column::Id.is_in(ids.iter().copied())).all(on).await
}

/// The cover of an edition among its pictures.
#[must_use]
pub fn cover_of(edition: &Edition) -> Option<(Uuid, edition::Shot)> {
    let id = edition.cover?;
    edition.pictures().remove(&id).map(|shot| (id, shot))
}
