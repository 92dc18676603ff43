//! Whether anybody of an agency comes in at all: read from the ledger, since sessions are cleared away.

use std::collections::HashMap;

use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;

use crate::base::fact;

/// When somebody of each of these agencies last signed in; one is missing when nobody ever did. One statement.
///
/// # Errors
/// The database failed.
pub async fn last_sign_ins(on: &impl ConnectionTrait, agencies: &[Uuid]) -> Result<HashMap<Uuid, DateTimeUtc>, DbErr> {
    let rows: Vec<(Uuid, DateTimeUtc)> = fact::Entity::find()
        .select_only()
        .column(fact::Column::Agency)
        .expr(fact::Column::At.max())
        .filter(fact::Column::Agency.is_in(agencies.iter().copied()))
        .filter(fact::Column::Kind.eq("SignedIn"))
        .group_by(fact::Column::Agency)
        .into_tuple()
        .all(on)
        .await?;
    Ok(rows.into_iter().collect())
}
