//! Whether anybody of an agency comes in at all: read from the ledger, since sessions are cleared away.

use std::collections::HashMap;

use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;

use crate::base::fact;

/// What says that somebody was in: who answered was, also where they came in by another door than this one.
const SAYS: [&str; 2] = ["SignedIn", "AnswerSubmitted"];

/// When somebody of each of these agencies was last in; one is missing when nobody ever was. One statement.
///
/// # Errors
/// The database failed.
pub async fn last_in(on: &impl ConnectionTrait, agencies: &[Uuid]) -> Result<HashMap<Uuid, DateTimeUtc>, DbErr> {
    let rows: Vec<(Uuid, DateTimeUtc)> = fact::Entity::find()
        .select_only()
        .column(fact::Column::Agency)
        .expr(fact::Column::At.max())
        .filter(fact::Column::Agency.is_in(agencies.iter().copied()))
        .filter(fact::Column::Kind.is_in(SAYS))
        .group_by(fact::Column::Agency)
        .into_tuple()
        .all(on)
        .await?;
    Ok(rows.into_iter().collect())
}
