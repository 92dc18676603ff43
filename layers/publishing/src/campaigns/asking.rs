//! Asking the agencies of a campaign for something by a day: a request of `duties`, with its slots, answers and reviews. Once for each
//! campaign, however often the button is pressed.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;

use super::campaign::{Campaign, Column, Entity, State};
use super::member::Member;
use super::rights;
use crate::base::{App, By, Fact, Who, time};
use crate::duties::Request;
use crate::duties::request::{Wanted, may_run};
use crate::people::agency::brief::Known;
use crate::plans::Plan;
use crate::web::Error;

/// The plans in force under which the person may ask.
///
/// # Errors
/// The database failed.
pub async fn plans(app: &App, who: &Who) -> Result<Vec<Plan>, DbErr> {
    let mut plans = Plan::adopted(&app.db).await?;
    plans.retain(|plan| may_run(who, plan));
    Ok(plans)
}

impl Campaign {
    /// Asks every agency that takes part and exists: whoever took over answers in place of one that ended.
    ///
    /// # Errors
    /// Forbidden; refused with the reasons; or the database failed.
    pub async fn ask(&self, app: &App, who: &Who, plan: &Plan, what: &str, due: NaiveDate) -> Result<Uuid, Error> {
        rights::require(rights::decides(who, self.agency) && may_run(who, plan))?;
        if let Some(request) = self.request {
            return Ok(request);
        }
        if self.state != State::Running {
            return Err(Error::refused("campaign-not-running"));
        }
        let (known, today) = (Known::now(app).await?, time::local_date(app.clock.now()));
        let members = Member::of(&app.db, self.id).await?;
        let mut agencies: Vec<Uuid> = members
            .iter()
            .filter(|member| member.left_on.is_none())
            .flat_map(|member| known.in_charge(member.agency, today))
            .filter(|agency| known.get(agency).is_some_and(|one| one.is_open_on(today)))
            .collect();
        agencies.sort_unstable();
        agencies.dedup();
        let count = u32::try_from(agencies.len()).unwrap_or(u32::MAX);
        let wanted = Wanted {
            key: format!("campaign-{}", self.id.simple()),
            title: self.title.clone(),
            what: what.trim().to_owned(),
            stands_on: None,
            due,
            agencies,
        };
        let request = Request::make(app, who, plan, &wanted).await?;
        let transaction = app.begin().await?;
        let done = Entity::update_many()
            .col_expr(Column::Request, Expr::value(request))
            .col_expr(Column::Version, Expr::col(Column::Version).add(1))
            .filter(Column::Id.eq(self.id))
            .filter(Column::Request.is_null())
            .exec(&transaction)
            .await?;
        if done.rows_affected > 0 {
            let fact = Fact::CampaignAsked { title: self.title.clone(), agencies: count, due: due.to_string() };
            app.record(&transaction, self.id, fact, &By::from(who)).await?;
            app.commit(transaction).await?;
        }
        Ok(request)
    }
}
