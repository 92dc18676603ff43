//! Opening duties and their slots. One verb, [`settle`], makes what is owed agree with plan and agencies: it may be
//! called again after any change (a commune closes, a plan is replaced), adds what is missing, voids what is owed no
//! more, and touches nothing that was answered or whose day has passed.

use std::collections::{HashMap, HashSet};

use chrono::{Days, NaiveDate};
use sea_orm::ActiveValue::Set;
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::duty::{self, Duty, Kind};
use super::holder::{self, Holder, Part};
use super::rule::{Frame, Period};
use super::slot::{self, Slot, Void};
use super::{answer, calendar::Calendar, day_off, deriving};
use crate::base::{App, By, Chore, Fact, new_id, time};
use crate::people::agency::brief::Known;
use crate::people::{Agency, agency};
use crate::plans::programme::{Entry, Programme};
use crate::plans::recognise::DeadlineKind;
use crate::plans::{Plan, party, plan};

/// Rows of one statement: SQLite takes 32,766 values, a slot has eleven.
const ROWS_OF_A_STATEMENT: usize = 2_000;
/// How long an agency has for what was due before the system knew of it.
const LATE_OPENING_DAYS: u64 = 30;

/// What [`settle`] did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    pub duties: u32,
    pub opened: u32,
    pub voided: u32,
}

/// Makes the duties of a plan and what is owed agree with it. Does nothing for a draft.
///
/// # Errors
/// The database failed; nothing is changed then.
pub async fn settle(app: &App, plan: Uuid) -> Result<Settled, DbErr> {
    let Some(plan) = plan::Entity::find_by_id(plan).one(&app.db).await? else { return Ok(Settled::default()) };
    if !matches!(plan.state, plan::State::Adopted | plan::State::Replaced) {
        return Ok(Settled::default());
    }
    day_off::settle(app).await?;
    // Read before the agencies are: a change in between is seen as one that is still to be settled.
    let stamp = Known::now(app).await?.stamp.clone();
    let transaction = app.begin().await?;
    let mut done = Settled::default();
    let id = plan.id;
    if plan.state == plan::State::Replaced {
        end(&transaction, id, time::local_date(app.clock.now())).await?;
    } else if Duty::of_plan(&transaction, id).await?.is_empty() {
        done.duties = open(app, &transaction, plan).await?;
    }
    let today = time::local_date(app.clock.now());
    (done.opened, done.voided) = agree(&transaction, id, today).await?;
    seen(&transaction, id, &stamp).await?;
    if done != Settled::default() {
        let fact = Fact::DutiesSettled { duties: done.duties, opened: done.opened, voided: done.voided };
        app.record(&transaction, id, fact, &By::system()).await?;
    }
    app.commit(transaction).await?;
    Ok(done)
}

/// Which state of the agencies a plan's slots agree with, see [`Known`].
pub mod settlement {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "duty_settlement")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub plan: Uuid,
        pub stamp: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

async fn seen(on: &impl ConnectionTrait, plan: Uuid, stamp: &str) -> Result<(), DbErr> {
    let row = settlement::ActiveModel { plan: Set(plan), stamp: Set(stamp.to_owned()) };
    let again = OnConflict::column(settlement::Column::Plan).update_column(settlement::Column::Stamp).to_owned();
    settlement::Entity::insert(row).on_conflict(again).exec_without_returning(on).await.map(|_| ())
}

/// Settles what was adopted before there were duties, and again what was settled before an agency opened, closed or came
/// into another class. A hundred changes at once
/// (an import) are one turn.
#[must_use]
pub fn chore() -> Chore {
    Chore { name: "settle-duties", every_s: 30, work: |app| Box::pin(keep_up(app)) }
}

/// See [`chore`].
///
/// # Errors
/// The database failed.
pub async fn keep_up(app: &App) -> anyhow::Result<()> {
    let stamp = Known::now(app).await?.stamp.clone();
    let settled: Vec<settlement::Model> =
        settlement::Entity::find().filter(settlement::Column::Stamp.eq(stamp)).all(&app.db).await?;
    let settled: HashSet<Uuid> = settled.into_iter().map(|row| row.plan).collect();
    for plan in Plan::adopted(&app.db).await?.into_iter().filter(|plan| !settled.contains(&plan.id)) {
        settle(app, plan.id).await?;
    }
    Ok(())
}

/// Makes the duties of a plan that has none yet.
async fn open(app: &App, on: &impl ConnectionTrait, plan: Plan) -> Result<u32, DbErr> {
    let now = app.clock.now();
    let issued_on = plan.issued_on.unwrap_or_else(|| time::local_date(now));
    let (subject, amends, adopted_at) = (plan.subject.clone(), plan.amends.is_some(), plan.adopted_at.unwrap_or(now));
    let id = plan.id;
    let programme = Programme::load(app, plan).await?;
    // An amended plan goes on where the one it replaces ends: what was owed before stays with that.
    let from = if amends { time::local_date(adopted_at).max(issued_on) } else { issued_on };
    let frame = Frame { from, ..deriving::frame(issued_on, &subject, &programme.entries) };
    let checks = deriving::checks(&programme.entries);
    let mut duties = Vec::new();
    let mut holders = Vec::new();
    for entry in programme.entries.iter().filter(|entry| entry.provision.kind().is_duty()) {
        let rule = deriving::rule(&entry.deadline, &checks);
        let duty = Duty {
            id: new_id(),
            plan: id,
            provision: Some(entry.provision.id),
            path: entry.provision.path.clone(),
            position: entry.provision.position,
            title: entry.provision.text.clone(),
            kind: if entry.deadline.kind == DeadlineKind::ReportCycle { Kind::Report } else { Kind::Work },
            rule: rule.map(|rule| serde_json::to_string(&rule)).transpose().map_err(|error| DbErr::Json(error.to_string()))?,
            starts_on: deriving::begins(&entry.deadline, frame),
            ends_on: frame.until,
            created_at: now,
            ended_on: None,
            version: 1,
        };
        holders.extend(held(entry, duty.id));
        duties.push(duty::ActiveModel::from(duty));
    }
    let count = u32::try_from(duties.len()).unwrap_or(u32::MAX);
    if count > 0 {
        duty::Entity::insert_many(duties).exec_without_returning(on).await?;
    }
    for rows in chunks(holders) {
        holder::Entity::insert_many(rows).exec_without_returning(on).await?;
    }
    Ok(count)
}

/// The holders of a duty as its provision names them. Where the leads only support, they are held as supporting.
fn held(entry: &Entry, duty: Uuid) -> Vec<holder::ActiveModel> {
    let named = entry.parties.iter().filter(|party| party.part != party::Part::Recipient);
    let named = named.filter(|party| party.agency.is_some() || party.class.is_some());
    (1..)
        .zip(named)
        .map(|(position, party)| holder::ActiveModel {
            id: Set(new_id()),
            duty: Set(duty),
            part: Set(if party.part == party::Part::Lead && entry.provision.role != "support" {
                Part::Lead
            } else {
                Part::Support
            }),
            position: Set(position),
            name: Set(party.name.clone()),
            agency: Set(party.agency),
            class: Set(party.class.clone()),
        })
        .collect()
}

/// Ends the duties of a replaced plan.
async fn end(on: &impl ConnectionTrait, plan: Uuid, day: NaiveDate) -> Result<(), DbErr> {
    duty::Entity::update_many()
        .col_expr(duty::Column::EndedOn, Expr::value(day))
        .filter(duty::Column::Plan.eq(plan))
        .filter(duty::Column::EndedOn.is_null())
        .exec(on)
        .await
        .map(|_| ())
}

/// Opens the slots that are owed and not there; voids those that are there and not owed.
async fn agree(on: &impl ConnectionTrait, plan: Uuid, today: NaiveDate) -> Result<(u32, u32), DbErr> {
    let duties: Vec<Duty> = Duty::of_plan(on, plan).await?.into_iter().filter(|duty| duty.kind != Kind::Request).collect();
    let ids: Vec<Uuid> = duties.iter().map(|duty| duty.id).collect();
    let mut holders: HashMap<Uuid, Vec<Holder>> = HashMap::new();
    for holder in Holder::of(on, &ids).await? {
        holders.entry(holder.duty).or_default().push(holder);
    }
    let agencies = agency::Entity::find().all(on).await?;
    let calendar = day_off::calendar(on).await?;
    let there = slots_there(on, plan).await?;
    let mut wanted = HashSet::new();
    let mut missing = Vec::new();
    let mut again = Vec::new();
    for duty in &duties {
        let held = holders.get(&duty.id).map(Vec::as_slice).unwrap_or_default();
        for (agency, part, period) in owed(duty, held, &agencies, &calendar) {
            let key = (duty.id, agency, period.key.clone());
            match there.get(&key) {
                None => missing.push(row(duty, agency, part, &period, today)),
                Some(slot) if slot.void && slot.due >= today => again.push(slot.id),
                Some(_) => {}
            }
            wanted.insert(key);
        }
    }
    let opened = u32::try_from(missing.len() + again.len()).unwrap_or(u32::MAX);
    revive(on, again).await?;
    let once = OnConflict::columns([slot::Column::Duty, slot::Column::Agency, slot::Column::Period]).do_nothing().to_owned();
    for rows in chunks(missing) {
        slot::Entity::insert_many(rows).on_conflict(once.clone()).exec_without_returning(on).await?;
    }
    let surplus = there.into_iter().filter(|(key, slot)| !wanted.contains(key) && !slot.void && slot.due >= today);
    let surplus: Vec<Uuid> = surplus.map(|(_, slot)| slot.id).collect();
    Ok((opened, void(on, surplus, today, &duties, &agencies).await?))
}

type Key = (Uuid, Uuid, String);

/// A slot that is there.
struct There {
    id: Uuid,
    due: NaiveDate,
    void: bool,
}

/// The plan's slots, by what they are.
async fn slots_there(on: &impl ConnectionTrait, plan: Uuid) -> Result<HashMap<Key, There>, DbErr> {
    use slot::Column::{Agency, DueOn, Duty, Id, Period, VoidedOn};
    let rows: Vec<(Uuid, Uuid, Uuid, String, NaiveDate, Option<NaiveDate>)> = slot::Entity::find()
        .select_only()
        .columns([Id, Duty, Agency, Period, DueOn, VoidedOn])
        .filter(slot::Column::Plan.eq(plan))
        .into_tuple()
        .all(on)
        .await?;
    let there = |(id, duty, agency, period, due, voided): (_, _, _, _, _, Option<NaiveDate>)| {
        ((duty, agency, period), There { id, due, void: voided.is_some() })
    };
    Ok(rows.into_iter().map(there).collect())
}

/// Slots that were void are owed again, e.g. of an agency that was closed by mistake.
async fn revive(on: &impl ConnectionTrait, slots: Vec<Uuid>) -> Result<(), DbErr> {
    for ids in chunks(slots) {
        slot::Entity::update_many()
            .col_expr(slot::Column::VoidedOn, Expr::value(Option::<NaiveDate>::None))
            .col_expr(slot::Column::VoidReason, Expr::value(Option::<Void>::None))
            .filter(slot::Column::Id.is_in(ids))
            .exec(on)
            .await?;
    }
    Ok(())
}

/// Who owes which periods of a duty. An agency that is named both as lead and in support leads.
fn owed<'a>(
    duty: &'a Duty,
    holders: &'a [Holder],
    agencies: &'a [Agency],
    calendar: &Calendar,
) -> impl Iterator<Item = (Uuid, Part, Period)> + use<'a> {
    let frame = Frame { from: duty.starts_on, until: duty.last_day() };
    let mut periods = duty.rule().map(|rule| rule.periods(frame, calendar)).unwrap_or_default();
    if let Some(ended) = duty.ended_on {
        periods.retain(|period| period.end <= ended);
    }
    agencies.iter().flat_map(move |agency| {
        let part = holders.iter().filter(|holder| holder.means(agency)).map(|holder| holder.part).min();
        let open = periods.clone().into_iter().filter(|period| agency.is_open_on(period.end));
        part.into_iter().flat_map(move |part| open.clone().map(move |period| (agency.id, part, period)))
    })
}

fn row(duty: &Duty, agency: Uuid, part: Part, period: &Period, today: NaiveDate) -> slot::ActiveModel {
    slot::ActiveModel::from(Slot {
        id: new_id(),
        duty: duty.id,
        plan: duty.plan,
        agency,
        part,
        period: period.key.clone(),
        start_on: period.start,
        end_on: period.end,
        due_on: period.due,
        in_time_until: if period.due < today { late_opening(today) } else { period.due },
        voided_on: None,
        void_reason: None,
    })
}

/// A slot that is opened when its day has passed (the plan came into the system later) is in time for a while.
fn late_opening(today: NaiveDate) -> NaiveDate {
    today.checked_add_days(Days::new(LATE_OPENING_DAYS)).unwrap_or(today)
}

/// Voids slots that nobody answered, each for its reason. Returns how many.
async fn void(
    on: &impl ConnectionTrait,
    surplus: Vec<Uuid>,
    today: NaiveDate,
    duties: &[Duty],
    agencies: &[Agency],
) -> Result<u32, DbErr> {
    let mut voided = 0;
    let gone = |slot: &Slot| agencies.iter().any(|agency| agency.id == slot.agency && !agency.is_open_on(slot.end_on));
    let ended: HashSet<Uuid> = duties.iter().filter(|duty| duty.ended_on.is_some()).map(|duty| duty.id).collect();
    for ids in surplus.chunks(ROWS_OF_A_STATEMENT) {
        let answered: HashSet<Uuid> = answer::answered_of(on, ids).await?.into_iter().collect();
        let slots = slot::Entity::find().filter(slot::Column::Id.is_in(ids.to_vec())).filter(slot::Column::VoidedOn.is_null());
        let mut by_reason: HashMap<Void, Vec<Uuid>> = HashMap::new();
        for slot in slots.all(on).await?.into_iter().filter(|slot| !answered.contains(&slot.id)) {
            let reason = match (ended.contains(&slot.duty), gone(&slot)) {
                (true, _) => Void::PlanReplaced,
                (false, true) => Void::AgencyClosed,
                (false, false) => Void::DutyChanged,
            };
            by_reason.entry(reason).or_default().push(slot.id);
        }
        for (reason, ids) in by_reason {
            let done = slot::Entity::update_many()
                .col_expr(slot::Column::VoidedOn, Expr::value(today))
                .col_expr(slot::Column::VoidReason, Expr::value(reason))
                .filter(slot::Column::Id.is_in(ids))
                .exec(on)
                .await?;
            voided += u32::try_from(done.rows_affected).unwrap_or(u32::MAX);
        }
    }
    Ok(voided)
}

fn chunks<T>(rows: Vec<T>) -> impl Iterator<Item = Vec<T>> {
    let mut rows = rows.into_iter().peekable();
    std::iter::from_fn(move || rows.peek().is_some().then(|| rows.by_ref().take(ROWS_OF_A_STATEMENT).collect()))
}
