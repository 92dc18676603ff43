//! Who plans inspections, and of whom: the body that runs the programme and the province's People's Committee, never of one
//! above.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;

use crate::base::{App, Role, Who};
use crate::cases::case::{acts_for, is_open};
use crate::cases::rung::STANDING;
use crate::people::agency::brief::Known;
use crate::people::agency::{self, Kind};
use crate::plans::Plan;

/// Levels looked up for a parent; more of them would be a circle.
const LEVELS_MAX: usize = 10;

/// The body for which the person plans inspections: their own, when it keeps a plan in force or is the province's People's
/// Committee, or when they run or lead the programme. None when they plan none.
///
/// # Errors
/// The database failed.
pub async fn inspecting(app: &App, who: &Who, agencies: &Known, today: NaiveDate) -> Result<Option<Uuid>, DbErr> {
    let Some(own) = who.agency.filter(|own| acts_for(who, *own) && is_open(agencies, *own, today)) else { return Ok(None) };
    let committee = agencies.get(&own).is_some_and(|body| body.kind == Kind::ProvincialCommittee);
    let may = committee || who.is_any(&[Role::Coordinator, Role::Leader]) || keeps_a_plan(app, own, agencies).await?;
    Ok(may.then_some(own))
}

/// Whether it is the standing body: the one whose plan is in force or, while there is no plan, the programme's own.
async fn keeps_a_plan(app: &App, own: Uuid, agencies: &Known) -> Result<bool, DbErr> {
    let plans = Plan::adopted(&app.db).await?;
    let standing = agencies.get(&own).is_some_and(|body| body.code == STANDING);
    Ok(if plans.is_empty() { standing } else { plans.iter().any(|plan| plan.agency == own) })
}

/// The bodies that one never inspects: those above it, and the province's People's Committee. One statement.
///
/// # Errors
/// The database failed.
pub async fn above(on: &impl ConnectionTrait, own: Uuid, agencies: &Known) -> Result<Vec<Uuid>, DbErr> {
    let parents: Vec<(Uuid, Option<Uuid>)> = agency::Entity::find()
        .select_only()
        .columns([agency::Column::Id, agency::Column::Parent])
        .filter(agency::Column::Parent.is_not_null())
        .into_tuple()
        .all(on)
        .await?;
    let parents: HashMap<Uuid, Uuid> = parents.into_iter().filter_map(|(id, parent)| Some((id, parent?))).collect();
    let up = std::iter::successors(parents.get(&own), |one| parents.get(*one)).take(LEVELS_MAX).copied();
    let committees = agencies.values().filter(|body| body.kind == Kind::ProvincialCommittee).map(|body| body.id);
    Ok(up.chain(committees).filter(|one| *one != own).collect())
}
