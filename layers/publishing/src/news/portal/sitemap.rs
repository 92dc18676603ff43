//! What crawlers ask for: the sitemap in parts, what is new (two days, as news sitemaps are), and where they may go.

use std::fmt::Write;
use std::sync::OnceLock;

use axum::extract::State as Shared;
use axum::http::HeaderMap;
use axum::response::Response;
use chrono::TimeDelta;
use sea_orm::entity::prelude::*;
use sea_orm::{PaginatorTrait, QueryOrder, QuerySelect};

use super::kept::{Stamp, xml};
use crate::base::{App, time};
use crate::news::article::{Column, Entity, Language};
use crate::news::kind::Tag;
use crate::news::listing;
use crate::news::section::Section;
use crate::news::topic;
use crate::people::agency::brief::Known;
use crate::web::{Error, Locale, Path, Result};

const XML: &str = "application/xml; charset=utf-8";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
/// Addresses in one part; the protocol lets 50,000 in.
const PART: u64 = 10_000;
/// A news sitemap holds two days, a thousand articles at most.
const NEWS_DAYS: i64 = 2;
const NEWS_MAX: u64 = 1_000;
/// Pages that are there whatever is published.
const PAGES: [&str; 5] = ["/", "/tin-tuc", "/ke-hoach", "/co-quan", "/huong-dan"];

/// What the addresses of sitemaps begin with: any capability may have one of its own, and it is named in the index.
const OWN: &str = "/sitemap-";

/// The sitemaps of capabilities, as their routers know them: looked up once.
static SITEMAPS: OnceLock<Vec<String>> = OnceLock::new();

fn sitemaps(app: &App) -> &'static [String] {
    SITEMAPS.get_or_init(|| {
        let all = app.capabilities.iter().flat_map(|capability| (capability.routes)().patterns);
        all.filter(|pattern| pattern.starts_with(OWN)).collect()
    })
}

/// An address of a sitemap, and when what it leads to last changed.
pub type Entry = (String, Option<DateTimeUtc>);

/// These addresses as a sitemap.
pub fn urls(app: &App, headers: &HeaderMap, entries: impl IntoIterator<Item = Entry>) -> Response {
    let origin = app.config.public_url();
    let mut out = format!("{HEAD}<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">");
    for (path, changed) in entries {
        let changed = changed.map(|at| format!("<lastmod>{}</lastmod>", time::machine(at))).unwrap_or_default();
        let _ = write!(out, "<url><loc>{}</loc>{changed}</url>", xml(&format!("{origin}{path}")));
    }
    out.push_str("</urlset>\n");
    kept(headers, out)
}

/// `GET /sitemap.xml`: where its parts are.
pub async fn index(Shared(app): Shared<App>, headers: HeaderMap) -> Result<Response> {
    let total = listing::listed(time::local_date(app.clock.now())).count(&app.db).await?;
    let origin = app.config.public_url();
    let mut out = format!("{HEAD}<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">");
    let parts = (1..=total.div_ceil(PART)).map(|part| format!("/sitemap/{part}.xml"));
    let first = std::iter::once("/sitemap/pages.xml".to_owned());
    for path in first.chain(parts).chain(sitemaps(&app).iter().cloned()) {
        let _ = write!(out, "<sitemap><loc>{}</loc></sitemap>", xml(&format!("{origin}{path}")));
    }
    out.push_str("</sitemapindex>\n");
    Ok(kept(&headers, out))
}

fn kept(headers: &HeaderMap, text: String) -> Response {
    let stamp = Stamp::of(&[&text], None);
    if stamp.is_known(headers) { stamp.unchanged() } else { stamp.text(XML, text) }
}

/// `GET /sitemap/{page}`: `pages.xml`, or a part of the articles, the oldest first so that parts stay as they are.
pub async fn page(Shared(app): Shared<App>, Path(file): Path<String>, headers: HeaderMap) -> Result<Response> {
    let name = file.strip_suffix(".xml").ok_or(Error::NotFound)?;
    if name == "pages" {
        let sections = Section::all(&app.db).await?;
        let known = Known::now(&app).await?;
        let today = time::local_date(app.clock.now());
        let mut agencies: Vec<String> = known.values().filter(|one| one.is_open_on(today)).map(|one| one.public_path()).collect();
        agencies.sort_unstable();
        let pages = PAGES.iter().map(|path| (*path).to_owned());
        let topics = Tag::messages().iter().map(|tag| topic::public_path(&tag.code));
        let all = pages.chain(topics).chain(sections.iter().map(Section::public_path)).chain(agencies);
        return Ok(urls(&app, &headers, all.map(|path| (path, None))));
    }
    let number: u64 = name.parse().ok().filter(|number| *number > 0).ok_or(Error::NotFound)?;
    let rows: Vec<(String, DateTimeUtc)> = out_by_age(&app)
        .offset((number - 1).saturating_mul(PART))
        .limit(PART)
        .select_only()
        .column(Column::Slug)
        .column(Column::ChangedAt)
        .into_tuple()
        .all(&app.db)
        .await?;
    if rows.is_empty() {
        return Err(Error::NotFound);
    }
    Ok(urls(&app, &headers, rows.into_iter().map(|(slug, changed)| (format!("/tin-tuc/{slug}"), Some(changed)))))
}

fn out_by_age(app: &App) -> Select<Entity> {
    let today = time::local_date(app.clock.now());
    let listed = sea_orm::Condition::any().add(Column::ExpiresOn.is_null()).add(Column::ExpiresOn.gte(today));
    Entity::find().filter(Column::ListedAt.is_not_null()).filter(listed).order_by_asc(Column::ListedAt).order_by_asc(Column::Id)
}

/// `GET /sitemap-tin-tuc.xml`
pub async fn news(Shared(app): Shared<App>, headers: HeaderMap) -> Result<Response> {
    let since = app.clock.now() - TimeDelta::days(NEWS_DAYS);
    let rows: Vec<(String, String, Language, Option<DateTimeUtc>)> = listing::listed(time::local_date(app.clock.now()))
        .filter(Column::ListedAt.gte(since))
        .limit(NEWS_MAX)
        .select_only()
        .column(Column::Slug)
        .column(Column::Title)
        .column(Column::Language)
        .column(Column::PublishedAt)
        .into_tuple()
        .all(&app.db)
        .await?;
    let origin = app.config.public_url();
    let site = app.site();
    let name = if site.name.is_empty() { Locale::default().t("site-name") } else { site.name };
    let mut out = format!(
        "{HEAD}<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\">"
    );
    for (slug, title, language, published) in rows {
        let _ = write!(
            out,
            "<url><loc>{origin}/tin-tuc/{slug}</loc><news:news><news:publication><news:name>{}</news:name><news:language>{}</news:language>\
             </news:publication><news:publication_date>{}</news:publication_date><news:title>{}</news:title></news:news></url>",
            xml(&name),
            language.tag(),
            published.map(time::machine).unwrap_or_default(),
            xml(&title),
        );
    }
    out.push_str("</urlset>\n");
    Ok(kept(&headers, out))
}

/// `GET /robots.txt`: everything public may be read; the desk and one-time links are nobody's to index.
pub async fn robots(Shared(app): Shared<App>, headers: HeaderMap) -> Response {
    let text = format!(
        "User-agent: *\nDisallow: /desk\nDisallow: /duyet-tin/\nDisallow: /lich/\nDisallow: /api/\n\nSitemap: {}/sitemap.xml\n",
        app.config.public_url()
    );
    let stamp = Stamp::of(&[&text], None);
    if stamp.is_known(&headers) { stamp.unchanged() } else { stamp.text("text/plain; charset=utf-8", text) }
}
