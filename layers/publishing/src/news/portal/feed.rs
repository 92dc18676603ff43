//! Feeds: everything, a section, an agency; as RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1. The newest articles in one
//! statement; who has them already is told so before anything is built.

use axum::extract::{Query, State as Shared};
use axum::http::HeaderMap;
use axum::response::Response;
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use super::feed_format::{Channel, Format};
use super::kept::Stamp;
use super::list::with_children;
use crate::base::{App, time};
use crate::news::article::{Column, Entity, Language};
use crate::news::listing::{self, Line};
use crate::news::section::Section;
use crate::news::topic;
use crate::people::agency::Agency;
use crate::people::agency::brief::Known;
use crate::web::{Error, Lang, Locale, Path, Result};

const ENTRIES: u64 = 50;

/// What a feed may be asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    /// `en` for English; Vietnamese otherwise.
    lang: String,
}

impl Ask {
    fn l(&self) -> Locale {
        Locale(if self.lang == "en" { Lang::En } else { Lang::Vi })
    }
}

/// `GET /tin-tuc/rss.xml`
pub async fn rss(Shared(app): Shared<App>, Query(ask): Query<Ask>, headers: HeaderMap) -> Result<Response> {
    all(&app, ask.l(), Format::Rss, &headers).await
}

/// `GET /tin-tuc/atom.xml`
pub async fn atom(Shared(app): Shared<App>, Query(ask): Query<Ask>, headers: HeaderMap) -> Result<Response> {
    all(&app, ask.l(), Format::Atom, &headers).await
}

/// `GET /tin-tuc/feed.json`
pub async fn json(Shared(app): Shared<App>, Query(ask): Query<Ask>, headers: HeaderMap) -> Result<Response> {
    all(&app, ask.l(), Format::Json, &headers).await
}

async fn all(app: &App, l: Locale, format: Format, headers: &HeaderMap) -> Result<Response> {
    answer(app, l, (l.t("portal-news"), "/tin-tuc".into(), format), articles(app, l), headers).await
}

/// `GET /chuyen-muc/{slug}/{feed}`
pub async fn of_section(
    Shared(app): Shared<App>,
    Path((slug, file)): Path<(String, String)>,
    Query(ask): Query<Ask>,
    headers: HeaderMap,
) -> Result<Response> {
    let (l, format) = (ask.l(), Format::of_file(&file).ok_or(Error::NotFound)?);
    let section = Section::at(&app.db, &slug).await?;
    let within = with_children(&Section::all(&app.db).await?, section.id);
    let articles = articles(&app, l).filter(Column::Section.is_in(within));
    answer(&app, l, (section.label(l).to_owned(), section.public_path(), format), articles, &headers).await
}

/// `GET /co-quan/{slug}/tin-tuc/{feed}`
pub async fn of_agency(
    Shared(app): Shared<App>,
    Path((slug, file)): Path<(String, String)>,
    Query(ask): Query<Ask>,
    headers: HeaderMap,
) -> Result<Response> {
    let (l, format) = (ask.l(), Format::of_file(&file).ok_or(Error::NotFound)?);
    let agency = Agency::find_by_slug(&app.db, &slug).await?;
    let articles = articles(&app, l).filter(listing::shown_by(agency.id));
    let title = l.t1("portal-news-of", "name", &agency.name);
    answer(&app, l, (title, format!("{}/tin-tuc", agency.public_path()), format), articles, &headers).await
}

/// `GET /chu-de/{code}/{feed}`
pub async fn of_topic(
    Shared(app): Shared<App>,
    Path((code, file)): Path<(String, String)>,
    Query(ask): Query<Ask>,
    headers: HeaderMap,
) -> Result<Response> {
    let (l, format) = (ask.l(), Format::of_file(&file).ok_or(Error::NotFound)?);
    let tag = topic::of(&code).ok_or(Error::NotFound)?;
    let articles = articles(&app, l).filter(Column::Id.in_subquery(topic::about(&code)));
    answer(&app, l, (tag.name(l).to_owned(), topic::public_path(&code), format), articles, &headers).await
}

fn articles(app: &App, l: Locale) -> Select<Entity> {
    listing::listed(time::local_date(app.clock.now())).filter(Column::Language.eq(Language::from(l.0)))
}

async fn answer(
    app: &App,
    l: Locale,
    (title, path, format): (String, String, Format),
    articles: Select<Entity>,
    headers: &HeaderMap,
) -> Result<Response> {
    let lines = articles.limit(ENTRIES).into_partial_model::<Line>().all(&app.db).await?;
    let changed = lines.iter().map(|line| line.changed_at).max();
    let known = Known::now(app).await?;
    let ids: Vec<String> = lines.iter().map(|line| format!("{}.{}", line.id, line.changed_at.timestamp_micros())).collect();
    let site = app.site();
    let ids = ids.join(",");
    let parts: [&str; 7] = [&title, &ids, &known.stamp, format.file(), l.0.tag(), &site.name, &site.owner];
    // A date alone would not tell that one was taken off.
    let stamp = Stamp::of(&parts, changed);
    if headers.contains_key(axum::http::header::IF_NONE_MATCH) && stamp.is_known(headers) {
        return Ok(stamp.unchanged());
    }
    let name = if site.name.is_empty() { l.t("site-name") } else { site.name };
    let channel = Channel {
        origin: app.config.public_url(),
        title: format!("{title} · {name}"),
        description: l.t("portal-news-lead"),
        rights: site.owner,
        path,
        lang: l.0.tag(),
        changed: changed.unwrap_or_else(|| app.clock.now()),
        lines: &lines,
        known: &known,
    };
    let mut answer = stamp.text(format.media_type(), channel.written(format));
    if let Ok(links) = channel.links(format).parse() {
        answer.headers_mut().insert(axum::http::header::LINK, links);
    }
    Ok(answer)
}
