//! Which duties an agency holds under a plan: those that opened slots for it which are still owed. What later
//! capabilities (an agency's own plan, its estimates) are measured against.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use super::duty::{self, Kind};
use super::holder::Part;
use super::slot;
use crate::base::{Role, Who};

/// A duty as its holder sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub duty: Uuid,
    /// `III.1.b.4`
    pub path: String,
    pub title: String,
    pub part: Part,
}

/// Who holds which duty, and in which part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holding {
    pub agency: Uuid,
    pub duty: Uuid,
    pub part: Part,
}

/// Whether the person writes what the agency plans and asks for: as whoever answers for it.
#[must_use]
pub fn may_write(who: &Who, agency: Uuid) -> bool {
    who.agency == Some(agency)
        && (who.is_in(Role::Officer, agency) || who.is_in(Role::Approver, agency) || who.is(Role::Coordinator))
}

/// Every holding of a plan, each once; of one year when it is given. One statement.
///
/// # Errors
/// The database failed.
pub async fn holdings(on: &impl ConnectionTrait, plan: Uuid, year: Option<i32>) -> Result<Vec<Holding>, DbErr> {
    let rows: Vec<(Uuid, Uuid, Part)> = owed(plan, year).into_tuple().all(on).await?;
    Ok(rows.into_iter().map(|(agency, duty, part)| Holding { agency, duty, part }).collect())
}

/// What an agency holds under a plan, in the order of the document; of one year when it is given. Two statements.
///
/// # Errors
/// The database failed.
pub async fn by(on: &impl ConnectionTrait, plan: Uuid, agency: Uuid, year: Option<i32>) -> Result<Vec<Held>, DbErr> {
    let rows: Vec<(Uuid, Uuid, Part)> = owed(plan, year).filter(slot::Column::Agency.eq(agency)).into_tuple().all(on).await?;
    let duties = of_plan(on, plan).await?;
    let held = |duty: duty::Model| {
        // Who is named as both leads.
        let part = rows.iter().filter(|(_, held, _)| *held == duty.id).map(|(_, _, part)| *part).min()?;
        Some(Held { duty: duty.id, path: duty.path, title: duty.title, part })
    };
    Ok(duties.into_iter().filter_map(held).collect())
}

/// Every duty that an agency holds or held, in the order of the documents. One statement.
///
/// # Errors
/// The database failed.
pub async fn of_agency(on: &impl ConnectionTrait, agency: Uuid) -> Result<Vec<duty::Model>, DbErr> {
    use sea_orm::QueryTrait;
    let owed = slot::Entity::find().select_only().column(slot::Column::Duty).filter(slot::Column::Agency.eq(agency));
    let owed = owed.filter(slot::Column::VoidedOn.is_null()).into_query();
    duty::Entity::find()
        .filter(duty::Column::Id.in_subquery(owed))
        .order_by_asc(duty::Column::Plan)
        .order_by_asc(duty::Column::Position)
        .all(on)
        .await
}

/// The duties of a plan that somebody may plan for and ask money for, in the order of the document.
///
/// # Errors
/// The database failed.
pub async fn of_plan(on: &impl ConnectionTrait, plan: Uuid) -> Result<Vec<duty::Model>, DbErr> {
    duty::Entity::find()
        .filter(duty::Column::Plan.eq(plan))
        .filter(duty::Column::Kind.ne(Kind::Request))
        .order_by_asc(duty::Column::Position)
        .all(on)
        .await
}

fn owed(plan: Uuid, year: Option<i32>) -> Select<slot::Entity> {
    let mut owed = slot::Entity::find()
        .select_only()
        .column(slot::Column::Agency)
        .column(slot::Column::Duty)
        .column(slot::Column::Part)
        .distinct()
        .filter(slot::Column::Plan.eq(plan))
        .filter(slot::Column::VoidedOn.is_null());
    let span = year.and_then(|year| Some((Date::from_ymd_opt(year, 1, 1)?, Date::from_ymd_opt(year, 12, 31)?)));
    if let Some((first, last)) = span {
        owed = owed.filter(slot::Column::StartOn.lte(last)).filter(slot::Column::EndOn.gte(first));
    }
    owed
}
