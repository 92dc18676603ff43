//! The same counts for each duty of a plan.

use std::collections::HashMap;

use sea_orm::FromQueryResult;
use sea_orm::entity::prelude::*;

use super::{Scope, Tally, count, joined};
use crate::duties::slot;

/// Counts a plan by duty: one statement.
///
/// # Errors
/// The database failed.
pub async fn by_duty(on: &impl ConnectionTrait, scope: &Scope) -> Result<HashMap<Uuid, Tally>, DbErr> {
    let mut query = joined(scope);
    count(&mut query, scope.today).column((slot::Entity, slot::Column::Duty)).group_by_col((slot::Entity, slot::Column::Duty));
    let rows = on.query_all(&query).await?;
    rows.iter().map(|row| Ok((row.try_get("", "duty")?, Tally::from_query_result(row, "")?))).collect()
}
