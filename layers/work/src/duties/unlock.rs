//! An unlock: one more answer may come, by whom allowed, why, until when.

use chrono::{Days, NaiveDate, TimeDelta};
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::answer::submitting::says_nothing;
use super::slot::{InCharge, Slot};
use super::standing::{self, Lock};
use crate::base::{App, By, Fact, Role, Who, fact, new_id, time};
use crate::web::{Error, Obstacle};

/// An exception is short.
pub const DAYS_MAX: u64 = 60;
const LETTERS_MAX: usize = 2_000;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "slot_unlock")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub slot: Uuid,
    #[sea_orm(column_type = "Text")]
    pub why: String,
    /// The last day it holds.
    pub until: Date,
    pub person: Uuid,
    pub at: DateTimeUtc,
    /// Set by the answer it let in.
    pub used_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Unlock = Model;

impl Model {
    /// The unlocks of these slots, earliest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, slots: &[Uuid]) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Slot.is_in(slots.iter().copied())).order_by_asc(Column::At).all(on).await
    }

    /// Whether the person may unlock: whoever runs the plans, for others than their own body.
    #[must_use]
    pub fn may_give(who: &Who, in_charge: &InCharge) -> bool {
        !in_charge.is_own(who) && (who.is(Role::Coordinator) || who.is(Role::Leader))
    }

    /// Lets one more answer in.
    ///
    /// # Errors
    /// Forbidden; refused without a reason or with a day that is past or too far; or the database failed.
    pub async fn give(app: &App, who: &Who, slot: &Slot, why: &str, until: NaiveDate) -> Result<(), Error> {
        if !Self::may_give(who, &slot.in_charge(app).await?) {
            return Err(Error::Forbidden);
        }
        let why = why.trim();
        if says_nothing(why) || why.chars().count() > LETTERS_MAX {
            return Err(Error::Refused(vec![Obstacle::new("unlock-without-reason").at("why")]));
        }
        let today = time::local_date(app.clock.now());
        if until < today || today.checked_add_days(Days::new(DAYS_MAX)).is_some_and(|last| until > last) {
            return Err(Error::Refused(vec![Obstacle::new("unlock-day-wrong").at("until")]));
        }
        let transaction = app.begin().await?;
        let slot = &Slot::locked(&transaction, slot.id).await?;
        match standing::story(&transaction, slot.id).await?.lock(slot, today) {
            Some(lock @ (Lock::Void | Lock::Early)) => return Err(Error::refused(lock.key())),
            None => return Err(Error::refused("unlock-not-locked")),
            Some(Lock::Accepted | Lock::Expired) => {}
        }
        let row =
            Self { id: new_id(), slot: slot.id, why: why.into(), until, person: who.person, at: app.clock.now(), used_at: None };
        Entity::insert(ActiveModel::from(row)).exec_without_returning(&transaction).await?;
        let fact = Fact::SlotUnlocked { until: until.to_string() };
        app.record(&transaction, slot.id, fact, &By::from(who).because(why)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Asks those who may for an unlock, in the name of the agency that owes it. Returns nothing: they are told by the fact.
    ///
    /// # Errors
    /// Hidden from other agencies; refused without a reason or when nothing is locked; or the database failed.
    pub async fn request(app: &App, who: &Who, slot: &Slot, why: &str) -> Result<(), Error> {
        if !slot.in_charge(app).await?.may_answer(who) {
            return Err(Error::Hidden(slot.id));
        }
        let why = why.trim();
        if says_nothing(why) || why.chars().count() > LETTERS_MAX {
            return Err(Error::Refused(vec![Obstacle::new("unlock-without-reason").at("why")]));
        }
        let transaction = app.begin().await?;
        let slot = &Slot::locked(&transaction, slot.id).await?;
        let today = time::local_date(app.clock.now());
        match standing::story(&transaction, slot.id).await?.lock(slot, today) {
            Some(lock @ (Lock::Void | Lock::Early)) => return Err(Error::refused(lock.key())),
            None => return Err(Error::refused("unlock-not-locked")),
            Some(Lock::Accepted | Lock::Expired) => {}
        }
        // Twice in an hour is one request.
        if !fact::Model::is_there(&transaction, slot.id, "UnlockRequested", app.clock.now() - TimeDelta::hours(1)).await? {
            app.record(&transaction, slot.id, Fact::UnlockRequested, &By::from(who).because(why)).await?;
        }
        app.commit(transaction).await?;
        Ok(())
    }

    /// Notes that an answer came in through it.
    ///
    /// # Errors
    /// The database failed.
    pub(super) async fn use_up(app: &App, on: &impl ConnectionTrait, id: Uuid) -> Result<(), DbErr> {
        let unused = Entity::update_many().filter(Column::Id.eq(id)).filter(Column::UsedAt.is_null());
        let used = unused.col_expr(Column::UsedAt, Expr::value(app.clock.now())).exec(on).await?;
        if used.rows_affected == 0 { Err(DbErr::RecordNotUpdated) } else { Ok(()) }
    }
}
