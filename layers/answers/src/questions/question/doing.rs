//! An act of staff while it is done: who does it, in which transaction, at which moment; and how it is written down.

use sea_orm::DatabaseTransaction;
use sea_orm::entity::prelude::*;

use crate::base::{App, By, Fact, Who};
use crate::cases::case::moving::Ground;
use crate::questions::entry::{self, Kind, Speaker};
use crate::web::Error;

/// An act under way.
pub(super) struct Doing<'a> {
    pub(super) app: &'a App,
    pub(super) on: &'a DatabaseTransaction,
    pub(super) who: &'a Who,
    pub(super) ground: &'a Ground,
}

impl Doing<'_> {
    /// Writes the line of the question's story (what, in which words, to whom) and records the fact.
    ///
    /// # Errors
    /// The database failed.
    pub(super) async fn note(&self, question: Uuid, line: (Kind, String, Option<Uuid>), fact: Fact) -> Result<(), Error> {
        let speaker = Speaker { agency: self.who.agency, person: Some(self.who.person) };
        entry::write(self.on, question, line, speaker, self.ground.now).await?;
        self.app.record(self.on, question, fact, &By::from(self.who)).await?;
        Ok(())
    }
}
