//! What of criteria can be counted: rounds of which results were published, by the day of the first publication. A correction says the same
//! round again and is none of its own.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Alias, ExprTrait, JoinType, Query, SelectStatement};
use sea_orm::{FromQueryResult, Order};

use super::publication::{self, Publication};
use super::set::{self, CriteriaSet};
use crate::base::sources::tallying::{When, happened};
use crate::base::sources::{Asked, Counting, RECORDS_MAX, Record, Source, Stretch, Tallied};
use crate::base::{App, Who, time};
use crate::web::Result;

pub const SOURCES: &[Source] = &[Source {
    code: "criteria-published",
    counting: Counting::Happened,
    is_shared: false,
    tallies: |app, stretch| Box::pin(tallies(app, stretch)),
    records: |app, who, _, asked| Box::pin(records(app, who, asked)),
}];

/// The number of a publication that corrects none.
const FIRST: i32 = 1;

fn of(column: publication::Column) -> Expr {
    Expr::col((publication::Entity, column))
}

fn published() -> SelectStatement {
    let its = Expr::col((set::Entity, set::Column::Id)).equals((publication::Entity, publication::Column::CriteriaSet));
    Query::select()
        .from(publication::Entity)
        .join(JoinType::InnerJoin, set::Entity, its)
        .and_where(of(publication::Column::Number).eq(FIRST))
        .take()
}

async fn tallies(app: &App, stretch: Stretch) -> Result<Vec<Tallied>> {
    let keeper = Expr::col((set::Entity, set::Column::Agency));
    happened(app, published(), (keeper, When::Moment(of(publication::Column::At))), stretch).await
}

/// A publication without its text.
#[derive(FromQueryResult)]
struct Out {
    publication: Uuid,
    criteria_set: Uuid,
    agency: Uuid,
    title: String,
    year: i32,
    at: DateTimeUtc,
}

/// Everybody reads what is published; the set itself opens for people at work, by [`rights::sees`](super::rights::sees).
async fn records(app: &App, who: &Who, asked: Asked) -> Result<Vec<Record>> {
    let of_set = |column| Expr::col((set::Entity, column));
    let mut query = published();
    query
        .expr_as(of(publication::Column::Id), Alias::new("publication"))
        .expr_as(of(publication::Column::CriteriaSet), Alias::new("criteria_set"))
        .expr_as(of_set(set::Column::Agency), Alias::new("agency"))
        .expr_as(of_set(set::Column::Title), Alias::new("title"))
        .expr_as(of(publication::Column::Year), Alias::new("year"))
        .expr_as(of(publication::Column::At), Alias::new("at"))
        .cond_where(asked.at(publication::Column::At))
        .cond_where(asked.of_agency(set::Column::Agency))
        .order_by((publication::Entity, publication::Column::At), Order::Desc)
        .limit(RECORDS_MAX);
    let found = Out::find_by_statement(app.db.get_database_backend().build(&query)).all(&app.db).await?;
    let is_at_work = who.agency.is_some() || who.is_any(super::rights::OVERSEERS);
    let record = |one: Out| Record {
        id: one.publication,
        agency: one.agency,
        title: format!("{} ({})", one.title, one.year),
        on: time::local_date(one.at),
        href: if is_at_work { CriteriaSet::path(one.criteria_set) } else { String::new() },
        public_href: Publication::path_of(one.year, one.publication),
    };
    Ok(found.into_iter().map(record).collect())
}
