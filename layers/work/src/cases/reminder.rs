//! Calling to mind the cases whose clock runs out: once when little is left, once when it has run out, and then the next
//! body up is told too. In working time only. An answer, a question or passing it on stops it. While a question waits, it is
//! who raised the case that is reminded, after two and after five working days.

use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::case::moving::Ground;
use super::case::{self, Case, Kind, State};
use super::entry::Entry;
use super::rung::{self, Rung};
use super::step::{self, Step};
use crate::base::{App, By, Chore, Fact, new_id};

/// Working hours left at which a case is near.
pub const NEAR_HOURS: i64 = 4;
/// As many at a time as a statement takes.
const CHUNK: usize = 5_000;

/// That a step was called to mind, so that it is not again.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_reminder")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub step: Uuid,
    pub point: Point,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// How far the clock is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum Point {
    Near,
    Overdue,
    /// A question waits for two working days.
    Asked,
    /// For five.
    AskedLong,
}

/// Working days that a question waits before who raised the case is reminded, the furthest point first.
const ASKED_DAYS: [(Point, u32); 2] = [(Point::AskedLong, 5), (Point::Asked, 2)];
/// Minutes of a working day.
pub const DAY_MIN: i64 = 8 * 60;

/// Looks every five minutes; at night, at noon and on days off it does nothing.
#[must_use]
pub fn chore() -> Chore {
    Chore { name: "remind-of-cases", every_s: 300, work: |app| Box::pin(remind(app)) }
}

/// Reminds the bodies of the cases that reached a point they were not reminded of.
///
/// # Errors
/// The database failed.
pub async fn remind(app: &App) -> anyhow::Result<()> {
    let ground = Ground::of(app).await?;
    if !ground.clock().is_working(ground.now) {
        return Ok(());
    }
    let ladder = Rung::ladder(&app.db, Kind::Difficulty).await?;
    for (case, step, point) in waiting(app, &ground).await? {
        // A clock that began with less than that is near from its first minute: they have just been told.
        if point == Point::Near && i64::from(step.hours) <= NEAR_HOURS {
            continue;
        }
        let next = rung::above(&ladder, step.position, &[case.agency, case.holder], &ground.agencies, ground.today);
        let overdue = point == Point::Overdue;
        let next = next.map(|rung| rung.agency).filter(|_| overdue);
        remind_one(app, &case, (&step, point), Fact::CaseReminded { holder: case.holder, next, overdue }).await?;
    }
    for (case, step, (point, days)) in unanswered(app, &ground).await? {
        remind_one(app, &case, (&step, point), Fact::CaseReplyReminded { raiser: case.agency, days }).await?;
    }
    Ok(())
}

/// A new question begins anew: who raised the case is reminded of it as of the first. // recorded by Whole::act
///
/// # Errors
/// The database failed.
pub async fn begin_anew(on: &impl ConnectionTrait, step: Uuid) -> Result<(), DbErr> {
    let asked = Column::Point.is_in(ASKED_DAYS.map(|(point, _)| point));
    Entity::delete_many().filter(Column::Step.eq(step)).filter(asked).exec(on).await.map(|_| ())
}

/// The cases whose question waits that long, with the step they stand at and how long it is: those not called to mind yet.
async fn unanswered(app: &App, ground: &Ground) -> Result<Vec<(Case, Step, (Point, u32))>, DbErr> {
    let asked = case::Entity::find().filter(case::Column::State.eq(State::Asked)).order_by_asc(case::Column::Id);
    let mut waiting = Vec::new();
    for cases in asked.all(&app.db).await?.chunks(CHUNK) {
        let ids: Vec<Uuid> = cases.iter().map(|case| case.id).collect();
        let since = Entry::asked_at(&app.db, &ids).await?;
        for (case, step, told) in at_step(app, cases).await? {
            let Some(asked_at) = since.get(&case.id) else { continue };
            let waits = |(_, days): &&(Point, u32)| ground.clock().after(*asked_at, i64::from(*days) * DAY_MIN) <= ground.now;
            let point = ASKED_DAYS.iter().find(waits).filter(|(point, _)| !told.contains(point));
            waiting.extend(point.map(|point| (case, step, *point)));
        }
    }
    Ok(waiting)
}

/// Cases with the step each stands at, and the points at which that was called to mind: two statements.
async fn at_step(app: &App, cases: &[Case]) -> Result<Vec<(Case, Step, Vec<Point>)>, DbErr> {
    let ids: Vec<Uuid> = cases.iter().map(|case| case.id).collect();
    let steps = step::Entity::find().filter(step::Column::Case.is_in(ids)).filter(step::Column::EndedAt.is_null());
    let mut steps: HashMap<Uuid, Step> = steps.all(&app.db).await?.into_iter().map(|step| (step.case, step)).collect();
    let mut told: HashMap<Uuid, Vec<Point>> = HashMap::new();
    for row in Entity::find().filter(Column::Step.is_in(steps.values().map(|step| step.id))).all(&app.db).await? {
        told.entry(row.step).or_default().push(row.point);
    }
    let found = |case: &Case| {
        let step = steps.remove(&case.id)?;
        let told = told.remove(&step.id).unwrap_or_default();
        Some((case.clone(), step, told))
    };
    Ok(cases.iter().filter_map(found).collect())
}

/// The cases whose clock runs and is near its end or past it, with the step they stand at and how far it is: those not
/// called to mind yet.
async fn waiting(app: &App, ground: &Ground) -> Result<Vec<(Case, Step, Point)>, DbErr> {
    let until = ground.clock().after(ground.now, NEAR_HOURS * 60);
    let near = case::Entity::find()
        .filter(case::Column::State.eq(State::Open))
        .filter(case::Column::DueAt.lte(until))
        .order_by_asc(case::Column::DueAt)
        .all(&app.db)
        .await?;
    let mut waiting = Vec::new();
    for cases in near.chunks(CHUNK) {
        for (case, step, told) in at_step(app, cases).await? {
            let point = if step.due_at < ground.now { Point::Overdue } else { Point::Near };
            if !told.contains(&point) {
                waiting.push((case, step, point));
            }
        }
    }
    Ok(waiting)
}

/// One word for that point of the step: by one node only.
async fn remind_one(app: &App, case: &Case, (step, point): (&Step, Point), fact: Fact) -> anyhow::Result<()> {
    let transaction = app.begin().await?;
    let row = ActiveModel { id: Set(new_id()), step: Set(step.id), point: Set(point), at: Set(app.clock.now()) };
    let once = OnConflict::columns([Column::Step, Column::Point]).do_nothing().to_owned();
    if Entity::insert(row).on_conflict(once).exec_without_returning(&transaction).await? == 0 {
        return Ok(()); // another node was quicker
    }
    app.record(&transaction, case.id, fact, &By::system()).await?;
    app.commit(transaction).await?;
    Ok(())
}
