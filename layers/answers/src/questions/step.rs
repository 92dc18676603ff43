//! A step: the time a question stands with one body, with its clock in working time.

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use crate::base::new_id;
use crate::cases::step::left;
use crate::duties::working_time::WorkingTime;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "question_step")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub question: Uuid,
    /// From 1; unique within the question.
    pub number: i32,
    pub agency: Uuid,
    /// Working hours given.
    pub hours: i32,
    pub came_at: DateTimeUtc,
    /// Moves on by the time that the clock stood still.
    pub due_at: DateTimeUtc,
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
        question: Uuid,
        number: i32,
        (agency, hours): (Uuid, i32),
        now: DateTimeUtc,
        clock: WorkingTime<'_>,
    ) -> Self {
        let due_at = clock.after(now, i64::from(hours) * 60);
        Self { id: new_id(), question, number, agency, hours, came_at: now, due_at, minutes_left: None, ended_at: None }
    }

    /// Those of a question, first one first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, question: Uuid) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Question.eq(question)).order_by_asc(Column::Number).all(on).await
    }

    /// The minutes that the clock has left at a moment: negative when overdue.
    #[must_use]
    pub fn left(&self, now: DateTimeUtc, clock: WorkingTime<'_>) -> i64 {
        self.minutes_left.unwrap_or_else(|| left(self.due_at, now, clock))
    }
}
