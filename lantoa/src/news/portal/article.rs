//! `/tin-tuc/{slug}`: one article at its one address.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State as Shared;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;
use serde_json::json;

use super::kept::Stamp;
use super::list::{Entry, entry};
use crate::base::{App, time};
use crate::news::article::reviewing::is_picture;
use crate::news::article::{Article, Column, Entity, State};
use crate::news::listing::{self, Line};
use crate::news::section::Section;
use crate::people::agency::brief::Known;
use crate::web::{Error, Locale, Page, Path, Result, Shell};

/// How many others are shown after it.
const OTHERS: u64 = 4;

#[derive(Template)]
#[template(path = "news/portal/article.html")]
pub struct ArticlePage {
    l: Locale,
    shell: Shell,
    article: Article,
    agency: String,
    agency_href: String,
    section: String,
    section_href: String,
    published: String,
    machine: String,
    /// What was corrected, or why it was withdrawn.
    notice: Option<(String, String)>,
    /// Its last day was before today.
    over: String,
    kind: String,
    /// A picture of ours is shown; anything else is a link.
    picture: bool,
    canonical: String,
    /// Language and address of each text that is out.
    siblings: Vec<(String, String, String)>,
    json_ld: String,
    others: Vec<Entry>,
    printed: String,
}

#[derive(Template)]
#[template(path = "news/portal/gone.html")]
pub struct Gone {
    l: Locale,
    shell: Shell,
    day: String,
}

/// `GET /tin-tuc/{slug}`. Who has it already is answered by one statement.
pub async fn show(shell: Shell, Shared(app): Shared<App>, Path(slug): Path<String>, headers: HeaderMap) -> Result<Response> {
    let article = Entity::find().filter(Column::Slug.eq(&slug)).one(&app.db).await?.ok_or(Error::NotFound)?;
    if article.state == State::TakenDown {
        let day = article.noticed_at.map(|at| time::day(time::local_date(at))).unwrap_or_default();
        return Ok((StatusCode::GONE, Page(Gone { l: shell.l, shell, day })).into_response());
    }
    if !article.state.is_readable() {
        return Err(Error::NotFound);
    }
    let siblings = Article::of_work(&app.db, article.work).await?;
    let known = Known::now(&app).await?;
    let stamp = stamp(&app, &shell, &article, &siblings, &known);
    if stamp.is_known(&headers) {
        return Ok(stamp.unchanged());
    }
    let page = page(&app, shell, article, &siblings, &known).await?;
    Ok(stamp.on(Page(page).into_response()))
}

/// What the page is the same as long as. What stands after the article may be older than the newest for a while: it is
/// counted by the day.
fn stamp(app: &App, shell: &Shell, article: &Article, siblings: &[Article], known: &Known) -> Stamp {
    let versions: Vec<String> = siblings.iter().map(|one| format!("{}.{}", one.id, one.version)).collect();
    let parts = [
        versions.join(","),
        known.stamp.clone(),
        shell.lang.to_owned(),
        shell.theme.to_owned(),
        if shell.person.is_some() { "signed".to_owned() } else { String::new() },
        shell.said.clone().unwrap_or_default(),
        format!("{}.{}", app.site_version(), env!("CARGO_PKG_VERSION")),
        shell.asset("app.css"),
        time::local_date(app.clock.now()).to_string(),
    ];
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    Stamp::of(&parts, Some(article.changed_at))
}

async fn page(app: &App, shell: Shell, article: Article, siblings: &[Article], known: &Known) -> Result<ArticlePage> {
    let l = shell.l;
    let today = time::local_date(app.clock.now());
    let sections = Section::all(&app.db).await?;
    let by_id: HashMap<Uuid, &Section> = sections.iter().map(|one| (one.id, one)).collect();
    let section = by_id.get(&article.section);
    let others = listing::listed(today)
        .filter(Column::Section.eq(article.section))
        .filter(Column::Language.eq(article.language))
        .filter(Column::Id.ne(article.id))
        .limit(OTHERS)
        .into_partial_model::<Line>()
        .all(&app.db)
        .await?;
    let body = known.get(&article.agency);
    let origin = app.config.public_url();
    let out: Vec<&Article> = siblings.iter().filter(|one| one.state.is_public()).collect();
    let of = |one: &&Article| (one.language.tag().to_owned(), format!("{origin}{}", one.public_path()), l.t(&one.language.key()));
    Ok(ArticlePage {
        agency: body.map(|body| body.name.clone()).unwrap_or_default(),
        agency_href: body.map(|body| format!("{}/tin-tuc", body.public_path())).unwrap_or_default(),
        section: section.map(|one| one.label(l).to_owned()).unwrap_or_default(),
        section_href: section.map(|one| one.public_path()).unwrap_or_default(),
        published: article.published_at.map(time::minute).unwrap_or_default(),
        machine: article.published_at.map(time::machine).unwrap_or_default(),
        notice: notice(l, &article),
        over: article.expires_on.filter(|last| *last < today).map(time::day).unwrap_or_default(),
        kind: if article.kind == "news" { String::new() } else { article.kind().name(l).to_owned() },
        picture: article.media_url.starts_with('/') && is_picture(&article.media_url),
        canonical: format!("{origin}{}", article.public_path()),
        siblings: if out.len() > 1 { out.iter().map(of).collect() } else { Vec::new() },
        json_ld: json_ld(&origin, &article, body.map(|body| (body.name.as_str(), body.slug.as_str()))),
        others: others.iter().map(|line| entry(l, line, &by_id, known)).collect(),
        printed: time::minute(app.clock.now()),
        article,
        l,
        shell,
    })
}

fn notice(l: Locale, article: &Article) -> Option<(String, String)> {
    let key = match article.state {
        State::Corrected => "portal-article-corrected",
        State::Withdrawn => "portal-article-withdrawn",
        _ => return None,
    };
    let at = article.noticed_at.map(time::minute).unwrap_or_default();
    Some((l.t1(key, "at", at), article.notice.clone()))
}

/// schema.org/NewsArticle
fn json_ld(origin: &str, article: &Article, agency: Option<(&str, &str)>) -> String {
    let address = format!("{origin}{}", article.public_path());
    let mut value = json!({
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": address,
        "mainEntityOfPage": address,
        "headline": article.title,
        "description": article.summary,
        "inLanguage": article.language.tag(),
        "datePublished": article.published_at.map(time::machine),
        "dateModified": time::machine(article.noticed_at.or(article.published_at).unwrap_or(article.changed_at)),
        "isAccessibleForFree": true,
    });
    if let Some((name, slug)) = agency {
        let body = json!({ "@type": "GovernmentOrganization", "name": name, "url": format!("{origin}/co-quan/{slug}") });
        value["author"] = body.clone();
        value["publisher"] = body;
    }
    if article.media_url.starts_with('/') && is_picture(&article.media_url) {
        value["image"] = json!(format!("{origin}{}", article.media_url));
    }
    if article.state == State::Corrected {
        value["correction"] = json!({ "@type": "CorrectionComment", "text": article.notice });
    }
    if article.state == State::Withdrawn {
        value["creativeWorkStatus"] = json!("Withdrawn");
    }
    value.to_string().replace('<', "\\u003c")
}
