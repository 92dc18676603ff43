//! What an agency is typing: kept as it is typed, so that nothing is lost and a colleague can go on.

use sea_orm::entity::prelude::*;

use super::set::CriteriaSet;
use super::sheet::{self, Column, Entity, Sheet, Typed};
use super::{reading, rights};
use crate::base::{App, Who};
use crate::web::Error;

/// The longest value, letters; readers are stricter when it is handed in.
const VALUE_LETTERS_MAX: usize = 100;

fn is_too_long(typed: &Typed) -> bool {
    typed.iter().any(|(name, value)| {
        let most = if name.ends_with(".note") { reading::NOTE_LETTERS_MAX } else { VALUE_LETTERS_MAX };
        value.chars().count() > most
    })
}

impl Sheet {
    /// Keeps what is typed when nobody else wrote since `base` (0: nothing was typed yet). Returns the new version. Working memory: what
    /// counts is recorded when it is handed in. // recorded by Sheet::hand_in
    ///
    /// # Errors
    /// Hidden from others; refused when too long or out of time; stale when somebody else wrote meanwhile; or the database failed.
    pub async fn keep(&self, app: &App, who: &Who, set: &CriteriaSet, typed: &Typed, base: i32) -> Result<i32, Error> {
        if !rights::scores(who, self.agency) {
            return Err(Error::Hidden(self.id));
        }
        if !set.takes_scores(app) {
            return Err(Error::refused("criteria-not-scoring"));
        }
        if is_too_long(typed) {
            return Err(Error::refused("criteria-too-long"));
        }
        if base == self.draft_version && self.typed() == *typed {
            return Ok(base);
        }
        let version = base.checked_add(1).ok_or(Error::Stale)?;
        let change = sheet::ActiveModel {
            draft: sea_orm::ActiveValue::Set(serde_json::to_string(typed)?),
            draft_version: sea_orm::ActiveValue::Set(version),
            drafted_by: sea_orm::ActiveValue::Set(Some(who.person)),
            drafted_at: sea_orm::ActiveValue::Set(Some(app.clock.now())),
            ..Default::default()
        };
        let same = Entity::update_many().set(change).filter(Column::Id.eq(self.id)).filter(Column::DraftVersion.eq(base));
        if same.exec(&app.db).await?.rows_affected == 0 { Err(Error::Stale) } else { Ok(version) }
    }
}
