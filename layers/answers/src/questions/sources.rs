//! What of questions can be counted: those that came to agencies, those that were answered, and those in time. Protected ones are in none.

use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder, QuerySelect, QueryTrait};

use super::question::{Column, Entity, Question, State, sees_all};
use super::setting;
use super::step;
use crate::base::sources::tallying::{When, happened};
use crate::base::sources::{Asked, Counting, RECORDS_MAX, Record, Source, Stretch, Tallied};
use crate::base::{App, Who, time};
use crate::web::Result;

/// Which of them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    Asked,
    Answered,
    InTime,
}

pub const SOURCES: &[Source] = &[
    Source {
        code: "questions-asked",
        counting: Counting::Happened,
        is_shared: false,
        tallies: |app, stretch| Box::pin(tallies(app, Which::Asked, stretch)),
        records: |app, who, _, asked| Box::pin(records(app, who, Which::Asked, asked)),
    },
    Source {
        code: "questions-answered",
        counting: Counting::Happened,
        is_shared: false,
        tallies: |app, stretch| Box::pin(tallies(app, Which::Answered, stretch)),
        records: |app, who, _, asked| Box::pin(records(app, who, Which::Answered, asked)),
    },
    Source {
        code: "questions-in-time",
        counting: Counting::Happened,
        is_shared: false,
        tallies: |app, stretch| Box::pin(tallies(app, Which::InTime, stretch)),
        records: |app, who, _, asked| Box::pin(records(app, who, Which::InTime, asked)),
    },
];

fn rows(which: Which) -> Select<Entity> {
    let rows = Entity::find().filter(Column::State.is_not_in([State::Dropped, State::Withdrawn]));
    match which {
        Which::Asked => rows,
        Which::Answered => rows.filter(Column::AnsweredAt.is_not_null()),
        Which::InTime => rows.filter(Column::AnsweredAt.is_not_null()).filter(Column::InTime.eq(true)),
    }
}

const fn at(which: Which) -> Column {
    match which {
        Which::Asked => Column::AskedAt,
        Which::Answered | Which::InTime => Column::AnsweredAt,
    }
}

async fn tallies(app: &App, which: Which, stretch: Stretch) -> Result<Vec<Tallied>> {
    let when = When::Moment(Expr::col((Entity, at(which))));
    happened(app, rows(which).into_query(), (Expr::col((Entity, Column::Holder)), when), stretch).await
}

/// Those that the person may see: of their agency, or that it once had; all of them for who oversees.
async fn records(app: &App, who: &Who, which: Which, asked: Asked) -> Result<Vec<Record>> {
    let Some(setting) = setting::Entity::find().one(&app.db).await? else { return Ok(Vec::new()) };
    let mut rows = rows(which).filter(asked.of_agency(Column::Holder)).filter(asked.at(at(which)));
    if !sees_all(who, &setting) {
        let Some(own) = who.agency else { return Ok(Vec::new()) };
        let had = step::Entity::find().select_only().column(step::Column::Question).filter(step::Column::Agency.eq(own));
        rows = rows.filter(Condition::any().add(Column::Holder.eq(own)).add(Column::Id.in_subquery(had.into_query())));
    }
    let rows = rows.order_by_desc(at(which)).limit(RECORDS_MAX).all(&app.db).await?;
    let record = |row: &Question| {
        let moment = if which == Which::Asked { row.asked_at } else { row.answered_at? };
        Some(Record {
            id: row.id,
            agency: row.holder,
            title: row.title.clone(),
            on: time::local_date(moment),
            href: Question::desk_path(row.id),
            public_href: if row.shown { row.public_path() } else { String::new() },
        })
    };
    Ok(rows.iter().filter_map(record).collect())
}
