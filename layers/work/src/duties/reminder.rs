//! Reminding agencies of what is due, without anyone pressing a button: in office time only, each point of a slot once,
//! one digest an agency. An answer stops it.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write;

use chrono::{Days, NaiveDate, TimeDelta};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{QueryOrder, QuerySelect};

use super::calendar::CLOSES;
use super::review::Review;
use super::standing::{self, LOCK_AFTER_DAYS, SOON_DAYS, Standing, Story};
use super::{Duty, Slot, answer, day_off, duty, slot, view};
use crate::base::mail::{Mail, Wanted};
use crate::base::{App, By, Chore, Fact, Who, fact, new_id, time};
use crate::people::agency::brief::Known;
use crate::people::{Agency, agency};
use crate::web::{Error, Locale};

/// Days left at which a slot is called to mind; a day that was missed (no node ran, a holiday) is made up for on the next.
const POINTS: [i64; 7] = [SOON_DAYS, 3, 0, -1, -8, -15, -22];
/// What was sent back should be there again after so many days.
const AGAIN_DAYS: u64 = 7;
/// Tells the points of one round of chasing from those of the next.
const ROUND: i64 = 1_000;
/// The most lines of a digest; the rest is counted.
const LINES_MAX: usize = 20;

/// That a slot was called to mind at a point, so that it is not again.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reminder")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub slot: Uuid,
    /// Days left, see [`POINTS`]; less [`ROUND`] for each time that an answer was sent back.
    pub point: i32,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The key of the notice that says so in the workspace; the letter goes with it.
pub(super) const NOTICE: &str = "notice-reminded";

/// Looks every ten minutes; by night and on days off it does nothing.
#[must_use]
pub fn chore() -> Chore {
    Chore { name: "remind-agencies", every_s: 600, work: |app| Box::pin(remind(app)) }
}

/// The point that a slot has reached with so many days left; None while it is far away.
#[must_use]
pub fn point(left: i64) -> Option<i64> {
    POINTS.into_iter().rfind(|point| left <= *point)
}

/// Reminds every agency that owes something which reached a point it was not reminded of.
///
/// # Errors
/// The database failed.
pub async fn remind(app: &App) -> anyhow::Result<()> {
    let now = app.clock.now();
    if !day_off::calendar(&app.db).await?.is_office_time(now) {
        return Ok(());
    }
    let today = time::local_date(now);
    let known = Known::now(app).await?;
    let mut by_agency: BTreeMap<Uuid, Vec<Chased>> = BTreeMap::new();
    for chased in owed(app, today).await? {
        for body in known.in_charge(chased.slot.agency, today) {
            by_agency.entry(body).or_default().push(chased.clone());
        }
    }
    for (agency, slots) in by_agency {
        let Some(agency) = agency::Entity::find_by_id(agency).one(&app.db).await? else { continue };
        if agency.is_open_on(today) {
            remind_one(app, &agency, &slots, today).await?;
        }
    }
    Ok(())
}

/// What came of reminding by hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reminded {
    pub bodies: usize,
    /// Slots that are owed but locked: nobody is told to do what would be refused.
    pub locked: usize,
}

/// Reminds the bodies in charge of these slots because a person asks for it: of what they still owe and can hand in, in office
/// time, and each body once an hour, so that a double press is one letter.
///
/// # Errors
/// Refused outside office hours; or the database failed.
pub async fn remind_by_hand(app: &App, who: &Who, slots: Vec<Slot>) -> Result<Reminded, Error> {
    let now = app.clock.now();
    let today = time::local_date(now);
    if !day_off::calendar(&app.db).await?.is_office_time(now) {
        return Err(Error::refused("bulk-remind-office-hours"));
    }
    let stories = standing::brief(&app.db, &slots).await?;
    let none = Story::default();
    let known = Known::now(app).await?;
    let mut by_agency: BTreeMap<Uuid, Vec<Chased>> = BTreeMap::new();
    let mut reminded = Reminded::default();
    for slot in slots {
        let story = stories.get(&slot.id).unwrap_or(&none);
        let standing = story.standing(&slot, today);
        if standing.is_owed() && story.lock(&slot, today).is_some() {
            reminded.locked += 1;
        } else if standing.is_owed() {
            let round = i64::from(standing == Standing::Returned);
            let chased = Chased { day: slot.in_time_until, round, slot };
            for body in known.in_charge(chased.slot.agency, today) {
                by_agency.entry(body).or_default().push(chased.clone());
            }
        }
    }
    for (agency, slots) in by_agency {
        let transaction = app.begin().await?;
        // Kept to this transaction: of two presses in the same instant the second sees what the first recorded.
        let agency = agency::Entity::find_by_id(agency).lock_exclusive().one(&transaction).await?;
        let Some(agency) = agency else { continue };
        if fact::Model::is_there(&transaction, agency.id, "AgencyReminded", now - TimeDelta::hours(1)).await? {
            continue;
        }
        tell(app, &transaction, &agency, &slots, &By::from(who)).await?;
        app.commit(transaction).await?;
        reminded.bodies += 1;
    }
    Ok(reminded)
}

/// The fact that an agency was reminded, and the letter.
async fn tell(app: &App, on: &impl ConnectionTrait, agency: &Agency, slots: &[Chased], by: &By) -> anyhow::Result<()> {
    let today = time::local_date(app.clock.now());
    let count = u32::try_from(slots.len()).unwrap_or(u32::MAX);
    let late = u32::try_from(slots.iter().filter(|chased| chased.day < today).count()).unwrap_or(u32::MAX);
    app.record(on, agency.id, Fact::AgencyReminded { owed: count, late }, by).await?;
    if let Some(letter) = letter(app, on, agency, slots, today).await? {
        Mail::plan(app, on, letter, by).await?;
    }
    Ok(())
}

/// A slot to be called to mind.
#[derive(Clone)]
struct Chased {
    slot: Slot,
    /// The day from which days are counted: the last day in time, or when what was sent back should be there again.
    day: NaiveDate,
    /// Which round of chasing: 0 until the first answer, then one for each that was sent back.
    round: i64,
}

impl Chased {
    /// The point that it has reached, told apart by rounds.
    fn point(&self, today: NaiveDate) -> Option<i64> {
        point((self.day - today).num_days()).map(|point| point - self.round * ROUND)
    }
}

/// What is owed: unanswered and near or past its day, but not so long past that it is locked; or sent back, however long ago
/// its day was.
async fn owed(app: &App, today: NaiveDate) -> Result<Vec<Chased>, DbErr> {
    let from = today.checked_sub_days(Days::new(LOCK_AFTER_DAYS.unsigned_abs())).unwrap_or(today);
    let until = today.checked_add_days(Days::new(SOON_DAYS.unsigned_abs())).unwrap_or(today);
    let slots = slot::Entity::find()
        .filter(slot::Column::VoidedOn.is_null())
        .filter(slot::Column::InTimeUntil.between(from, until))
        .filter(slot::Column::Id.not_in_subquery(answer::slots()))
        .order_by_asc(slot::Column::DueOn)
        .order_by_asc(slot::Column::Id)
        .all(&app.db)
        .await?;
    let mut owed: Vec<Chased> = slots.into_iter().map(|slot| Chased { day: slot.in_time_until, slot, round: 0 }).collect();
    for (slot, review) in Review::sent_back(&app.db).await? {
        let again = time::local_date(review.at).checked_add_days(Days::new(AGAIN_DAYS)).unwrap_or(today);
        let round = i64::from(review.version);
        owed.push(Chased { day: again.max(slot.in_time_until), slot, round });
    }
    Ok(owed)
}

/// One digest, when at least one slot reached a new point: all or nothing, and by one node only.
async fn remind_one(app: &App, agency: &Agency, slots: &[Chased], today: NaiveDate) -> anyhow::Result<()> {
    let ids: Vec<Uuid> = slots.iter().map(|chased| chased.slot.id).collect();
    let told: Vec<(Uuid, i32)> = Entity::find()
        .select_only()
        .columns([Column::Slot, Column::Point])
        .filter(Column::Slot.is_in(ids))
        .into_tuple()
        .all(&app.db)
        .await?;
    let told: HashSet<(Uuid, i64)> = told.into_iter().map(|(slot, point)| (slot, i64::from(point))).collect();
    let reached = |chased: &Chased| chased.point(today).filter(|point| !told.contains(&(chased.slot.id, *point)));
    let new: Vec<ActiveModel> = slots.iter().filter_map(|chased| Some(row(app, &chased.slot, reached(chased)?))).collect();
    if new.is_empty() {
        return Ok(());
    }
    let transaction = app.begin().await?;
    let once = OnConflict::columns([Column::Slot, Column::Point]).do_nothing().to_owned();
    let written = Entity::insert_many(new).on_conflict(once).exec_without_returning(&transaction).await?;
    if written == 0 {
        return Ok(()); // another node was quicker
    }
    tell(app, &transaction, agency, slots, &By::system()).await?;
    app.commit(transaction).await?;
    Ok(())
}

fn row(app: &App, slot: &Slot, point: i64) -> ActiveModel {
    let point = i32::try_from(point).unwrap_or_default();
    ActiveModel { id: Set(new_id()), slot: Set(slot.id), point: Set(point), at: Set(app.clock.now()) }
}

/// The digest to the agency's address; None when it has none.
async fn letter(
    app: &App,
    on: &impl ConnectionTrait,
    agency: &Agency,
    slots: &[Chased],
    today: NaiveDate,
) -> Result<Option<Wanted>, DbErr> {
    let Some(recipient) = agency.email.clone().filter(|address| !address.is_empty()) else { return Ok(None) };
    let l = Locale::default(); // letters to agencies are in Vietnamese
    let ids: HashSet<Uuid> = slots.iter().map(|chased| chased.slot.duty).collect();
    let duties = duty::Entity::find().filter(duty::Column::Id.is_in(ids)).all(on).await?;
    let title =
        |slot: &Slot| duties.iter().find(|duty: &&Duty| duty.id == slot.duty).map(|duty| duty.title.as_str()).unwrap_or_default();
    let mut text = l.t1("reminder-mail-opening", "name", &agency.name);
    text.push_str("\n\n");
    for Chased { slot, day, round } in slots.iter().take(LINES_MAX) {
        let title: String = title(slot).chars().take(140).collect();
        let left = if *round > 0 { l.t("reminder-mail-sent-back") } else { view::left(l, *day, today) };
        let _ = writeln!(text, "- {left} ({}): {title}", time::day(slot.due_on));
    }
    if slots.len() > LINES_MAX {
        let _ = writeln!(text, "{}", l.t1("reminder-mail-more", "count", slots.len() - LINES_MAX));
    }
    let _ = write!(text, "\n{}", l.t1("reminder-mail-where", "address", format!("{}/desk/duties", app.config.public_url())));
    Ok(Some(Wanted {
        about: agency.id,
        topic: "reminder",
        recipient,
        name: agency.name.clone(),
        subject: l.t1("reminder-mail-subject", "count", slots.len()),
        text,
        // Never at night: what the relay did not take by then is said by the next digest.
        expires_at: closing(today).unwrap_or_else(|| app.clock.now()),
    }))
}

/// The end of the office hours of a day.
pub(super) fn closing(day: NaiveDate) -> Option<DateTimeUtc> {
    Some(day.and_time(CLOSES).and_local_timezone(time::VIETNAM).single()?.to_utc())
}

#[cfg(test)]
mod tests {
    use super::point;

    #[test]
    fn a_slot_reaches_each_point_once_and_a_missed_day_is_made_up_for() {
        let days = [30, 15, 14, 13, 4, 3, 1, 0, -1, -2, -8, -29];
        let reached: Vec<Option<i64>> = days.into_iter().map(point).collect();
        let expected =
            [None, None, Some(14), Some(14), Some(14), Some(3), Some(3), Some(0), Some(-1), Some(-1), Some(-8), Some(-22)];
        assert_eq!(reached, expected);
    }
}
