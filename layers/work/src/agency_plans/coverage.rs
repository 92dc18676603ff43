//! How far agencies' plans cover what the province's plan asks. Pure: holdings and issued plans in, counts out.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use sea_orm::entity::prelude::*;

use super::agency_plan::{AgencyPlan, State};
use crate::duties::held::{self, Holding};

/// How far an agency got with its own plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// No plan, and none being written.
    None,
    /// One is being written.
    Draft,
    /// At least one is issued.
    Issued,
}

impl Stage {
    pub const ALL: [Self; 3] = [Self::None, Self::Draft, Self::Issued];

    /// The word in addresses.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Draft => "draft",
            Self::Issued => "issued",
        }
    }

    /// Reads what [`Stage::code`] wrote; None for another word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == code)
    }

    /// The Fluent key of its name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::None => "agency-plan-stage-none",
            Self::Draft => "agency-plan-stage-draft",
            Self::Issued => "agency-plan-stage-issued",
        }
    }
}

/// An agency: what it holds, and what of it its issued plans cover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfAgency {
    pub agency: Uuid,
    pub stage: Stage,
    pub held: BTreeSet<Uuid>,
    pub covered: BTreeSet<Uuid>,
    /// The plan in force that was issued last.
    pub plan: Option<Uuid>,
}

/// The coverage of a plan of the province in one year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    pub agencies: Vec<OfAgency>,
}

/// What of a plan of an agency counts: whose, which, how far, and the duties.
#[derive(Clone, Debug)]
pub struct Counted {
    pub plan: Uuid,
    pub agency: Uuid,
    pub issued: bool,
    pub duties: Vec<Uuid>,
}

impl Coverage {
    /// Counts. A duty counts as covered only where its holder's issued plan covers it: never more than is held.
    #[must_use]
    pub fn of(holdings: &[Holding], plans: &[Counted]) -> Self {
        let mut agencies: BTreeMap<Uuid, OfAgency> = BTreeMap::new();
        for holding in holdings {
            let empty = || OfAgency {
                agency: holding.agency,
                stage: Stage::None,
                held: BTreeSet::new(),
                covered: BTreeSet::new(),
                plan: None,
            };
            agencies.entry(holding.agency).or_insert_with(empty).held.insert(holding.duty);
        }
        for plan in plans {
            let Some(agency) = agencies.get_mut(&plan.agency) else { continue };
            agency.stage = agency.stage.max(if plan.issued { Stage::Issued } else { Stage::Draft });
            if plan.issued {
                agency.plan = agency.plan.or(Some(plan.plan));
                let covered = plan.duties.iter().filter(|duty| agency.held.contains(duty)).copied();
                agency.covered.extend(covered.collect::<Vec<_>>());
            }
        }
        Self { agencies: agencies.into_values().collect() }
    }

    /// Reads and counts the plans of agencies under a plan, those that are for the year. Three statements.
    ///
    /// # Errors
    /// The database failed.
    pub async fn load(on: &impl ConnectionTrait, plan: Uuid, year: i32) -> Result<Self, DbErr> {
        let holdings = held::holdings(on, plan, Some(year)).await?;
        let plans: Vec<AgencyPlan> = AgencyPlan::under(on, plan).await?;
        let plans: Vec<AgencyPlan> =
            plans.into_iter().filter(|plan| (plan.from_year..=plan.until_year).contains(&year)).collect();
        let ids: Vec<Uuid> = plans.iter().map(|plan| plan.id).collect();
        let mut duties: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
        for row in AgencyPlan::duties(on, &ids).await? {
            duties.entry(row.agency_plan).or_default().push(row.duty);
        }
        let counted = |plan: &AgencyPlan| Counted {
            plan: plan.id,
            agency: plan.agency,
            issued: plan.state == State::Issued,
            duties: duties.get(&plan.id).cloned().unwrap_or_default(),
        };
        Ok(Self::of(&holdings, &plans.iter().map(counted).collect::<Vec<_>>()))
    }

    /// How many agencies are at that stage.
    #[must_use]
    pub fn at(&self, stage: Stage) -> usize {
        self.agencies.iter().filter(|agency| agency.stage == stage).count()
    }

    /// Holdings, and those of them that are covered.
    #[must_use]
    pub fn total(&self) -> (usize, usize) {
        let sum = |count: fn(&OfAgency) -> usize| self.agencies.iter().map(count).sum();
        (sum(|agency| agency.covered.len()), sum(|agency| agency.held.len()))
    }

    /// Of a duty: who holds it and covers it, who holds it and does not.
    #[must_use]
    pub fn of_duty(&self, duty: Uuid) -> (Vec<Uuid>, Vec<Uuid>) {
        let holders = self.agencies.iter().filter(|agency| agency.held.contains(&duty));
        let (covering, others): (Vec<&OfAgency>, Vec<&OfAgency>) = holders.partition(|agency| agency.covered.contains(&duty));
        let ids = |list: Vec<&OfAgency>| list.into_iter().map(|agency| agency.agency).collect();
        (ids(covering), ids(others))
    }

    /// The duties that nobody's issued plan covers.
    #[must_use]
    pub fn uncovered(&self) -> HashSet<Uuid> {
        let covered: HashSet<Uuid> = self.agencies.iter().flat_map(|agency| agency.covered.iter().copied()).collect();
        self.agencies.iter().flat_map(|agency| agency.held.iter().copied()).filter(|duty| !covered.contains(duty)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::duties::holder::Part;

    const fn id(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    fn holds(agency: u128, duty: u128) -> Holding {
        Holding { agency: id(agency), duty: id(duty), part: Part::Lead }
    }

    fn plan(agency: u128, issued: bool, duties: &[u128]) -> Counted {
        Counted { plan: id(agency + 100), agency: id(agency), issued, duties: duties.iter().map(|duty| id(*duty)).collect() }
    }

    #[test]
    fn what_is_not_held_covers_nothing_and_twice_counts_once() {
        let holdings = [holds(1, 10), holds(1, 11), holds(2, 10), holds(3, 12)];
        let plans = [plan(1, true, &[10, 99]), plan(1, true, &[10]), plan(2, false, &[10])];
        let coverage = Coverage::of(&holdings, &plans);
        assert_eq!(coverage.total(), (1, 4));
        assert_eq!((coverage.at(Stage::Issued), coverage.at(Stage::Draft), coverage.at(Stage::None)), (1, 1, 1));
        assert_eq!(coverage.of_duty(id(10)), (vec![id(1)], vec![id(2)]));
        assert_eq!(coverage.uncovered(), HashSet::from([id(11), id(12)]));
    }

    #[test]
    fn whoever_holds_nothing_is_not_counted() {
        assert_eq!(Coverage::of(&[], &[plan(1, true, &[10])]), Coverage::default());
    }
}
