//! `/bao-chi`: what the press may take, the latest first, narrowed by agency and topic; and one article's kit.

use askama::Template;
use axum::extract::{Query, State as Shared};
use axum::http::HeaderMap;
use axum::response::Response;
use sea_orm::entity::prelude::*;
use sea_orm::{PaginatorTrait, QuerySelect};
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::ninjs::{self, Told};
use crate::base::{App, time};
use crate::news::article::{Column, Entity, Language};
use crate::news::kind::Tag;
use crate::news::portal::kept::Stamp;
use crate::news::{Article, listing, topic};
use crate::people::agency::brief::Known;
use crate::web::paging::Paging;
use crate::web::{Error, Locale, Page, Path, Result, Shell};

const ROWS: u64 = 30;
const FEED: u64 = 30;

/// What the address asks to see.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    /// The address of an agency.
    pub agency: String,
    /// The code of a topic.
    pub topic: String,
    pub page: Option<u64>,
}

/// An article as a row.
pub struct Row {
    pub href: String,
    pub title: String,
    pub summary: String,
    pub agency: String,
    pub day: String,
    pub machine: String,
}

#[derive(Template)]
#[template(path = "syndication/press/list.html")]
pub struct Latest {
    l: Locale,
    shell: Shell,
    ask: Ask,
    rows: Vec<Row>,
    /// Address and name of each agency that has something out, or might.
    agencies: Vec<(String, String)>,
    topics: Vec<(String, String)>,
    paging: Paging,
}

impl Latest {
    fn query(&self) -> String {
        let encode = crate::web::address::encode;
        format!("agency={}&topic={}", encode(&self.ask.agency), encode(&self.ask.topic))
    }

    fn turn(&self, by: i64) -> String {
        self.paging.turn(by).map(|to| format!("/bao-chi?{}&page={to}", self.query())).unwrap_or_default()
    }
}

async fn asked(app: &App, language: Language, ask: &Ask, known: &Known) -> Result<Select<Entity>> {
    let mut articles = listing::listed(time::local_date(app.clock.now())).filter(Column::Language.eq(language));
    if !ask.agency.is_empty() {
        let agency = known.values().find(|body| body.slug == ask.agency).ok_or(Error::NotFound)?;
        articles = articles.filter(Column::Agency.eq(agency.id));
    }
    if !ask.topic.is_empty() {
        topic::of(&ask.topic).ok_or(Error::NotFound)?;
        articles = articles.filter(Column::Id.in_subquery(topic::about(&ask.topic)));
    }
    Ok(articles)
}

/// `GET /bao-chi`
pub async fn list(shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>, headers: HeaderMap) -> Result<Response> {
    let l = shell.l;
    let known = Known::now(&app).await?;
    let articles = asked(&app, Language::from(l.0), &ask, &known).await?;
    let paging = Paging::new(ask.page, ROWS, articles.clone().count(&app.db).await?);
    let lines = articles.offset(paging.offset()).limit(ROWS).into_partial_model::<listing::Line>().all(&app.db).await?;
    let row = |line: listing::Line| {
        let at = line.published_at.unwrap_or(line.changed_at);
        Row {
            href: format!("/bao-chi/{}", line.id),
            agency: known.get(&line.agency).map(|body| body.name.clone()).unwrap_or_default(),
            day: time::day(time::local_date(at)),
            machine: time::machine(at),
            title: line.title,
            summary: line.summary,
        }
    };
    let today = time::local_date(app.clock.now());
    let mut open: Vec<_> = known.values().filter(|body| body.is_open_on(today) || body.slug == ask.agency).collect();
    open.sort_by_key(|body| known.rank(body.id));
    let nonce = shell.nonce.clone();
    let page = Latest {
        rows: lines.into_iter().map(row).collect(),
        agencies: open.into_iter().map(|body| (body.slug.clone(), body.name.clone())).collect(),
        topics: Tag::messages().iter().map(|tag| (tag.code.clone(), tag.name(l).to_owned())).collect(),
        ask,
        paging,
        l,
        shell,
    };
    Page(page).public(&headers, &nonce)
}

/// `GET /bao-chi/ninjs.json`: the latest, whole.
pub async fn feed(shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>, headers: HeaderMap) -> Result<Response> {
    let known = Known::now(&app).await?;
    let articles = asked(&app, Language::from(shell.l.0), &ask, &known).await?.limit(FEED).all(&app.db).await?;
    let changed = articles.iter().map(|one| one.changed_at).max();
    let versions: Vec<String> = articles.iter().map(|one| format!("{}.{}", one.id, one.version)).collect();
    let (versions, site) = (versions.join(","), app.site_version().to_string());
    let stamp = Stamp::of(&["ninjs", &versions, &known.stamp, &site, &ask.agency, &ask.topic, shell.lang], changed);
    if headers.contains_key(axum::http::header::IF_NONE_MATCH) && stamp.is_known(&headers) {
        return Ok(stamp.unchanged());
    }
    let mut items = Vec::new();
    for article in articles {
        items.extend(ninjs::told(&app, article).await?.map(|told| ninjs::item(&app, &told)));
    }
    Ok(stamp.text(ninjs::MEDIA_TYPE, json!({ "items": items }).to_string()))
}

#[derive(Template)]
#[template(path = "syndication/press/show.html")]
pub struct Kit {
    l: Locale,
    shell: Shell,
    told: Told,
    day: String,
    /// Address, words, credit, width and height of each picture.
    stills: Vec<(String, String, String, String)>,
}

/// `GET /bao-chi/{article}`
pub async fn show(shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>, headers: HeaderMap) -> Result<Response> {
    let told = ninjs::told(&app, Article::find(&app.db, id).await?).await?.ok_or(Error::NotFound)?;
    let still = |one: &ninjs::Still| {
        let size = format!("{} × {}", one.largest.width, one.largest.height);
        (one.path(), one.alt.clone(), one.credit.clone(), size)
    };
    let stills = told.stills.iter().map(still).collect();
    let at = told.article.published_at.unwrap_or(told.article.changed_at);
    let nonce = shell.nonce.clone();
    Page(Kit { l: shell.l, day: time::minute(at), stills, told, shell }).public(&headers, &nonce)
}

/// `GET /bao-chi/{article}/ninjs.json`
pub async fn item(Shared(app): Shared<App>, Path(id): Path<Uuid>, headers: HeaderMap) -> Result<Response> {
    let article = Article::find(&app.db, id).await?;
    let referred = article.referred(&app).await?;
    let version = format!("{}.{}", article.id, article.version);
    let known = Known::now(&app).await?;
    let site = app.site_version().to_string();
    let stamp = Stamp::of(&["ninjs", &version, &referred, &known.stamp, &site], Some(article.changed_at));
    let told = ninjs::told(&app, article).await?.ok_or(Error::NotFound)?;
    if stamp.is_known(&headers) {
        return Ok(stamp.unchanged());
    }
    Ok(stamp.text(ninjs::MEDIA_TYPE, ninjs::item(&app, &told).to_string()))
}
