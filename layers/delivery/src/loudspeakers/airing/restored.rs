//! What a restore stopped of an agency's programme, decided at once: planned again for the minute that it had, or left for a person's
//! reason. What was for chosen clusters alone (a repetition) a person plans by itself.

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::planning::Wanted;
use super::{Airing, Column, Entity, Precedence, State};
use crate::base::time::VIETNAM;
use crate::base::{App, By, Fact, Who};
use crate::loudspeakers::rights::{self, Verb};
use crate::news::article::reviewing::reason;
use crate::web::{Error, Locale};

/// The notice of what a restore stopped.
pub const RESTORED: &str = "restored";

/// What could still be heard.
fn stopped(app: &App, agency: Uuid) -> Select<Entity> {
    let stopped = Entity::find().filter(Column::State.eq(State::Stopped)).filter(Column::Notice.eq(RESTORED));
    let to_come = stopped.filter(Column::BeginsAt.gt(app.clock.now())).filter(Column::Precedence.ne(Precedence::Emergency));
    to_come.filter(Column::Agency.eq(agency))
}

/// How many wait for this person since a restore; none where they may not decide.
///
/// # Errors
/// The database failed.
pub async fn count_for(app: &App, who: &Who) -> Result<u64, DbErr> {
    match who.agency.filter(|agency| rights::may(who, Verb::Write, *agency)) {
        Some(agency) => stopped(app, agency).count(&app.db).await,
        None => Ok(0),
    }
}

/// Plans again what a restore stopped of the person's agency. Returns how many, and how many have to be planned by themselves: there
/// is no room any more, the bulletin is approved no more, or nobody would play it.
///
/// # Errors
/// Forbidden to others, or the database failed.
pub async fn plan_again(app: &App, who: &Who) -> Result<(usize, usize), Error> {
    let agency = rights::own_agency(who)?;
    rights::require(who, Verb::Write, agency)?;
    let (mut planned, mut left) = (0, 0);
    for airing in stopped(app, agency).order_by_asc(Column::BeginsAt).order_by_asc(Column::Id).all(&app.db).await? {
        if !airing.targets().clusters.is_empty() {
            left += 1;
            continue;
        }
        match Airing::plan(app, who, airing.bulletin, &wanted(&airing)).await {
            Ok(_) => {
                // recorded by the planning
                airing.noted(app, &Locale::default().t("loud-airing-planned-again"), None).await?;
                planned += 1;
            }
            Err(Error::Refused(_) | Error::Stale | Error::NotFound) => left += 1,
            Err(error) => return Err(error),
        }
    }
    Ok((planned, left))
}

/// The same once more. Its id is the one after the stopped one's, so that who presses twice plans once.
fn wanted(airing: &Airing) -> Wanted {
    let targets = airing.targets();
    let local = airing.begins_at.with_timezone(&VIETNAM);
    Wanted {
        id: Uuid::from_u128(airing.id.as_u128().wrapping_add(1)),
        all: targets.all,
        stations: targets.stations,
        hamlets: targets.hamlets.join("\n"),
        date: local.format("%Y-%m-%d").to_string(),
        time: local.format("%H:%M").to_string(),
        days: String::new(),
        within: String::new(),
    }
}

/// Says that what a restore stopped of the person's agency is not wanted any more. Returns how many.
///
/// # Errors
/// Forbidden to others; refused without a reason; or the database failed.
pub async fn drop_all(app: &App, who: &Who, why: &str) -> Result<usize, Error> {
    let agency = rights::own_agency(who)?;
    rights::require(who, Verb::Write, agency)?;
    let why = reason(why, "why", "channel-needs-why")?;
    let airings = stopped(app, agency).all(&app.db).await?;
    for airing in &airings {
        airing.noted(app, &why, Some(&By::from(who).because(&why))).await?;
    }
    Ok(airings.len())
}

impl Airing {
    /// Says what was decided about what a restore stopped; does nothing where somebody was quicker.
    async fn noted(&self, app: &App, notice: &str, by: Option<&By>) -> Result<(), Error> {
        let transaction = app.begin().await?;
        let done = Entity::update_many()
            .col_expr(Column::Notice, Expr::value(notice))
            .col_expr(Column::Version, Expr::value(self.version + 1))
            .filter(Column::Id.eq(self.id))
            .filter(Column::Notice.eq(RESTORED))
            .filter(Column::Version.eq(self.version));
        if done.exec(&transaction).await?.rows_affected == 0 {
            return Ok(());
        }
        if let Some(by) = by {
            app.record(&transaction, self.id, Fact::AiringStopped { title: self.title.clone(), clusters: 0 }, by).await?;
        }
        app.commit(transaction).await?;
        Ok(())
    }
}
