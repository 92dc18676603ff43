//! What of cases can be counted: those that agencies raised and did not take back, and those that were solved, for who raised them.

use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder, QuerySelect, QueryTrait};

use super::case::{self, Case, Column, Entity, Kind, State};
use super::rung::Rung;
use super::step;
use crate::base::sources::tallying::{When, happened};
use crate::base::sources::{Asked, Counting, RECORDS_MAX, Record, Source, Stretch, Tallied};
use crate::base::{App, Who, time};
use crate::web::Result;

pub const SOURCES: &[Source] = &[
    Source {
        code: "cases-raised",
        counting: Counting::Happened,
        is_shared: false,
        tallies: |app, stretch| Box::pin(tallies(app, false, stretch)),
        records: |app, who, _, asked| Box::pin(records(app, who, false, asked)),
    },
    Source {
        code: "cases-solved",
        counting: Counting::Happened,
        is_shared: false,
        tallies: |app, stretch| Box::pin(tallies(app, true, stretch)),
        records: |app, who, _, asked| Box::pin(records(app, who, true, asked)),
    },
];

fn rows(solved: bool) -> Select<Entity> {
    if solved {
        Entity::find().filter(Column::State.eq(State::Solved))
    } else {
        Entity::find().filter(Column::State.ne(State::Withdrawn))
    }
}

const fn at(solved: bool) -> Column {
    if solved { Column::ClosedAt } else { Column::RaisedAt }
}

async fn tallies(app: &App, solved: bool, stretch: Stretch) -> Result<Vec<Tallied>> {
    let when = When::Moment(Expr::col((Entity, at(solved))));
    happened(app, rows(solved).into_query(), (Expr::col((Entity, Column::Agency)), when), stretch).await
}

/// Those that the person may see: of their agency, or that it once had to settle; all of them for who oversees.
async fn records(app: &App, who: &Who, solved: bool, asked: Asked) -> Result<Vec<Record>> {
    let mut rows = rows(solved).filter(asked.of_agency(Column::Agency)).filter(asked.at(at(solved)));
    if !case::sees_all(who, &Rung::ladder(&app.db, Kind::Difficulty).await?) {
        let Some(own) = who.agency else { return Ok(Vec::new()) };
        let had = step::Entity::find().select_only().column(step::Column::Case).filter(step::Column::Agency.eq(own));
        rows = rows.filter(Condition::any().add(Column::Agency.eq(own)).add(Column::Id.in_subquery(had.into_query())));
    }
    let rows = rows.order_by_desc(at(solved)).limit(RECORDS_MAX).all(&app.db).await?;
    let record = |row: &Case| {
        let moment = if solved { row.closed_at? } else { row.raised_at };
        Some(Record {
            id: row.id,
            agency: row.agency,
            title: row.title.clone(),
            on: time::local_date(moment),
            href: Case::desk_path(row.id),
            public_href: String::new(),
        })
    };
    Ok(rows.iter().filter_map(record).collect())
}
