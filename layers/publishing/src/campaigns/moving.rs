//! From draft to running to closed. A closing counts once more and freezes what it counted: from then on the page shows that, whatever
//! becomes of the articles.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;

use super::campaign::{Campaign, Column, Entity, State};
use super::counting::{Agency, Counts, Final};
use super::kpi::Kpi;
use super::member::Member;
use super::{gathering, rights};
use crate::base::digest::sha256;
use crate::base::{App, By, Fact, Who, time};
use crate::people::agency::brief::Known;
use crate::web::{Error, Obstacle};

impl Campaign {
    /// Why it can not start; empty when it can.
    ///
    /// # Errors
    /// The database failed.
    pub async fn obstacles_to_start(&self, app: &App) -> Result<Vec<Obstacle>, Error> {
        let mut found = Vec::new();
        if Member::of(&app.db, self.id).await?.is_empty() {
            found.push(Obstacle::new("campaign-needs-agencies").at("names"));
        }
        if self.ends_on < time::local_date(app.clock.now()) {
            found.push(Obstacle::new("campaign-is-over").with("day", time::day(self.ends_on)).at("ends_on"));
        }
        Ok(found)
    }

    /// It runs from now on: its agencies are told, works may be claimed.
    ///
    /// # Errors
    /// Forbidden; refused with the reasons; stale when somebody was quicker; or the database failed.
    pub async fn start(&self, app: &App, who: &Who, seen: i32) -> Result<(), Error> {
        rights::require(rights::decides(who, self.agency))?;
        let obstacles = self.obstacles_to_start(app).await?;
        if !obstacles.is_empty() {
            return Err(Error::Refused(obstacles));
        }
        let agencies = u32::try_from(Member::of(&app.db, self.id).await?.len()).unwrap_or(u32::MAX);
        let fact = Fact::CampaignStarted { title: self.title.clone(), agencies };
        self.turn(app, who, (State::Draft, State::Running), seen, fact).await
    }

    /// Puts a draft away.
    ///
    /// # Errors
    /// Forbidden; stale when somebody was quicker; or the database failed.
    pub async fn drop_draft(&self, app: &App, who: &Who, seen: i32) -> Result<(), Error> {
        rights::require(rights::writes(who, self.agency))?;
        let fact = Fact::CampaignDropped { title: self.title.clone() };
        self.turn(app, who, (State::Draft, State::Dropped), seen, fact).await
    }

    async fn turn(&self, app: &App, who: &Who, (from, to): (State, State), seen: i32, fact: Fact) -> Result<(), Error> {
        let transaction = app.begin().await?;
        let done = Entity::update_many()
            .col_expr(Column::State, Expr::value(to))
            .col_expr(Column::ChangedAt, Expr::value(app.clock.now()))
            .col_expr(Column::Version, Expr::col(Column::Version).add(1))
            .filter(Column::Id.eq(self.id))
            .filter(Column::State.eq(from))
            .filter(Column::Version.eq(seen))
            .exec(&transaction)
            .await?;
        if done.rows_affected == 0 {
            return Err(Error::Stale);
        }
        app.record(&transaction, self.id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Counts once more and freezes the count.
    ///
    /// # Errors
    /// Forbidden; stale when somebody was quicker, or something was claimed meanwhile; or the database failed.
    pub async fn close(&self, app: &App, who: &Who, seen: i32) -> Result<(), Error> {
        rights::require(rights::decides(who, self.agency))?;
        let (_, counts) = self.counted(app).await?;
        let last = self.summed_up(app, counts).await?;
        let text = serde_json::to_string(&last)?;
        let sha256 = sha256(text.as_bytes());
        let items = u32::try_from(last.items).unwrap_or(u32::MAX);
        let now = app.clock.now();
        let transaction = app.begin().await?;
        let done = Entity::update_many()
            .col_expr(Column::State, Expr::value(State::Closed))
            .col_expr(Column::ClosedAt, Expr::value(now))
            .col_expr(Column::ChangedAt, Expr::value(now))
            .col_expr(Column::Frozen, Expr::value(text))
            .col_expr(Column::FrozenSha256, Expr::value(sha256.as_str()))
            .col_expr(Column::Version, Expr::col(Column::Version).add(1))
            .filter(Column::Id.eq(self.id))
            .filter(Column::State.eq(State::Running))
            .filter(Column::Version.eq(seen))
            // As it was when it was counted.
            .filter(Column::ChangedAt.eq(self.changed_at))
            .exec(&transaction)
            .await?;
        if done.rows_affected == 0 {
            return Err(Error::Stale);
        }
        let fact = Fact::CampaignClosed { title: self.title.clone(), items, sha256 };
        app.record(&transaction, self.id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Its agencies, and its count: frozen when it is closed, as it stands before.
    ///
    /// # Errors
    /// The database failed.
    pub async fn counted(&self, app: &App) -> Result<(Vec<Member>, Counts), Error> {
        let members = Member::of(&app.db, self.id).await?;
        if let Some(last) = self.frozen()? {
            return Ok((members, last.counts));
        }
        let known = Known::now(app).await?;
        let counts = gathering::counts(app, self, &members, &known).await?;
        Ok((members, counts))
    }

    /// What a closing of this moment would freeze.
    ///
    /// # Errors
    /// The database failed.
    pub async fn summed_up(&self, app: &App, counts: Counts) -> Result<Final, Error> {
        let members = Member::of(&app.db, self.id).await?;
        let of = |id: Uuid| counts.counted().filter(|item| item.member == Some(id)).count();
        let agencies =
            members.iter().map(|one| Agency { id: one.agency, name: one.name.clone(), items: of(one.agency) }).collect();
        let kpis = Kpi::of(&app.db, self.id).await?.iter().map(|kpi| kpi.stand(&counts)).collect();
        let range = counts.extent();
        Ok(Final {
            at: time::machine(app.clock.now()),
            starts_on: self.starts_on,
            ends_on: self.ends_on,
            budget: self.budget,
            agencies,
            kpis,
            items: counts.counted().count(),
            copies: counts.copies(),
            filled: counts.filled(),
            cells: counts.cells(),
            low: range.low,
            high: range.high,
            counts,
        })
    }
}

/// Says that what is counted changed, so that a closing that counted before finds it stale; who edits what it says is not disturbed.
/// // recorded by the verb that calls
///
/// # Errors
/// Stale when it does not run any more, or the database failed.
pub async fn touch(app: &App, on: &impl ConnectionTrait, campaign: &Campaign) -> Result<(), Error> {
    let done = Entity::update_many()
        .col_expr(Column::ChangedAt, Expr::value(app.clock.now()))
        .filter(Column::Id.eq(campaign.id))
        .filter(Column::State.eq(State::Running))
        .exec(on)
        .await?;
    if done.rows_affected == 0 { Err(Error::Stale) } else { Ok(()) }
}
