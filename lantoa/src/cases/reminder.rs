//! Calling to mind the cases whose clock runs out: once when little is left, once when it has run out, and then the next
//! body up is told too. In working time only. An answer, a question or passing it on stops it.

use std::collections::{HashMap, HashSet};

use sea_orm::ActiveValue::Set;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::case::moving::Ground;
use super::case::{self, Case, Kind, State};
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
}

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
        remind_one(app, &case, &step, point, next.map(|rung| rung.agency)).await?;
    }
    Ok(())
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
        let ids: Vec<Uuid> = cases.iter().map(|case| case.id).collect();
        let steps = step::Entity::find().filter(step::Column::Case.is_in(ids)).filter(step::Column::EndedAt.is_null());
        let mut steps: HashMap<Uuid, Step> = steps.all(&app.db).await?.into_iter().map(|step| (step.case, step)).collect();
        let told = Entity::find().filter(Column::Step.is_in(steps.values().map(|step| step.id))).all(&app.db).await?;
        let told: HashSet<(Uuid, Point)> = told.into_iter().map(|row| (row.step, row.point)).collect();
        for case in cases {
            let Some(step) = steps.remove(&case.id) else { continue };
            let point = if step.due_at < ground.now { Point::Overdue } else { Point::Near };
            if !told.contains(&(step.id, point)) {
                waiting.push((case.clone(), step, point));
            }
        }
    }
    Ok(waiting)
}

/// One word to the body, and of what is overdue one to the next above: by one node only.
async fn remind_one(app: &App, case: &Case, step: &Step, point: Point, next: Option<Uuid>) -> anyhow::Result<()> {
    let transaction = app.begin().await?;
    let row = ActiveModel { id: Set(new_id()), step: Set(step.id), point: Set(point), at: Set(app.clock.now()) };
    let once = OnConflict::columns([Column::Step, Column::Point]).do_nothing().to_owned();
    if Entity::insert(row).on_conflict(once).exec_without_returning(&transaction).await? == 0 {
        return Ok(()); // another node was quicker
    }
    let overdue = point == Point::Overdue;
    let fact = Fact::CaseReminded { holder: case.holder, next: next.filter(|_| overdue), overdue };
    app.record(&transaction, case.id, fact, &By::system()).await?;
    app.commit(transaction).await?;
    Ok(())
}
