//! What a token opens.

/// One thing that a token may be good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// Drafts of plans, besides what is public.
    PlansRead,
    /// Slots: what is owed, by when, and where it stands.
    DutiesRead,
    /// What was answered.
    AnswersRead,
    /// Hands answers in.
    AnswersWrite,
    /// Which agencies have people with accounts, besides what is public.
    AgenciesRead,
    /// Hands over reports of letters that came back.
    BouncesWrite,
    /// What becomes of the copies of what was corrected or went.
    RetractionsRead,
    /// Campaigns with what was counted of them.
    CampaignsRead,
    /// Registers: confirmed records with their evidence.
    RegistersRead,
    /// Hands over letters that ask something.
    QuestionsWrite,
}

impl Scope {
    pub const ALL: [Self; 10] = [
        Self::DutiesRead,
        Self::AnswersRead,
        Self::AnswersWrite,
        Self::PlansRead,
        Self::AgenciesRead,
        Self::BouncesWrite,
        Self::RetractionsRead,
        Self::CampaignsRead,
        Self::RegistersRead,
        Self::QuestionsWrite,
    ];

    /// The word in the database, in forms and in the OpenAPI document.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::PlansRead => "plans:read",
            Self::DutiesRead => "duties:read",
            Self::AnswersRead => "answers:read",
            Self::AnswersWrite => "answers:write",
            Self::AgenciesRead => "agencies:read",
            Self::BouncesWrite => "bounces:write",
            Self::RetractionsRead => "retractions:read",
            Self::CampaignsRead => "campaigns:read",
            Self::RegistersRead => "registers:read",
            Self::QuestionsWrite => "questions:write",
        }
    }

    /// Reads what [`Scope::code`] wrote.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.code() == code)
    }

    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("api-scope-{}", self.code().replace(':', "-"))
    }
}
