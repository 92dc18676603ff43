//! How an article looks to who follows: the very words, pictures and tags that go out, and the document itself.

use askama::Template;
use axum::extract::{Query, State as Shared};
use platforms::activitypub;
use serde::Deserialize;
use uuid::Uuid;

use crate::base::{App, Who, time};
use crate::news::{Article, clean, rights as news_rights};
use crate::people::agency::brief::Known;
use crate::syndication::Actor;
use crate::syndication::object::Object;
use crate::syndication::rights::{self, PROVINCE};
use crate::web::who::Signed;
use crate::web::{Error, Locale, Page, Result, Shell};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    article: String,
}

#[derive(Template)]
#[template(path = "syndication/staff/preview.html")]
pub struct Preview {
    l: Locale,
    shell: Shell,
    article: Article,
    /// None while neither the agency nor the province has an actor.
    actor: Option<Actor>,
    handle: String,
    settings: String,
    when: String,
    html: String,
    pictures: Vec<(String, String)>,
    /// The document, for who wants to see it.
    json: String,
    /// It is out there already.
    is_out: bool,
}

/// `GET /desk/syndication/preview?article=…`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Page<Preview>> {
    if !rights::enters(&who) {
        return Err(Error::Forbidden);
    }
    let article = seen(&app, &who, &ask.article).await?;
    let id = article.id;
    let known = Known::now(&app).await?;
    let there = Object::of(&app.db, id).await?;
    let actor = speaking(&app, article.agency).await?;
    let at = article.published_at.unwrap_or_else(|| app.clock.now());
    let mut page = Preview {
        l: shell.l,
        handle: String::new(),
        settings: Actor::desk_path(article.agency),
        when: time::minute(at),
        html: String::new(),
        pictures: Vec::new(),
        json: String::new(),
        is_out: there.as_ref().is_some_and(|one| one.gone_at.is_none()),
        actor: None,
        article,
        shell,
    };
    let Some(actor) = actor else { return Ok(Page(page)) };
    let object = there.unwrap_or(Object {
        id,
        actor: actor.id,
        passed_on_by: None,
        form: actor.form,
        published_at: at,
        updated_at: None,
        gone_at: None,
    });
    let post = object.post(&app, &page.article).await?;
    page.json = serde_json::to_string_pretty(&activitypub::post(&actor.described(&app, &known), &post))?;
    page.html = clean::html(&post.content);
    let origin = app.config.public_url();
    page.pictures = post
        .pictures
        .into_iter()
        .filter(|(_, mime, _)| mime.starts_with("image/"))
        .map(|(address, _, alt)| (address.strip_prefix(&origin).unwrap_or(&address).to_owned(), alt))
        .collect();
    page.handle = actor.handle(&app);
    page.actor = Some(actor);
    Ok(Page(page))
}

async fn seen(app: &App, who: &Who, id: &str) -> Result<Article> {
    let id: Uuid = id.parse().map_err(|_| Error::NotFound)?;
    let article = Article::find(&app.db, id).await?;
    if article.state.is_public() || news_rights::sees(who, &article) { Ok(article) } else { Err(Error::Hidden(id)) }
}

/// Who would tell of it: the agency's actor, else the province's.
async fn speaking(app: &App, agency: Uuid) -> Result<Option<Actor>> {
    match Actor::of(&app.db, agency).await?.filter(Actor::is_on) {
        Some(own) => Ok(Some(own)),
        None => Ok(Actor::of(&app.db, PROVINCE).await?.filter(Actor::is_on)),
    }
}
