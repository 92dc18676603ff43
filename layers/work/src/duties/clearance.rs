//! Clearance ("duyệt trong cơ quan"): where an agency has somebody who decides for it, an answer leaves only with that
//! person's word. What is presented is the draft as it stands; whoever changes it takes the presentation back.
//!
//! ```text
//!   draft ──present──► waiting ──clear──► cleared: the answer is handed in, that day decides whether in time
//!     ▲                  │ return (why) · withdraw · any change of draft or proofs
//!     └──────────────────┘
//! ```

pub mod deciding;
pub mod notices;
pub mod presenting;
pub mod setting;

use std::collections::HashMap;

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

pub use setting::{Mode, Step, Way};

use super::slot::Slot;
use crate::base::{App, By, Fact, Role, Who};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "clearance")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub slot: Uuid,
    /// Made by the form, the same for every press of the button; the answer gets it.
    #[sea_orm(unique)]
    pub key: String,
    /// The version of the draft that was presented.
    pub draft: i32,
    /// The version of the answer that the presenter saw; 0 when there was none.
    pub seen: i32,
    pub keeps_proofs: bool,
    /// Figures that can be read in two ways, as the presenter confirmed them: a JSON list.
    #[sea_orm(column_type = "Text")]
    pub sure: String,
    /// The body that is to answer.
    pub agency: Uuid,
    /// Who presented it; the answer is theirs.
    pub person: Uuid,
    pub at: DateTimeUtc,
    pub state: State,
    pub decided_by: Option<Uuid>,
    pub decided_at: Option<DateTimeUtc>,
    /// Why it was sent back; empty otherwise.
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    /// What was handed in; None until it is cleared.
    #[sea_orm(unique)]
    pub answer: Option<Uuid>,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Clearance = Model;

/// Where a presentation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum State {
    Waiting,
    Cleared,
    /// Sent back with a reason.
    Returned,
    /// Taken back, or what it presented was changed.
    Withdrawn,
}

impl Model {
    /// The presentations of a slot, earliest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, slot: Uuid) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Slot.eq(slot)).order_by_asc(Column::At).order_by_asc(Column::Id).all(on).await
    }

    /// What waits for this person's word, longest waiting first: of the agencies they decide for, and not their own work.
    /// No statement for whoever decides for none.
    ///
    /// # Errors
    /// The database failed.
    pub async fn waiting_for(on: &impl ConnectionTrait, who: &Who) -> Result<Vec<Self>, DbErr> {
        let Some(agency) = who.agency.filter(|own| who.is_in(Role::Approver, *own)) else { return Ok(Vec::new()) };
        Entity::find()
            .filter(Column::State.eq(State::Waiting))
            .filter(Column::Agency.eq(agency))
            .filter(Column::Person.ne(who.person))
            .order_by_asc(Column::At)
            .order_by_asc(Column::Id)
            .all(on)
            .await
    }

    /// Which of these answers somebody of the agency let out, by the answer: who, and whether that was the presenter.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of_answers(on: &impl ConnectionTrait, answers: &[Uuid]) -> Result<HashMap<Uuid, Self>, DbErr> {
        let rows = Entity::find().filter(Column::Answer.is_in(answers.iter().copied())).all(on).await?;
        Ok(rows.into_iter().filter_map(|row| Some((row.answer?, row))).collect())
    }

    /// Whether the presenter cleared it alone.
    #[must_use]
    pub fn is_alone(&self) -> bool {
        self.decided_by == Some(self.person)
    }

    /// Takes back what waits for a slot, because what it presented is no more; nothing when nothing waits.
    ///
    /// # Errors
    /// The database failed.
    pub(super) async fn withdraw(app: &App, on: &impl ConnectionTrait, who: &Who, slot: &Slot) -> Result<bool, DbErr> {
        let taken = Entity::update_many()
            .col_expr(Column::State, Expr::value(State::Withdrawn))
            .col_expr(Column::DecidedAt, Expr::value(app.clock.now()))
            .filter(Column::Slot.eq(slot.id))
            .filter(Column::State.eq(State::Waiting))
            .exec(on)
            .await?;
        if taken.rows_affected > 0 {
            app.record(on, slot.id, Fact::PresentationWithdrawn, &By::from(who)).await?;
        }
        Ok(taken.rows_affected > 0)
    }
}
