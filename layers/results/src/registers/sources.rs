//! What of registers can be counted: what is confirmed, between its own days. Moving an officer on, or training one, changes no month
//! before that day.

use std::collections::{BTreeMap, HashSet};

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Alias, CaseStatement, ExprTrait, JoinType, Query, SelectStatement};
use sea_orm::{Condition, FromQueryResult, QueryOrder, QuerySelect, QueryTrait};

use super::evidence;
use super::kind::{AWARD_ROUND, DISSEMINATION, NETWORK_MEMBER, OFFICER, REQUIRED_CONTENT, ST_TASK, TRAINING_PROGRAMME};
use super::record::{Column, Entity, Record, State};
use super::rights;
use crate::base::sources::tallying::{When, happened, stood};
use crate::base::sources::{Asked, Counting, Month, RECORDS_MAX, Source, Stretch, Tallied};
use crate::base::{App, Who, sources, time};
use crate::web::Result;

pub const SOURCES: &[Source] = &[
    Source {
        code: "st-tasks",
        counting: Counting::Stands,
        is_shared: false,
        tallies: |app, stretch| Box::pin(begun(app, ST_TASK, stretch)),
        records: |app, who, _, asked| Box::pin(records(app, who, Which::Begun(ST_TASK), asked)),
    },
    Source {
        code: "st-tasks-publicised",
        counting: Counting::Stands,
        is_shared: false,
        tallies: |app, stretch| Box::pin(publicised(app, stretch)),
        records: |app, who, _, asked| Box::pin(records(app, who, Which::Publicised, asked)),
    },
    Source {
        code: "training-programmes",
        counting: Counting::Stands,
        is_shared: false,
        tallies: |app, stretch| Box::pin(begun(app, TRAINING_PROGRAMME, stretch)),
        records: |app, who, _, asked| Box::pin(records(app, who, Which::Begun(TRAINING_PROGRAMME), asked)),
    },
    Source {
        code: "network-members",
        counting: Counting::Stands,
        is_shared: false,
        tallies: |app, stretch| Box::pin(lasting(app, NETWORK_MEMBER, stretch)),
        records: |app, who, _, asked| Box::pin(records(app, who, Which::Lasting(NETWORK_MEMBER), asked)),
    },
    Source {
        code: "award-rounds",
        counting: Counting::Happened,
        is_shared: false,
        tallies: |app, stretch| Box::pin(held(app, stretch)),
        records: |app, who, _, asked| Box::pin(records(app, who, Which::Held, asked)),
    },
    Source {
        code: "officers",
        counting: Counting::Stands,
        is_shared: false,
        tallies: |app, stretch| Box::pin(lasting(app, OFFICER, stretch)),
        records: |app, who, _, asked| Box::pin(records(app, who, Which::Lasting(OFFICER), asked)),
    },
    Source {
        code: "officers-trained",
        counting: Counting::Stands,
        is_shared: false,
        tallies: |app, stretch| Box::pin(trained(app, stretch)),
        records: |app, who, _, asked| Box::pin(records(app, who, Which::Trained, asked)),
    },
    Source {
        code: "officials",
        counting: Counting::Stands,
        is_shared: false,
        tallies: |app, stretch| Box::pin(sessions(app, false, stretch)),
        records: |app, who, _, asked| Box::pin(records(app, who, Which::Begun(DISSEMINATION), asked)),
    },
    Source {
        code: "officials-informed",
        counting: Counting::Stands,
        is_shared: false,
        tallies: |app, stretch| Box::pin(sessions(app, true, stretch)),
        records: |app, who, _, asked| Box::pin(records(app, who, Which::Begun(DISSEMINATION), asked)),
    },
    Source {
        code: "contents-required",
        counting: Counting::Happened,
        is_shared: false,
        tallies: |app, stretch| Box::pin(due(app, false, stretch)),
        records: |app, who, _, asked| Box::pin(records(app, who, Which::Due, asked)),
    },
    Source {
        code: "contents-provided",
        counting: Counting::Happened,
        is_shared: false,
        tallies: |app, stretch| Box::pin(due(app, true, stretch)),
        records: |app, who, _, asked| Box::pin(records(app, who, Which::InTime, asked)),
    },
];

#[derive(Clone, Copy)]
enum Which {
    /// From its first day on, for good.
    Begun(&'static str),
    /// Between its days.
    Lasting(&'static str),
    Publicised,
    Held,
    Trained,
    /// Whose term came.
    Due,
    /// Of them: there for everyone by then.
    InTime,
}

impl Which {
    const fn register(self) -> &'static str {
        match self {
            Self::Begun(register) | Self::Lasting(register) => register,
            Self::Publicised => ST_TASK,
            Self::Held => AWARD_ROUND,
            Self::Trained => OFFICER,
            Self::Due | Self::InTime => REQUIRED_CONTENT,
        }
    }
}

fn of(column: Column) -> Expr {
    Expr::col((Entity, column))
}

fn confirmed(register: &str) -> Select<Entity> {
    Entity::find().filter(Column::Register.eq(register)).filter(Column::State.eq(State::Confirmed))
}

async fn begun(app: &App, register: &str, stretch: Stretch) -> Result<Vec<Tallied>> {
    let from = When::Day(of(Column::FromOn));
    stood(app, confirmed(register).into_query(), of(Column::Agency), (from, None), stretch).await
}

async fn lasting(app: &App, register: &str, stretch: Stretch) -> Result<Vec<Tallied>> {
    let (from, until) = (When::Day(of(Column::FromOn)), When::LastDay(of(Column::UntilOn)));
    stood(app, confirmed(register).into_query(), of(Column::Agency), (from, Some(until)), stretch).await
}

async fn held(app: &App, stretch: Stretch) -> Result<Vec<Tallied>> {
    let when = When::Day(of(Column::FromOn));
    happened(app, confirmed(AWARD_ROUND).into_query(), (of(Column::Agency), when), stretch).await
}

/// The later of two days.
fn later(one: Expr, other: Expr) -> Expr {
    CaseStatement::new().case(one.clone().lt(other.clone()), other).finally(one).into()
}

async fn trained(app: &App, stretch: Stretch) -> Result<Vec<Tallied>> {
    let rows = confirmed(OFFICER).filter(Column::TrainedOn.is_not_null()).into_query();
    let from = When::Day(later(of(Column::FromOn), of(Column::TrainedOn)));
    stood(app, rows, of(Column::Agency), (from, Some(When::LastDay(of(Column::UntilOn)))), stretch).await
}

const LIVE: &str = "live";
const SINCE: &str = "since";

/// The first day on which something of a record was there for everyone, of what still is.
fn live() -> SelectStatement {
    let of = |column| Expr::col((evidence::Entity, column));
    Query::select()
        .column((evidence::Entity, evidence::Column::Record))
        .expr_as(of(evidence::Column::OnDay).min(), Alias::new(SINCE))
        .from(evidence::Entity)
        .cond_where(evidence::is_live())
        .group_by_col((evidence::Entity, evidence::Column::Record))
        .take()
}

/// Joins those of which something is there for everyone; gives since when.
fn with_live(rows: &mut SelectStatement) -> Expr {
    let its = Expr::col((Alias::new(LIVE), evidence::Column::Record)).equals((Entity, Column::Id));
    rows.join_subquery(JoinType::InnerJoin, live(), Alias::new(LIVE), its);
    Expr::col((Alias::new(LIVE), Alias::new(SINCE)))
}

/// Contents by the month of their term, once it came: all of them, or those that were there by then.
async fn due(app: &App, in_time: bool, stretch: Stretch) -> Result<Vec<Tallied>> {
    let today = time::local_date(app.clock.now());
    let mut rows = confirmed(REQUIRED_CONTENT).filter(Column::UntilOn.lte(today)).into_query();
    if in_time {
        let since = with_live(&mut rows);
        rows.and_where(since.lte(of(Column::UntilOn)));
    }
    happened(app, rows, (of(Column::Agency), When::Day(of(Column::UntilOn))), stretch).await
}

async fn publicised(app: &App, stretch: Stretch) -> Result<Vec<Tallied>> {
    let mut rows = confirmed(ST_TASK).into_query();
    let since = with_live(&mut rows);
    let from = When::Day(later(of(Column::FromOn), since));
    stood(app, rows, of(Column::Agency), (from, None), stretch).await
}

/// A session, as far as it is counted.
#[derive(FromQueryResult)]
struct Session {
    agency: Uuid,
    from_on: NaiveDate,
    part: Option<i64>,
    whole: Option<i64>,
}

/// How many officials there are, or were informed, by the agency's last session until each month's end: figures are all in all, and not
/// added up.
async fn sessions(app: &App, informed: bool, stretch: Stretch) -> Result<Vec<Tallied>> {
    let today = time::local_date(app.clock.now());
    let months: Vec<Month> = stretch.months().take_while(|month| *month <= Month::of(today)).collect();
    let rows: Vec<Session> = confirmed(DISSEMINATION)
        .select_only()
        .columns([Column::Agency, Column::FromOn, Column::Part, Column::Whole])
        .filter(Column::FromOn.lte(stretch.stands_on(today)))
        .order_by_asc(Column::FromOn)
        .order_by_asc(Column::Id)
        .into_model::<Session>()
        .all(&app.db)
        .await?;
    let mut tallied = Vec::new();
    for month in months {
        let on = std::cmp::min(month.last_day(), today);
        let mut last: BTreeMap<Uuid, u64> = BTreeMap::new();
        for row in rows.iter().filter(|row| row.from_on <= on) {
            let figure = if informed { row.part } else { row.whole };
            last.insert(row.agency, figure.and_then(|figure| u64::try_from(figure).ok()).unwrap_or_default());
        }
        tallied.extend(last.into_iter().map(|(agency, count)| Tallied { agency: Some(agency), month, count }));
    }
    Ok(tallied)
}

/// What the person may read about: all for who oversees, of their agency for others; of tasks, what the public sees too.
fn open_to(who: &Who, is_task: bool) -> Condition {
    if who.is_any(rights::OVERSEERS) {
        return Condition::all();
    }
    let open = Condition::any().add(Column::Agency.eq(who.agency.unwrap_or_default()));
    if is_task { open.add(Column::Id.in_subquery(evidence::with_live())) } else { open }
}

/// Those that are counted on the last day asked for and that the person may read about. The database asks all of it: what is left out
/// after the most are read would leave room for none of the others.
async fn records(app: &App, who: &Who, which: Which, asked: Asked) -> Result<Vec<sources::Record>> {
    let on = asked.stretch.stands_on(time::local_date(app.clock.now()));
    let is_task = which.register() == ST_TASK;
    let mut rows = confirmed(which.register()).filter(asked.of_agency(Column::Agency)).filter(open_to(who, is_task));
    rows = match which {
        Which::Held => rows.filter(asked.on(Column::FromOn)),
        Which::Due | Which::InTime => rows.filter(asked.on(Column::UntilOn)).filter(Column::UntilOn.lte(on)),
        _ => rows.filter(Column::FromOn.lte(on)),
    };
    let lasts = || Condition::any().add(Column::UntilOn.is_null()).add(Column::UntilOn.gte(on));
    rows = match which {
        Which::Lasting(_) => rows.filter(lasts()),
        Which::Trained => rows.filter(lasts()).filter(Column::TrainedOn.lte(on)),
        Which::Publicised => {
            let since = with_live(QueryTrait::query(&mut rows));
            rows.filter(since.lte(on))
        }
        Which::InTime => {
            let since = with_live(QueryTrait::query(&mut rows));
            rows.filter(since.lte(of(Column::UntilOn)))
        }
        Which::Begun(_) | Which::Held | Which::Due => rows,
    };
    let found = rows.order_by_desc(Column::FromOn).order_by_desc(Column::Id).limit(RECORDS_MAX).all(&app.db).await?;
    let ids: Vec<Uuid> = found.iter().map(|row| row.id).collect();
    let shown = if is_task { evidence::publicised(&app.db, &ids).await? } else { HashSet::new() };
    let record = |row: &Record| sources::Record {
        id: row.id,
        agency: row.agency,
        title: if row.code.is_empty() { row.title.clone() } else { format!("{} · {}", row.code, row.title) },
        on: row.from_on,
        href: if rights::sees(who, row.agency) { Record::path(row.id) } else { String::new() },
        public_href: if shown.contains(&row.id) { Record::public_path(row.id) } else { String::new() },
    };
    Ok(found.iter().map(record).collect())
}
