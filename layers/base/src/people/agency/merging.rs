//! Several agencies become one: a new one, or one that is there and goes on.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::closing::left_behind;
use super::draft::Draft;
use super::opening::Failure;
use super::{Agency, Effect};
use crate::base::{App, By, Fact, time};
use crate::people::succession;
use crate::web::{Error, Obstacle};

/// Who takes over.
#[derive(Clone, Debug)]
pub enum Heir {
    /// One that begins that day.
    New(Box<Draft>),
    /// One that is there.
    Existing(Uuid),
}

/// Several agencies into one, from a day on.
#[derive(Clone, Debug)]
pub struct Merger {
    pub predecessors: Vec<Agency>,
    pub heir: Heir,
    /// The successor's first day of responsibility.
    pub on: NaiveDate,
}

impl Merger {
    /// Why it can not be done; empty when it can.
    ///
    /// # Errors
    /// The database failed.
    pub async fn obstacles(&self, on: &impl ConnectionTrait) -> Result<Vec<Obstacle>, Error> {
        let mut obstacles: Vec<Obstacle> =
            self.predecessors.iter().filter_map(|agency| not_open_before(agency, self.on)).collect();
        let needed = if matches!(self.heir, Heir::New(_)) { 2 } else { 1 };
        if self.predecessors.len() < needed {
            obstacles.push(Obstacle::new("agency-merge-too-few").with("n", needed));
        }
        match &self.heir {
            Heir::Existing(id) => {
                let heir = Agency::find(on, *id).await?;
                if !heir.is_open_on(self.on) {
                    obstacles
                        .push(Obstacle::new("agency-merge-heir-closed").with("name", &heir.name).with("day", time::day(self.on)));
                }
                if self.predecessors.iter().any(|agency| agency.id == *id) {
                    obstacles.push(Obstacle::new("agency-merge-into-itself").with("name", &heir.name));
                }
            }
            Heir::New(draft) => {
                if let Some(there) = Agency::find_by_code(on, &draft.code).await? {
                    obstacles.push(Obstacle::new("agency-wrong-code-taken").with("name", there.name));
                }
            }
        }
        Ok(obstacles)
    }

    /// What will happen.
    ///
    /// # Errors
    /// The database failed.
    pub async fn effects(&self, on: &impl ConnectionTrait) -> Result<Vec<Effect>, Error> {
        let last_day = self.on.pred_opt().map(time::day).unwrap_or_default();
        let mut effects: Vec<Effect> = Vec::new();
        effects.extend(
            self.predecessors
                .iter()
                .map(|agency| Effect::new("agency-merge-effect-ends").with("name", &agency.name).with("day", &last_day)),
        );
        effects.push(match &self.heir {
            Heir::New(draft) => Effect::new("agency-merge-effect-new").with("name", &draft.name).with("day", time::day(self.on)),
            Heir::Existing(id) => {
                let heir = Agency::find(on, *id).await?;
                Effect::new("agency-merge-effect-existing").with("name", heir.name).with("day", time::day(self.on))
            }
        });
        effects.push(Effect::new("agency-effect-names"));
        let ids: Vec<Uuid> = self.predecessors.iter().map(|agency| agency.id).collect();
        effects.extend(left_behind(on, &ids).await?);
        Ok(effects)
    }

    /// Does it, in one transaction. Returns who took over.
    ///
    /// # Errors
    /// Refused, someone was quicker, or the database failed.
    pub async fn execute(&self, app: &App, by: &By) -> Result<Uuid, Failure> {
        let transaction = app.begin().await?;
        let obstacles = self.obstacles(&transaction).await?;
        if !obstacles.is_empty() {
            return Err(Error::Refused(obstacles).into());
        }
        let predecessors: Vec<Uuid> = self.predecessors.iter().map(|agency| agency.id).collect();
        let heir = self.heir.settle(app, &transaction, self.on, &predecessors, by).await?;
        for agency in &self.predecessors {
            agency.end_in(app, &transaction, self.on.pred_opt().unwrap_or(self.on), vec![heir], by).await?;
        }
        let successions = predecessors.iter().map(|id| succession::Model::new(*id, heir, self.on, true)).collect();
        succession::Model::add(&transaction, successions).await?;
        app.commit(transaction).await?;
        Ok(heir)
    }
}

impl Heir {
    /// The agency that takes over, opened when it is new; records that it does.
    pub(super) async fn settle(
        &self,
        app: &App,
        on: &impl ConnectionTrait,
        day: NaiveDate,
        predecessors: &[Uuid],
        by: &By,
    ) -> Result<Uuid, Failure> {
        let heir = match self {
            Self::New(draft) => {
                let draft = Draft { open_from: day, ..(**draft).clone() };
                Agency::open_in(app, on, &draft, by).await?.ok_or(Error::Stale)?.id
            }
            Self::Existing(id) => *id,
        };
        let fact = Fact::AgencySucceeded { on: day.to_string(), predecessors: predecessors.to_vec() };
        app.record(on, heir, fact, by).await?;
        Ok(heir)
    }
}

/// An agency that ends the day before must be there then.
#[must_use]
pub fn not_open_before(agency: &Agency, on: NaiveDate) -> Option<Obstacle> {
    let before = on.pred_opt().unwrap_or(on);
    let fits = agency.open_from <= before && agency.closed_on.is_none();
    (!fits).then(|| Obstacle::new("agency-merge-not-open").with("name", &agency.name).with("day", time::day(before)))
}
