//! Reminders: once when a case is near its end, once when it is past it; again when the deadline moved. At any hour: a clock that
//! counts nights reminds at night.

use chrono::TimeDelta;
use sea_orm::ActiveValue::Set;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::case::{Column as Of, Entity as Cases, Retraction, State};
use super::looking::count;
use crate::base::{App, By, Chore, Fact, new_id};

/// Hours left at which a case is near.
pub const NEAR_H: i64 = 4;

/// That a deadline was called to mind.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "retraction_reminder")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub retraction: Uuid,
    pub point: Point,
    pub due_at: DateTimeUtc,
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

/// Looks every five minutes.
#[must_use]
pub fn chore() -> Chore {
    Chore { name: "remind-of-retractions", every_s: 300, work: |app| Box::pin(remind(app)) }
}

/// Reminds of what reached a point it was not reminded of.
///
/// # Errors
/// The database failed.
pub async fn remind(app: &App) -> anyhow::Result<()> {
    let now = app.clock.now();
    let near = Cases::find()
        .filter(Of::State.eq(State::Open))
        .filter(Of::DueAt.lte(now + TimeDelta::hours(NEAR_H)))
        .order_by_asc(Of::DueAt);
    for case in near.all(&app.db).await? {
        let point = if case.is_late(now) { Point::Overdue } else { Point::Near };
        // Opened that near its end: they have just been told.
        if point == Point::Overdue || case.opened_at + TimeDelta::hours(NEAR_H) < case.due_at {
            one(app, &case, point).await?;
        }
    }
    Ok(())
}

/// One word for that point of the deadline: by one node only.
async fn one(app: &App, case: &Retraction, point: Point) -> anyhow::Result<()> {
    let told = Entity::find().filter(Column::Retraction.eq(case.id)).filter(Column::Point.eq(point));
    if told.filter(Column::DueAt.eq(case.due_at)).one(&app.db).await?.is_some() {
        return Ok(());
    }
    let transaction = app.begin().await?;
    let row = ActiveModel {
        id: Set(new_id()),
        retraction: Set(case.id),
        point: Set(point),
        due_at: Set(case.due_at),
        at: Set(app.clock.now()),
    };
    let once = OnConflict::columns([Column::Retraction, Column::Point, Column::DueAt]).do_nothing().to_owned();
    if Entity::insert(row).on_conflict(once).exec_without_returning(&transaction).await? == 0 {
        return Ok(()); // another node was quicker
    }
    let fact = Fact::RetractionReminded {
        title: case.title.clone(),
        overdue: point == Point::Overdue,
        unsettled: count(case.unsettled),
    };
    app.record(&transaction, case.id, fact, &By::system()).await?;
    app.commit(transaction).await?;
    Ok(())
}
