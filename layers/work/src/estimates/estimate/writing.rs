//! Beginning an estimate and writing its lines while it is a draft.

use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, SqlErr};

use super::line::{self, Line};
use super::typed::Content;
use super::{ActiveModel, Column, Entity, Model, State};
use crate::base::{App, By, Fact, Who, new_id};
use crate::web::{Error, Obstacle};

/// Only the version counts up.
fn unchanged() -> ActiveModel {
    ActiveModel { ..Default::default() }
}

impl Model {
    /// Begins the estimate of the person's agency for a year; where there is one already, that one.
    ///
    /// # Errors
    /// Forbidden without the role; refused for a year that the plan does not reach; or the database failed.
    pub async fn begin(app: &App, who: &Who, plan: Uuid, year: i32) -> Result<Uuid, Error> {
        let may = |agency: &Uuid| crate::duties::held::may_write(who, *agency);
        let agency = who.agency.filter(may).ok_or(Error::Forbidden)?;
        if crate::duties::held::by(&app.db, plan, agency, Some(year)).await?.is_empty() {
            return Err(Error::Refused(vec![Obstacle::new("estimate-nothing-held").with("year", year).at("year")]));
        }
        let row = Self {
            id: new_id(),
            plan,
            agency,
            year,
            state: State::Draft,
            decision_number: String::new(),
            decision_on: None,
            created_by: who.person,
            created_at: app.clock.now(),
            appraised_by: None,
            changed_at: None,
            version: 1,
        };
        let id = row.id;
        let transaction = app.begin().await?;
        let of_year = Condition::all().add(Column::Plan.eq(plan)).add(Column::Agency.eq(agency)).add(Column::Year.eq(year));
        if let Some(there) = Entity::find().filter(of_year).one(&transaction).await? {
            return Ok(there.id);
        }
        if let Err(error) = Entity::insert(ActiveModel::from(row)).exec_without_returning(&transaction).await {
            // Two pressed in the same instant: the database lets one through.
            return match error.sql_err() {
                Some(SqlErr::UniqueConstraintViolation(_)) => Err(Error::Stale),
                _ => Err(error.into()),
            };
        }
        app.record(&transaction, id, Fact::EstimateBegun { year }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(id)
    }

    /// Puts these lines in the place of those before.
    ///
    /// # Errors
    /// Forbidden without the role; refused when it is no draft; stale when a colleague was quicker; or the database failed.
    pub async fn write(&self, app: &App, who: &Who, seen: i32, lines: Vec<Content>) -> Result<(), Error> {
        if !self.is_written_by(who) {
            return Err(Error::Forbidden);
        }
        if self.state != State::Draft {
            return Err(Error::refused("estimate-is-no-draft"));
        }
        let transaction = app.begin().await?;
        self.advance(app, &transaction, &[State::Draft], seen, unchanged()).await?;
        let before: HashMap<i32, Line> =
            Line::of(&transaction, &[self.id]).await?.into_iter().map(|line| (line.position, line)).collect();
        let lines: Vec<Line> =
            (0..).zip(lines).map(|(position, content)| self.line(before.get(&position), position, content)).collect();
        let fact = Fact::EstimateEdited { lines: u32::try_from(lines.len()).unwrap_or(u32::MAX), total: line::asked(&lines) };
        Line::replace(&transaction, self.id, lines).await?;
        app.record(&transaction, self.id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// A line that stays in its place for the same thing keeps what was remarked to it.
    fn line(&self, before: Option<&Line>, position: i32, content: Content) -> Line {
        let same = before.filter(|line| line.duty == content.duty && line.source == content.source);
        Line {
            id: same.map_or_else(new_id, |line| line.id),
            estimate: self.id,
            position,
            duty: content.duty,
            source: content.source,
            narrative: content.narrative,
            unit: content.unit,
            quantity: content.quantity,
            unit_price: content.unit_price,
            asked: content.asked,
            appraised: None,
            appraisal_remark: same.map(|line| line.appraisal_remark.clone()).unwrap_or_default(),
            approved: None,
            spent: None,
            approval_reason: String::new(),
            spent_reason: String::new(),
        }
    }

    /// Changes the row that was seen, in one of these states; whoever saw an older one is told.
    ///
    /// # Errors
    /// Stale, or the database failed.
    pub(super) async fn advance(
        &self,
        app: &App,
        on: &impl ConnectionTrait,
        from: &[State],
        seen: i32,
        mut change: ActiveModel,
    ) -> Result<(), Error> {
        change.version = Set(seen + 1);
        change.changed_at = Set(Some(app.clock.now()));
        let done = Entity::update_many()
            .set(change)
            .filter(Column::Id.eq(self.id))
            .filter(Column::State.is_in(from.iter().copied()))
            .filter(Column::Version.eq(seen))
            .exec(on)
            .await?; // recorded by the verb that calls
        if done.rows_affected == 0 { Err(Error::Stale) } else { Ok(()) }
    }
}
