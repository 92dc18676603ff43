//! What of publications can be counted: editions, each language by itself. What was withdrawn counts no more.

use std::collections::HashMap;

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Alias, ExprTrait, JoinType, Query, SelectStatement};
use sea_orm::{FromQueryResult, Order};

use super::edition;
use super::publication::{self, Publication};
use crate::base::sources::tallying::{When, happened};
use crate::base::sources::{Asked, Counting, RECORDS_MAX, Record, Source, Stretch, Tallied};
use crate::base::{App, Role, Who, time};
use crate::news::rights;
use crate::web::Result;

pub const SOURCES: &[Source] = &[Source {
    code: "editions-published",
    counting: Counting::Happened,
    is_shared: false,
    tallies: |app, stretch| Box::pin(tallies(app, stretch)),
    records: |app, who, _, asked| Box::pin(records(app, who, asked)),
}];

fn out() -> SelectStatement {
    let number = || Expr::col((edition::Entity, edition::Column::Number));
    let its = Expr::col((publication::Entity, publication::Column::Id)).equals((edition::Entity, edition::Column::Publication));
    Query::select()
        .from(edition::Entity)
        .join(JoinType::InnerJoin, publication::Entity, its)
        .and_where(number().gt(Expr::col((publication::Entity, publication::Column::WithdrawnUpto))))
        .take()
}

async fn tallies(app: &App, stretch: Stretch) -> Result<Vec<Tallied>> {
    let agency = Expr::col((publication::Entity, publication::Column::Agency));
    happened(app, out(), (agency, When::Moment(Expr::col((edition::Entity, edition::Column::At)))), stretch).await
}

#[derive(FromQueryResult)]
struct Out {
    edition: Uuid,
    publication: Uuid,
    number: i32,
    title: String,
    at: DateTimeUtc,
}

async fn records(app: &App, who: &Who, asked: Asked) -> Result<Vec<Record>> {
    const WITHIN: &[Role] = &[Role::Officer, Role::Reviewer, Role::Approver, Role::AgencyAdministrator];
    let of = |column| Expr::col((edition::Entity, column));
    let mut query = out();
    query
        .expr_as(of(edition::Column::Id), Alias::new("edition"))
        .expr_as(of(edition::Column::Publication), Alias::new("publication"))
        .expr_as(of(edition::Column::Number), Alias::new("number"))
        .expr_as(of(edition::Column::Title), Alias::new("title"))
        .expr_as(of(edition::Column::At), Alias::new("at"))
        .cond_where(asked.at(edition::Column::At))
        .cond_where(asked.of_agency(publication::Column::Agency))
        .order_by((edition::Entity, edition::Column::At), Order::Desc)
        .limit(RECORDS_MAX);
    let found = Out::find_by_statement(app.db.get_database_backend().build(&query)).all(&app.db).await?;
    let ids = found.iter().map(|one| one.publication);
    let rows = publication::Entity::find().filter(publication::Column::Id.is_in(ids)).all(&app.db).await?;
    let rows: HashMap<Uuid, Publication> = rows.into_iter().map(|row| (row.id, row)).collect();
    let record = |one: &Out| {
        let row = rows.get(&one.publication)?;
        let sees = who.is_any(rights::OVERSEERS) || rights::holds(who, WITHIN, row.agency);
        Some(Record {
            id: one.edition,
            agency: row.agency,
            title: format!("{} ({})", one.title, one.number),
            on: time::local_date(one.at),
            href: if sees { Publication::desk_path(row.id) } else { String::new() },
            public_href: if row.is_out() { row.edition_path(one.number) } else { String::new() },
        })
    };
    Ok(found.iter().filter_map(record).collect())
}
