//! Which translations there are, and which are older than the text they translate.

use askama::Template;
use axum::extract::{Query, State as Shared};
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, PaginatorTrait, QueryOrder, QuerySelect};
use serde::Deserialize;
use std::collections::HashMap;

use crate::base::{App, Who, time};
use crate::news::article::{Article, Column, Entity, Language, State};
use crate::news::rights::OVERSEERS;
use crate::people::agency::brief::Known;
use crate::web::paging::Paging;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Page, Result, Shell, address};

const ROWS: u64 = 50;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    page: Option<u64>,
}

/// An article with its translation.
pub struct Row {
    pub title: String,
    pub href: String,
    pub agency: String,
    pub published: String,
    /// Title, address, state of the English text.
    pub other: Option<(String, String, String)>,
    /// Since when the original says something else.
    pub stale: String,
}

#[derive(Template)]
#[template(path = "news/staff/translations.html")]
pub struct Report {
    l: Locale,
    shell: Shell,
    rows: Vec<Row>,
    paging: Paging,
    translated: u64,
    total: u64,
}

impl Report {
    fn turn(&self, by: i64) -> String {
        let Some(to) = self.paging.turn(by) else { return String::new() };
        format!("/desk/news/translations{}", address::query(&[("page", &to.to_string())]))
    }
}

/// `GET /desk/news/translations`: the agency's articles that are out, for overseers everyone's; three statements.
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Page<Report>> {
    let l = shell.l;
    let out = originals(&who)?;
    let total = Entity::find().filter(out.clone()).count(&app.db).await?;
    let paging = Paging::new(ask.page, ROWS, total);
    let articles = Entity::find()
        .filter(out.clone())
        .order_by_desc(Column::PublishedAt)
        .order_by_desc(Column::Id)
        .offset(paging.offset())
        .limit(ROWS)
        .all(&app.db)
        .await?;
    let works: Vec<Uuid> = articles.iter().map(|article| article.work).collect();
    let others = Entity::find().filter(Column::Work.is_in(works)).filter(Column::Language.eq(Language::En)).all(&app.db).await?;
    let others: HashMap<Uuid, Article> = others.into_iter().map(|one| (one.work, one)).collect();
    let known = Known::now(&app).await?;
    let rows: Vec<Row> = articles.iter().map(|article| row(l, article, others.get(&article.work), &known)).collect();
    let translated = {
        use sea_orm::QueryTrait;
        let english = Entity::find().select_only().column(Column::Work).filter(Column::Language.eq(Language::En));
        let english = english.filter(Column::State.is_in([State::Published, State::Corrected])).into_query();
        Entity::find().filter(out).filter(Column::Work.in_subquery(english)).count(&app.db).await?
    };
    Ok(Page(Report { rows, paging, translated, total, l, shell }))
}

fn originals(who: &Who) -> Result<Condition> {
    let out =
        Condition::all().add(Column::Language.eq(Language::Vi)).add(Column::State.is_in([State::Published, State::Corrected]));
    match who.agency {
        _ if who.is_any(OVERSEERS) => Ok(out),
        Some(own) => Ok(out.add(Column::Agency.eq(own))),
        None => Err(Error::Forbidden),
    }
}

fn row(l: Locale, article: &Article, other: Option<&Article>, known: &Known) -> Row {
    Row {
        title: article.title.clone(),
        href: Article::desk_path(article.id),
        agency: known.get(&article.agency).map(|body| body.label()).unwrap_or_default(),
        published: article.published_at.map(|at| time::day(time::local_date(at))).unwrap_or_default(),
        other: other.map(|one| (one.title.clone(), Article::desk_path(one.id), l.t(&one.state.key()))),
        stale: other.and_then(|one| stale_since(article, one)).map(time::minute).unwrap_or_default(),
    }
}

/// Since when the translation is older than what it translates: the correction of the original, when the translation's text
/// was not touched since.
#[must_use]
pub fn stale_since(original: &Article, translation: &Article) -> Option<DateTimeUtc> {
    let corrected = original.noticed_at.filter(|_| original.state == State::Corrected)?;
    (translation.changed_at < corrected).then_some(corrected)
}
