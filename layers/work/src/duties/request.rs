//! A request on demand ("đột xuất", "khi có yêu cầu"): chosen agencies are asked for something by a day of its own. It is a
//! duty of kind [`Kind::Request`] with a slot for each of them, so answering and reviewing are what they always are; it
//! counts in no rate but its own.

use std::collections::{HashMap, HashSet};

use chrono::{Months, NaiveDate};
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect, SqlErr};

use super::agreeing;
use super::answer::submitting::says_nothing;
use super::duty::{self, Duty, Kind};
use super::holder::{self, Part};
use super::rule::{Often, Rule};
use super::slot::{self, Slot, Void};
use super::{answer, day_off, deriving, naming};
use crate::base::{App, By, Fact, Role, Who, new_id, time};
use crate::people::agency::brief::Known;
use crate::plans::{Plan, plan};
use crate::web::{Error, Obstacle};

const TITLE_LETTERS_MAX: usize = 300;
const WHAT_LETTERS_MAX: usize = 8_000;
const WHY_LETTERS_MAX: usize = 2_000;
/// How far ahead a request may be due: what is further away belongs into a plan.
const MONTHS_MAX: u32 = 24;
/// The latest that a list shows.
const LISTED_MAX: u64 = 200;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "request")]
pub struct Model {
    /// The duty that holds its title and slots.
    #[sea_orm(primary_key, auto_increment = false)]
    pub duty: Uuid,
    pub plan: Uuid,
    /// Made by the form: a second press brings the same key.
    #[sea_orm(unique)]
    pub key: String,
    #[sea_orm(column_type = "Text")]
    pub what: String,
    /// The duty of the plan that it stands on.
    pub stands_on: Option<Uuid>,
    pub due_on: Date,
    /// The body that asks.
    pub agency: Option<Uuid>,
    pub person: Uuid,
    pub at: DateTimeUtc,
    pub withdrawn_at: Option<DateTimeUtc>,
    pub withdrawn_by: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    pub withdrawn_why: String,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Request = Model;

/// What a person wants to ask.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub key: String,
    pub title: String,
    pub what: String,
    pub stands_on: Option<Uuid>,
    pub due: NaiveDate,
    pub agencies: Vec<Uuid>,
}

/// Whether the person may ask, take back and close under that plan: whoever runs the plans, and reviewers of its standing body.
#[must_use]
pub fn may_run(who: &Who, plan: &Plan) -> bool {
    who.is(Role::Coordinator) || (who.agency == Some(plan.agency) && who.is_in(Role::Reviewer, plan.agency))
}

/// Whether the person may see the requests and closings of a plan.
#[must_use]
pub fn may_see(who: &Who, plan: &Plan) -> bool {
    may_run(who, plan) || who.is_any(&[Role::Leader, Role::Auditor, Role::Finance])
}

/// The day that the rule of the duty proposes for a request made today; without one, five working days.
///
/// # Errors
/// The database failed.
pub async fn proposed(on: &impl ConnectionTrait, stands_on: Option<&Duty>, today: NaiveDate) -> Result<NaiveDate, DbErr> {
    let calendar = day_off::calendar(on).await?;
    let by_rule = stands_on.and_then(Duty::rule).and_then(|rule| rule.due_after(today, &calendar));
    Ok(by_rule.unwrap_or_else(|| calendar.after(today, deriving::REQUEST_DAYS)))
}

impl Wanted {
    /// Why it can not be asked so.
    #[must_use]
    pub fn obstacles(&self, known: &Known, today: NaiveDate) -> Vec<Obstacle> {
        let mut found = Vec::new();
        let mut say = |wrong: bool, obstacle: Obstacle| wrong.then(|| found.push(obstacle));
        let title = self.title.trim();
        say(title.is_empty(), Obstacle::new("request-without-title").at("title"));
        let long = title.chars().count() > TITLE_LETTERS_MAX;
        say(long, Obstacle::new("request-title-long").with("n", TITLE_LETTERS_MAX).at("title"));
        say(self.what.chars().count() > WHAT_LETTERS_MAX, Obstacle::new("request-long").with("n", WHAT_LETTERS_MAX).at("what"));
        say(self.due < today, Obstacle::new("request-due-past").at("due"));
        let furthest = today.checked_add_months(Months::new(MONTHS_MAX)).unwrap_or(today);
        say(self.due > furthest, Obstacle::new("request-due-far").with("n", MONTHS_MAX).at("due"));
        say(self.agencies.is_empty(), Obstacle::new("request-without-agencies").at("agencies"));
        for id in &self.agencies {
            let open = known.get(id).is_some_and(|one| naming::is_open(one, today) && naming::is_open(one, self.due.max(today)));
            let name = known.get(id).map(|agency| agency.name.clone()).unwrap_or_default();
            say(!open, Obstacle::new("request-agency-closed").with("name", name).at("agencies"));
        }
        found
    }
}

impl Model {
    /// Where the desk shows it.
    #[must_use]
    pub fn desk_path(id: Uuid) -> String {
        format!("/desk/requests/{id}")
    }

    /// The request, with its duty and plan, when the person may see it; to others it is not there.
    ///
    /// # Errors
    /// Not found, hidden, or the database failed.
    pub async fn find_for(app: &App, who: &Who, id: Uuid) -> Result<(Self, Duty, Plan), Error> {
        let request = Entity::find_by_id(id).one(&app.db).await?.ok_or(Error::NotFound)?;
        let plan = Plan::find(&app.db, request.plan).await?;
        if !may_see(who, &plan) {
            return Err(Error::Hidden(id));
        }
        let duty = Duty::find(&app.db, id).await?;
        Ok((request, duty, plan))
    }

    /// What a duty asks on demand; None when it is not a request.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of_duty(on: &impl ConnectionTrait, duty: &Duty) -> Result<Option<Self>, DbErr> {
        if duty.kind == Kind::Request { Entity::find_by_id(duty.id).one(on).await } else { Ok(None) }
    }

    /// Asks: duty, holders and slots in one transaction. The same key again is the same request.
    ///
    /// # Errors
    /// Forbidden; refused with the reasons; stale when the key was used for something else; or the database failed.
    pub async fn make(app: &App, who: &Who, plan: &Plan, wanted: &Wanted) -> Result<Uuid, Error> {
        if !may_run(who, plan) {
            return Err(Error::Forbidden);
        }
        let today = time::local_date(app.clock.now());
        let known = Known::now(app).await?;
        let transaction = app.begin().await?;
        super::opening::hold(&transaction, plan.id).await?;
        if let Some(same) = Entity::find().filter(Column::Key.eq(&wanted.key)).one(&transaction).await? {
            return if same.person == who.person && same.plan == plan.id { Ok(same.duty) } else { Err(Error::Stale) };
        }
        let mut obstacles = wanted.obstacles(&known, today);
        if Plan::find(&transaction, plan.id).await?.state != plan::State::Adopted {
            obstacles.push(Obstacle::new("request-plan-not-in-force").at("plan"));
        }
        if !stands_under(&transaction, wanted.stands_on, plan.id).await? {
            obstacles.push(Obstacle::new("request-other-plan").at("stands_on"));
        }
        if !obstacles.is_empty() {
            return Err(Error::Refused(obstacles));
        }
        let duty = made(app, plan.id, wanted, today)?;
        let id = duty.id;
        let slots: Vec<slot::ActiveModel> =
            wanted.agencies.iter().map(|agency| slot_of(&duty, *agency, wanted.due, today)).collect();
        let holders = (1..).zip(&wanted.agencies).map(|(position, agency)| holder_of(id, position, *agency, &known));
        let asked = u32::try_from(slots.len()).unwrap_or(u32::MAX);
        holder::Entity::insert_many(holders).exec_without_returning(&transaction).await?;
        duty::Entity::insert(duty::ActiveModel::from(duty)).exec_without_returning(&transaction).await?;
        slot::Entity::insert_many(slots).exec_without_returning(&transaction).await?;
        if let Err(error) =
            Entity::insert(ActiveModel::from(row(app, who, plan.id, id, wanted))).exec_without_returning(&transaction).await
        {
            return Err(match error.sql_err() {
                Some(SqlErr::UniqueConstraintViolation(_)) => Error::Stale,
                _ => error.into(),
            });
        }
        let title = wanted.title.trim().to_owned();
        let fact = Fact::RequestMade { title, agencies: asked, due: wanted.due.to_string() };
        app.record(&transaction, id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(id)
    }

    /// Takes it back: what nobody answered is owed no more.
    ///
    /// # Errors
    /// Forbidden; refused without a reason; stale when it was taken back already; or the database failed.
    pub async fn withdraw(&self, app: &App, who: &Who, plan: &Plan, why: &str) -> Result<(), Error> {
        if !may_run(who, plan) {
            return Err(Error::Forbidden);
        }
        let why = why.trim();
        if says_nothing(why) || why.chars().count() > WHY_LETTERS_MAX {
            return Err(Error::Refused(vec![Obstacle::new("request-withdrawal-without-reason").at("why")]));
        }
        let now = app.clock.now();
        let today = time::local_date(now);
        let transaction = app.begin().await?;
        super::opening::hold(&transaction, plan.id).await?;
        let done = Entity::update_many()
            .col_expr(Column::WithdrawnAt, Expr::value(now))
            .col_expr(Column::WithdrawnBy, Expr::value(who.person))
            .col_expr(Column::WithdrawnWhy, Expr::value(why))
            .filter(Column::Duty.eq(self.duty))
            .filter(Column::WithdrawnAt.is_null())
            .exec(&transaction)
            .await?;
        if done.rows_affected == 0 {
            return Err(Error::Stale);
        }
        let mine = || slot::Entity::find().select_only().column(slot::Column::Id).filter(slot::Column::Duty.eq(self.duty));
        let open = mine().filter(slot::Column::VoidedOn.is_null()).lock_exclusive();
        let ids: Vec<Uuid> = open.into_tuple().all(&transaction).await?;
        // What was answered is kept, unless it was sent back: that would be owed for ever.
        let done: HashSet<Uuid> = answer::done_of(&transaction, &ids).await?.into_iter().collect();
        let owed: Vec<Uuid> = ids.into_iter().filter(|id| !done.contains(id)).collect();
        let voided = u32::try_from(owed.len()).unwrap_or(u32::MAX);
        agreeing::void(&transaction, owed, Void::RequestWithdrawn, today).await?;
        duty::Entity::update_many()
            .col_expr(duty::Column::EndedOn, Expr::value(today))
            .filter(duty::Column::Id.eq(self.duty))
            .exec(&transaction)
            .await?;
        let title = Duty::find(&transaction, self.duty).await?.title;
        app.record(&transaction, self.duty, Fact::RequestWithdrawn { title, voided }, &By::from(who).because(why)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Whom a request asked, each with its slot; for what they are told.
    ///
    /// # Errors
    /// The database failed.
    pub async fn asked(app: &App, duty: Uuid) -> Result<Vec<(Uuid, Uuid)>, DbErr> {
        slots_of(app, duty, |slot| slot.voided_on.is_none()).await
    }

    /// Who no longer owes an answer because it was taken back.
    ///
    /// # Errors
    /// The database failed.
    pub async fn released(app: &App, duty: Uuid) -> Result<Vec<(Uuid, Uuid)>, DbErr> {
        slots_of(app, duty, |slot| slot.void_reason == Some(Void::RequestWithdrawn)).await
    }

    /// The latest requests of these plans with their duties, newest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of_plans(on: &impl ConnectionTrait, plans: &[Uuid]) -> Result<Vec<(Self, Duty)>, DbErr> {
        let latest = Entity::find().filter(Column::Plan.is_in(plans.iter().copied())).order_by_desc(Column::At).limit(LISTED_MAX);
        let requests = latest.all(on).await?;
        let ids = requests.iter().map(|request| request.duty);
        let duties = duty::Entity::find().filter(duty::Column::Id.is_in(ids)).all(on).await?;
        let mut duties: HashMap<Uuid, Duty> = duties.into_iter().map(|duty| (duty.id, duty)).collect();
        let with_duty = |request: Self| duties.remove(&request.duty).map(|duty| (request, duty));
        Ok(requests.into_iter().filter_map(with_duty).collect())
    }
}

async fn slots_of(app: &App, duty: Uuid, which: fn(&Slot) -> bool) -> Result<Vec<(Uuid, Uuid)>, DbErr> {
    let slots = slot::Entity::find().filter(slot::Column::Duty.eq(duty)).all(&app.db).await?;
    Ok(slots.iter().filter(|slot| which(slot)).map(|slot| (slot.agency, slot.id)).collect())
}

async fn stands_under(on: &impl ConnectionTrait, duty: Option<Uuid>, plan: Uuid) -> Result<bool, DbErr> {
    let Some(id) = duty else { return Ok(true) };
    let found = duty::Entity::find_by_id(id).one(on).await?;
    Ok(found.is_some_and(|duty| duty.plan == plan && duty.kind != Kind::Request))
}

fn made(app: &App, plan: Uuid, wanted: &Wanted, today: NaiveDate) -> Result<Duty, Error> {
    Ok(Duty {
        id: new_id(),
        plan,
        provision: None,
        path: String::new(),
        position: i32::MAX,
        title: wanted.title.trim().to_owned(),
        kind: Kind::Request,
        rule: Some(serde_json::to_string(&Rule::plain(Often::Once { by: wanted.due }))?),
        starts_on: today,
        ends_on: wanted.due,
        created_at: app.clock.now(),
        ended_on: None,
        version: 1,
    })
}

fn row(app: &App, who: &Who, plan: Uuid, duty: Uuid, wanted: &Wanted) -> Model {
    Model {
        duty,
        plan,
        key: wanted.key.clone(),
        what: wanted.what.trim().to_owned(),
        stands_on: wanted.stands_on,
        due_on: wanted.due,
        agency: who.agency,
        person: who.person,
        at: app.clock.now(),
        withdrawn_at: None,
        withdrawn_by: None,
        withdrawn_why: String::new(),
    }
}

fn holder_of(duty: Uuid, position: i32, agency: Uuid, known: &Known) -> holder::ActiveModel {
    let name = known.get(&agency).map(|agency| agency.name.clone()).unwrap_or_default();
    holder::ActiveModel::from(holder::Model {
        id: new_id(),
        duty,
        part: Part::Lead,
        position,
        name,
        agency: Some(agency),
        class: None,
    })
}

fn slot_of(duty: &Duty, agency: Uuid, due: NaiveDate, today: NaiveDate) -> slot::ActiveModel {
    slot::ActiveModel::from(Slot {
        id: new_id(),
        duty: duty.id,
        plan: duty.plan,
        agency,
        part: Part::Lead,
        period: due.to_string(),
        start_on: today,
        end_on: due,
        due_on: due,
        in_time_until: due,
        voided_on: None,
        void_reason: None,
    })
}
