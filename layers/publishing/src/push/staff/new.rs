//! Before an article is announced: what a phone would show, to how many, when.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use uuid::Uuid;

use crate::base::{App, Who, time};
use crate::news::Article;
use crate::push::order::placing::words;
use crate::push::order::{Kind, building};
use crate::push::rule::Rule;
use crate::push::setting::{Mode, Setting};
use crate::push::{Order, rights};
use crate::web::who::Signed;
use crate::web::{Error, Locale, Page, Result, Said, Shell};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    article: String,
}

#[derive(Template)]
#[template(path = "push/staff/new.html")]
pub struct New {
    l: Locale,
    shell: Shell,
    article: Uuid,
    back: String,
    heading: String,
    body: String,
    audience: u64,
    due: String,
    is_off: bool,
    /// The order that is there.
    order: Option<String>,
    error: String,
}

/// `GET /desk/push/new?article=…`
pub async fn show(who: Signed, shell: Shell, State(app): State<App>, Query(ask): Query<Ask>) -> Result<Page<New>> {
    Ok(Page(page(&app, &who, shell, &ask.article).await?))
}

async fn page(app: &App, who: &Who, shell: Shell, article: &str) -> Result<New> {
    let id: Uuid = article.parse().map_err(|_| Error::NotFound)?;
    let article = Article::find_for(app, who, id).await?;
    if !rights::may_announce(who, article.agency) {
        return Err(Error::Forbidden);
    }
    let order = Order::of(&app.db, id).await?.into_iter().find(|one| one.kind == Kind::News);
    let (heading, body) = words(&article, Kind::News);
    let rule = Rule::now(&app.db).await?;
    Ok(New {
        article: id,
        back: Article::desk_path(id),
        heading,
        body,
        audience: building::estimate(&app.db, article.section, article.agency).await?,
        due: time::minute(rule.after_quiet(app.clock.now())),
        is_off: Setting::mode(&app.db, article.agency, article.section).await? == Mode::Off,
        order: order.map(|one| Order::desk_path(one.id)),
        error: String::new(),
        l: shell.l,
        shell,
    })
}

/// `POST /desk/push/new`
pub async fn announce(who: Signed, shell: Shell, State(app): State<App>, Form(given): Form<Ask>) -> Result<Response> {
    let id: Uuid = given.article.parse().map_err(|_| Error::NotFound)?;
    let (status, error) = match Order::announce(&app, &who, id).await {
        Ok(order) => return Ok(Said::to(Order::desk_path(order), "push-was-ordered").into_response()),
        Err(Error::Refused(obstacles)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, obstacles.iter().map(|one| one.text(shell.l)).collect())
        }
        Err(Error::Stale) => (StatusCode::CONFLICT, shell.l.t("push-stale")),
        Err(error) => return Err(error),
    };
    let page = New { error, ..page(&app, &who, shell, &given.article).await? };
    Ok(Page(page).status(status))
}
