//! Making slots agree with what is owed: what is missing, what is owed again, what moves to another day and what is owed no
//! more is found first, so that a page can say it before anything is done.

use std::collections::{HashMap, HashSet};

use chrono::{Days, NaiveDate};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{Condition, QuerySelect};

use super::answer;
use super::calendar::Calendar;
use super::day_off;
use super::duty::{Duty, Kind};
use super::holder::{Holder, Part};
use super::opening::{ROWS_OF_A_STATEMENT, chunks};
use super::rule::{Frame, Period};
use super::slot::{self, Slot, Void};
use crate::base::new_id;
use crate::people::{Agency, agency};

/// How long an agency has for what was due before the system knew of it.
pub const LATE_OPENING_DAYS: u64 = 30;

type Key = (Uuid, Uuid, String);

/// A slot that is there.
struct There {
    id: Uuid,
    start: NaiveDate,
    end: NaiveDate,
    due: NaiveDate,
    voided: bool,
    reason: Option<Void>,
}

/// Duties with their holders, the agencies they may mean, and the slots that are there.
pub struct World {
    duties: Vec<Duty>,
    holders: HashMap<Uuid, Vec<Holder>>,
    agencies: Vec<Agency>,
    calendar: Calendar,
    there: HashMap<Key, There>,
}

/// What has to be done so that the slots agree.
#[derive(Debug, Default)]
pub struct Difference {
    pub missing: Vec<Slot>,
    again: Vec<Uuid>,
    moved: Vec<(Uuid, Period)>,
    surplus: Vec<(Void, Uuid)>,
}

/// How many slots were opened, voided, and given another day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    pub opened: u32,
    pub voided: u32,
    pub moved: u32,
}

impl World {
    /// All duties of a plan.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of_plan(on: &impl ConnectionTrait, plan: Uuid) -> Result<Self, DbErr> {
        let duties = Duty::of_plan(on, plan).await?;
        let ids: Vec<Uuid> = duties.iter().map(|duty| duty.id).collect();
        let mut holders: HashMap<Uuid, Vec<Holder>> = HashMap::new();
        for holder in Holder::of(on, &ids).await? {
            holders.entry(holder.duty).or_default().push(holder);
        }
        let there = there(on, Condition::all().add(slot::Column::Plan.eq(plan))).await?;
        Self::with(on, duties, holders, there).await
    }

    /// One duty as it is or as it might be, with these holders.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of_duty(on: &impl ConnectionTrait, duty: Duty, holders: Vec<Holder>) -> Result<Self, DbErr> {
        let there = there(on, Condition::all().add(slot::Column::Duty.eq(duty.id))).await?;
        let holders = HashMap::from([(duty.id, holders)]);
        Self::with(on, vec![duty], holders, there).await
    }

    async fn with(
        on: &impl ConnectionTrait,
        duties: Vec<Duty>,
        holders: HashMap<Uuid, Vec<Holder>>,
        there: HashMap<Key, There>,
    ) -> Result<Self, DbErr> {
        let agencies = agency::Entity::find().all(on).await?;
        Ok(Self { duties, holders, agencies, calendar: day_off::calendar(on).await?, there })
    }

    /// What is missing and what is too much on a day. Slots keep the day they were given; only where a person changed the
    /// rule (`moves`) do those that are still to come take the new one.
    #[must_use]
    pub fn difference(self, today: NaiveDate, moves: bool) -> Difference {
        let mut found = Difference::default();
        let mut wanted = HashSet::new();
        for duty in self.duties.iter().filter(|duty| duty.kind != Kind::Request) {
            for (agency, part, period) in self.owed(duty) {
                let key = (duty.id, agency, period.key.clone());
                match self.there.get(&key) {
                    None => found.missing.push(row(duty, agency, part, &period, today)),
                    Some(slot) if slot.due < today => {}
                    Some(slot) => {
                        if slot.voided {
                            found.again.push(slot.id);
                        }
                        if moves && (slot.start, slot.end, slot.due) != (period.start, period.end, period.due) {
                            found.moved.push((slot.id, period));
                        }
                    }
                }
                wanted.insert(key);
            }
        }
        self.asked_for(today, &mut found, &mut wanted);
        let has_ended = |duty: &&Duty| duty.ended_on.is_some() && duty.kind != Kind::Request;
        let ended: HashSet<Uuid> = self.duties.iter().filter(has_ended).map(|duty| duty.id).collect();
        let surplus = self.there.iter().filter(|(key, slot)| !wanted.contains(*key) && !slot.voided && slot.due >= today);
        for ((duty, agency, _), slot) in surplus {
            let reason = match (ended.contains(duty), self.is_open(*agency, slot.end)) {
                (true, _) => Void::PlanReplaced,
                (false, false) => Void::AgencyClosed,
                (false, true) => Void::DutyChanged,
            };
            found.surplus.push((reason, slot.id));
        }
        found
    }

    /// A request asked those whom it asked, once: its slots fall and rise with their agencies alone.
    fn asked_for(&self, today: NaiveDate, found: &mut Difference, wanted: &mut HashSet<Key>) {
        let requests: HashSet<Uuid> = self.duties.iter().filter(|duty| duty.kind == Kind::Request).map(|duty| duty.id).collect();
        for (key, slot) in self.there.iter().filter(|(key, _)| requests.contains(&key.0)) {
            if self.is_open(key.1, slot.end) {
                wanted.insert(key.clone());
                if slot.voided && slot.reason == Some(Void::AgencyClosed) && slot.due >= today {
                    found.again.push(slot.id);
                }
            }
        }
    }

    fn is_open(&self, agency: Uuid, day: NaiveDate) -> bool {
        self.agencies.iter().any(|one| one.id == agency && one.is_open_on(day))
    }

    /// Who owes which periods of a duty. An agency that is named both as lead and in support leads.
    fn owed<'a>(&'a self, duty: &'a Duty) -> impl Iterator<Item = (Uuid, Part, Period)> + use<'a> {
        let holders = self.holders.get(&duty.id).map(Vec::as_slice).unwrap_or_default();
        let frame = Frame { from: duty.starts_on, until: duty.last_day() };
        let mut periods = duty.rule().map(|rule| rule.periods(frame, &self.calendar)).unwrap_or_default();
        if let Some(ended) = duty.ended_on {
            periods.retain(|period| period.end <= ended);
        }
        self.agencies.iter().flat_map(move |agency| {
            let part = holders.iter().filter(|holder| holder.means(agency)).map(|holder| holder.part).min();
            let open = periods.clone().into_iter().filter(|period| agency.is_open_on(period.end));
            part.into_iter().flat_map(move |part| open.clone().map(move |period| (agency.id, part, period)))
        })
    }
}

impl Difference {
    /// How much it is.
    #[must_use]
    pub fn size(&self) -> Changed {
        let count = |rows: usize| u32::try_from(rows).unwrap_or(u32::MAX);
        Changed {
            opened: count(self.missing.len() + self.again.len()),
            voided: count(self.surplus.len()),
            moved: count(self.moved.len()),
        }
    }

    /// Leaves what was answered as it is. `holding` keeps the slots to this transaction, so that no answer slips in before
    /// they are voided.
    ///
    /// # Errors
    /// The database failed.
    pub async fn without_answered(mut self, on: &impl ConnectionTrait, holding: bool) -> Result<Self, DbErr> {
        let ids: Vec<Uuid> = self.surplus.iter().map(|(_, id)| *id).chain(self.moved.iter().map(|(id, _)| *id)).collect();
        let mut answered: HashSet<Uuid> = HashSet::new();
        for ids in ids.chunks(ROWS_OF_A_STATEMENT) {
            if holding {
                let rows = slot::Entity::find().select_only().column(slot::Column::Id);
                let held = rows.filter(slot::Column::Id.is_in(ids.to_vec())).lock_exclusive();
                let _: Vec<Uuid> = held.into_tuple().all(on).await?;
            }
            answered.extend(answer::answered_of(on, ids).await?);
        }
        self.surplus.retain(|(_, id)| !answered.contains(id));
        self.moved.retain(|(id, _)| !answered.contains(id));
        Ok(self)
    }

    /// Does it. What was answered is not touched.
    ///
    /// # Errors
    /// The database failed.
    pub async fn applied(self, on: &impl ConnectionTrait, today: NaiveDate) -> Result<Changed, DbErr> {
        let found = self.without_answered(on, true).await?;
        let changed = found.size();
        revive(on, found.again).await?;
        relocate(on, found.moved, today).await?;
        let once = OnConflict::columns([slot::Column::Duty, slot::Column::Agency, slot::Column::Period]).do_nothing().to_owned();
        for rows in chunks(found.missing) {
            let rows = rows.into_iter().map(slot::ActiveModel::from);
            slot::Entity::insert_many(rows).on_conflict(once.clone()).exec_without_returning(on).await?;
        }
        let mut by_reason: HashMap<Void, Vec<Uuid>> = HashMap::new();
        for (reason, id) in found.surplus {
            by_reason.entry(reason).or_default().push(id);
        }
        for (reason, ids) in by_reason {
            void(on, ids, reason, today).await?;
        }
        Ok(changed)
    }
}

/// The slots that fit, by what they are.
async fn there(on: &impl ConnectionTrait, which: Condition) -> Result<HashMap<Key, There>, DbErr> {
    use slot::Column::{Agency, DueOn, Duty, EndOn, Id, Period, StartOn, VoidReason, VoidedOn};
    type Row = (Uuid, Uuid, Uuid, String, NaiveDate, NaiveDate, NaiveDate, Option<NaiveDate>, Option<Void>);
    let rows: Vec<Row> = slot::Entity::find()
        .select_only()
        .columns([Id, Duty, Agency, Period, StartOn, EndOn, DueOn, VoidedOn, VoidReason])
        .filter(which)
        .into_tuple()
        .all(on)
        .await?;
    let there = |(id, duty, agency, period, start, end, due, voided, reason): Row| {
        ((duty, agency, period), There { id, start, end, due, voided: voided.is_some(), reason })
    };
    Ok(rows.into_iter().map(there).collect())
}

/// Slots that were void are owed again, e.g. of an agency that was closed by mistake.
async fn revive(on: &impl ConnectionTrait, slots: Vec<Uuid>) -> Result<(), DbErr> {
    for ids in chunks(slots) {
        slot::Entity::update_many() // recorded by settle and Duty::change
            .col_expr(slot::Column::VoidedOn, Expr::value(Option::<NaiveDate>::None))
            .col_expr(slot::Column::VoidReason, Expr::value(Option::<Void>::None))
            .filter(slot::Column::Id.is_in(ids))
            .exec(on)
            .await?;
    }
    Ok(())
}

/// Gives slots the days of their periods: one statement a period, for however many agencies.
async fn relocate(on: &impl ConnectionTrait, moved: Vec<(Uuid, Period)>, today: NaiveDate) -> Result<(), DbErr> {
    let mut by_days: HashMap<(NaiveDate, NaiveDate, NaiveDate), Vec<Uuid>> = HashMap::new();
    for (id, period) in moved {
        by_days.entry((period.start, period.end, period.due)).or_default().push(id);
    }
    for ((start, end, due), ids) in by_days {
        for ids in chunks(ids) {
            slot::Entity::update_many()
                .col_expr(slot::Column::StartOn, Expr::value(start))
                .col_expr(slot::Column::EndOn, Expr::value(end))
                .col_expr(slot::Column::DueOn, Expr::value(due))
                .col_expr(slot::Column::InTimeUntil, Expr::value(in_time_until(due, today)))
                .filter(slot::Column::Id.is_in(ids))
                .exec(on)
                .await?;
        }
    }
    Ok(())
}

/// Says of slots that they are no longer owed.
///
/// # Errors
/// The database failed.
pub(super) async fn void(on: &impl ConnectionTrait, slots: Vec<Uuid>, reason: Void, today: NaiveDate) -> Result<(), DbErr> {
    for ids in chunks(slots) {
        slot::Entity::update_many()
            .col_expr(slot::Column::VoidedOn, Expr::value(today))
            .col_expr(slot::Column::VoidReason, Expr::value(reason))
            .filter(slot::Column::Id.is_in(ids))
            .filter(slot::Column::VoidedOn.is_null())
            .exec(on)
            .await?;
    }
    Ok(())
}

fn row(duty: &Duty, agency: Uuid, part: Part, period: &Period, today: NaiveDate) -> Slot {
    Slot {
        id: new_id(),
        duty: duty.id,
        plan: duty.plan,
        agency,
        part,
        period: period.key.clone(),
        start_on: period.start,
        end_on: period.end,
        due_on: period.due,
        in_time_until: in_time_until(period.due, today),
        voided_on: None,
        void_reason: None,
    }
}

/// A slot that is opened when its day has passed (the plan came into the system later) is in time for a while.
fn in_time_until(due: NaiveDate, today: NaiveDate) -> NaiveDate {
    if due < today { today.checked_add_days(Days::new(LATE_OPENING_DAYS)).unwrap_or(today) } else { due }
}
