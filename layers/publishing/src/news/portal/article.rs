//! `/tin-tuc/{slug}`: one article at its one address.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State as Shared;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;
use serde_json::json;

use super::card;
use super::kept::Stamp;
use super::list::{Entry, entry};
use crate::base::{App, time};
use crate::library::Picture;
use crate::news::article::reviewing::is_picture;
use crate::news::article::{Article, Column, Entity, State};
use crate::news::card as drawing;
use crate::news::kind::Tag;
use crate::news::listing::{self, Line};
use crate::news::rendering::{self, Around};
use crate::news::section::Section;
use crate::news::{topic, views};
use crate::people::agency::brief::Known;
use crate::web::front;
use crate::web::headers::Frames;
use crate::web::{Error, Lang, Locale, Page, Path, Result, Shell};

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
    /// What stands before the text: a picture, a film, a recording of ours; anything else is a link.
    lead: Lead,
    /// The picture of it where others point to it: address, width, height, alt text.
    card: Option<(String, i64, i64, String)>,
    /// The text for readers.
    text: String,
    topics: Vec<(String, String)>,
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

/// What stands before the text.
pub enum Lead {
    None,
    Picture(Picture),
    Film,
    Recording,
    Link,
}

impl Lead {
    /// The lead picture goes before the one that is drawn.
    fn card(&self, page: &ArticlePage) -> Option<(String, i64, i64, String)> {
        let Self::Picture(picture) = self else { return None };
        let (width, height) = picture.size_of_plain();
        let alt = page.article.media_alt.clone();
        Some((format!("{}{}", page.shell.origin, picture.src), width.into(), height.into(), alt))
    }

    fn of(article: &Article, around: &Around) -> Self {
        let Some(asset) = article.lead() else {
            return if article.media_url.is_empty() { Self::None } else { Self::Link };
        };
        let ends = |endings: &[&str]| endings.iter().any(|ending| article.media_url.to_lowercase().ends_with(ending));
        match around.pictures.get(&asset) {
            Some(picture) => Self::Picture(picture.clone()),
            None if ends(&[".mp4", ".webm", ".m4v"]) => Self::Film,
            None if ends(&[".mp3", ".m4a", ".ogg", ".wav", ".flac"]) => Self::Recording,
            None => Self::Link,
        }
    }
}

/// The picture that is drawn of it, where it can be.
fn drawn_card(app: &App, article: &Article, section: Option<&Section>, known: &Known) -> Option<(String, i64, i64, String)> {
    let l = Locale(Lang::from_tag(article.language.tag()));
    let address = card::address(article, &card::words(app, l, article, section, known));
    let origin = app.config.public_url();
    let (width, height) = (i64::from(drawing::WIDTH), i64::from(drawing::HEIGHT));
    (!address.is_empty()).then(|| (format!("{origin}{address}"), width, height, article.title.clone()))
}

/// What the article is about, each with its list.
fn topics(l: Locale, article: &Article) -> Vec<(String, String)> {
    let codes = article.messages();
    let of = Tag::messages().iter().filter(|tag| codes.contains(&tag.code));
    of.map(|tag| (topic::public_path(&tag.code), tag.name(l).to_owned())).collect()
}

/// `GET /tin-tuc/{slug}`. Who has it already is answered by one statement.
pub async fn show(
    shell: Shell,
    Shared(app): Shared<App>,
    Path(slug): Path<String>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response> {
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
    let referred = article.referred(&app).await?;
    let stamp = stamp(&app, &shell, &article, (&siblings, &referred), &known);
    let (id, viewed) = (article.id, article.state.is_public());
    if viewed {
        views::count(&app, &method, &headers, id);
    }
    if stamp.is_known(&headers) {
        return Ok(stamp.unchanged());
    }
    let around = Around::of(&app, &article.body, article.lead()).await?;
    let drawn = rendering::drawn(shell.l, &article.body, &around);
    let lead = Lead::of(&article, &around);
    let frames = Frames(drawn.frames);
    let page = page(&app, shell, article, &siblings, &known).await?;
    let card = lead.card(&page).or(page.card.clone());
    let page = ArticlePage { text: drawn.html, lead, card, ..page };
    let mut answer = Page(page).into_response();
    answer.extensions_mut().insert(frames);
    answer.extensions_mut().insert(front::Shared { viewed: viewed.then_some(id) });
    Ok(stamp.on(answer))
}

/// What the page is the same as long as. What stands after the article may be older than the newest for a while: it is
/// counted by the day.
fn stamp(app: &App, shell: &Shell, article: &Article, (siblings, referred): (&[Article], &str), known: &Known) -> Stamp {
    let versions: Vec<String> = siblings.iter().map(|one| format!("{}.{}", one.id, one.version)).collect();
    let parts = [
        versions.join(","),
        referred.to_owned(),
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
        card: drawn_card(app, &article, section.copied(), known),
        lead: Lead::None,
        text: String::new(),
        topics: topics(l, &article),
        canonical: format!("{origin}{}", article.public_path()),
        siblings: if out.len() > 1 { out.iter().map(of).collect() } else { Vec::new() },
        json_ld: json_ld(&origin, &article, body.map(|body| (body.name.as_str(), body.slug.as_str()))),
        others: others.iter().map(|line| entry(l, line, &by_id, known, &HashMap::new())).collect(),
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
    if is_picture(&article.media_url) && article.lead().is_some() {
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
