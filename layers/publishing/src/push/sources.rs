//! What of push can be counted: announcements that went out to whoever wanted them. What is said after them is no announcement.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect, QueryTrait};

use super::order::{self, Kind, Order, State};
use super::rights;
use crate::base::sources::tallying::{When, happened};
use crate::base::sources::{Asked, Counting, RECORDS_MAX, Record, Source, Stretch, Tallied};
use crate::base::{App, Who, time};
use crate::web::Result;

pub const SOURCES: &[Source] = &[Source {
    code: "announcements-sent",
    counting: Counting::Happened,
    is_shared: false,
    tallies: |app, stretch| Box::pin(tallies(app, stretch)),
    records: |app, who, _, asked| Box::pin(records(app, who, asked)),
}];

fn sent() -> Select<order::Entity> {
    order::Entity::find().filter(order::Column::State.eq(State::Done)).filter(order::Column::Kind.eq(Kind::News))
}

async fn tallies(app: &App, stretch: Stretch) -> Result<Vec<Tallied>> {
    let of = |column| Expr::col((order::Entity, column));
    let when = When::Moment(of(order::Column::FinishedAt));
    happened(app, sent().into_query(), (of(order::Column::Agency), when), stretch).await
}

async fn records(app: &App, who: &Who, asked: Asked) -> Result<Vec<Record>> {
    let rows = sent().filter(asked.of_agency(order::Column::Agency)).filter(asked.at(order::Column::FinishedAt));
    let rows = rows.order_by_desc(order::Column::FinishedAt).limit(RECORDS_MAX).all(&app.db).await?;
    let record = |row: &Order| {
        Some(Record {
            id: row.id,
            agency: row.agency,
            title: row.title.clone(),
            on: time::local_date(row.finished_at?),
            href: if rights::sees(who, row.agency) { Order::desk_path(row.id) } else { String::new() },
            public_href: String::new(),
        })
    };
    Ok(rows.iter().filter_map(record).collect())
}
