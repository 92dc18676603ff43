//! A person gives a duty its rule, stretch and holders: one guarded change, and what is still to come agrees with it at
//! once. What was answered or is past stays as it was.

use chrono::{Datelike, NaiveDate};
use sea_orm::entity::prelude::*;

use super::agreeing::{Changed, World};
use super::duty::{self, Duty, Kind};
use super::holder::{self, Holder, Part};
use super::naming::{self, Named};
use super::opening::hold;
use super::rule::{Frame, Often, Period, Rule};
use super::view;
use crate::base::fact::Change;
use crate::base::{App, By, Fact, Who, new_id, time};
use crate::people::agency::brief::Known;
use crate::plans::{Plan, plan};
use crate::web::{Error, Locale, Obstacle};

/// How far ahead a duty may reach.
const YEARS_MAX: i32 = 15;

/// What a person wants a duty to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// None: nobody knows yet.
    pub rule: Option<Rule>,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    /// Leads and supports, in their order.
    pub holders: Vec<(Part, Named)>,
}

impl Wanted {
    /// The duty as it is.
    #[must_use]
    pub fn of(duty: &Duty, holders: &[Holder]) -> Self {
        let holders = holders.iter().filter_map(|holder| Some((holder.part, Named::of(holder)?))).collect();
        Self { rule: duty.rule(), starts_on: duty.starts_on, ends_on: duty.ends_on, holders }
    }

    /// Why it can not be so.
    fn obstacles(&self, duty: &Duty, before: &Self, known: &Known, today: NaiveDate) -> Vec<Obstacle> {
        let mut found = Vec::new();
        let mut say = |wrong: bool, obstacle: Obstacle| wrong.then(|| found.push(obstacle));
        say(duty.ended_on.is_some(), Obstacle::new("rule-plan-replaced"));
        say(self.ends_on < self.starts_on, Obstacle::new("rule-until-before-from").at("until"));
        say(self.ends_on.year() > today.year() + YEARS_MAX, Obstacle::new("rule-until-far").with("n", YEARS_MAX).at("until"));
        let changed = self.rule != before.rule;
        if let Some(Rule { often: Often::Once { by }, .. }) = &self.rule {
            say(changed && *by < today, Obstacle::new("rule-by-past").at("by"));
        }
        let closed = |named: &Named| match named {
            Named::Agency(id) => known.get(id).is_none_or(|agency| !naming::is_open(agency, today)),
            Named::Class(_) => false,
        };
        for (_, named) in self.holders.iter().filter(|held| !before.holders.iter().any(|old| old.1 == held.1)) {
            let name = naming::name(named, known, Locale::default().0);
            say(closed(named), Obstacle::new("naming-closed").with("name", name).at("leads"));
        }
        found
    }

    fn holders(&self, duty: Uuid, before: &[Holder], known: &Known) -> Vec<Holder> {
        let row = |(position, (part, named)): (i32, &(Part, Named))| {
            let as_written = before.iter().find(|holder| Named::of(holder).as_ref() == Some(named));
            let (agency, class) = match named {
                Named::Agency(id) => (Some(*id), None),
                Named::Class(code) => (None, Some(code.clone())),
            };
            let name = as_written.map_or_else(|| naming::name(named, known, Locale::default().0), |holder| holder.name.clone());
            Holder { id: new_id(), duty, part: *part, position, name, agency, class }
        };
        (1..).zip(&self.holders).map(row).collect()
    }
}

/// What a change would do.
#[derive(Debug)]
pub struct Preview {
    pub changed: Changed,
    /// How many of those opened are past their day already.
    pub late: usize,
    /// The periods still to come, earliest first.
    pub periods: Vec<Period>,
}

impl Duty {
    /// What a change would do, without doing it.
    ///
    /// # Errors
    /// Refused as [`Duty::change`] would; or the database failed.
    pub async fn preview(&self, app: &App, wanted: &Wanted) -> Result<Preview, Error> {
        let today = time::local_date(app.clock.now());
        let before = Holder::of(&app.db, &[self.id]).await?;
        let known = Known::now(app).await?;
        refuse(wanted.obstacles(self, &Wanted::of(self, &before), &known, today))?;
        let duty = self.as_wanted(wanted)?;
        let calendar = super::day_off::calendar(&app.db).await?;
        let frame = Frame { from: duty.starts_on, until: duty.last_day() };
        let mut periods = duty.rule().map(|rule| rule.periods(frame, &calendar)).unwrap_or_default();
        let world = World::of_duty(&app.db, duty, wanted.holders(self.id, &before, &known)).await?;
        let difference = world.difference(today, true).without_answered(&app.db, false).await?;
        let late = difference.missing.iter().filter(|slot| slot.due_on < today).count();
        periods.retain(|period| period.due >= today);
        Ok(Preview { changed: difference.size(), late, periods })
    }

    /// Changes rule, stretch and holders, and makes what is still to come agree. The same again is no error and does nothing.
    ///
    /// # Errors
    /// Refused with the reasons; stale when somebody changed it since version `seen`; or the database failed.
    pub async fn change(app: &App, who: &Who, id: Uuid, seen: i32, wanted: &Wanted) -> Result<Changed, Error> {
        let today = time::local_date(app.clock.now());
        let known = Known::now(app).await?;
        let plan = Self::find(&app.db, id).await?.plan;
        let transaction = app.begin().await?;
        hold(&transaction, plan).await?;
        let duty = Self::find(&transaction, id).await?;
        if duty.kind == Kind::Request {
            return Err(Error::NotFound);
        }
        let old = Holder::of(&transaction, &[id]).await?;
        let before = Wanted::of(&duty, &old);
        if before == *wanted {
            return Ok(Changed::default());
        }
        if duty.version != seen {
            return Err(Error::Stale);
        }
        refuse(wanted.obstacles(&duty, &before, &known, today))?;
        let holders = wanted.holders(id, &old, &known);
        let duty = duty.as_wanted(wanted)?;
        write(&transaction, &duty, seen, holders.clone()).await?;
        let difference = World::of_duty(&transaction, duty, holders).await?.difference(today, true);
        let done = difference.applied(&transaction, today).await?;
        let fact = Fact::DutyChanged {
            changes: changes(&before, wanted, &known),
            opened: done.opened,
            voided: done.voided,
            moved: done.moved,
        };
        app.record(&transaction, id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(done)
    }

    fn as_wanted(&self, wanted: &Wanted) -> Result<Self, Error> {
        let rule = wanted.rule.as_ref().map(serde_json::to_string).transpose()?;
        Ok(Self { rule, starts_on: wanted.starts_on, ends_on: wanted.ends_on, ..self.clone() })
    }
}

/// The duty of a plan that is in force, for whoever gives it its rule.
///
/// # Errors
/// Not found, or the database failed.
pub async fn find(on: &impl ConnectionTrait, plan: Uuid, id: Uuid) -> Result<(Plan, Duty), Error> {
    let plan = Plan::find(on, plan).await?;
    let duty = Duty::find(on, id).await?;
    let fits = duty.plan == plan.id && duty.kind != Kind::Request && plan.state == plan::State::Adopted;
    if fits { Ok((plan, duty)) } else { Err(Error::NotFound) }
}

fn refuse(obstacles: Vec<Obstacle>) -> Result<(), Error> {
    if obstacles.is_empty() { Ok(()) } else { Err(Error::Refused(obstacles)) }
}

async fn write(on: &impl ConnectionTrait, duty: &Duty, seen: i32, holders: Vec<Holder>) -> Result<(), Error> {
    let done = duty::Entity::update_many()
        .col_expr(duty::Column::Rule, Expr::value(duty.rule.clone()))
        .col_expr(duty::Column::StartsOn, Expr::value(duty.starts_on))
        .col_expr(duty::Column::EndsOn, Expr::value(duty.ends_on))
        .col_expr(duty::Column::Version, Expr::value(seen + 1))
        .filter(duty::Column::Id.eq(duty.id))
        .filter(duty::Column::Version.eq(seen))
        .exec(on)
        .await?;
    if done.rows_affected == 0 {
        return Err(Error::Stale);
    }
    holder::Entity::delete_many().filter(holder::Column::Duty.eq(duty.id)).exec(on).await?;
    if !holders.is_empty() {
        let rows = holders.into_iter().map(holder::ActiveModel::from);
        holder::Entity::insert_many(rows).exec_without_returning(on).await?;
    }
    Ok(())
}

/// In the words of the province, as they are read in the ledger.
fn changes(before: &Wanted, after: &Wanted, known: &Known) -> Vec<Change> {
    let l = Locale::default();
    let rule = |wanted: &Wanted| wanted.rule.as_ref().map_or_else(|| l.t("rule-unknown"), |rule| view::rule(l, rule));
    let held = |wanted: &Wanted, part: Part| {
        let names = wanted.holders.iter().filter(|held| held.0 == part).map(|held| naming::name(&held.1, known, l.0));
        names.collect::<Vec<_>>().join("; ")
    };
    let fields = [
        Change::of("rule", &rule(before), &rule(after)),
        Change::of("starts_on", &time::day(before.starts_on), &time::day(after.starts_on)),
        Change::of("ends_on", &time::day(before.ends_on), &time::day(after.ends_on)),
        Change::of("leads", &held(before, Part::Lead), &held(after, Part::Lead)),
        Change::of("supports", &held(before, Part::Support), &held(after, Part::Support)),
    ];
    fields.into_iter().flatten().collect()
}
