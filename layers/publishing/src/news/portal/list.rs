//! `/tin-tuc`, `/chuyen-muc/{slug}`, `/co-quan/{slug}/tin-tuc`: what is out, newest first.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Query, State as Shared};
use axum::http::HeaderMap;
use axum::response::Response;
use sea_orm::entity::prelude::*;
use sea_orm::{PaginatorTrait, QuerySelect};
use serde::Deserialize;

use crate::base::{App, time};
use crate::library::Picture;
use crate::news::article::{Column, Entity, Language};
use crate::news::figures::asset_of;
use crate::news::kind::{Kind, Tag};
use crate::news::listing::{self, Line};
use crate::news::section::Section;
use crate::news::topic;
use crate::people::agency::address::{self, At};
use crate::people::agency::brief::Known;
use crate::people::portal::profile::moved;
use crate::web::paging::Paging;
use crate::web::{Error, Locale, Page, Path, Result, Shell};

const ROWS: u64 = 20;

/// What the address asks to see.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    page: Option<u64>,
}

/// An article as a list shows it.
pub struct Entry {
    pub href: String,
    pub title: String,
    pub summary: String,
    pub section: String,
    pub section_href: String,
    pub agency: String,
    pub agency_href: String,
    /// Empty for plain news.
    pub kind: String,
    pub day: String,
    pub machine: String,
    pub picture: Option<Picture>,
    pub alt: String,
    pub demo: bool,
}

/// A section as a link, those within it behind.
pub struct Branch {
    pub href: String,
    pub name: String,
    pub children: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "news/portal/list.html")]
pub struct List {
    l: Locale,
    shell: Shell,
    title: String,
    lead: String,
    /// Where it begins, without a page.
    here: String,
    crumbs: Vec<(String, String)>,
    entries: Vec<Entry>,
    paging: Paging,
    branches: Vec<Branch>,
    /// On the first of all lists: what articles are about.
    topics: Vec<(String, String)>,
    /// Where its feeds are.
    feeds: String,
    canonical: String,
    printed: String,
}

impl List {
    fn turn(&self, by: i64) -> String {
        self.paging
            .turn(by)
            .map(|to| if to == 1 { self.here.clone() } else { format!("{}?page={to}", self.here) })
            .unwrap_or_default()
    }

    /// On the first page the newest one stands large.
    fn first(&self) -> Option<&Entry> {
        self.entries.first().filter(|_| self.paging.page == 1)
    }

    fn rest(&self) -> &[Entry] {
        if self.paging.page == 1 { self.entries.get(1..).unwrap_or_default() } else { &self.entries }
    }
}

/// Which articles, and what stands over them.
struct Asked {
    articles: Select<Entity>,
    title: String,
    lead: String,
    here: String,
    crumbs: Vec<(String, String)>,
    /// The sections to go on to: all of them, or those within one.
    within: Option<uuid::Uuid>,
    feeds: String,
}

/// `GET /tin-tuc`: in the reader's language.
pub async fn home(shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>, headers: HeaderMap) -> Result<Response> {
    let l = shell.l;
    let articles = in_language(&app, l);
    let asked = Asked {
        articles,
        title: l.t("portal-news"),
        lead: l.t("portal-news-lead"),
        here: "/tin-tuc".into(),
        crumbs: Vec::new(),
        within: None,
        feeds: "/tin-tuc".into(),
    };
    answer(&app, shell, &ask, asked, &headers).await
}

fn in_language(app: &App, l: Locale) -> Select<Entity> {
    listing::listed(time::local_date(app.clock.now())).filter(Column::Language.eq(Language::from(l.0)))
}

/// `GET /chuyen-muc/{slug}`: with what stands in the sections within it.
pub async fn section(
    shell: Shell,
    Shared(app): Shared<App>,
    Path(slug): Path<String>,
    Query(ask): Query<Ask>,
    headers: HeaderMap,
) -> Result<Response> {
    let l = shell.l;
    let section = Section::at(&app.db, &slug).await?;
    let all = Section::all(&app.db).await?;
    let parent = all.iter().find(|one| Some(one.id) == section.parent);
    let mut crumbs = vec![(l.t("portal-news"), "/tin-tuc".to_owned())];
    crumbs.extend(parent.map(|one| (one.label(l).to_owned(), one.public_path())));
    let asked = Asked {
        articles: in_language(&app, l).filter(Column::Section.is_in(with_children(&all, section.id))),
        title: section.label(l).to_owned(),
        lead: String::new(),
        here: section.public_path(),
        crumbs,
        within: Some(section.id),
        feeds: section.public_path(),
    };
    answer(&app, shell, &ask, asked, &headers).await
}

/// A section and those within it.
#[must_use]
pub fn with_children(all: &[Section], id: uuid::Uuid) -> Vec<uuid::Uuid> {
    all.iter().filter(|one| one.id == id || one.parent == Some(id)).map(|one| one.id).collect()
}

/// `GET /co-quan/{slug}/tin-tuc`: its own, and what others show there.
pub async fn agency(
    shell: Shell,
    Shared(app): Shared<App>,
    Path(slug): Path<String>,
    Query(ask): Query<Ask>,
    headers: HeaderMap,
) -> Result<Response> {
    let l = shell.l;
    let agency = match address::at(&app.db, &slug).await? {
        At::Moved(agency) => return Ok(moved(&format!("{}/tin-tuc", agency.public_path()))),
        At::Here(agency) => agency,
    };
    let here = format!("{}/tin-tuc", agency.public_path());
    let asked = Asked {
        articles: in_language(&app, l).filter(listing::shown_by(agency.id)),
        title: l.t1("portal-news-of", "name", &agency.name),
        lead: String::new(),
        feeds: here.clone(),
        here,
        crumbs: vec![(l.t("portal-agencies"), "/co-quan".to_owned()), (agency.short_name.clone(), agency.public_path())],
        within: Some(uuid::Uuid::nil()),
    };
    answer(&app, shell, &ask, asked, &headers).await
}

/// `GET /chu-de/{code}`: what is about a topic.
pub async fn topic(
    shell: Shell,
    Shared(app): Shared<App>,
    Path(code): Path<String>,
    Query(ask): Query<Ask>,
    headers: HeaderMap,
) -> Result<Response> {
    let l = shell.l;
    let tag = topic::of(&code).ok_or(Error::NotFound)?;
    let here = topic::public_path(&code);
    let asked = Asked {
        articles: in_language(&app, l).filter(Column::Id.in_subquery(topic::about(&code))),
        title: tag.name(l).to_owned(),
        lead: l.t("portal-topic-lead"),
        feeds: here.clone(),
        here,
        crumbs: vec![(l.t("portal-news"), "/tin-tuc".to_owned())],
        within: Some(uuid::Uuid::nil()),
    };
    answer(&app, shell, &ask, asked, &headers).await
}

/// Every topic with its address.
#[must_use]
pub fn topics(l: Locale) -> Vec<(String, String)> {
    Tag::messages().iter().map(|tag| (topic::public_path(&tag.code), tag.name(l).to_owned())).collect()
}

async fn answer(app: &App, shell: Shell, ask: &Ask, asked: Asked, headers: &HeaderMap) -> Result<Response> {
    let l = shell.l;
    let paging = Paging::new(ask.page, ROWS, asked.articles.clone().count(&app.db).await?);
    let lines = asked.articles.offset(paging.offset()).limit(ROWS).into_partial_model::<Line>().all(&app.db).await?;
    let sections = Section::all(&app.db).await?;
    let known = Known::now(app).await?;
    let by_id: HashMap<uuid::Uuid, &Section> = sections.iter().map(|one| (one.id, one)).collect();
    let pictures = lead_pictures(app, &lines).await?;
    let nonce = shell.nonce.clone();
    let page = List {
        entries: lines.iter().map(|line| entry(l, line, &by_id, &known, &pictures)).collect(),
        topics: if asked.within.is_none() { topics(l) } else { Vec::new() },
        branches: branches(l, &sections, asked.within),
        canonical: format!("{}{}", app.config.public_url(), asked.here),
        printed: time::minute(app.clock.now()),
        title: asked.title,
        lead: asked.lead,
        here: asked.here,
        crumbs: asked.crumbs,
        feeds: asked.feeds,
        paging,
        l,
        shell,
    };
    Page(page).public(headers, &nonce)
}

/// The pictures that stand before these; no statement where there are none, two where there are.
///
/// # Errors
/// The database failed.
pub async fn lead_pictures(app: &App, lines: &[Line]) -> Result<HashMap<uuid::Uuid, Picture>> {
    let ids: Vec<uuid::Uuid> = lines.iter().filter_map(|line| asset_of(&line.media_url)).collect();
    if ids.is_empty() { Ok(HashMap::new()) } else { Ok(Picture::of(&app.db, &ids).await?) }
}

/// An article as a list shows it.
#[must_use]
pub fn entry(
    l: Locale,
    line: &Line,
    sections: &HashMap<uuid::Uuid, &Section>,
    known: &Known,
    pictures: &HashMap<uuid::Uuid, Picture>,
) -> Entry {
    let section = sections.get(&line.section);
    let agency = known.get(&line.agency);
    Entry {
        href: line.public_path(),
        title: line.title.clone(),
        summary: line.summary.clone(),
        section: section.map(|one| one.label(l).to_owned()).unwrap_or_default(),
        section_href: section.map(|one| one.public_path()).unwrap_or_default(),
        agency: agency.map(|body| body.label()).unwrap_or_default(),
        agency_href: agency.map(|body| format!("{}/tin-tuc", body.public_path())).unwrap_or_default(),
        kind: Kind::of(&line.kind).filter(|_| line.kind != "news").map(|kind| kind.name(l).to_owned()).unwrap_or_default(),
        day: line.listed_at.map(|at| time::day(time::local_date(at))).unwrap_or_default(),
        machine: line.listed_at.map(time::machine).unwrap_or_default(),
        picture: asset_of(&line.media_url).and_then(|lead| pictures.get(&lead).cloned()),
        alt: line.media_alt.clone(),
        demo: line.demo,
    }
}

/// The province's sections with those within them; within one: only its own.
fn branches(l: Locale, sections: &[Section], within: Option<uuid::Uuid>) -> Vec<Branch> {
    let branch = |one: &Section| Branch {
        href: one.public_path(),
        name: one.label(l).to_owned(),
        children: sections
            .iter()
            .filter(|child| child.parent == Some(one.id))
            .map(|child| (child.public_path(), child.label(l).to_owned()))
            .collect(),
    };
    let is_shown = |one: &&Section| match within {
        None => one.parent.is_none() && one.agency.is_none(),
        Some(id) => one.parent == Some(id),
    };
    sections.iter().filter(is_shown).map(branch).collect()
}
