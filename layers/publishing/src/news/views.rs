//! How often articles are read. A view is an article and a day, nothing else: no cookie, no address, nothing that tells one
//! reader from another. Nodes count in memory and add to the table each minute and when they stop.
//! // recorded by nobody: a count is no act of anyone

use std::collections::HashMap;
use std::time::Duration;

use axum::http::{HeaderMap, Method};
use chrono::{NaiveDate, TimeDelta};
use futures_util::future::BoxFuture;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait, OnConflict};
use sea_orm::{QueryOrder, QuerySelect};

use super::article::Article;
use crate::base::copies::Count;
use crate::base::{App, new_id, time};
use crate::web::{Error, reader};

const WRITE_S: u64 = 60;
/// Rows of one statement.
const ROWS: usize = 500;
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "article_views")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub article: Uuid,
    /// Of Vietnam.
    pub day: Date,
    pub views: i64,
}

impl ActiveModelBehavior for ActiveModel {}

/// How often an article was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Read {
    pub today: i64,
    /// Today and the six days before.
    pub week: i64,
    pub total: i64,
}

/// Counts a view, when a reader is behind it.
pub fn count(app: &App, method: &Method, headers: &HeaderMap, article: Uuid) {
    if method == Method::GET && reader::is_one(headers) {
        app.views.add(article, time::local_date(app.clock.now()));
    }
}

/// Writes what this node counted, for as long as it runs.
pub async fn keep_up(app: App) {
    loop {
        tokio::time::sleep(Duration::from_secs(WRITE_S)).await;
        if let Err(error) = write(&app).await {
            tracing::error!(%error, "views could not be written; trying again");
        }
    }
}

/// Adds what this node counted to the table.
///
/// # Errors
/// The database failed: what was counted is kept for the next time.
pub async fn write(app: &App) -> Result<(), DbErr> {
    let counted = app.views.take();
    let mut left = counted.as_slice();
    while !left.is_empty() {
        let (some, rest) = left.split_at(left.len().min(ROWS));
        if let Err(error) = add(app, some).await {
            app.views.put_back(left);
            return Err(error);
        }
        left = rest;
    }
    Ok(())
}

async fn add(app: &App, some: &[(Uuid, NaiveDate, i64)]) -> Result<(), DbErr> {
    let row = |(article, day, views): &(Uuid, NaiveDate, i64)| ActiveModel {
        id: Set(new_id()),
        article: Set(*article),
        day: Set(*day),
        views: Set(*views),
    };
    let sum = Expr::col((Entity, Column::Views)).add(Expr::cust("excluded.views"));
    let more = OnConflict::columns([Column::Article, Column::Day]).value(Column::Views, sum).to_owned();
    Entity::insert_many(some.iter().map(row)).on_conflict(more).exec_without_returning(&app.db).await.map(|_| ())
}

/// How often these were read: one statement for all of them. What nodes have in memory is not in it yet.
///
/// # Errors
/// The database failed.
pub async fn of(app: &App, articles: &[Uuid]) -> Result<HashMap<Uuid, Read>, DbErr> {
    let today = time::local_date(app.clock.now());
    let since = |days: i64| -> Expr {
        Expr::case(Column::Day.gt(today - TimeDelta::days(days)), Expr::col(Column::Views)).finally(0).into()
    };
    let whole = |sum: Expr| sum.cast_as("bigint");
    let rows: Vec<(Uuid, i64, i64, i64)> = Entity::find()
        .select_only()
        .column(Column::Article)
        .column_as(whole(since(1).sum()), "today")
        .column_as(whole(since(7).sum()), "week")
        .column_as(whole(Expr::col(Column::Views).sum()), "total")
        .filter(Column::Article.is_in(articles.iter().copied()))
        .group_by(Column::Article)
        .into_tuple()
        .all(&app.db)
        .await?;
    Ok(rows.into_iter().map(|(article, today, week, total)| (article, Read { today, week, total })).collect())
}

/// The views of an article's page so far, for whoever gathers what was counted of it: a view is no person.
#[must_use]
pub fn counted(app: &App, article: Uuid) -> BoxFuture<'_, Result<Vec<Count>, Error>> {
    Box::pin(async move {
        let article = match Article::find(&app.db, article).await {
            Ok(article) if article.published_at.is_some() => article,
            Ok(_) | Err(Error::NotFound) => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let read = of(app, &[article.id]).await?.remove(&article.id).unwrap_or_default();
        let count = Count {
            channel: "portal",
            agency: article.agency,
            place: String::new(),
            metric: "views",
            value: u64::try_from(read.total).ok(),
            definition: "portal-views-1",
            distinct: false,
            at: app.clock.now(),
            href: format!("{}/views", Article::desk_path(article.id)),
        };
        Ok(vec![count])
    })
}

/// The views of each of the last days, today's last; days without any are 0.
///
/// # Errors
/// The database failed.
pub async fn by_day(app: &App, article: Uuid, days: i64) -> Result<Vec<(NaiveDate, i64)>, DbErr> {
    let today = time::local_date(app.clock.now());
    let first = today - TimeDelta::days(days - 1);
    let rows = Entity::find()
        .filter(Column::Article.eq(article))
        .filter(Column::Day.gte(first))
        .order_by_asc(Column::Day)
        .all(&app.db)
        .await?;
    let counted: HashMap<NaiveDate, i64> = rows.into_iter().map(|row| (row.day, row.views)).collect();
    Ok((0..days)
        .map(|day| first + TimeDelta::days(day))
        .map(|day| (day, counted.get(&day).copied().unwrap_or_default()))
        .collect())
}
