//! What of the open ways out can be counted: articles that servers of the Fediverse know as an agency's own, and that still stand there.

use std::collections::HashMap;

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Alias, ExprTrait, JoinType, Query, SelectStatement};
use sea_orm::{FromQueryResult, Order};

use super::rights::PROVINCE;
use super::{actor, object};
use crate::base::sources::tallying::{When, happened};
use crate::base::sources::{Asked, Counting, RECORDS_MAX, Record, Source, Stretch, Tallied};
use crate::base::{App, time};
use crate::news::{Article, article};
use crate::web::Result;

pub const SOURCES: &[Source] = &[Source {
    code: "articles-syndicated",
    counting: Counting::Happened,
    is_shared: false,
    tallies: |app, stretch| Box::pin(tallies(app, stretch)),
    records: |app, _, _, asked| Box::pin(records(app, asked)),
}];

fn standing() -> SelectStatement {
    let its_actor = Expr::col((actor::Entity, actor::Column::Id)).equals((object::Entity, object::Column::Actor));
    Query::select()
        .from(object::Entity)
        .join(JoinType::InnerJoin, actor::Entity, its_actor)
        .and_where(object::Column::GoneAt.is_null())
        .and_where(actor::Column::Scope.ne(PROVINCE))
        .take()
}

async fn tallies(app: &App, stretch: Stretch) -> Result<Vec<Tallied>> {
    let when = When::Moment(Expr::col((object::Entity, object::Column::PublishedAt)));
    happened(app, standing(), (Expr::col((actor::Entity, actor::Column::Scope)), when), stretch).await
}

#[derive(FromQueryResult)]
struct Stands {
    article: Uuid,
    agency: Uuid,
    at: DateTimeUtc,
}

async fn records(app: &App, asked: Asked) -> Result<Vec<Record>> {
    let mut query = standing();
    query
        .expr_as(Expr::col((object::Entity, object::Column::Id)), Alias::new("article"))
        .expr_as(Expr::col((actor::Entity, actor::Column::Scope)), Alias::new("agency"))
        .expr_as(Expr::col((object::Entity, object::Column::PublishedAt)), Alias::new("at"))
        .cond_where(asked.at(object::Column::PublishedAt))
        .cond_where(asked.of_agency(actor::Column::Scope))
        .order_by((object::Entity, object::Column::PublishedAt), Order::Desc)
        .limit(RECORDS_MAX);
    let found = Stands::find_by_statement(app.db.get_database_backend().build(&query)).all(&app.db).await?;
    let articles = article::Entity::find().filter(article::Column::Id.is_in(found.iter().map(|one| one.article)));
    let articles: HashMap<Uuid, Article> = articles.all(&app.db).await?.into_iter().map(|one| (one.id, one)).collect();
    let record = |one: &Stands| {
        let article = articles.get(&one.article).filter(|article| article.state.is_public())?;
        Some(Record {
            id: article.id,
            agency: one.agency,
            title: article.title.clone(),
            on: time::local_date(one.at),
            href: Article::desk_path(article.id),
            public_href: article.public_path(),
        })
    };
    Ok(found.iter().filter_map(record).collect())
}
