//! The people that an administrator looks after.

pub mod card;
pub mod edit;
pub mod import;
pub mod list;
pub mod new;
pub mod roles;
pub mod standing;
pub mod ways_in;

use uuid::Uuid;

use crate::people::agency::brief::Brief;
use crate::people::person::keeping::Keeper;
use crate::people::telling::Agencies;

crate::admits! {
    /// Who looks after accounts: those of an agency, or all.
    Administrator: AgencyAdministrator SystemAdministrator
}

/// Something to choose in a form or a filter.
pub struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

/// The agencies that exist today and are the administrator's, and the one chosen if it is none of those.
fn agency_choices(keeper: &Keeper, agencies: &Agencies, today: chrono::NaiveDate, chosen: Option<Uuid>) -> Vec<Choice> {
    let open = |agency: &Brief| agency.open_from <= today && agency.closed_on.is_none_or(|last| today <= last);
    let offered = |agency: &&Brief| (open(agency) && keeper.keeps_people_of(Some(agency.id))) || Some(agency.id) == chosen;
    let mut offered: Vec<&Brief> = agencies.values().filter(offered).collect();
    offered.sort_by(|one, other| vietnamese::order::compare_natural(&one.name, &other.name));
    let choice =
        |agency: &Brief| Choice { value: agency.id.to_string(), label: agency.name.clone(), chosen: Some(agency.id) == chosen };
    offered.into_iter().map(choice).collect()
}
