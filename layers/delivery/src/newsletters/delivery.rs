//! One letter: an issue to a subscriber, once. The rows of an issue are its queue and its account: sent, failed, unknown and the rest
//! add up to the list.
//!
//! ```text
//!   queued ──taken, under a lease──► sending ──► sent ──(a report comes later)──► bounced: hard │ soft │ complaint
//!     ▲  ▲                             │ │ └──► failed      the relay refused it, or asked to wait for three days
//!     │  └── not sent, certainly ──────┘ └────► unknown     cut between the end of the data and the word on it
//!     │                                            ├──► stays     a person leaves it so, with a reason
//!     └── a person sends it again, with a reason ──┘
//!   queued ──► skipped (they left, or are not written to)   queued ──► stopped (the issue was cancelled)
//! ```

pub mod batch;
pub mod counting;
pub mod segment;
pub mod settling;

use sea_orm::entity::prelude::*;

/// Where a letter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum State {
    Queued,
    Sending,
    Sent,
    Failed,
    Unknown,
    Stays,
    Skipped,
    Stopped,
}

impl State {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("letter-state-{}", self.to_value())
    }

    /// The mark of the interface.
    #[must_use]
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Queued | Self::Sending => "waiting",
            Self::Sent => "on-time",
            Self::Failed => "returned",
            Self::Unknown => "unknown",
            Self::Stays | Self::Skipped | Self::Stopped => "superseded",
        }
    }
}

/// What a mail server said later about a letter that a relay had taken. Hard is for good: the mailbox is not there. Soft: this letter did
/// not arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum Bounce {
    None,
    Soft,
    Hard,
    Complaint,
}

impl Bounce {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("letter-bounce-{}", self.to_value())
    }
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "newsletter_delivery")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub issue: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub subscriber: Uuid,
    pub state: State,
    /// Which batch has it, or had it last.
    pub batch: Option<Uuid>,
    /// How often the relay asked to wait.
    pub attempts: i32,
    /// Not before that.
    pub run_at: DateTimeUtc,
    /// The relay's words, or those of a mail server's report, where there are any.
    #[sea_orm(column_type = "Text")]
    pub says: String,
    pub settled_at: Option<DateTimeUtc>,
    pub bounce: Bounce,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Delivery = Model;
