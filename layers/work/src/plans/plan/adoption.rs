//! A draft is adopted: from then on everyone reads it and it is not edited any more. Or it is discarded.

use sea_orm::entity::prelude::*;

use super::{Column, Entity, Model, State};
use crate::base::{App, By, Fact, Who};
use crate::plans::provision;
use crate::web::{Error, Obstacle};

impl Model {
    /// Why the draft can not be adopted now; empty when it can. The page shows the same list.
    ///
    /// # Errors
    /// The database failed.
    pub async fn obstacles_to_adoption(&self, on: &impl ConnectionTrait) -> Result<Vec<Obstacle>, DbErr> {
        let mut obstacles = Vec::new();
        let mut say = |found: bool, obstacle: Obstacle| found.then(|| obstacles.push(obstacle));
        say(self.number.trim().is_empty(), Obstacle::new("plan-obstacle-number"));
        say(self.subject.trim().is_empty(), Obstacle::new("plan-obstacle-subject"));
        say(self.issued_on.is_none(), Obstacle::new("plan-obstacle-date"));
        let all = provision::count(on, self.id).await?;
        say(all == 0, Obstacle::new("plan-obstacle-empty"));
        let open = provision::count_doubtful(on, self.id).await?;
        say(open > 0, Obstacle::new("plan-obstacle-doubts").with("count", open));
        say(self.is_amendment_doubtful(), Obstacle::new("plan-obstacle-unrelated"));
        let twin = self.adopted_twin(on).await?;
        if let Some(twin) = twin {
            say(true, Obstacle::new("plan-obstacle-twin").with("name", twin.title()));
        }
        if let Some(amended) = self.amended(on).await? {
            say(amended.state != State::Adopted, Obstacle::new("plan-obstacle-amended").with("name", amended.title()));
        }
        Ok(obstacles)
    }

    /// Another plan in force with the same number of the same agency, which this one does not amend.
    async fn adopted_twin(&self, on: &impl ConnectionTrait) -> Result<Option<Self>, DbErr> {
        Entity::find()
            .filter(Column::State.eq(State::Adopted))
            .filter(Column::Agency.eq(self.agency))
            .filter(Column::Number.eq(self.number.clone()))
            .filter(Column::Number.ne(""))
            .filter(Column::Id.ne(self.amends.unwrap_or(self.id)))
            .one(on)
            .await
    }

    /// The plan that this one changes.
    ///
    /// # Errors
    /// The database failed.
    pub async fn amended(&self, on: &impl ConnectionTrait) -> Result<Option<Self>, DbErr> {
        match self.amends {
            Some(id) => Entity::find_by_id(id).one(on).await,
            None => Ok(None),
        }
    }

    /// Adopts the draft: one transaction, one winner. An amended plan is replaced by it.
    ///
    /// # Errors
    /// Forbidden, refused with the obstacles, or stale when someone was quicker.
    pub async fn adopt(&self, app: &App, who: &Who) -> Result<(), Error> {
        if !self.is_adopted_by(who) {
            return Err(Error::Forbidden);
        }
        let by = By::from(who);
        let transaction = app.begin().await?;
        let obstacles = self.obstacles_to_adoption(&transaction).await?;
        if !obstacles.is_empty() {
            return Err(Error::Refused(obstacles));
        }
        let slug = self.free_slug(&transaction).await?;
        let done = Entity::update_many()
            .col_expr(Column::State, Expr::value(State::Adopted))
            .col_expr(Column::Slug, Expr::value(slug))
            .col_expr(Column::AdoptedAt, Expr::value(app.clock.now()))
            .col_expr(Column::AdoptedBy, Expr::value(who.person))
            .col_expr(Column::Version, Expr::value(self.version + 1))
            .filter(Column::Id.eq(self.id))
            .filter(Column::State.eq(State::Draft))
            .filter(Column::Version.eq(self.version))
            .exec(&transaction)
            .await?;
        if done.rows_affected == 0 {
            return Err(Error::Stale);
        }
        if let Some(old) = self.amends {
            self.replace(app, &transaction, old, &by).await?;
        }
        let provisions = u32::try_from(provision::count(&transaction, self.id).await?).unwrap_or(u32::MAX);
        app.record(&transaction, self.id, Fact::PlanAdopted { provisions, amends: self.amends }, &by).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    async fn replace(&self, app: &App, on: &impl ConnectionTrait, old: Uuid, by: &By) -> Result<(), Error> {
        provision::carry(on, old, self.id).await?;
        let done = Entity::update_many()
            .col_expr(Column::State, Expr::value(State::Replaced))
            .filter(Column::Id.eq(old))
            .filter(Column::State.eq(State::Adopted))
            .exec(on)
            .await?;
        if done.rows_affected == 0 {
            return Err(Error::Stale);
        }
        app.record(on, old, Fact::PlanReplaced { by: self.id }, by).await?;
        Ok(())
    }

    /// `ke-hoach-118-kh-ubnd`, with `-2`, `-3` … when that is taken.
    pub(super) async fn free_slug(&self, on: &impl ConnectionTrait) -> Result<String, DbErr> {
        let wish = vietnamese::slug(&self.title()).unwrap_or_else(|| self.id.simple().to_string());
        for turn in 1..1000 {
            let slug = if turn == 1 { wish.clone() } else { format!("{wish}-{turn}") };
            if Entity::find().filter(Column::Slug.eq(slug.clone())).one(on).await?.is_none() {
                return Ok(slug);
            }
        }
        Ok(self.id.simple().to_string())
    }

    /// Puts the draft aside; it stays in the ledger and for the coordinator to see.
    ///
    /// # Errors
    /// Stale when someone was quicker.
    pub async fn discard(&self, app: &App, who: &Who, why: &str) -> Result<(), Error> {
        let transaction = app.begin().await?;
        let done = Entity::update_many()
            .col_expr(Column::State, Expr::value(State::Discarded))
            .col_expr(Column::Slug, Expr::value(self.id.simple().to_string()))
            .col_expr(Column::Version, Expr::value(self.version + 1))
            .filter(Column::Id.eq(self.id))
            .filter(Column::State.eq(State::Draft))
            .exec(&transaction)
            .await?;
        if done.rows_affected == 0 {
            return Err(Error::Stale);
        }
        app.record(&transaction, self.id, Fact::PlanDiscarded, &By::from(who).because(why)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}
