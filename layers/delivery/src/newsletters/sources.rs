//! What of newsletters can be counted: issues that went to their subscribers. A correction is no issue.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect, QueryTrait};

use super::issue::{self, Issue, State};
use crate::base::sources::tallying::{When, happened};
use crate::base::sources::{Asked, Counting, RECORDS_MAX, Record, Source, Stretch, Tallied};
use crate::base::{App, Who, time};
use crate::channels::rights;
use crate::web::Result;

pub const SOURCES: &[Source] = &[Source {
    code: "issues-sent",
    counting: Counting::Happened,
    is_shared: false,
    tallies: |app, stretch| Box::pin(tallies(app, stretch)),
    records: |app, who, _, asked| Box::pin(records(app, who, asked)),
}];

fn sent() -> Select<issue::Entity> {
    issue::Entity::find().filter(issue::Column::State.eq(State::Sent)).filter(issue::Column::Corrects.is_null())
}

async fn tallies(app: &App, stretch: Stretch) -> Result<Vec<Tallied>> {
    let of = |column| Expr::col((issue::Entity, column));
    let when = When::Moment(of(issue::Column::EndedAt));
    happened(app, sent().into_query(), (of(issue::Column::Agency), when), stretch).await
}

async fn records(app: &App, who: &Who, asked: Asked) -> Result<Vec<Record>> {
    let rows = sent().filter(asked.of_agency(issue::Column::Agency)).filter(asked.at(issue::Column::EndedAt));
    let rows = rows.order_by_desc(issue::Column::EndedAt).limit(RECORDS_MAX).all(&app.db).await?;
    let record = |row: &Issue| {
        Some(Record {
            id: row.id,
            agency: row.agency,
            title: row.title.clone(),
            on: time::local_date(row.ended_at?),
            href: if rights::sees(who, row.agency) { Issue::path(row.id) } else { String::new() },
            public_href: String::new(),
        })
    };
    Ok(rows.iter().filter_map(record).collect())
}
