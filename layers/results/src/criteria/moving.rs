//! The round moves on: scoring is opened for the agencies of the class, which are written down then and stay; appraisal begins; appeals are
//! taken until a day. Publication is in [`super::publishing`].

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;

use super::rights;
use super::set::{Column, CriteriaSet, Entity, State};
use super::sheet;
use crate::base::{App, By, Fact, Who, new_id, time};
use crate::people::{Agency, class};
use crate::web::{Error, Obstacle};

fn day(typed: &str, app: &App) -> Result<NaiveDate, Error> {
    let wrong = |key: &'static str| Error::Refused(vec![Obstacle::new(key).at("until")]);
    let day = time::read_day(typed).ok_or_else(|| wrong("criteria-day-wrong"))?;
    if day < time::local_date(app.clock.now()) { Err(wrong("criteria-day-past")) } else { Ok(day) }
}

impl CriteriaSet {
    /// The agencies of its class that exist today.
    ///
    /// # Errors
    /// The database failed.
    pub async fn members(&self, app: &App) -> Result<Vec<Agency>, DbErr> {
        class::members(&app.db, &self.class, time::local_date(app.clock.now())).await
    }

    /// Opens scoring until a day: each agency of the class gets its sheet.
    ///
    /// # Errors
    /// Forbidden; refused with the reasons; stale when somebody was quicker; or the database failed.
    pub async fn open(&self, app: &App, who: &Who, until: &str, seen: i32) -> Result<(), Error> {
        rights::require(rights::keeps(who))?;
        self.open_until(app, who, day(until, app)?, seen).await
    }

    /// The same until a day that was read, which in what the demo starts with may have passed.
    ///
    /// # Errors
    /// Refused with the reasons; stale when somebody was quicker; or the database failed.
    pub(super) async fn open_until(&self, app: &App, who: &Who, until: NaiveDate, seen: i32) -> Result<(), Error> {
        let members = self.members(app).await?;
        if members.is_empty() {
            return Err(Error::refused("criteria-no-members"));
        }
        if let Some(alone) = self.appraised_by_nobody(app).await? {
            return Err(Error::Refused(vec![alone]));
        }
        let now = app.clock.now();
        let row = |agency: &Agency| sheet::Model {
            id: new_id(),
            criteria_set: self.id,
            agency: agency.id,
            name: agency.name.clone(),
            edition: self.edition,
            draft: "{}".into(),
            draft_version: 0,
            drafted_by: None,
            drafted_at: None,
            submission: 0,
            made_at: now,
        };
        let rows: Vec<sheet::ActiveModel> = members.iter().map(|agency| sheet::ActiveModel::from(row(agency))).collect();
        let agencies = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        let transaction = app.begin().await?;
        let until_too = [(Column::ScoreUntil, until)];
        self.turn(app, &transaction, (State::Issued, State::Scoring), &until_too, seen).await?;
        sheet::Entity::insert_many(rows).exec_without_returning(&transaction).await?;
        let fact = Fact::CriteriaScoringOpened { title: self.title.clone(), agencies, until: until.to_string() };
        app.record(&transaction, self.id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Gives agencies until another day to score, with a reason.
    ///
    /// # Errors
    /// Forbidden; refused with the reasons; stale when somebody was quicker; or the database failed.
    pub async fn extend(&self, app: &App, who: &Who, (until, why): (&str, &str), seen: i32) -> Result<(), Error> {
        rights::require(rights::keeps(who))?;
        let until = day(until, app)?;
        if why.trim().is_empty() {
            return Err(Error::Refused(vec![Obstacle::new("criteria-needs-why").at("why")]));
        }
        let transaction = app.begin().await?;
        self.turn(app, &transaction, (State::Scoring, State::Scoring), &[(Column::ScoreUntil, until)], seen).await?;
        let fact = Fact::CriteriaExtended { title: self.title.clone(), until: until.to_string() };
        app.record(&transaction, self.id, fact, &By::from(who).because(why)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Why appraisal can not begin now; empty when it can.
    ///
    /// # Errors
    /// The database failed.
    pub async fn obstacles_to_appraise(&self, app: &App) -> Result<Vec<Obstacle>, Error> {
        let open = if self.takes_scores(app) { self.absent(app).await? } else { 0 };
        let one = Obstacle::new("criteria-scoring-goes-on").with("count", open);
        Ok(if open > 0 { vec![one] } else { Vec::new() })
    }

    /// How many agencies handed nothing in.
    async fn absent(&self, app: &App) -> Result<usize, DbErr> {
        Ok(sheet::Model::of(&app.db, self.id).await?.iter().filter(|sheet| sheet.submission == 0).count())
    }

    /// Ends scoring: what was not handed in is missing from now on.
    ///
    /// # Errors
    /// Forbidden; refused while agencies still have time; stale when somebody was quicker; or the database failed.
    pub async fn begin_appraisal(&self, app: &App, who: &Who, seen: i32) -> Result<(), Error> {
        rights::require(rights::keeps(who))?;
        let obstacles = self.obstacles_to_appraise(app).await?;
        if !obstacles.is_empty() {
            return Err(Error::Refused(obstacles));
        }
        let open = self.absent(app).await?;
        let transaction = app.begin().await?;
        self.turn(app, &transaction, (State::Scoring, State::Appraisal), &[], seen).await?;
        let absent = u32::try_from(open).unwrap_or(u32::MAX);
        let fact = Fact::CriteriaAppraisalBegan { title: self.title.clone(), absent };
        app.record(&transaction, self.id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Why appeals can not be taken yet; empty when they can.
    ///
    /// # Errors
    /// The database failed.
    pub async fn obstacles_to_appeals(&self, app: &App) -> Result<Vec<Obstacle>, Error> {
        let waiting = self.unappraised(app).await?;
        if waiting == 0 {
            return Ok(Vec::new());
        }
        let alone = self.appraised_by_nobody(app).await?;
        Ok([Obstacle::new("criteria-unappraised").with("count", waiting)].into_iter().chain(alone).collect())
    }

    /// Shows agencies what was appraised; they may object until a day.
    ///
    /// # Errors
    /// Forbidden; refused with the reasons; stale when somebody was quicker; or the database failed.
    pub async fn open_appeals(&self, app: &App, who: &Who, until: &str, seen: i32) -> Result<(), Error> {
        rights::require(rights::keeps(who))?;
        self.open_appeals_until(app, who, day(until, app)?, seen).await
    }

    /// The same until a day that was read, which in what the demo starts with may have passed.
    ///
    /// # Errors
    /// Refused with the reasons; stale when somebody was quicker; or the database failed.
    pub(super) async fn open_appeals_until(&self, app: &App, who: &Who, until: NaiveDate, seen: i32) -> Result<(), Error> {
        let obstacles = self.obstacles_to_appeals(app).await?;
        if !obstacles.is_empty() {
            return Err(Error::Refused(obstacles));
        }
        let transaction = app.begin().await?;
        self.turn(app, &transaction, (State::Appraisal, State::Appeals), &[(Column::AppealUntil, until)], seen).await?;
        let fact = Fact::CriteriaAppealsOpened { title: self.title.clone(), until: until.to_string() };
        app.record(&transaction, self.id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Puts a draft away.
    ///
    /// # Errors
    /// Forbidden; stale when somebody was quicker; or the database failed.
    pub async fn drop_draft(&self, app: &App, who: &Who, seen: i32) -> Result<(), Error> {
        rights::require(rights::keeps(who))?;
        let transaction = app.begin().await?;
        self.turn(app, &transaction, (State::Draft, State::Dropped), &[], seen).await?;
        let fact = Fact::CriteriaDropped { title: self.title.clone() };
        app.record(&transaction, self.id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// The guarded change of the state. // recorded by the verb that calls
    pub(super) async fn turn(
        &self,
        app: &App,
        on: &impl ConnectionTrait,
        (from, to): (State, State),
        days: &[(Column, NaiveDate)],
        seen: i32,
    ) -> Result<(), Error> {
        let mut update = Entity::update_many()
            .col_expr(Column::State, Expr::value(to))
            .col_expr(Column::ChangedAt, Expr::value(app.clock.now()))
            .col_expr(Column::Version, Expr::col(Column::Version).add(1));
        for (column, day) in days {
            update = update.col_expr(*column, Expr::value(*day));
        }
        let same = update.filter(Column::Id.eq(self.id)).filter(Column::State.eq(from)).filter(Column::Version.eq(seen));
        if same.exec(on).await?.rows_affected == 0 { Err(Error::Stale) } else { Ok(()) }
    }
}
