//! The library's files of an article: its lead picture (or film, recording, file) and the pictures of its text. What an article
//! uses is noted in the library, so that nobody deletes it from under the article.

use std::collections::HashMap;

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use super::Article;
use crate::base::{App, By, Who};
use crate::library::reach::Reach;
use crate::library::usage::{self, Use};
use crate::library::{Asset, Kind, Picture, Place, asset};
use crate::news::embedding::Host;
use crate::news::figures::{asset_of, assets_in, images, public_address, with_pictures};
use crate::news::markup::escaped;
use crate::people::agency::brief::Known;
use crate::web::{Error, Obstacle, address};

/// What the library calls an article among the places that use its files.
pub const PLACE: &str = "article";

/// A place in the article: 0 is the lead, from 1 on the pictures of the text.
type Spot = (usize, Uuid);

impl Article {
    /// The asset of the lead.
    #[must_use]
    pub fn lead(&self) -> Option<Uuid> {
        asset_of(&self.media_url)
    }

    /// The library's files that it uses, each once, the lead's first.
    #[must_use]
    pub fn assets(&self) -> Vec<Uuid> {
        let mut found: Vec<Uuid> = self.lead().into_iter().collect();
        found.extend(assets_in(&self.body).into_iter().filter(|one| self.lead() != Some(*one)));
        found
    }

    fn spots(&self) -> Vec<Spot> {
        let lead = self.lead().map(|asset| (0, asset));
        let within = images(&self.body).filter_map(|tag| asset_of(&tag.value("src")));
        lead.into_iter().chain(within.enumerate().map(|(at, asset)| (at + 1, asset))).collect()
    }

    /// Takes over what the library says of what is used: addresses, alt texts and credits that the article does not give itself.
    /// Returns what can not be used at all: it is not there for this person, or no picture. `before`: what the article used
    /// already, which who edits it need not see in the library.
    ///
    /// # Errors
    /// The database failed.
    pub(in crate::news) async fn illustrate(
        &mut self,
        app: &App,
        on: &impl ConnectionTrait,
        who: &Who,
        before: &[Uuid],
    ) -> Result<Vec<Obstacle>, Error> {
        let spots = self.spots();
        if spots.is_empty() {
            return Ok(Vec::new());
        }
        let reach = Reach::of(app, who, &*Known::now(app).await?);
        let there = found(on, &self.assets()).await?;
        let mut wrong = Vec::new();
        for (number, id) in spots {
            let field = if number == 0 { "media_url" } else { "text" };
            let seen = there.get(&id).filter(|one| before.contains(&id) || reach.sees(one));
            match seen.filter(|one| one.deleted_at.is_none()) {
                None => wrong.push(named("article-lead-none", "article-figure-none", number, "").at(field)),
                Some(one) if number > 0 && one.kind != Kind::Image => {
                    wrong.push(Obstacle::new("article-figure-kind").with("n", number).with("name", one.label()).at(field));
                }
                Some(_) => {}
            }
        }
        self.take_over(&there);
        Ok(wrong)
    }

    fn take_over(&mut self, there: &HashMap<Uuid, Asset>) {
        if let Some(asset) = self.lead().and_then(|lead| there.get(&lead)) {
            self.media_url = match asset.kind {
                Kind::Image => public_address(asset.id),
                _ => format!("/tu-lieu/{}/{}", asset.id, address::encode(&asset.name)),
            };
            for (field, said) in [(&mut self.media_alt, &asset.alt), (&mut self.media_credit, &asset.credit)] {
                if field.is_empty() {
                    field.clone_from(said);
                }
            }
        }
        self.body = with_pictures(&self.body, |tag| {
            let asset = asset_of(&tag.value("src")).and_then(|id| there.get(&id));
            match asset.filter(|_| tag.value("alt").trim().is_empty()) {
                Some(asset) => tag.whole.replace(" alt=\"\"", &format!(" alt=\"{}\"", escaped(&asset.alt))),
                None => tag.whole.to_owned(),
            }
        });
    }

    /// Notes in the library what it uses now, in the transaction that saves it. What may not be used yet (nobody described it) is
    /// not noted: it keeps the article from being handed in.
    ///
    /// # Errors
    /// The database failed.
    pub(in crate::news) async fn note_uses(&self, app: &App, on: &impl ConnectionTrait, by: &By) -> Result<(), Error> {
        let (assets, used) = (self.assets(), self.used(on).await?);
        if assets.is_empty() && used.is_empty() {
            return Ok(());
        }
        let there = found(on, &assets).await?;
        let usable = |id: &Uuid| used.contains(id) || there.get(id).is_some_and(|one| one.obstacles_to_use().is_empty());
        let place = Place {
            kind: PLACE,
            about: self.id,
            title: self.title.clone(),
            href: Self::desk_path(self.id),
            public: self.state.is_readable(),
        };
        let assets: Vec<Uuid> = assets.into_iter().filter(usable).collect();
        usage::settle(app, on, &place, &assets, by).await
    }

    /// What the library has noted that it uses.
    ///
    /// # Errors
    /// The database failed.
    pub async fn used(&self, on: &impl ConnectionTrait) -> Result<Vec<Uuid>, DbErr> {
        Ok(Use::at(on, PLACE, self.id).await?.into_iter().map(|one| one.asset).collect())
    }

    /// The versions of what it refers to, for who has its page already: no statement where it refers to nothing.
    ///
    /// # Errors
    /// The database failed.
    pub async fn referred(&self, app: &App) -> Result<String, DbErr> {
        let assets = self.assets();
        let mut parts: Vec<String> = Vec::new();
        if !assets.is_empty() {
            let there = asset::Entity::find().select_only().column(asset::Column::Id).column(asset::Column::Version);
            let there: Vec<(Uuid, i32)> =
                there.filter(asset::Column::Id.is_in(assets)).order_by_asc(asset::Column::Id).into_tuple().all(&app.db).await?;
            parts.extend(there.iter().map(|(id, version)| format!("{id}.{version}")));
        }
        if self.body.contains(" data-embed=\"") {
            parts.extend(Host::all(&app.db).await?.into_iter().map(|host| format!("{}={}", host.host, host.name)));
        }
        Ok(parts.join(","))
    }

    /// What its files lack before everyone may see them, each with its place in the article. None without files, else three
    /// statements.
    ///
    /// # Errors
    /// The database failed.
    pub async fn lacking_files(&self, on: &impl ConnectionTrait) -> Result<Vec<Obstacle>, DbErr> {
        let spots = self.spots();
        if spots.is_empty() {
            return Ok(Vec::new());
        }
        let there = found(on, &self.assets()).await?;
        let made = Picture::of(on, &self.assets()).await?;
        let mut lacks = Vec::new();
        for (number, id) in spots {
            let field = if number == 0 { "media_url" } else { "text" };
            let Some(asset) = there.get(&id).filter(|one| one.deleted_at.is_none()) else {
                lacks.push(named("article-lead-none", "article-figure-none", number, "").at(field));
                continue;
            };
            if asset.kind == Kind::Image && !made.contains_key(&id) {
                lacks.push(named("article-lead-unready", "article-figure-unready", number, asset.label()).at(field));
            }
            let of = asset.obstacles_to_use().into_iter().map(|one| match one.key {
                "asset-obstacle-credit" => named("article-lead-credit", "article-figure-credit", number, asset.label()),
                _ => named("article-lead-alt", "article-figure-alt", number, asset.label()),
            });
            lacks.extend(of.map(|one| one.at(field)));
        }
        Ok(lacks)
    }
}

fn named(lead: &'static str, figure: &'static str, number: usize, name: &str) -> Obstacle {
    Obstacle::new(if number == 0 { lead } else { figure }).with("n", number).with("name", name)
}

async fn found(on: &impl ConnectionTrait, ids: &[Uuid]) -> Result<HashMap<Uuid, Asset>, DbErr> {
    let rows = asset::Entity::find().filter(asset::Column::Id.is_in(ids.iter().copied())).all(on).await?;
    Ok(rows.into_iter().map(|one| (one.id, one)).collect())
}
