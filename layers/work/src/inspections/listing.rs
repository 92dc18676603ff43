//! Lists of inspections: led by the person's body, about it, or all; each with its counts.

use std::collections::{HashMap, HashSet};

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect, QueryTrait};

use super::finding::{Finding, Followed};
use super::inspection::{Column, Entity, Inspection, OVERSEERS};
use super::visit::{self, Visit, followed};
use crate::base::Who;

/// Whose inspections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// Of the person's agency, with a published conclusion.
    About,
    /// Led by it.
    Led,
    /// All, for who oversees.
    All,
}

impl View {
    pub const ALL: [Self; 3] = [Self::About, Self::Led, Self::All];

    /// The word in addresses and Fluent keys.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::About => "about",
            Self::Led => "led",
            Self::All => "all",
        }
    }

    /// Reads what [`View::code`] wrote.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.code() == code)
    }

    /// Those that the person has.
    #[must_use]
    pub fn of(who: &Who) -> Vec<Self> {
        let has = |view: &Self| if *view == Self::All { who.is_any(OVERSEERS) } else { who.agency.is_some() };
        Self::ALL.into_iter().filter(has).collect()
    }

    /// The inspections, the latest first.
    #[must_use]
    pub fn inspections(self, who: &Who) -> Select<Entity> {
        let own = who.agency.unwrap_or_default();
        let all = Entity::find().order_by_desc(Column::FromOn).order_by_desc(Column::Id);
        match self {
            Self::All => all,
            Self::Led => all.filter(Column::Leader.eq(own)),
            Self::About => {
                let published = visit::Entity::find()
                    .select_only()
                    .column(visit::Column::Inspection)
                    .filter(visit::Column::Agency.eq(own))
                    .filter(visit::Column::PublishedAt.is_not_null());
                all.filter(Column::Id.in_subquery(published.into_query()))
            }
        }
    }
}

/// The visits of these inspections with the findings of each: three statements. Of those about the person's agency only its
/// own.
///
/// # Errors
/// The database failed.
pub async fn visits(
    on: &impl ConnectionTrait,
    inspections: &[Inspection],
    only: Option<Uuid>,
) -> Result<HashMap<Uuid, Vec<(Visit, Vec<Followed>)>>, DbErr> {
    let ids: Vec<Uuid> = inspections.iter().map(|one| one.id).collect();
    let mut visits = Inspection::visits(on, &ids).await?;
    visits.retain(|visit| only.is_none_or(|own| visit.agency == own));
    let of: Vec<Uuid> = visits.iter().map(|visit| visit.id).collect();
    let mut findings: HashMap<Uuid, Vec<Followed>> = HashMap::new();
    for one in followed(on, Finding::of(on, &of).await?).await? {
        findings.entry(one.finding.visit).or_default().push(one);
    }
    let withdrawn: HashSet<Uuid> = inspections.iter().filter(|one| one.is_withdrawn()).map(|one| one.id).collect();
    let mut by_inspection: HashMap<Uuid, Vec<(Visit, Vec<Followed>)>> = HashMap::new();
    for visit in visits {
        let mut own = findings.remove(&visit.id).unwrap_or_default();
        own.iter_mut().for_each(|one| one.dropped = withdrawn.contains(&visit.inspection));
        by_inspection.entry(visit.inspection).or_default().push((visit, own));
    }
    Ok(by_inspection)
}
