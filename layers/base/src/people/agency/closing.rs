//! An agency ends without anyone taking over, or one that was closed by mistake goes on.

use chrono::NaiveDate;
use sea_orm::PaginatorTrait;
use sea_orm::entity::prelude::*;

use super::{Agency, Column, Effect, Entity};
use crate::base::fact::Change;
use crate::base::{App, By, Fact, time};
use crate::people::{person, succession};
use crate::web::{Error, Obstacle};

/// The last day of an agency.
#[derive(Clone, Copy, Debug)]
pub struct Closing {
    pub last_day: NaiveDate,
}

impl Closing {
    /// Why it can not be done; empty when it can. The day before the first says that the agency never was.
    #[must_use]
    pub fn obstacles(self, agency: &Agency) -> Vec<Obstacle> {
        let mut obstacles = Vec::new();
        if let Some(closed_on) = agency.closed_on {
            obstacles.push(Obstacle::new("agency-close-already").with("day", time::day(closed_on)));
        }
        if self.last_day < agency.open_from.pred_opt().unwrap_or(agency.open_from) {
            obstacles.push(Obstacle::new("agency-close-too-early").with("day", time::day(agency.open_from)));
        }
        obstacles
    }

    /// What will happen.
    ///
    /// # Errors
    /// The database failed.
    pub async fn effects(self, on: &impl ConnectionTrait, agency: &Agency) -> Result<Vec<Effect>, DbErr> {
        let never = self.last_day < agency.open_from;
        let key = if never { "agency-close-effect-never" } else { "agency-close-effect" };
        let mut effects = vec![Effect::new(key).with("name", &agency.name).with("day", time::day(self.last_day))];
        effects.push(Effect::new("agency-close-effect-past"));
        effects.extend(left_behind(on, &[agency.id]).await?);
        Ok(effects)
    }
}

/// What still belongs to agencies that end, and is to be moved by hand: accounts, and agencies below them.
///
/// # Errors
/// The database failed.
pub async fn left_behind(on: &impl ConnectionTrait, agencies: &[Uuid]) -> Result<Vec<Effect>, DbErr> {
    let accounts = person::Entity::find()
        .filter(person::Column::Agency.is_in(agencies.to_vec()))
        .filter(person::Column::DisabledAt.is_null())
        .count(on)
        .await?;
    let below = Entity::find()
        .filter(Column::Parent.is_in(agencies.to_vec()))
        .filter(Column::Id.is_not_in(agencies.to_vec()))
        .filter(Column::ClosedOn.is_null())
        .count(on)
        .await?;
    let counted = [("agency-effect-accounts", accounts), ("agency-effect-below", below)];
    Ok(counted.into_iter().filter(|(_, n)| *n > 0).map(|(key, n)| Effect::new(key).with("n", n)).collect())
}

impl Agency {
    /// Closes the agency.
    ///
    /// # Errors
    /// Refused, someone was quicker, or the database failed.
    pub async fn close(app: &App, id: Uuid, closing: Closing, version: i32, by: &By) -> Result<(), Error> {
        let transaction = app.begin().await?;
        let agency = Self::find(&transaction, id).await?;
        if agency.version != version {
            return Err(Error::Stale);
        }
        let obstacles = closing.obstacles(&agency);
        if !obstacles.is_empty() {
            return Err(Error::Refused(obstacles));
        }
        agency.end_in(app, &transaction, closing.last_day, Vec::new(), by).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Ends the agency within a larger change.
    pub(super) async fn end_in(
        &self,
        app: &App,
        on: &impl ConnectionTrait,
        last_day: NaiveDate,
        successors: Vec<Uuid>,
        by: &By,
    ) -> Result<(), Error> {
        self.replace(on, Self { closed_on: Some(last_day), ..self.clone() }).await?;
        app.record(on, self.id, Fact::AgencyClosed { on: last_day.to_string(), successors }, by).await?;
        Ok(())
    }

    /// Why it can not go on; empty when it can.
    #[must_use]
    pub fn obstacles_to_reopening(&self, successions: &[succession::Model]) -> Vec<Obstacle> {
        let succeeded = successions.iter().any(|one| one.predecessor == self.id);
        succeeded.then(|| Obstacle::new("agency-reopen-succeeded")).into_iter().collect()
    }

    /// Lets an agency go on that was closed by mistake. One that others have taken over from stays closed.
    ///
    /// # Errors
    /// Refused, someone was quicker, or the database failed.
    pub async fn reopen(app: &App, id: Uuid, version: i32, by: &By) -> Result<(), Error> {
        let transaction = app.begin().await?;
        let agency = Self::find(&transaction, id).await?;
        let Some(closed_on) = agency.closed_on else { return Ok(()) };
        if agency.version != version {
            return Err(Error::Stale);
        }
        let obstacles = agency.obstacles_to_reopening(&succession::Model::of(&transaction, id).await?);
        if !obstacles.is_empty() {
            return Err(Error::Refused(obstacles));
        }
        agency.replace(&transaction, Self { closed_on: None, ..agency.clone() }).await?;
        let changes = Change::of("closed_on", &closed_on.to_string(), "").into_iter().collect();
        app.record(&transaction, id, Fact::AgencyEdited { changes }, by).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}
