//! What of campaigns can be counted: works that are out and that a campaign claimed. A work is claimed once in the province, so that
//! the sums of agencies are the province's.

use std::collections::HashMap;

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Alias, ExprTrait, JoinType, Query, SelectStatement, UnionType};
use sea_orm::{FromQueryResult, Order};

use super::campaign::{self, Campaign};
use super::item::{self, Kind};
use super::rights;
use crate::base::sources::tallying::{When, happened};
use crate::base::sources::{Asked, Counting, RECORDS_MAX, Record, Source, Stretch, Tallied};
use crate::base::{App, Who, time};
use crate::channels::{Piece, delivery, piece};
use crate::news::{Article, article};
use crate::web::Result;

pub const SOURCES: &[Source] = &[Source {
    code: "campaign-works",
    counting: Counting::Happened,
    is_shared: false,
    tallies: |app, stretch| Box::pin(tallies(app, stretch)),
    records: |app, who, _, asked| Box::pin(records(app, who, asked)),
}];

const OUT: &str = "out";

fn of_out(name: &'static str) -> Expr {
    Expr::col((Alias::new(OUT), Alias::new(name)))
}

fn of_item(column: item::Column) -> Expr {
    Expr::col((item::Entity, column))
}

fn claimed(kind: Kind) -> SelectStatement {
    let mut query = Query::select();
    query
        .from(item::Entity)
        .expr_as(of_item(item::Column::Item), Alias::new("item"))
        .expr_as(of_item(item::Column::Agency), Alias::new("agency"))
        .expr_as(of_item(item::Column::Campaign), Alias::new("campaign"))
        .and_where(item::Column::Kind.eq(kind))
        .add_group_by([item::Column::Item, item::Column::Agency, item::Column::Campaign].map(of_item));
    query
}

/// Claimed works that are out, with the moment at which they were first: articles by the first of their languages, pieces by the first
/// copy that was confirmed.
fn works() -> SelectStatement {
    let mut articles = claimed(Kind::Article);
    let its_article = Expr::col((article::Entity, article::Column::Work)).equals((item::Entity, item::Column::Item));
    articles
        .join(JoinType::InnerJoin, article::Entity, its_article)
        .and_where(article::Column::State.is_in([article::State::Published, article::State::Corrected]))
        .expr_as(Expr::col((article::Entity, article::Column::PublishedAt)).min(), Alias::new("at"));
    let mut pieces = claimed(Kind::Piece);
    let its_delivery = Expr::col((delivery::Entity, delivery::Column::Piece)).equals((item::Entity, item::Column::Item));
    pieces
        .join(JoinType::InnerJoin, delivery::Entity, its_delivery)
        .and_where(delivery::Column::State.eq(delivery::State::Confirmed))
        .and_where(delivery::Column::Part.eq(delivery::Part::Whole))
        .expr_as(Expr::col((delivery::Entity, delivery::Column::SettledAt)).min(), Alias::new("at"));
    articles.union(UnionType::All, pieces);
    articles
}

async fn tallies(app: &App, stretch: Stretch) -> Result<Vec<Tallied>> {
    let rows = Query::select().from_subquery(works(), Alias::new(OUT)).take();
    happened(app, rows, (of_out("agency"), When::Moment(of_out("at"))), stretch).await
}

#[derive(FromQueryResult)]
struct Work {
    item: Uuid,
    agency: Uuid,
    campaign: Uuid,
    at: DateTimeUtc,
}

async fn records(app: &App, who: &Who, asked: Asked) -> Result<Vec<Record>> {
    let (from, until) = asked.stretch.moments();
    let mut query = Query::select();
    query
        .columns(["item", "agency", "campaign", "at"].map(|name| (Alias::new(OUT), Alias::new(name))))
        .from_subquery(works(), Alias::new(OUT))
        .and_where(of_out("at").gte(from))
        .and_where(of_out("at").lt(until))
        .order_by((Alias::new(OUT), Alias::new("at")), Order::Desc)
        .limit(RECORDS_MAX);
    if let Some(agency) = asked.agency {
        query.and_where(of_out("agency").eq(agency));
    }
    let works = Work::find_by_statement(app.db.get_database_backend().build(&query)).all(&app.db).await?;
    let ids = || works.iter().map(|work| work.item);
    let articles = article::Entity::find().filter(article::Column::Work.is_in(ids())).all(&app.db).await?;
    let pieces = piece::Entity::find().filter(piece::Column::Id.is_in(ids())).all(&app.db).await?;
    let pieces: HashMap<Uuid, Piece> = pieces.into_iter().map(|piece| (piece.id, piece)).collect();
    let campaigns = campaign::Entity::find().filter(campaign::Column::Id.is_in(works.iter().map(|work| work.campaign)));
    let campaigns: HashMap<Uuid, Campaign> = campaigns.all(&app.db).await?.into_iter().map(|one| (one.id, one)).collect();
    let record = |work: &Work| {
        let article = articles.iter().find(|article| article.work == work.item && article.state.is_public());
        let title = article.map(|one| &one.title).or_else(|| pieces.get(&work.item).map(|piece| &piece.title))?;
        let sees = campaigns.get(&work.campaign).is_some_and(|campaign| rights::sees(who, campaign));
        Some(Record {
            id: work.item,
            agency: work.agency,
            title: title.clone(),
            on: time::local_date(work.at),
            href: if sees { Campaign::path(work.campaign) } else { String::new() },
            public_href: article.map(Article::public_path).unwrap_or_default(),
        })
    };
    Ok(works.iter().filter_map(record).collect())
}
