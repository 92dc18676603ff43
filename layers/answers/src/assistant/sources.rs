//! What of the assistant can be counted: answers that were written and approved.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect, QueryTrait};

use super::curated::{Column, Curated, Entity};
use crate::base::sources::tallying::{When, happened};
use crate::base::sources::{Asked, Counting, RECORDS_MAX, Record, Source, Stretch, Tallied};
use crate::base::{App, Who, time};
use crate::registers::rights;
use crate::web::Result;

pub const SOURCES: &[Source] = &[Source {
    code: "curated-answers",
    counting: Counting::Happened,
    is_shared: false,
    tallies: |app, stretch| Box::pin(tallies(app, stretch)),
    records: |app, who, _, asked| Box::pin(records(app, who, asked)),
}];

async fn tallies(app: &App, stretch: Stretch) -> Result<Vec<Tallied>> {
    let rows = Entity::find().filter(Column::ApprovedAt.is_not_null());
    let when = When::Moment(Expr::col((Entity, Column::ApprovedAt)));
    happened(app, rows.into_query(), (Expr::col((Entity, Column::Agency)), when), stretch).await
}

/// Those that the person may see.
async fn records(app: &App, who: &Who, asked: Asked) -> Result<Vec<Record>> {
    let rows = Entity::find().filter(asked.of_agency(Column::Agency)).filter(asked.at(Column::ApprovedAt));
    let rows = rows.order_by_desc(Column::ApprovedAt).limit(RECORDS_MAX).all(&app.db).await?;
    let record = |row: &Curated| {
        let on = time::local_date(row.approved_at?);
        let today = time::local_date(app.clock.now());
        Some(Record {
            id: row.id,
            agency: row.agency,
            title: row.title.clone(),
            on,
            href: if rights::sees(who, row.agency) { Curated::path(row.id) } else { String::new() },
            public_href: if row.holds_on(today) { Curated::public_path(row.id) } else { String::new() },
        })
    };
    Ok(rows.iter().filter_map(record).collect())
}
