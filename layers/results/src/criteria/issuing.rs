//! From a draft to an edition that holds: put forward by one person, issued by another, once the points sum. An edition that is issued
//! while agencies score is the next one: who began keeps the one they began with (scenario C1).

use ::scoring::canonical;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;

use super::edition;
use super::set::{Column, CriteriaSet, Entity, State};
use super::{faults, rights, sheet};
use crate::base::{App, By, Fact, Who, new_id};
use crate::web::{Error, Obstacle};

/// States in which an edition can be issued.
const OPEN: [State; 3] = [State::Draft, State::Issued, State::Scoring];

impl CriteriaSet {
    /// Why it can not be put forward and issued; empty when it can.
    ///
    /// # Errors
    /// The database failed.
    pub async fn obstacles_to_issue(&self, app: &App) -> Result<Vec<Obstacle>, Error> {
        let tree = self.working()?;
        let mut found = faults::obstacles(&tree);
        found.extend(self.appraised_by_nobody(app).await?);
        if let Some(holding) = self.holding(&app.db).await?
            && holding.body == canonical::text(&tree)?
        {
            found.push(Obstacle::new("criteria-nothing-new"));
        }
        Ok(found)
    }

    /// Puts the tree before the one who decides; nobody changes it meanwhile.
    ///
    /// # Errors
    /// Forbidden; refused with the reasons; stale when somebody was quicker; or the database failed.
    pub async fn submit(&self, app: &App, who: &Who, seen: i32) -> Result<(), Error> {
        rights::require(rights::keeps(who))?;
        let obstacles = self.obstacles_to_issue(app).await?;
        if !obstacles.is_empty() {
            return Err(Error::Refused(obstacles));
        }
        let fact = Fact::CriteriaSubmitted { title: self.title.clone() };
        self.put(app, who, (None, Some(who.person)), seen, (fact, "")).await
    }

    /// Gives it back to be changed, with a reason; who put it forward may take it back without one.
    ///
    /// # Errors
    /// Forbidden; refused without a reason; stale when somebody was quicker; or the database failed.
    pub async fn send_back(&self, app: &App, who: &Who, why: &str, seen: i32) -> Result<(), Error> {
        let own = self.submitted_by == Some(who.person);
        rights::require(own || rights::issues(who, self))?;
        if !own && why.trim().is_empty() {
            return Err(Error::Refused(vec![Obstacle::new("criteria-needs-why").at("why")]));
        }
        let fact = Fact::CriteriaReturned { title: self.title.clone() };
        self.put(app, who, (self.submitted_by, None), seen, (fact, why)).await
    }

    async fn put(
        &self,
        app: &App,
        who: &Who,
        (from, to): (Option<Uuid>, Option<Uuid>),
        seen: i32,
        (fact, why): (Fact, &str),
    ) -> Result<(), Error> {
        let transaction = app.begin().await?;
        let same = from.map_or_else(|| Column::SubmittedBy.is_null(), |from| Column::SubmittedBy.eq(from));
        let done = Entity::update_many()
            .col_expr(Column::SubmittedBy, Expr::value(to))
            .col_expr(Column::ChangedAt, Expr::value(app.clock.now()))
            .col_expr(Column::Version, Expr::col(Column::Version).add(1))
            .filter(Column::Id.eq(self.id))
            .filter(Column::Version.eq(seen))
            .filter(Column::State.is_in(OPEN))
            .filter(same)
            .exec(&transaction)
            .await?;
        if done.rows_affected == 0 {
            return Err(Error::Stale);
        }
        app.record(&transaction, self.id, fact, &By::from(who).because(why)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Issues it as the next edition. Nobody issues what they changed last or put forward.
    ///
    /// # Errors
    /// Forbidden; refused with the reasons; stale when somebody was quicker; or the database failed.
    pub async fn issue(&self, app: &App, who: &Who, seen: i32) -> Result<(), Error> {
        if self.submitted_by.is_none() {
            return Err(Error::refused("criteria-not-submitted"));
        }
        if self.submitted_by == Some(who.person) || self.edited_by == who.person {
            return Err(Error::refused("criteria-own-issue"));
        }
        rights::require(rights::issues(who, self))?;
        let obstacles = self.obstacles_to_issue(app).await?;
        if !obstacles.is_empty() {
            return Err(Error::Refused(obstacles));
        }
        let number = self.edition + 1;
        let body = canonical::text(&self.working()?)?;
        let sha256 = canonical::sha256(&body);
        let state = if self.state == State::Draft { State::Issued } else { self.state };
        let now = app.clock.now();
        let transaction = app.begin().await?;
        let done = Entity::update_many()
            .col_expr(Column::State, Expr::value(state))
            .col_expr(Column::Edition, Expr::value(number))
            .col_expr(Column::SubmittedBy, Expr::value(Option::<Uuid>::None))
            .col_expr(Column::ChangedAt, Expr::value(now))
            .col_expr(Column::Version, Expr::col(Column::Version).add(1))
            .filter(Column::Id.eq(self.id))
            .filter(Column::Version.eq(seen))
            .filter(Column::State.eq(self.state))
            .filter(Column::SubmittedBy.is_not_null())
            .exec(&transaction)
            .await?;
        if done.rows_affected == 0 {
            return Err(Error::Stale);
        }
        self.keep_edition(&transaction, who, (number, body, sha256.clone()), now).await?;
        let fact = Fact::CriteriaIssued { title: self.title.clone(), edition: number, sha256 };
        app.record(&transaction, self.id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Writes the edition down, and gives it to the agencies that did not begin. // recorded by CriteriaSet::issue
    async fn keep_edition(
        &self,
        on: &impl ConnectionTrait,
        who: &Who,
        (number, body, sha256): (i32, String, String),
        now: DateTimeUtc,
    ) -> Result<(), Error> {
        let row =
            edition::Model { id: new_id(), criteria_set: self.id, number, body, sha256, issued_by: who.person, issued_at: now };
        edition::Entity::insert(edition::ActiveModel::from(row)).exec_without_returning(on).await?;
        sheet::Entity::update_many()
            .col_expr(sheet::Column::Edition, Expr::value(number))
            .filter(sheet::Column::CriteriaSet.eq(self.id))
            .filter(sheet::Column::DraftVersion.eq(0))
            .filter(sheet::Column::Submission.eq(0))
            .exec(on)
            .await?;
        Ok(())
    }
}
