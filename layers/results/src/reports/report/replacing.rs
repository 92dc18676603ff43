//! The next version of what is issued: of the newest closing, or the newest answer. The one before stays as it was, byte for byte.

use super::{Report, State};
use crate::base::{App, By, Who, new_id};
use crate::duties::closing::Closing;
use crate::reports::rights;
use crate::web::Error;
use sea_orm::entity::prelude::*;

impl Report {
    /// Begins the next version. Two presses are one version.
    ///
    /// # Errors
    /// Forbidden; refused when it is not issued, or the next version is begun already; or the database failed.
    pub async fn succeed(&self, app: &App, who: &Who) -> Result<Uuid, Error> {
        rights::require(rights::writes(who, self.agency))?;
        if self.state != State::Issued {
            return Err(Error::refused("report-not-issued"));
        }
        let edition = self.edition + 1;
        let next = Self::versions(&app.db, self.work).await?.into_iter().find(|one| one.edition == edition);
        if let Some(next) = next {
            return Ok(next.id);
        }
        let mut closing = self.closing;
        if let (Some(duty), false) = (self.duty, self.own) {
            closing = Closing::of(&app.db, duty, &self.period).await?.last().map_or(closing, |last| last.version);
        }
        let now = app.clock.now();
        let row = Self {
            id: new_id(),
            edition,
            replaces: Some(self.id),
            place: self.duty.map(|duty| Self::place_of(duty, &self.period, self.agency, edition)),
            closing,
            state: State::Draft,
            writers: "[]".into(),
            made_by: Some(who.person),
            made_at: now,
            changed_at: now,
            submitted_by: None,
            signed_by: None,
            signed_at: None,
            number: None,
            year: None,
            issued_on: None,
            frozen: String::new(),
            frozen_sha256: String::new(),
            differences: "[]".into(),
            notice: String::new(),
            public: false,
            slug: None,
            version: 1,
            ..self.clone()
        };
        row.inserted(app, &By::from(who)).await
    }

    /// Takes the newest closing into a draft, when there is a newer one.
    ///
    /// # Errors
    /// Forbidden; refused when it is no draft; stale when somebody was quicker; or the database failed.
    pub async fn catch_up(&self, app: &App, who: &Who, seen: i32) -> Result<(), Error> {
        self.open_to(who, seen)?;
        let Some(duty) = self.duty.filter(|_| !self.own) else { return Err(Error::NotFound) };
        let last = Closing::of(&app.db, duty, &self.period).await?.last().map_or(0, |last| last.version);
        Self { closing: last, ..self.clone() }.edited(app, who, seen).await
    }

    /// The version of the last closing of its period, when that is newer than the one it stands on.
    ///
    /// # Errors
    /// The database failed.
    pub async fn newer_closing(&self, app: &App) -> Result<Option<i32>, DbErr> {
        let Some(duty) = self.duty.filter(|_| !self.own) else { return Ok(None) };
        let last = Closing::of(&app.db, duty, &self.period).await?.last().map(|last| last.version);
        Ok(last.filter(|last| *last > self.closing))
    }
}
