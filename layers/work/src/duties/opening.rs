//! Opening duties and their slots. One verb, [`settle`], makes what is owed agree with plan and agencies: it may be
//! called again after any change (a commune closes, a plan is replaced), adds what is missing, voids what is owed no
//! more, and touches nothing that was answered or whose day has passed.

use std::collections::HashSet;

use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::agreeing::World;
use super::duty::{self, Duty, Kind};
use super::holder::{self, Part};
use super::rule::Frame;
use super::{carrying, day_off, deriving};
use crate::base::{App, By, Chore, Fact, new_id, time};
use crate::people::agency::brief::Known;
use crate::plans::programme::{Entry, Programme};
use crate::plans::recognise::DeadlineKind;
use crate::plans::{Plan, party, plan};

/// Rows of one statement: SQLite takes 32,766 values, a slot has eleven.
pub(super) const ROWS_OF_A_STATEMENT: usize = 2_000;

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
    let (id, amended) = (plan.id, plan.amends);
    hold(&transaction, id).await?;
    if plan.state == plan::State::Replaced {
        end(&transaction, id, time::local_date(app.clock.now())).await?;
    } else if Duty::of_plan(&transaction, id).await?.iter().all(|duty| duty.kind == Kind::Request) {
        done.duties = open(app, &transaction, plan).await?;
    }
    let today = time::local_date(app.clock.now());
    let world = World::of_plan(&transaction, id).await?;
    let changed = world.difference(today, false).applied(&transaction, today).await?;
    (done.opened, done.voided) = (changed.opened, changed.voided);
    if let Some(old) = amended.filter(|_| done.opened > 0) {
        carrying::carry(&transaction, old, id).await?;
    }
    seen(&transaction, id, &stamp).await?;
    if done != Settled::default() {
        let fact = Fact::DutiesSettled { duties: done.duties, opened: done.opened, voided: done.voided };
        app.record(&transaction, id, fact, &By::system()).await?;
    }
    app.commit(transaction).await?;
    Ok(done)
}

/// Keeps a plan's duties and slots to this transaction until it ends: whoever else makes them agree waits (PostgreSQL locks
/// the plan's row, SQLite has one writer).
///
/// # Errors
/// The database failed.
pub(super) async fn hold(on: &impl ConnectionTrait, plan: Uuid) -> Result<(), DbErr> {
    let id: Option<Uuid> =
        plan::Entity::find_by_id(plan).select_only().column(plan::Column::Id).lock_exclusive().into_tuple().one(on).await?;
    id.map(|_| ()).ok_or_else(|| DbErr::RecordNotFound("the plan".into()))
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
        let rule = deriving::rule(&entry.deadline, &checks, &entry.provision.text);
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

pub(super) fn chunks<T>(rows: Vec<T>) -> impl Iterator<Item = Vec<T>> {
    let mut rows = rows.into_iter().peekable();
    std::iter::from_fn(move || rows.peek().is_some().then(|| rows.by_ref().take(ROWS_OF_A_STATEMENT).collect()))
}
