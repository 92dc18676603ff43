//! Issuing an agency's plan: it counts from then on, and takes the place of earlier ones over the same years.

use sea_orm::Condition;
use sea_orm::entity::prelude::*;

use super::{ActiveModel, Column, Entity, Model, State};
use crate::base::{App, By, Fact, Who};
use crate::web::{Error, Obstacle};
use sea_orm::ActiveValue::Set;

impl Model {
    /// Why it can not be issued yet; the page shows the same before the button is pressed.
    #[must_use]
    pub fn obstacles_to_issuing(&self, covers: usize) -> Vec<Obstacle> {
        let mut obstacles = Vec::new();
        let mut say = |found: bool, key: &'static str| found.then(|| obstacles.push(Obstacle::new(key)));
        say(self.number.is_empty(), "agency-plan-without-number");
        say(self.issued_on.is_none(), "agency-plan-without-date");
        say(self.file_sha256.is_none(), "agency-plan-without-file");
        say(covers == 0, "agency-plan-covers-nothing");
        obstacles
    }

    /// The issued plans of the agency that this one would replace: those of which some year is the same.
    ///
    /// # Errors
    /// The database failed.
    pub async fn replaces(&self, on: &impl ConnectionTrait) -> Result<Vec<Self>, DbErr> {
        let earlier = Condition::all()
            .add(Column::Agency.eq(self.agency))
            .add(Column::Plan.eq(self.plan))
            .add(Column::State.eq(State::Issued))
            .add(Column::FromYear.lte(self.until_year))
            .add(Column::UntilYear.gte(self.from_year))
            .add(Column::Id.ne(self.id));
        Entity::find().filter(earlier).all(on).await
    }

    /// Whether the press that saw that version of the draft issued it.
    #[must_use]
    pub fn was_issued_by(&self, seen: i32) -> bool {
        self.state == State::Issued && seen.checked_add(1) == Some(self.version)
    }

    /// Issues it.
    ///
    /// # Errors
    /// Forbidden without the role; refused with the obstacles; stale when a colleague changed it; or the database failed.
    pub async fn issue(&self, app: &App, who: &Who, seen: i32) -> Result<(), Error> {
        self.obstacles_to_writing(who)?;
        let transaction = app.begin().await?;
        let covers = Self::duties(&transaction, &[self.id]).await?.len();
        let obstacles = self.obstacles_to_issuing(covers);
        if !obstacles.is_empty() {
            return Err(Error::Refused(obstacles));
        }
        let issued = ActiveModel {
            state: Set(State::Issued),
            issued_at: Set(Some(app.clock.now())),
            version: Set(seen + 1),
            ..Default::default()
        };
        let done = Entity::update_many()
            .set(issued)
            .filter(Column::Id.eq(self.id))
            .filter(Column::State.eq(State::Draft))
            .filter(Column::Version.eq(seen))
            .exec(&transaction)
            .await?;
        if done.rows_affected == 0 {
            return Err(Error::Stale);
        }
        for earlier in self.replaces(&transaction).await? {
            let replaced = ActiveModel { state: Set(State::Replaced), replaced_by: Set(Some(self.id)), ..Default::default() };
            Entity::update_many().set(replaced).filter(Column::Id.eq(earlier.id)).exec(&transaction).await?;
            let fact = Fact::AgencyPlanReplaced { name: earlier.name(), by: self.name() };
            app.record(&transaction, earlier.id, fact, &By::from(who)).await?;
        }
        let duties = u32::try_from(covers).unwrap_or(u32::MAX);
        app.record(&transaction, self.id, Fact::AgencyPlanIssued { name: self.name(), duties }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}
