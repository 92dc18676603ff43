//! Calling to mind the questions whose clock runs out: once when little is left, once when it has run out, and then the coordinating body is
//! told too. In working time only; an answer, a wish for more or passing it on stops it.

use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{QueryOrder, QuerySelect, QueryTrait};

use super::question::{self, Question, State};
use super::setting::Setting;
use super::step::{self, Step};
use crate::base::{App, By, Chore, Fact, new_id};
use crate::cases::case::moving::Ground;
use crate::cases::reminder::NEAR_HOURS;

/// As many at a time as a statement takes.
const CHUNK: usize = 5_000;

/// That a step was called to mind, so that it is not again.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "question_reminder")]
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
    Chore { name: "remind-of-questions", every_s: 300, work: |app| Box::pin(remind(app)) }
}

/// Reminds the bodies of the questions that reached a point they were not reminded of.
///
/// # Errors
/// The database failed.
pub async fn remind(app: &App) -> anyhow::Result<()> {
    let ground = Ground::of(app).await?;
    if !ground.clock().is_working(ground.now) {
        return Ok(());
    }
    let settled = super::setting::Entity::find().one(&app.db).await?;
    let Some(setting) = settled else { return Ok(()) };
    for (question, step, point) in waiting(app, &ground).await? {
        // A clock that began with less than that is near from its first minute: they have just been told.
        if point == Point::Near && i64::from(step.hours) <= NEAR_HOURS {
            continue;
        }
        remind_one(app, &question, (&step, point), &setting).await?;
    }
    Ok(())
}

/// The questions whose clock runs and is near its end or past it, with the step each stands at and how far it is: those not called to
/// mind yet.
async fn waiting(app: &App, ground: &Ground) -> Result<Vec<(Question, Step, Point)>, DbErr> {
    let until = ground.clock().after(ground.now, NEAR_HOURS * 60);
    let near = question::Entity::find()
        .filter(question::Column::State.is_in([State::New, State::Open]))
        .filter(question::Column::DueAt.lte(until))
        .order_by_asc(question::Column::DueAt)
        .all(&app.db)
        .await?;
    let mut waiting = Vec::new();
    for chunk in near.chunks(CHUNK) {
        let ids: Vec<Uuid> = chunk.iter().map(|one| one.id).collect();
        let steps = step::Entity::find().filter(step::Column::Question.is_in(ids)).filter(step::Column::EndedAt.is_null());
        let mut steps: HashMap<Uuid, Step> = steps.all(&app.db).await?.into_iter().map(|step| (step.question, step)).collect();
        let told = Entity::find().filter(Column::Step.is_in(steps.values().map(|step| step.id))).all(&app.db).await?;
        for question in chunk {
            let Some(step) = steps.remove(&question.id) else { continue };
            let point = if step.due_at < ground.now { Point::Overdue } else { Point::Near };
            if !told.iter().any(|one| one.step == step.id && one.point == point) {
                waiting.push((question.clone(), step, point));
            }
        }
    }
    Ok(waiting)
}

/// One word for that point of the step: by one node only.
async fn remind_one(app: &App, question: &Question, (step, point): (&Step, Point), setting: &Setting) -> anyhow::Result<()> {
    let transaction = app.begin().await?;
    let row = ActiveModel { id: Set(new_id()), step: Set(step.id), point: Set(point), at: Set(app.clock.now()) };
    let once = OnConflict::columns([Column::Step, Column::Point]).do_nothing().to_owned();
    if Entity::insert(row).on_conflict(once).exec_without_returning(&transaction).await? == 0 {
        return Ok(()); // another node was quicker
    }
    let overdue = point == Point::Overdue;
    let next = Some(setting.agency).filter(|body| overdue && *body != question.holder);
    let fact = Fact::QuestionReminded { holder: question.holder, next, overdue };
    app.record(&transaction, question.id, fact, &By::system()).await?;
    app.commit(transaction).await?;
    Ok(())
}

/// A wish for more stops the clock; when it goes on, it is called to mind anew. // recorded by Whole::act
///
/// # Errors
/// The database failed.
pub async fn begin_anew(on: &impl ConnectionTrait, step: Uuid) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::Step.eq(step)).exec(on).await.map(|_| ())
}

/// Those of a question that leaves.
///
/// # Errors
/// The database failed.
pub async fn forget(on: &impl ConnectionTrait, question: Uuid) -> Result<(), DbErr> {
    let steps = step::Entity::find().select_only().column(step::Column::Id).filter(step::Column::Question.eq(question));
    Entity::delete_many().filter(Column::Step.in_subquery(steps.into_query())).exec(on).await.map(|_| ())
}
