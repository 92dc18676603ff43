//! An emergency: one person proposes it, another releases it, and it breaks in at once. What it broke off goes on by itself afterwards.

use chrono::TimeDelta;
use sea_orm::entity::prelude::*;

use super::planning::{self, Wanted};
use super::{Airing, Column, Entity, Precedence, State};
use crate::base::{App, By, Fact, Who};
use crate::loudspeakers::bulletin::Bulletin;
use crate::loudspeakers::rights::{self, Verb};
use crate::news::article::reviewing::reason;
use crate::web::{Error, Obstacle};

/// A proposal that nobody released within that time is proposed anew: things may have changed.
pub const GOOD_FOR_MIN: i64 = 60;
/// How long after its release it may still begin, where nobody said otherwise.
pub const WITHIN_MIN: i32 = 30;
const WITHIN: std::ops::RangeInclusive<i32> = 5..=720;

/// The minutes that were typed. A siren of an hour ago frightens people for nothing, whatever lateness a station allows its news.
fn within(typed: &str) -> Result<i32, Obstacle> {
    let minutes = if typed.trim().is_empty() { Some(WITHIN_MIN) } else { typed.trim().parse().ok() };
    let (from, to) = (WITHIN.start(), WITHIN.end());
    let wrong = || Obstacle::new("loud-number-between").with("from", from).with("n", to).at("within");
    minutes.filter(|minutes| WITHIN.contains(minutes)).ok_or_else(wrong)
}

impl Airing {
    /// Proposes that an approved bulletin breaks in. The same form sent twice proposes once.
    ///
    /// # Errors
    /// Forbidden to others; refused when it is not approved or nobody would play it; or the database failed.
    pub async fn propose(app: &App, who: &Who, bulletin: Uuid, wanted: &Wanted) -> Result<Uuid, Error> {
        let bulletin = Bulletin::find_for(app, who, bulletin).await?;
        rights::require(who, Verb::Write, bulletin.agency)?;
        if !bulletin.is_ready() {
            return Err(Error::refused("loud-plan-unapproved"));
        }
        if !wanted.all && wanted.stations.is_empty() {
            return Err(Error::Refused(vec![Obstacle::new("loud-plan-no-station").at("stations")]));
        }
        let within_min = within(&wanted.within).map_err(|one| Error::Refused(vec![one]))?;
        let expected = planning::expected(app, bulletin.agency, &bulletin, wanted.targets()).await?;
        let transaction = app.begin().await?;
        planning::hold(&transaction, &bulletin, &[]).await?;
        if Entity::find_by_id(wanted.id).one(&transaction).await?.is_some() {
            return Ok(wanted.id);
        }
        let airing = planning::fresh(app, wanted.id, &bulletin, &expected, (app.clock.now(), Some(who.person))).await?;
        let airing =
            Self { precedence: Precedence::Emergency, state: State::Proposed, begins_within_min: Some(within_min), ..airing };
        Entity::insert(super::ActiveModel::from(airing.clone())).exec_without_returning(&transaction).await?;
        let clusters = planning::count(expected.speakers.len() + expected.boards.len());
        app.record(&transaction, wanted.id, Fact::EmergencyProposed { title: airing.title, clusters }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(wanted.id)
    }

    /// Why the person can not release it; the page shows the same before anyone presses.
    #[must_use]
    pub fn obstacles_to_release(&self, app: &App, who: &Who) -> Vec<Obstacle> {
        let mut found = Vec::new();
        if self.made_by == Some(who.person) {
            found.push(Obstacle::new("loud-emergency-own"));
        }
        if self.made_at + TimeDelta::minutes(GOOD_FOR_MIN) < app.clock.now() {
            found.push(Obstacle::new("loud-emergency-old").with("n", GOOD_FOR_MIN));
        }
        found
    }

    /// Releases it: another person than who proposed it. It begins now, on the clusters that there are now.
    ///
    /// # Errors
    /// Forbidden to others; refused when it is their own (noted), too old, or approved no more; stale when it was decided; or the
    /// database failed.
    pub async fn release(app: &App, who: &Who, id: Uuid, seen: i32) -> Result<(), Error> {
        let airing = Self::find_for(app, who, id).await?;
        rights::require(who, Verb::Release, airing.agency)?;
        if airing.state != State::Proposed || airing.version != seen {
            return Err(Error::Stale);
        }
        let by = By::from(who);
        let obstacles = airing.obstacles_to_release(app, who);
        if airing.made_by == Some(who.person) {
            let transaction = app.begin().await?;
            app.record(&transaction, id, Fact::OwnApprovalRefused { title: airing.title.clone() }, &by).await?;
            app.commit(transaction).await?;
        }
        let bulletin = Bulletin::find(&app.db, airing.bulletin).await?;
        if !obstacles.is_empty() {
            return Err(Error::Refused(obstacles));
        }
        if !bulletin.is_ready() {
            return Err(Error::refused("loud-plan-unapproved"));
        }
        let expected = planning::expected(app, airing.agency, &bulletin, airing.targets()).await?;
        let now = app.clock.now();
        let transaction = app.begin().await?;
        planning::hold(&transaction, &bulletin, &[]).await?;
        let duration_s = if expected.speakers.is_empty() { 0 } else { bulletin.duration_s() };
        let row = Entity::update_many()
            .col_expr(Column::State, Expr::value(State::Planned))
            .col_expr(Column::BeginsAt, Expr::value(now))
            .col_expr(Column::DurationS, Expr::value(duration_s))
            .col_expr(Column::Clusters, Expr::value(i32::try_from(expected.speakers.len())?))
            .col_expr(Column::ReleasedBy, Expr::value(Some(who.person)))
            .col_expr(Column::ReleasedAt, Expr::value(Some(now)))
            .col_expr(Column::Version, Expr::value(seen + 1));
        let same = row.filter(Column::Id.eq(id)).filter(Column::Version.eq(seen)).filter(Column::State.eq(State::Proposed));
        if same.exec(&transaction).await?.rows_affected == 0 {
            return Err(Error::Stale);
        }
        let airing = Self { begins_at: now, duration_s, state: State::Planned, ..airing };
        airing.set_going(app, &transaction, &bulletin, &expected).await?;
        let clusters = planning::count(expected.speakers.len() + expected.boards.len());
        app.record(&transaction, id, Fact::EmergencyReleased { title: airing.title, clusters }, &by).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Refuses it, with a reason; who proposed it may take it back so, too.
    ///
    /// # Errors
    /// Forbidden to others; refused without a reason; stale when it was decided; or the database failed.
    pub async fn refuse(app: &App, who: &Who, id: Uuid, why: &str, seen: i32) -> Result<(), Error> {
        let airing = Self::find_for(app, who, id).await?;
        if airing.made_by != Some(who.person) {
            rights::require(who, Verb::Release, airing.agency)?;
        }
        let why = reason(why, "why", "channel-needs-why")?;
        let transaction = app.begin().await?;
        let row = Entity::update_many()
            .col_expr(Column::State, Expr::value(State::Refused))
            .col_expr(Column::Notice, Expr::value(&why))
            .col_expr(Column::Version, Expr::value(seen + 1));
        let same = row.filter(Column::Id.eq(id)).filter(Column::Version.eq(seen)).filter(Column::State.eq(State::Proposed));
        if same.exec(&transaction).await?.rows_affected == 0 {
            return Err(Error::Stale);
        }
        app.record(&transaction, id, Fact::EmergencyRefused { title: airing.title }, &By::from(who).because(why)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}
