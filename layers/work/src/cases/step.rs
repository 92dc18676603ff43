//! A step: the time a case stands with one body, with its clock.

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use crate::base::new_id;
use crate::duties::working_time::WorkingTime;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_step")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub case: Uuid,
    /// From 1; unique within the case.
    pub number: i32,
    /// The body it stands with.
    pub agency: Uuid,
    /// How high on the ladder; a body it was passed on to sideways is as high as who passed it on.
    pub position: i32,
    /// Working hours given.
    pub hours: i32,
    pub came_at: DateTimeUtc,
    /// Moves on by the time that the clock stood still.
    pub due_at: DateTimeUtc,
    pub taken_at: Option<DateTimeUtc>,
    /// Working minutes that were left when the clock was stopped; None while it runs. Negative when it was late already.
    pub minutes_left: Option<i64>,
    pub ended_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Step = Model;

impl Model {
    /// A step that begins now.
    #[must_use]
    pub fn beginning(
        case: Uuid,
        number: i32,
        (agency, position, hours): (Uuid, i32, i32),
        now: DateTimeUtc,
        clock: WorkingTime<'_>,
    ) -> Self {
        Self {
            id: new_id(),
            case,
            number,
            agency,
            position,
            hours,
            came_at: now,
            due_at: clock.after(now, i64::from(hours) * 60),
            taken_at: None,
            minutes_left: None,
            ended_at: None,
        }
    }

    /// Those of a case, first one first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, case: Uuid) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Case.eq(case)).order_by_asc(Column::Number).all(on).await
    }

    /// The minutes that the clock has left at a moment: negative when overdue.
    #[must_use]
    pub fn left(&self, now: DateTimeUtc, clock: WorkingTime<'_>) -> i64 {
        match self.minutes_left {
            Some(left) => left,
            None => left(self.due_at, now, clock),
        }
    }
}

/// The working minutes until a moment; negative after it.
#[must_use]
pub fn left(due_at: DateTimeUtc, now: DateTimeUtc, clock: WorkingTime<'_>) -> i64 {
    if now <= due_at { clock.between(now, due_at) } else { -clock.between(due_at, now) }
}
