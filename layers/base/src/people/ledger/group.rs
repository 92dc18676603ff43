//! Kinds of entries in groups that people ask for, and where the things they are about are looked at.

mod kinds;

use uuid::Uuid;

use crate::base::{Role, Who};
use crate::people::Agency;

/// What an entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    Agencies,
    People,
    Roles,
    SignIn,
    Refusals,
    Plans,
    Duties,
    AgencyPlans,
    Estimates,
    Cases,
    Inspections,
    Library,
    News,
    Publications,
    Channels,
    Pieces,
    Newsletters,
    Issues,
    Syndication,
    Loudspeakers,
    Push,
    Retractions,
    Reach,
    Campaigns,
    Registers,
    Measures,
    Criteria,
    Reports,
    Questions,
    OpenData,
    Assistant,
    Mail,
    Connections,
}

impl Group {
    pub const ALL: [Self; 33] = [
        Self::Agencies,
        Self::People,
        Self::Roles,
        Self::SignIn,
        Self::Refusals,
        Self::Plans,
        Self::Duties,
        Self::AgencyPlans,
        Self::Estimates,
        Self::Cases,
        Self::Inspections,
        Self::Library,
        Self::News,
        Self::Publications,
        Self::Channels,
        Self::Pieces,
        Self::Newsletters,
        Self::Issues,
        Self::Syndication,
        Self::Loudspeakers,
        Self::Push,
        Self::Retractions,
        Self::Reach,
        Self::Campaigns,
        Self::Registers,
        Self::Measures,
        Self::Criteria,
        Self::Reports,
        Self::Questions,
        Self::OpenData,
        Self::Assistant,
        Self::Mail,
        Self::Connections,
    ];

    /// The word used in addresses and in Fluent keys.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Agencies => "agencies",
            Self::People => "people",
            Self::Roles => "roles",
            Self::SignIn => "sign-in",
            Self::Refusals => "refusals",
            Self::Plans => "plans",
            Self::Duties => "duties",
            Self::AgencyPlans => "agency-plans",
            Self::Estimates => "estimates",
            Self::Cases => "cases",
            Self::Inspections => "inspections",
            Self::Library => "library",
            Self::News => "news",
            Self::Publications => "publications",
            Self::Channels => "channels",
            Self::Pieces => "pieces",
            Self::Newsletters => "newsletters",
            Self::Issues => "issues",
            Self::Syndication => "syndication",
            Self::Loudspeakers => "loudspeakers",
            Self::Push => "push",
            Self::Retractions => "retractions",
            Self::Reach => "reach",
            Self::Campaigns => "campaigns",
            Self::Registers => "registers",
            Self::Measures => "measures",
            Self::Criteria => "criteria",
            Self::Reports => "reports",
            Self::Questions => "questions",
            Self::OpenData => "open-data",
            Self::Assistant => "assistant",
            Self::Mail => "mail",
            Self::Connections => "connections",
        }
    }

    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.code() == code)
    }

    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("ledger-group-{}", self.code())
    }

    /// The group of a kind.
    #[must_use]
    pub fn of_kind(kind: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.kinds().contains(&kind))
    }

    /// The Fluent key of the link to what an entry is about.
    #[must_use]
    pub fn open_key(self) -> String {
        format!("ledger-open-{}", self.code())
    }

    /// The page of the thing with that id, where this reader may go. People have theirs with administrators only; what was
    /// refused may be anything.
    #[must_use]
    pub fn page_of(self, who: &Who, about: Uuid) -> Option<String> {
        let page = match self {
            Self::Agencies => Agency::desk_path(about),
            Self::Plans => format!("/desk/plans/{about}"),
            Self::Cases => format!("/desk/cases/{about}"),
            Self::Inspections => format!("/desk/inspections/{about}"),
            Self::Connections => format!("/desk/webhooks/{about}"),
            Self::AgencyPlans => format!("/desk/agency-plans/{about}"),
            Self::Library => format!("/desk/library/{about}"),
            Self::Publications => format!("/desk/publications/{about}"),
            Self::Channels => format!("/desk/channels/accounts/{about}"),
            // An import, the facts of the site and a restore have no page.
            Self::News | Self::Pieces if about.is_nil() => return None,
            Self::Pieces => format!("/desk/channels/pieces/{about}"),
            // A report that was nobody's.
            Self::Newsletters if about.is_nil() => return None,
            Self::Newsletters => format!("/desk/newsletters/{about}"),
            Self::Issues => format!("/desk/newsletters/issues/{about}"),
            // About an actor, a podcast, or a host elsewhere: the list shows them all.
            Self::Syndication => "/desk/syndication".to_owned(),
            // About an order, a subscription, an agency or nothing.
            Self::Push => return None,
            // A term is no case's.
            Self::Retractions if about.is_nil() => return None,
            Self::Retractions => format!("/desk/retractions/{about}"),
            Self::Campaigns => format!("/desk/campaigns/{about}"),
            // About a record, one that is gone because it was secret, or an agency.
            Self::Registers => return None,
            // A pass over a year, and a closing.
            Self::Measures if about.is_nil() => return None,
            Self::Measures => format!("/desk/measures/{about}"),
            // About a set or a sheet: the one address knows both.
            Self::Criteria => format!("/desk/criteria/{about}"),
            // A template, a regime, a number of what was written elsewhere.
            Self::Reports if about.is_nil() => return None,
            Self::Reports => format!("/desk/reports/{about}"),
            // The settings; a clearance is about a person.
            Self::Questions if about.is_nil() => return None,
            Self::Questions => format!("/desk/questions/{about}"),
            Self::OpenData => format!("/desk/open-data/imports/{about}"),
            // About a written answer, a question that was not answered, a run or a portal.
            Self::Assistant => "/desk/assistant".to_owned(),
            Self::Reach if about.is_nil() => return None,
            Self::Reach => format!("/desk/reach?agency={about}"),
            Self::News => format!("/desk/news/{about}"),
            // About a plan, a slot, an agency or a day; an estimate or a funding source.
            Self::Duties | Self::Estimates => return None,
            // About a station, a cluster, a word, a bulletin or an airing.
            Self::Loudspeakers => return None,
            Self::People | Self::Roles | Self::SignIn | Self::Mail | Self::Refusals => return None,
        };
        who.is_any(self.opened_by()).then_some(page)
    }

    /// The roles to which every page of the group opens, whatever it is about.
    #[must_use]
    pub const fn opened_by(self) -> &'static [Role] {
        const OVERSEERS: &[Role] = &[Role::Coordinator, Role::Auditor];
        match self {
            Self::Agencies => &Role::ALL,
            Self::Plans
            | Self::Cases
            | Self::Inspections
            | Self::AgencyPlans
            | Self::Library
            | Self::News
            | Self::Publications
            | Self::Channels
            | Self::Pieces
            | Self::Newsletters
            | Self::Issues
            | Self::Syndication
            | Self::Retractions
            | Self::Reach
            | Self::Campaigns
            | Self::Measures
            | Self::Criteria
            | Self::Questions
            | Self::Assistant => OVERSEERS,
            Self::Connections => &[Role::SystemAdministrator],
            // What is not issued is its agency's.
            Self::Reports => &[Role::Auditor],
            _ => &[],
        }
    }

    /// Whether entries of the group are about a person.
    #[must_use]
    pub const fn is_about_a_person(self) -> bool {
        matches!(self, Self::People | Self::Roles | Self::SignIn | Self::Mail | Self::Refusals)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::Locale;

    #[test]
    fn every_group_has_its_words() {
        for group in Group::ALL {
            assert!(Locale::default().has(&group.key()), "{}", group.key());
            let opens = !group.opened_by().is_empty();
            assert!(!opens || Locale::default().has(&group.open_key()), "{}", group.open_key());
        }
    }
}
