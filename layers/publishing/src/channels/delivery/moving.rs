//! The same step for many deliveries at once, in one statement. // recorded by their steps, and by whoever calls with a fact

use sea_orm::Condition;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;

use super::{Column, Delivery, Entity, State, Why, step};
use crate::base::{App, By};
use crate::web::Error;

/// Moves those of `which` that are in the first state to the second; returns them as they are now. When they are to be looked at
/// stays as it was: whoever was late is found late.
///
/// # Errors
/// A change that is none of the machine's, or the database failed.
pub async fn all(
    app: &App,
    on: &impl ConnectionTrait,
    which: Condition,
    (was, becomes): (State, State),
    why: Why,
    by: &By,
) -> Result<Vec<Delivery>, Error> {
    if !was.may_become(becomes) {
        return Err(Error::Internal(anyhow::anyhow!("deliveries can not become {becomes:?} from {was:?}")));
    }
    let mut moving = Entity::update_many();
    if becomes == State::Planned {
        moving = moving.col_expr(Column::RunAt, Expr::value(Option::<DateTimeUtc>::None)); // nothing happens by itself any more
    }
    let moved = moving
        .col_expr(Column::State, Expr::value(becomes))
        .col_expr(Column::Why, Expr::value(why))
        .col_expr(Column::Says, Expr::value(""))
        .col_expr(Column::LeasedUntil, Expr::value(Option::<DateTimeUtc>::None))
        .col_expr(Column::FoundAt, Expr::value(Option::<DateTimeUtc>::None))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(which)
        .filter(Column::State.eq(was))
        .exec_with_returning(on)
        .await?;
    step::add_all(app, on, was, &moved, by).await?;
    Ok(moved)
}
