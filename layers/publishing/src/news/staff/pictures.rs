//! Pictures on the desk: the page to choose one of the library from, and the pictures of an article for who may read it there,
//! whatever they see of the library.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Query, State as Shared};
use axum::http::HeaderMap;
use axum::response::Response;
use sea_orm::entity::prelude::*;
use sea_orm::{PaginatorTrait, QuerySelect};
use serde::Deserialize;

use crate::base::App;
use crate::library::reach::Reach;
use crate::library::serving::Served;
use crate::library::{Asset, Kind, Picture, asset, listing, portal};
use crate::news::article::Article;
use crate::news::link::Link;
use crate::people::agency::brief::Known;
use crate::web::paging::Paging;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Page, Path, Result, Shell, address};

const ROWS: u64 = 24;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    q: String,
    page: Option<u64>,
}

/// A picture to choose.
pub struct Choice {
    /// Its id on the page.
    pub key: String,
    pub title: String,
    /// The address to paste.
    pub address: String,
    pub picture: Option<Picture>,
    pub alt: String,
    pub credit: String,
    pub caption: String,
    /// What it lacks before it may be used.
    pub lacks: Vec<String>,
    pub agency: String,
}

#[derive(Template)]
#[template(path = "news/staff/pictures.html")]
pub struct Pictures {
    l: Locale,
    shell: Shell,
    ask: Ask,
    choices: Vec<Choice>,
    paging: Paging,
    may_bring: bool,
}

impl Pictures {
    fn turn(&self, by: i64) -> String {
        let Some(to) = self.paging.turn(by) else { return String::new() };
        format!("/desk/news/pictures{}", address::query(&[("q", &self.ask.q), ("page", &to.to_string())]))
    }
}

/// `GET /desk/news/pictures`: the images that the person may use, the newest first; three statements.
pub async fn list(who: Signed, shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Page<Pictures>> {
    super::form::own_agency(&who)?;
    let known = Known::now(&app).await?;
    let reach = Reach::of(&app, &who, &known);
    let wanted = listing::Ask { q: ask.q.clone(), kind: Kind::Image.code(), ..listing::Ask::default() };
    let images = listing::asked(&reach, &who, &wanted, None);
    let paging = Paging::new(ask.page, ROWS, images.clone().count(&app.db).await?);
    let images = images.offset(paging.offset()).limit(ROWS).all(&app.db).await?;
    let mut pictures = Picture::at_desk(&app.db, &images).await?;
    let l = shell.l;
    let choice = |asset: &Asset, picture: Option<Picture>| Choice {
        key: format!("picture-{}", asset.id.simple()),
        title: asset.label().to_owned(),
        address: Asset::desk_path(asset.id),
        picture,
        alt: if asset.decorative { String::new() } else { asset.alt.clone() },
        credit: asset.credit.clone(),
        caption: asset.caption.clone(),
        lacks: asset.obstacles_to_use().iter().map(|one| one.text(l)).collect(),
        agency: if reach.owns(asset) {
            String::new()
        } else {
            known.get(&asset.agency).map(|one| one.label()).unwrap_or_default()
        },
    };
    let choices = images.iter().map(|asset| choice(asset, pictures.remove(&asset.id))).collect();
    Ok(Page(Pictures { ask, choices, paging, may_bring: reach.keeps.is_some(), l, shell }))
}

/// `GET /desk/news/{id}/pictures/{asset}/{name}`: who reads the article on the desk sees its pictures.
pub async fn of_article(
    who: Signed,
    Shared(app): Shared<App>,
    Path((id, asset, name)): Path<(Uuid, Uuid, String)>,
    headers: HeaderMap,
) -> Result<Response> {
    let article = Article::find_for(&app, &who, id).await?;
    served(&app, &article, asset, &name, &headers).await
}

/// `GET /duyet-tin/{token}/pictures/{asset}/{name}`: so does who decides by a link.
pub async fn by_link(
    Shared(app): Shared<App>,
    Path((token, asset, name)): Path<(String, Uuid, String)>,
    headers: HeaderMap,
) -> Result<Response> {
    let (_, article) = Link::open(&app, &token).await?;
    served(&app, &article, asset, &name, &headers).await
}

async fn served(app: &App, article: &Article, id: Uuid, name: &str, headers: &HeaderMap) -> Result<Response> {
    if !article.assets().contains(&id) {
        return Err(Error::NotFound);
    }
    let found = asset::Entity::find_by_id(id).filter(asset::Column::DeletedAt.is_null()).one(&app.db).await?;
    let asset = found.ok_or(Error::NotFound)?;
    let picture = portal::picture(app, &asset, name).await?;
    Served::picture(&asset, &picture).answer(app, headers).await
}

/// The pictures of an article where `base` serves them.
#[must_use]
pub fn moved(pictures: HashMap<Uuid, Picture>, base: &str) -> HashMap<Uuid, Picture> {
    let to = |id: Uuid, picture: Picture| {
        let from = format!("/tu-lieu/{id}/");
        let to = format!("{base}/{id}/");
        (id, Picture { src: picture.src.replace(&from, &to), srcset: picture.srcset.replace(&from, &to), ..picture })
    };
    pictures.into_iter().map(|(id, picture)| to(id, picture)).collect()
}
