//! The facts that are public: what anybody could read on the portal, and no more.

/// A kind of event that an address may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Event {
    PlanAdopted,
    PlanReplaced,
    AgencyOpened,
    AgencyRenamed,
    AgencyClosed,
    AgencySucceeded,
    /// Sent by hand, to try the address.
    Ping,
}

impl Event {
    /// Those that can be asked for.
    pub const ALL: [Self; 6] = [
        Self::PlanAdopted,
        Self::PlanReplaced,
        Self::AgencyOpened,
        Self::AgencyRenamed,
        Self::AgencyClosed,
        Self::AgencySucceeded,
    ];

    /// The `type` of the message.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::PlanAdopted => "plan.adopted",
            Self::PlanReplaced => "plan.replaced",
            Self::AgencyOpened => "agency.opened",
            Self::AgencyRenamed => "agency.renamed",
            Self::AgencyClosed => "agency.closed",
            Self::AgencySucceeded => "agency.succeeded",
            Self::Ping => "ping",
        }
    }

    /// Reads what [`Event::code`] wrote; a ping can not be asked for.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.code() == code)
    }

    /// The event of a kind of fact; None when it is not public.
    #[must_use]
    pub fn of_fact(kind: &str) -> Option<Self> {
        Some(match kind {
            "PlanAdopted" => Self::PlanAdopted,
            "PlanReplaced" => Self::PlanReplaced,
            "AgencyOpened" => Self::AgencyOpened,
            "AgencyRenamed" => Self::AgencyRenamed,
            "AgencyClosed" => Self::AgencyClosed,
            "AgencySucceeded" => Self::AgencySucceeded,
            _ => return None,
        })
    }

    /// Where the API shows what it is about.
    #[must_use]
    pub const fn resource(self) -> Option<&'static str> {
        match self {
            Self::PlanAdopted | Self::PlanReplaced => Some("plans"),
            Self::AgencyOpened | Self::AgencyRenamed | Self::AgencyClosed | Self::AgencySucceeded => Some("agencies"),
            Self::Ping => None,
        }
    }

    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("webhook-event-{}", self.code().replace('.', "-"))
    }
}
