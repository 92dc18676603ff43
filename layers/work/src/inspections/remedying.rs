//! After the conclusion: the agency says how it remedied a finding, the inspector looks again.

use sea_orm::SqlErr;
use sea_orm::entity::prelude::*;

use super::finding::{Finding, Followed};
use super::inspection;
use super::publishing::{due_day, needed};
use super::reply::{self, Kind, Reply};
use super::visit::{Visit, followed};
use crate::base::{App, By, Fact, Who, new_id, time};
use crate::cases::case::acting::{plain, secret};
use crate::web::{Error, Obstacle};

use super::publishing::FINDING_LETTERS_MAX;

/// A word to a finding, as typed.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub finding: Uuid,
    /// The number of the last word that was seen.
    pub seen: i32,
    pub kind: Kind,
    pub text: String,
    /// The new day of a "not yet".
    pub due_on: String,
}

impl Visit {
    /// One of its findings, with what was said to it.
    ///
    /// # Errors
    /// Not found, or the database failed.
    pub async fn finding(&self, on: &impl ConnectionTrait, id: Uuid) -> Result<Followed, Error> {
        let findings = Finding::of(on, &[self.id]).await?;
        let own = findings.into_iter().filter(|finding| finding.id == id).collect();
        followed(on, own).await?.pop().ok_or(Error::NotFound)
    }

    /// Says a word to a finding of a published conclusion: a remedy when one is asked for, a re-check when one was said.
    ///
    /// # Errors
    /// Not found before it is published; refused when the text is missing or too long, or a "not yet" has no new day;
    /// stale when it is not the turn of that word, somebody was quicker or the inspection was withdrawn; or the database
    /// failed.
    pub async fn say(&self, app: &App, who: &Who, inspection: Uuid, wanted: &Wanted) -> Result<(), Error> {
        if self.published_at.is_none() {
            return Err(Error::NotFound);
        }
        let now = app.clock.now();
        let (text, due_on) = read(wanted, time::local_date(now))?;
        let transaction = app.begin().await?;
        let followed = self.finding(&transaction, wanted.finding).await?;
        let of = inspection::Entity::find_by_id(self.inspection).one(&transaction).await?.ok_or(Error::NotFound)?;
        if of.is_withdrawn() || followed.seen() != wanted.seen || !is_turn(&followed, wanted.kind) {
            return Err(Error::Stale);
        }
        let row = Reply {
            id: new_id(),
            finding: wanted.finding,
            number: wanted.seen + 1,
            kind: wanted.kind,
            text,
            due_on,
            agency: who.agency.unwrap_or_default(),
            person: Some(who.person),
            at: now,
        };
        if let Err(error) = reply::Entity::insert(reply::ActiveModel::from(row)).exec_without_returning(&transaction).await {
            return Err(match error.sql_err() {
                Some(SqlErr::UniqueConstraintViolation(_)) => Error::Stale,
                _ => error.into(),
            });
        }
        let agency = self.agency;
        let fact = match wanted.kind {
            Kind::Remedy => Fact::FindingAnswered { agency },
            Kind::Remedied => Fact::FindingRemedied { agency },
            Kind::NotYet => Fact::FindingNotRemedied { agency, until: due_on.map(|day| day.to_string()).unwrap_or_default() },
        };
        app.record(&transaction, inspection, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}

/// Remedies and re-checks take turns, until it is remedied.
#[must_use]
pub fn is_turn(followed: &Followed, kind: Kind) -> bool {
    match followed.replies.last().map(|last| last.kind) {
        None | Some(Kind::NotYet) => kind == Kind::Remedy,
        Some(Kind::Remedy) => kind != Kind::Remedy,
        Some(Kind::Remedied) => false,
    }
}

fn read(wanted: &Wanted, today: chrono::NaiveDate) -> Result<(String, Option<chrono::NaiveDate>), Error> {
    match wanted.kind {
        Kind::Remedy => Ok((needed(&wanted.text, "text", "remedy-needs-text").map_err(one)?, None)),
        Kind::Remedied => match plain(&wanted.text, FINDING_LETTERS_MAX) {
            Some(text) => secret(&text, "text").map_or(Ok((text, None)), |mark| Err(one(mark))),
            None => Err(one(Obstacle::new("case-too-long").with("n", FINDING_LETTERS_MAX).at("text"))),
        },
        Kind::NotYet => {
            let text = needed(&wanted.text, "text", "recheck-needs-text");
            let due_on = due_day(&wanted.due_on, today, "due_on");
            match (text, due_on) {
                (Ok(text), Ok(due_on)) => Ok((text, Some(due_on))),
                (text, due_on) => Err(Error::Refused([text.err(), due_on.err()].into_iter().flatten().collect())),
            }
        }
    }
}

fn one(obstacle: Obstacle) -> Error {
    Error::Refused(vec![obstacle])
}
