//! Who acts, and in which roles.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a person may do. The first four hold within one agency, the others over the whole province.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Does the agency's work: reads plans in, answers, writes. (chuyên viên)
    Officer,
    /// Looks over what officers made. (người thẩm định)
    Reviewer,
    /// Decides for the agency: adopts its plans. (người duyệt)
    Approver,
    /// Keeps the agency's people and contacts. (quản trị cơ quan)
    AgencyAdministrator,
    /// Runs the province's plans at the standing body. (điều phối)
    Coordinator,
    /// Sums up estimates. (tài chính)
    Finance,
    /// Reads the one page that decides. (lãnh đạo)
    Leader,
    /// Reads everything that was done, changes nothing. (kiểm toán)
    Auditor,
    /// Runs the installation: people, agencies, settings. (quản trị hệ thống)
    SystemAdministrator,
}

impl Role {
    pub const ALL: [Self; 9] = [
        Self::Officer,
        Self::Reviewer,
        Self::Approver,
        Self::AgencyAdministrator,
        Self::Coordinator,
        Self::Finance,
        Self::Leader,
        Self::Auditor,
        Self::SystemAdministrator,
    ];

    /// The name kept in the database and used in forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Officer => "officer",
            Self::Reviewer => "reviewer",
            Self::Approver => "approver",
            Self::AgencyAdministrator => "agency_administrator",
            Self::Coordinator => "coordinator",
            Self::Finance => "finance",
            Self::Leader => "leader",
            Self::Auditor => "auditor",
            Self::SystemAdministrator => "system_administrator",
        }
    }

    /// Reads what [`Role::code`] wrote.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// Whether the role holds in one agency only.
    #[must_use]
    pub const fn is_of_agency(self) -> bool {
        matches!(self, Self::Officer | Self::Reviewer | Self::Approver | Self::AgencyAdministrator)
    }

    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("role-{}", self.code().replace('_', "-"))
    }
}

/// One role, in one agency or (None) over the province.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    pub role: Role,
    pub agency: Option<Uuid>,
}

/// A signed-in person with what they may do.
#[derive(Clone, Debug)]
pub struct Who {
    pub person: Uuid,
    /// The session they act in, so that it can be shown and revoked.
    pub session: Uuid,
    pub name: String,
    /// The agency they work at; acts are recorded with it.
    pub agency: Option<Uuid>,
    pub agency_name: String,
    pub grants: Vec<Grant>,
}

impl Who {
    /// Holds the role anywhere.
    #[must_use]
    pub fn is(&self, role: Role) -> bool {
        self.grants.iter().any(|grant| grant.role == role)
    }

    /// Holds one of the roles anywhere.
    #[must_use]
    pub fn is_any(&self, roles: &[Role]) -> bool {
        roles.iter().any(|role| self.is(*role))
    }

    /// Holds the role in that agency, or over the province.
    #[must_use]
    pub fn is_in(&self, role: Role, agency: Uuid) -> bool {
        self.grants.iter().any(|grant| grant.role == role && grant.agency.is_none_or(|own| own == agency))
    }

    /// The agencies in which the person holds one of these roles.
    #[must_use]
    pub fn agencies_as(&self, roles: &[Role]) -> Vec<Uuid> {
        self.grants.iter().filter(|grant| roles.contains(&grant.role)).filter_map(|grant| grant.agency).collect()
    }
}
