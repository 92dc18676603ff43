//! A measure behind a criterion can not be put away while the round goes on: the criterion would have no figure, and nobody would be told.

use ::scoring::{Set, Source};
use futures_util::future::BoxFuture;
use sea_orm::DatabaseTransaction;
use sea_orm::entity::prelude::*;

use super::edition::Edition;
use super::set::{self, State};
use crate::base::capability::Thing;
use crate::measures::measure;
use crate::web::{Error, Obstacle, Result};

/// Asked while a measure is put away.
pub fn needs(on: &DatabaseTransaction, thing: Thing) -> BoxFuture<'_, Result<Vec<Obstacle>>> {
    Box::pin(found(on, thing))
}

fn counts(set: &Set, measure: &str) -> bool {
    set.criteria().any(|(_, criterion)| matches!(&criterion.source, Source::Measure { code } if code == measure))
}

/// The sets in preparation or under way that score by it.
async fn found(on: &DatabaseTransaction, thing: Thing) -> Result<Vec<Obstacle>> {
    if thing.kind != "measure" {
        return Ok(Vec::new());
    }
    let code = measure::Entity::find_by_id(thing.id).one(on).await?.ok_or(Error::NotFound)?.code;
    let open = set::Entity::find().filter(set::Column::State.is_not_in([State::Published, State::Dropped]));
    let mut found = Vec::new();
    for set in open.all(on).await? {
        let mut uses = counts(&set.working()?, &code);
        for edition in Edition::of(on, set.id).await? {
            uses |= counts(&edition.set()?, &code);
        }
        if uses {
            found.push(Obstacle::new("criteria-uses-measure").with("name", &set.title));
        }
    }
    Ok(found)
}
