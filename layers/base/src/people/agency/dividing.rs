//! One agency becomes several.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::closing::left_behind;
use super::merging::{Heir, not_open_before};
use super::opening::Failure;
use super::{Agency, Effect};
use crate::base::{App, By, time};
use crate::people::succession;
use crate::web::{Error, Obstacle};

/// One agency into several, from a day on.
#[derive(Clone, Debug)]
pub struct Division {
    pub predecessor: Agency,
    pub successors: Vec<Heir>,
    /// The successors' first day of responsibility.
    pub on: NaiveDate,
}

impl Division {
    /// Why it can not be done; empty when it can.
    ///
    /// # Errors
    /// The database failed.
    pub async fn obstacles(&self, on: &impl ConnectionTrait) -> Result<Vec<Obstacle>, Error> {
        let mut obstacles: Vec<Obstacle> = not_open_before(&self.predecessor, self.on).into_iter().collect();
        if self.successors.len() < 2 {
            obstacles.push(Obstacle::new("agency-divide-too-few"));
        }
        let mut codes: Vec<&str> = Vec::new();
        let mut there: Vec<Uuid> = Vec::new();
        for successor in &self.successors {
            match successor {
                Heir::New(draft) => {
                    let taken = Agency::find_by_code(on, &draft.code).await?.map(|there| there.name);
                    let twice = codes.contains(&draft.code.as_str()).then(|| draft.name.clone());
                    codes.push(&draft.code);
                    obstacles.extend(taken.or(twice).map(|name| Obstacle::new("agency-wrong-code-taken").with("name", name)));
                }
                Heir::Existing(id) => {
                    let heir = Agency::find(on, *id).await?;
                    if there.contains(id) {
                        obstacles.push(Obstacle::new("agency-divide-twice").with("name", &heir.name));
                    }
                    there.push(*id);
                    if !heir.is_open_on(self.on) || heir.id == self.predecessor.id {
                        obstacles.push(
                            Obstacle::new("agency-merge-heir-closed").with("name", &heir.name).with("day", time::day(self.on)),
                        );
                    }
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
        let mut effects =
            vec![Effect::new("agency-merge-effect-ends").with("name", &self.predecessor.name).with("day", last_day)];
        for successor in &self.successors {
            let (key, name) = match successor {
                Heir::New(draft) => ("agency-merge-effect-new", draft.name.clone()),
                Heir::Existing(id) => ("agency-divide-effect-existing", Agency::find(on, *id).await?.name),
            };
            effects.push(Effect::new(key).with("name", name).with("day", time::day(self.on)));
        }
        effects.push(Effect::new("agency-divide-effect-names").with("name", &self.predecessor.short_name));
        effects.extend(left_behind(on, &[self.predecessor.id]).await?);
        Ok(effects)
    }

    /// Does it, in one transaction. Returns who took over.
    ///
    /// # Errors
    /// Refused, someone was quicker, or the database failed.
    pub async fn execute(&self, app: &App, by: &By) -> Result<Vec<Uuid>, Failure> {
        let transaction = app.begin().await?;
        let obstacles = self.obstacles(&transaction).await?;
        if !obstacles.is_empty() {
            return Err(Error::Refused(obstacles).into());
        }
        let mut heirs = Vec::new();
        for successor in &self.successors {
            heirs.push(successor.settle(app, &transaction, self.on, &[self.predecessor.id], by).await?);
        }
        let last_day = self.on.pred_opt().unwrap_or(self.on);
        self.predecessor.end_in(app, &transaction, last_day, heirs.clone(), by).await?;
        let successions = heirs.iter().map(|heir| succession::Model::new(self.predecessor.id, *heir, self.on, false)).collect();
        succession::Model::add(&transaction, successions).await?;
        app.commit(transaction).await?;
        Ok(heirs)
    }
}
