//! A long list of slots in the order of their last days: how many there are and the first of them are remembered for a
//! moment, so that a page of it costs the rows that it shows.

use std::collections::HashMap;

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Alias, Query as Sql, SelectStatement};
use sea_orm::{QueryOrder, QuerySelect, Select};

use super::slot::{self, Slot};
use crate::base::App;
use crate::web::paging::Paging;

/// How long a node may not know what another did.
pub const COUNTED_AGAIN_S: i64 = 5;
/// Whoever turns further than this is rare; there the database counts its way.
const FIRST_MAX: u64 = 1_000;

/// What is remembered of a list.
struct Listed {
    total: u64,
    first: Vec<Uuid>,
}

/// The slots that a question names.
#[must_use]
pub fn of(within: SelectStatement) -> Select<slot::Entity> {
    let chosen =
        Sql::select().column((Alias::new("chosen"), slot::Column::Id)).from_subquery(within, Alias::new("chosen")).take();
    slot::Entity::find().filter(slot::Column::Id.in_subquery(chosen))
}

/// One page of a list, `rows` to a page, and where in it one is. `key` names the question with all that it asks.
///
/// # Errors
/// The database failed.
pub async fn page(
    app: &App,
    key: &str,
    wanted: Select<slot::Entity>,
    (asked, rows): (Option<u64>, u64),
) -> Result<(Paging, Vec<Slot>), DbErr> {
    let ordered = wanted.order_by_asc(slot::Column::DueOn).order_by_asc(slot::Column::Id);
    let listed = app.lately(key, COUNTED_AGAIN_S, listed(app, ordered.clone())).await?;
    let paging = Paging::new(asked, rows, listed.total);
    if paging.offset() + rows > FIRST_MAX {
        return Ok((paging, ordered.offset(paging.offset()).limit(rows).all(&app.db).await?));
    }
    let from = usize::try_from(paging.offset()).unwrap_or_default();
    let ids: Vec<Uuid> = listed.first.iter().skip(from).take(usize::try_from(rows).unwrap_or_default()).copied().collect();
    Ok((paging, in_order(app, &ids).await?))
}

async fn listed(app: &App, ordered: Select<slot::Entity>) -> Result<Listed, DbErr> {
    let first = ordered.clone().select_only().column(slot::Column::Id).limit(FIRST_MAX);
    let first: Vec<Uuid> = first.into_tuple().all(&app.db).await?;
    // A list that ends here is counted already.
    let known = u64::try_from(first.len()).unwrap_or(FIRST_MAX);
    let total = if known < FIRST_MAX { known } else { ordered.count(&app.db).await? };
    Ok(Listed { total, first })
}

async fn in_order(app: &App, ids: &[Uuid]) -> Result<Vec<Slot>, DbErr> {
    let places: HashMap<Uuid, usize> = ids.iter().enumerate().map(|(place, id)| (*id, place)).collect();
    let mut slots = slot::Entity::find().filter(slot::Column::Id.is_in(ids.iter().copied())).all(&app.db).await?;
    slots.sort_by_key(|slot| places.get(&slot.id).copied());
    Ok(slots)
}
