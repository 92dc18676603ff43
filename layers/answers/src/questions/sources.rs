//! What of questions can be counted: those that came to agencies, those that were answered, and those in time. Protected ones are in none.

use std::collections::HashMap;

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Alias, ExprTrait, JoinType, Query, SelectStatement};
use sea_orm::{Condition, FromQueryResult, Order, QuerySelect, QueryTrait};

use super::question::{Column, Entity, Question, State, sees_all};
use super::{answer, setting, step};
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

const FIRSTS: &str = "firsts";
const FIRST_AT: &str = "first_at";

/// When each question was answered first.
fn firsts() -> SelectStatement {
    let at = Expr::col((answer::Entity, answer::Column::ApprovedAt));
    Query::select()
        .column((answer::Entity, answer::Column::Question))
        .expr_as(at.min(), Alias::new(FIRST_AT))
        .from(answer::Entity)
        .and_where(answer::Column::State.eq(answer::State::Given))
        .group_by_col((answer::Entity, answer::Column::Question))
        .take()
}

/// Those of that kind, and the moment at which each is counted. What was answered is counted at its first answer, as being in time is: that
/// moment stays, whatever is asked again or corrected later.
fn rows(which: Which) -> (SelectStatement, Expr) {
    let counted = Column::State.is_not_in([State::Dropped, State::Withdrawn]);
    let mut rows = Query::select().from(Entity).and_where(counted).take();
    if which == Which::Asked {
        return (rows, Expr::col((Entity, Column::AskedAt)));
    }
    if which == Which::InTime {
        rows.and_where(Column::InTime.eq(true));
    }
    let its = Expr::col((Alias::new(FIRSTS), answer::Column::Question)).equals((Entity, Column::Id));
    rows.join_subquery(JoinType::InnerJoin, firsts(), Alias::new(FIRSTS), its);
    (rows, Expr::col((Alias::new(FIRSTS), Alias::new(FIRST_AT))))
}

async fn tallies(app: &App, which: Which, stretch: Stretch) -> Result<Vec<Tallied>> {
    let (rows, at) = rows(which);
    happened(app, rows, (Expr::col((Entity, Column::Holder)), When::Moment(at)), stretch).await
}

#[derive(FromQueryResult)]
struct Found {
    id: Uuid,
    moment: DateTimeUtc,
}

/// Those that the person may see: of their agency, or that it once had; all of them for who oversees.
async fn records(app: &App, who: &Who, which: Which, asked: Asked) -> Result<Vec<Record>> {
    let Some(setting) = setting::Entity::find().one(&app.db).await? else { return Ok(Vec::new()) };
    let (mut rows, at) = rows(which);
    let (from, until) = asked.stretch.moments();
    rows.column((Entity, Column::Id))
        .expr_as(at.clone(), Alias::new("moment"))
        .and_where(at.clone().gte(Expr::value(from)))
        .and_where(at.clone().lt(Expr::value(until)))
        .cond_where(asked.of_agency(Column::Holder))
        .order_by_expr(at, Order::Desc)
        .limit(RECORDS_MAX);
    if !sees_all(who, &setting) {
        let Some(own) = who.agency else { return Ok(Vec::new()) };
        let had = step::Entity::find().select_only().column(step::Column::Question).filter(step::Column::Agency.eq(own));
        rows.cond_where(Condition::any().add(Column::Holder.eq(own)).add(Column::Id.in_subquery(had.into_query())));
    }
    let found = Found::find_by_statement(app.db.get_database_backend().build(&rows)).all(&app.db).await?;
    let questions = Entity::find().filter(Column::Id.is_in(found.iter().map(|one| one.id))).all(&app.db).await?;
    let questions: HashMap<Uuid, Question> = questions.into_iter().map(|one| (one.id, one)).collect();
    let record = |one: &Found| {
        let row = questions.get(&one.id)?;
        Some(Record {
            id: row.id,
            agency: row.holder,
            title: row.title.clone(),
            on: time::local_date(one.moment),
            href: Question::desk_path(row.id),
            public_href: if row.shown { row.public_path() } else { String::new() },
        })
    };
    Ok(found.iter().filter_map(record).collect())
}
