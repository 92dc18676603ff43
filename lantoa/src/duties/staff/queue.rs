//! What waits for a review, what was due first standing first.

use askama::Template;
use axum::extract::{Query, State};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait, Query as Sql, SelectStatement};
use sea_orm::{QueryOrder, QuerySelect};
use serde::Deserialize;

use super::mine::{Known, Row};
use crate::base::{App, Role, Who, time};
use crate::duties::standing::Standing;
use crate::duties::{answer, review, slot};
use crate::plans::plan;
use crate::web::paging::Paging;
use crate::web::{Locale, Page, Result, Shell};

const ROWS: u64 = 50;

crate::admits! {
    /// Who reviews what others answered.
    Looker: Reviewer Coordinator Leader
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    page: Option<u64>,
}

#[derive(Template)]
#[template(path = "duties/staff/queue.html")]
pub struct Queue {
    l: Locale,
    shell: Shell,
    rows: Vec<Row>,
    paging: Paging,
}

impl Queue {
    /// The address of the page so many further on; empty when there is none.
    fn turn(&self, by: i64) -> String {
        self.paging.turn(by).map(|page| format!("/desk/reviews?page={page}")).unwrap_or_default()
    }
}

/// `GET /desk/reviews`
pub async fn show(who: Looker, shell: Shell, State(app): State<App>, Query(ask): Query<Ask>) -> Result<Page<Queue>> {
    let today = time::local_date(app.clock.now());
    let waiting = waiting_for(&app, &who).await?;
    let paging = Paging::new(ask.page, ROWS, waiting.clone().count(&app.db).await?);
    let slots = waiting
        .order_by_asc(slot::Column::DueOn)
        .order_by_asc(slot::Column::Id)
        .offset(paging.offset())
        .limit(ROWS)
        .all(&app.db)
        .await?;
    let known = Known::of(&app, &slots).await?;
    let rows = slots.iter().map(|slot| known.row(shell.l, slot, Standing::Submitted, today)).collect();
    Ok(Page(Queue { l: shell.l, shell, rows, paging }))
}

/// The slots whose latest answer nobody reviewed, of bodies other than the person's own.
async fn waiting_for(app: &App, who: &Who) -> Result<Select<slot::Entity>> {
    let mut waiting =
        slot::Entity::find().filter(slot::Column::VoidedOn.is_null()).filter(slot::Column::Id.in_subquery(unreviewed()));
    if let Some(own) = who.agency {
        waiting = waiting.filter(slot::Column::Agency.ne(own));
    }
    if !who.is_any(&[Role::Coordinator, Role::Leader]) {
        let own = who.agencies_as(&[Role::Reviewer]);
        let plans = plan::Entity::find().filter(plan::Column::Agency.is_in(own)).all(&app.db).await?;
        waiting = waiting.filter(slot::Column::Plan.is_in(plans.into_iter().map(|plan| plan.id)));
    }
    Ok(waiting)
}

/// The slots whose latest answer has no review.
fn unreviewed() -> SelectStatement {
    let seen = Expr::col((review::Entity, review::Column::Answer)).equals((answer::Entity, answer::Column::Id));
    Sql::select()
        .column((answer::Entity, answer::Column::Slot))
        .from(answer::Entity)
        .left_join(review::Entity, seen)
        .and_where(Expr::col((review::Entity, review::Column::Id)).is_null())
        .and_where(Expr::col((answer::Entity, answer::Column::Id)).in_subquery(answer::latest()))
        .take()
}
