//! What of channels can be counted: what platforms confirmed and have not given back since.

use std::collections::HashMap;

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect, QueryTrait};

use super::delivery::{self, Delivery, Part, State};
use super::{Piece, piece, rights};
use crate::base::sources::tallying::{When, happened};
use crate::base::sources::{Asked, Counting, RECORDS_MAX, Record, Source, Stretch, Tallied};
use crate::base::{App, Who, time};
use crate::web::Result;

pub const SOURCES: &[Source] = &[Source {
    code: "deliveries-confirmed",
    counting: Counting::Happened,
    is_shared: false,
    tallies: |app, stretch| Box::pin(tallies(app, stretch)),
    records: |app, who, _, asked| Box::pin(records(app, who, asked)),
}];

/// A broadcast of an article that is out already is no further copy of it.
fn confirmed() -> Select<delivery::Entity> {
    delivery::Entity::find().filter(delivery::Column::State.eq(State::Confirmed)).filter(delivery::Column::Part.eq(Part::Whole))
}

async fn tallies(app: &App, stretch: Stretch) -> Result<Vec<Tallied>> {
    let of = |column| Expr::col((delivery::Entity, column));
    let when = When::Moment(of(delivery::Column::SettledAt));
    happened(app, confirmed().into_query(), (of(delivery::Column::Agency), when), stretch).await
}

async fn records(app: &App, who: &Who, asked: Asked) -> Result<Vec<Record>> {
    let rows = confirmed().filter(asked.of_agency(delivery::Column::Agency)).filter(asked.at(delivery::Column::SettledAt));
    let rows = rows.order_by_desc(delivery::Column::SettledAt).limit(RECORDS_MAX).all(&app.db).await?;
    let pieces = piece::Entity::find().filter(piece::Column::Id.is_in(rows.iter().map(|row| row.piece)));
    let titles: HashMap<Uuid, String> = pieces.all(&app.db).await?.into_iter().map(|piece| (piece.id, piece.title)).collect();
    let record = |row: &Delivery| {
        let sees = rights::sees(who, row.agency);
        Some(Record {
            id: row.id,
            agency: row.agency,
            title: titles.get(&row.piece).cloned().unwrap_or_default(),
            on: time::local_date(row.settled_at?),
            href: if sees { Piece::path(row.piece) } else { String::new() },
            public_href: row.address.clone(),
        })
    };
    // What went to a list of numbers has no place that everybody sees.
    let is_seen = |record: &Record| !record.href.is_empty() || !record.public_href.is_empty();
    Ok(rows.iter().filter_map(record).filter(is_seen).collect())
}
