//! What waits for a review, what was due first standing first.

use std::collections::HashMap;
use std::fmt::Write;

use askama::Template;
use axum::extract::{Query, State};
use sea_orm::Condition;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait, Query as Sql, SelectStatement};
use serde::Deserialize;

use super::mine::{Known, Row};
use crate::base::{App, Role, Who, time};
use crate::duties::answer::{self, Answer, Outcome};
use crate::duties::form::values;
use crate::duties::standing::Standing;
use crate::duties::{Slot, listed, oversight, review, slot};
use crate::plans::plan;
use crate::web::paging::Paging;
use crate::web::{Locale, Page, Result, Shell, cut};

const ROWS: u64 = 50;
const SAYS_LETTERS: usize = 160;

crate::admits! {
    /// Who reviews what others answered.
    Looker: Reviewer Coordinator Leader
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    page: Option<u64>,
}

/// A slot whose newest answer waits, with the beginning of what it says.
pub struct Waiting {
    pub row: Row,
    /// The version that is seen here: accepted is that one or none.
    pub answer: Uuid,
    pub says: String,
}

#[derive(Template)]
#[template(path = "duties/staff/queue.html")]
pub struct Queue {
    l: Locale,
    shell: Shell,
    rows: Vec<Waiting>,
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
    let (key, waiting) = waiting_for(&app, &who).await?;
    let (paging, slots) = listed::page(&app, &key, waiting, (ask.page, ROWS)).await?;
    let known = Known::of(&app, &slots).await?;
    let ids: Vec<Uuid> = slots.iter().map(|slot| slot.id).collect();
    let answers: HashMap<Uuid, Answer> =
        Answer::of(&app.db, &ids).await?.into_iter().map(|answer| (answer.slot, answer)).collect();
    let given: Vec<Uuid> = answers.values().map(|answer| answer.id).collect();
    let given = values::counts(&app.db, &given).await?;
    let waiting = |slot: &Slot| {
        let answer = answers.get(&slot.id)?;
        let row = known.row(shell.l, slot, Standing::Submitted, today);
        Some(Waiting { row, answer: answer.id, says: says(shell.l, answer, given.get(&answer.id).copied().unwrap_or_default()) })
    };
    let rows = slots.iter().filter_map(waiting).collect();
    Ok(Page(Queue { l: shell.l, shell, rows, paging }))
}

/// How many wait for this person's review.
///
/// # Errors
/// The database failed.
pub async fn count(app: &App, who: &Who) -> Result<u64> {
    let (key, waiting) = waiting_for(app, who).await?;
    Ok(listed::page(app, &key, waiting, (None, 1)).await?.0.total)
}

/// The beginning of what an answer says; `given` values stand in the duty's form.
fn says(l: Locale, answer: &Answer, given: usize) -> String {
    let figures = answer.figures();
    let counted = (!figures.is_empty()).then(|| l.t1("reviews-figures", "count", figures.len()));
    let words = match answer.outcome {
        Outcome::Nothing => format!("{}: {}", l.t(&answer.outcome.key()), answer.reason),
        Outcome::Reported => answer.text.clone(),
    };
    let words = (!words.is_empty()).then(|| cut(&words.replace('\n', " "), SAYS_LETTERS));
    let given = (given > 0).then(|| l.t1("reviews-values", "count", given));
    words.into_iter().chain(given).chain(counted).collect::<Vec<_>>().join(" · ")
}

/// The slots whose latest answer nobody reviewed, of bodies other than the person's own, and what that question is called.
async fn waiting_for(app: &App, who: &Who) -> Result<(String, Select<slot::Entity>)> {
    let mut waiting =
        slot::Entity::find().filter(slot::Column::VoidedOn.is_null()).filter(slot::Column::Id.in_subquery(unreviewed()));
    if let Some(own) = who.agency {
        waiting = waiting.filter(slot::Column::Agency.ne(own));
    }
    let mut key = format!("reviews.{:?}", who.agency);
    if !who.is_any(&[Role::Coordinator, Role::Leader]) {
        let own = who.agencies_as(&[Role::Reviewer]);
        let _ = write!(key, ".{own:?}");
        let plans = plan::Entity::find().filter(plan::Column::Agency.is_in(own.clone())).all(&app.db).await?;
        let mut scope = Condition::any().add(slot::Column::Plan.is_in(plans.into_iter().map(|plan| plan.id)));
        // What the own body was named to review, of plans that others keep.
        if let Some(body) = who.agency.filter(|body| own.contains(body))
            && let Some((named, within)) = oversight::scope(app, body).await?
        {
            let _ = write!(key, ".{named}");
            scope = scope.add(within);
        }
        waiting = waiting.filter(scope);
    }
    Ok((key, waiting))
}

/// The slots whose latest answer has no review.
fn unreviewed() -> SelectStatement {
    let its_review = Sql::select()
        .expr(Expr::value(1))
        .from(review::Entity)
        .and_where(Expr::col((review::Entity, review::Column::Answer)).equals((answer::Entity, answer::Column::Id)))
        .take();
    Sql::select()
        .column((answer::Entity, answer::Column::Slot))
        .from(answer::Entity)
        .and_where(Expr::exists(its_review).not())
        .and_where(answer::is_newest())
        .take()
}
