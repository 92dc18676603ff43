//! The desk's bulletins, and beginning one: from an article, or written by itself.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sea_orm::entity::prelude::*;
use sea_orm::{Iterable, PaginatorTrait, QueryOrder, QuerySelect};
use serde::Deserialize;

use super::form_id;
use crate::base::{App, Who, new_id, time};
use crate::channels::staff::one;
use crate::loudspeakers::bulletin::writing::{Begun, TITLE_LETTERS_MAX};
use crate::loudspeakers::bulletin::{Bulletin, Column, Entity, State};
use crate::loudspeakers::rights::{self, OVERSEERS, Verb};
use crate::news::Article;
use crate::people::agency::brief::Known;
use crate::web::paging::Paging;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Page, Result, Said, Shell, address};

const ROWS: u64 = 50;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    show: String,
    article: String,
    page: Option<u64>,
}

/// A bulletin as a row.
pub struct Row {
    pub href: String,
    pub title: String,
    pub agency: String,
    pub when: String,
    pub mark: &'static str,
    pub word: String,
    pub doubts: usize,
    pub has_sound: bool,
}

#[derive(Template)]
#[template(path = "loudspeakers/staff/bulletins.html")]
pub struct Bulletins {
    l: Locale,
    shell: Shell,
    show: String,
    rows: Vec<Row>,
    paging: Paging,
    may_write: bool,
    oversees: bool,
}

impl Bulletins {
    fn shows(&self) -> Vec<(String, String)> {
        let all = (String::new(), self.l.t("loud-show-all"));
        std::iter::once(all).chain(State::iter().map(|one| (one.to_value(), self.l.t(&one.key())))).collect()
    }

    fn href(&self, show: &str) -> String {
        format!("/desk/loudspeakers/bulletins{}", address::query(&[("show", show)]))
    }

    fn turn(&self, by: i64) -> String {
        let Some(to) = self.paging.turn(by) else { return String::new() };
        format!("/desk/loudspeakers/bulletins{}", address::query(&[("show", &self.show), ("page", &to.to_string())]))
    }
}

/// `GET /desk/loudspeakers/bulletins`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Page<Bulletins>> {
    let l = shell.l;
    let oversees = who.is_any(OVERSEERS) || who.is(crate::base::Role::Leader);
    let mut rows = Entity::find();
    if !oversees {
        rows = rows.filter(Column::Agency.eq(rights::own_agency(&who)?));
    }
    if let Some(state) = State::iter().find(|state| state.to_value() == ask.show) {
        rows = rows.filter(Column::State.eq(state));
    }
    let paging = Paging::new(ask.page, ROWS, rows.clone().count(&app.db).await?);
    let rows = rows.order_by_desc(Column::ChangedAt).order_by_desc(Column::Id).offset(paging.offset()).limit(ROWS);
    let known = Known::now(&app).await?;
    let row = |one: &Bulletin| Row {
        href: Bulletin::path(one.id),
        title: one.title.clone(),
        agency: known.get(&one.agency).map(|body| body.label()).unwrap_or_default(),
        when: time::minute(one.changed_at),
        mark: one.state.mark(),
        word: l.t(&one.state.key()),
        doubts: one.doubts().iter().filter(|doubt| !doubt.settled).count(),
        has_sound: one.sound.is_some(),
    };
    Ok(Page(Bulletins {
        rows: rows.all(&app.db).await?.iter().map(row).collect(),
        paging,
        may_write: who.agency.is_some_and(|agency| rights::may(&who, Verb::Write, agency)),
        oversees,
        show: ask.show,
        l,
        shell,
    }))
}

#[derive(Template)]
#[template(path = "loudspeakers/staff/new.html")]
pub struct New {
    l: Locale,
    shell: Shell,
    article: Option<Article>,
    given: Begun,
    errors: Mistakes,
}

impl New {
    fn title_max(&self) -> usize {
        TITLE_LETTERS_MAX
    }
}

async fn found(app: &App, who: &Who, article: &str) -> Result<Option<Article>> {
    match article.parse() {
        Ok(id) => Ok(Some(Article::find_for(app, who, id).await?)),
        Err(_) => Ok(None),
    }
}

/// `GET /desk/loudspeakers/bulletins/new`: from an article when the address names one.
pub async fn new(who: Signed, shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Page<New>> {
    rights::require(&who, Verb::Write, rights::own_agency(&who)?)?;
    let article = found(&app, &who, &ask.article).await?;
    let title = article.as_ref().map(|one| one.title.clone()).unwrap_or_default();
    let given = Begun { id: new_id(), title, text: String::new() };
    Ok(Page(New { l: shell.l, shell, article, given, errors: Mistakes::default() }))
}

/// `POST /desk/loudspeakers/bulletins`
pub async fn begin(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let article = found(&app, &who, one(&fields, "article")).await?;
    let begun = Begun { id: form_id(&fields), title: one(&fields, "title").to_owned(), text: one(&fields, "text").to_owned() };
    match Bulletin::begin(&app, &who, article.as_ref().map(|one| one.id), &begun).await {
        Ok(()) => Ok(Said::to(Bulletin::path(begun.id), "loud-bulletin-begun").into_response()),
        Err(Error::Refused(found)) => {
            let errors = Mistakes::told(&found, shell.l);
            let page = New { l: shell.l, shell, article, given: begun, errors };
            Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}
