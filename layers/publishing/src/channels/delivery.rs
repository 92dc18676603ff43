//! A delivery: one piece on its way to one account. The rows are the queue.
//!
//! ```text
//!                 approved                its time came          the next call can not be taken back
//!     planned ──────────────► queued ──(lease, token, check)──────────────► sending
//!        ▲  ▲                 │  ▲ ▲                                           │
//!        │  └──withdrawn──────┤  │ └─────── refused, and it passes ────────────┤
//!        │                    ▼  │ a person, or the account goes on            ├──► confirmed ──retracted by a person──► retracted
//!        └──withdrawn─────── held                                              ├──► accepted ──status──► confirmed │ failed │ unknown
//!                             │  the account stopped, its time was missed,     ├──► failed        certainly not there: a person may send again
//!                             ▼  the article was corrected                     └──► unknown       nobody can tell: it is never sent again by itself
//!                           failed                                                     │
//!                                                     looked up, or a person says ─────┴──► confirmed │ failed │ queued (a person, with a reason)
//! ```
//!
//! Three promises. *Nobody twice*: `sending` is on disk before the call that publishes, a row found there by anybody but its sender
//! is unknown, and from unknown only a person leads back to the queue. *Nobody lost*: every state has a time at which the chore looks
//! at it again, or stands on somebody's list. *Nobody in the way*: see [`super::sending`].
//!
//! To edit and to retract are other calls: twice the same leaves what once left. So they may be repeated, and are an errand of a
//! confirmed row rather than states.

pub mod asking;
pub mod deciding;
pub mod heard;
pub mod holding;
pub mod journal;
pub mod moving;
pub mod part;
pub mod resolving;
pub mod settling;
pub mod step;

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::broadcasting;
use crate::base::{App, By, new_id};
use crate::web::{Error, Locale};

pub use part::Part;

/// Where a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum State {
    /// Written, not approved; or withdrawn before it went.
    Planned,
    /// Goes out at its time.
    Queued,
    /// The call that can not be taken back is being made.
    Sending,
    /// The platform has it and works on it.
    Accepted,
    Confirmed,
    /// Certainly not there.
    Failed,
    /// It may be there.
    Unknown,
    /// Waits for a person, or for its account.
    Held,
    Retracted,
}

impl State {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("channel-delivery-{}", self.to_value())
    }

    /// The mark of the interface.
    #[must_use]
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Planned => "draft",
            Self::Queued => "soon",
            Self::Sending | Self::Accepted => "waiting",
            Self::Confirmed => "issued",
            Self::Failed => "late",
            Self::Unknown => "unknown",
            Self::Held => "returned",
            Self::Retracted => "superseded",
        }
    }

    /// The whole machine: what may follow what. A write that is not in it is a mistake of ours, and is refused.
    #[must_use]
    pub const fn may_become(self, to: Self) -> bool {
        use State::{Accepted, Confirmed, Failed, Held, Planned, Queued, Retracted, Sending, Unknown};
        match self {
            Planned => matches!(to, Queued | Held),
            // `confirmed`: the answer to an earlier attempt came after a person had decided.
            Queued => matches!(to, Queued | Sending | Held | Failed | Planned | Confirmed),
            Held => matches!(to, Held | Queued | Failed | Planned | Confirmed),
            Sending => matches!(to, Sending | Confirmed | Accepted | Failed | Unknown | Queued | Held),
            Accepted => matches!(to, Accepted | Confirmed | Failed | Unknown),
            Unknown => matches!(to, Unknown | Confirmed | Accepted | Failed | Queued | Held),
            Failed => matches!(to, Queued | Held | Confirmed),
            Confirmed => matches!(to, Confirmed | Retracted),
            Retracted => false,
        }
    }

    /// Whether people may see it there, for all we know.
    #[must_use]
    pub const fn may_be_out(self) -> bool {
        matches!(self, Self::Sending | Self::Accepted | Self::Confirmed | Self::Unknown)
    }
}

/// Why it stands where it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
pub enum Why {
    #[default]
    #[sea_orm(string_value = "")]
    None,
    // What a platform says: `platforms::Why`.
    Rate,
    Quota,
    Token,
    Permission,
    Blocked,
    Content,
    Media,
    Unavailable,
    Gone,
    Protocol,
    // What we say.
    /// It does not fit (any more): looked at before anything was sent.
    Preflight,
    /// The account's settings or secrets can not be read.
    Settings,
    AccountPaused,
    AccountDead,
    /// Its time was over when it was found.
    Missed,
    /// The article was corrected after the approval.
    Corrected,
    /// The database was restored: whether it went out is not known in it.
    Restored,
    /// A person said that it shall not go.
    Dropped,
    /// Whoever sent it was interrupted.
    Interrupted,
    /// The line broke, or the answer made no sense.
    Cut,
    /// Looked up for a day in vain.
    Silent,
    /// An earlier attempt turned out to be there, too.
    Twice,
    /// The article that was to be broadcast is not out.
    NoArticle,
    /// A person said so.
    Person,
}

impl Why {
    /// The Fluent key of its words: what is the matter, and what to do.
    #[must_use]
    pub fn key(self) -> String {
        format!("channel-why-{}", self.to_value().replace('_', "-"))
    }
}

/// What is to be done with a copy that is out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(8))", rename_all = "snake_case")]
pub enum Errand {
    #[default]
    #[sea_orm(string_value = "")]
    None,
    Edit,
    Retract,
}

/// Where the words come from. What is not a person's is not sent before a person confirmed it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(8))", rename_all = "snake_case")]
pub enum Origin {
    /// Cut from the article by rule.
    #[default]
    Lead,
    Person,
    /// Suggested by a model.
    Model,
}

impl Origin {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("channel-origin-{}", self.to_value())
    }
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "channel_delivery")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub piece: Uuid,
    /// An account gets each part of a piece once.
    pub account: Uuid,
    pub part: Part,
    /// The piece's.
    pub agency: Uuid,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    #[sea_orm(column_type = "Text")]
    pub text: String,
    #[sea_orm(column_type = "Text")]
    pub link: String,
    /// Assets of the library, as a JSON list of ids.
    #[sea_orm(column_type = "Text")]
    pub media: String,
    pub origin: Origin,
    /// Who wrote the words, or took them over as suggested.
    pub confirmed_by: Option<Uuid>,
    pub state: State,
    pub errand: Errand,
    /// What a person should do about a copy that is out: its article was corrected or is gone.
    pub wanted: Errand,
    /// When it was to go out, as approved.
    pub due_at: Option<DateTimeUtc>,
    /// When it is looked at next; None when nothing happens by itself.
    pub run_at: Option<DateTimeUtc>,
    /// When its being due was first seen: later than `run_at` by an outage.
    pub found_at: Option<DateTimeUtc>,
    pub leased_until: Option<DateTimeUtc>,
    /// Attempts to publish since a person last decided.
    pub attempts: i32,
    /// How often its outcome was asked for.
    pub asked: i32,
    /// When the call that publishes was made.
    pub sent_at: Option<DateTimeUtc>,
    /// By which the platform can be asked.
    #[sea_orm(column_type = "Text")]
    pub handle: String,
    #[sea_orm(column_type = "Text")]
    pub external_id: String,
    /// Where people see it.
    #[sea_orm(column_type = "Text")]
    pub address: String,
    pub why: Why,
    /// The platform's words.
    #[sea_orm(column_type = "Text")]
    pub says: String,
    pub settled_at: Option<DateTimeUtc>,
    /// When the platform last confirmed that the copy was edited.
    pub edited_at: Option<DateTimeUtc>,
    /// When a person said that the copy may stay as it is, though its article was corrected or is gone.
    pub stands_at: Option<DateTimeUtc>,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Delivery = Model;

impl Model {
    /// A new one, with nothing in it yet.
    #[must_use]
    pub fn planned(piece: &super::Piece, account: Uuid) -> Self {
        Self {
            id: new_id(),
            piece: piece.id,
            account,
            part: Part::Whole,
            agency: piece.agency,
            title: String::new(),
            text: String::new(),
            link: String::new(),
            media: "[]".into(),
            origin: Origin::Lead,
            confirmed_by: None,
            state: State::Planned,
            errand: Errand::None,
            wanted: Errand::None,
            due_at: None,
            run_at: None,
            found_at: None,
            leased_until: None,
            attempts: 0,
            asked: 0,
            sent_at: None,
            handle: String::new(),
            external_id: String::new(),
            address: String::new(),
            why: Why::None,
            says: String::new(),
            settled_at: None,
            edited_at: None,
            stands_at: None,
            version: 1,
        }
    }

    /// Those of a piece, as they were added.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, piece: Uuid) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Piece.eq(piece)).order_by_asc(Column::Id).all(on).await
    }

    /// The library's files that go with it.
    #[must_use]
    pub fn media(&self) -> Vec<Uuid> {
        serde_json::from_str(&self.media).unwrap_or_default()
    }

    /// Whether its words wait for a person's word.
    #[must_use]
    pub fn is_unconfirmed(&self) -> bool {
        self.origin != Origin::Person && self.confirmed_by.is_none()
    }

    /// Whether all there is to do is to ask: questions change nothing over there.
    #[must_use]
    pub fn is_question(&self) -> bool {
        matches!(self.state, State::Accepted | State::Unknown) || self.is_edit_asked()
    }

    /// Whether the platform took an edit and works on it: its handle is known.
    #[must_use]
    pub fn is_edit_asked(&self) -> bool {
        self.state == State::Confirmed && self.errand == Errand::Edit && !self.handle.is_empty()
    }

    /// Why it stands where it stands, in words; empty when there is nothing to say.
    #[must_use]
    pub fn reason(&self, l: Locale) -> String {
        if self.why == Why::None { String::new() } else { l.t(&self.why.key()) }
    }

    /// The row in another state: settled, leased by nobody, nothing to be done by itself.
    #[must_use]
    pub fn settled(self, app: &App, state: State, why: Why, says: impl Into<String>) -> Self {
        let now = app.clock.now();
        Self { state, why, says: says.into(), run_at: None, leased_until: None, settled_at: Some(now), ..self }
    }

    /// The row in the queue, to go out at that moment.
    #[must_use]
    pub fn queued(self, at: DateTimeUtc) -> Self {
        let before = Self { why: Why::None, says: String::new(), settled_at: None, leased_until: None, found_at: None, ..self };
        Self { state: State::Queued, run_at: Some(at), ..before }
    }

    /// Writes the row as it is now where it still is what was seen, with the step that it took. Every change of a delivery that was
    /// approved comes by here or by [`moving`].
    ///
    /// # Errors
    /// Stale when somebody was quicker; a change that is none of the machine's; or the database failed.
    pub(super) async fn put(self, app: &App, on: &impl ConnectionTrait, seen: &Self, by: &By) -> Result<Self, Error> {
        if !seen.state.may_become(self.state) {
            return Err(Error::Internal(anyhow::anyhow!("a delivery can not become {:?} from {:?}", self.state, seen.state)));
        }
        let now = Self { version: seen.version + 1, ..self };
        let row = ActiveModel::from(now.clone()).reset_all();
        let same = Entity::update_many().set(row).filter(Column::Id.eq(seen.id)).filter(Column::Version.eq(seen.version));
        if same.exec(on).await?.rows_affected == 0 {
            return Err(Error::Stale);
        }
        if seen.state != now.state || seen.errand != now.errand || seen.wanted != now.wanted || seen.why != now.why {
            step::add(app, on, seen.state, &now, by).await?; // recorded by the step; facts tell of what people want to know
        }
        if seen.state != now.state {
            broadcasting::follow(app, on, &now).await?;
        }
        Ok(now)
    }
}

#[cfg(test)]
mod unit {
    use sea_orm::Iterable;

    use super::State;

    #[test]
    fn nothing_but_a_person_leads_back_from_where_it_may_be_out() {
        // `queued` after `sending` is a certain refusal, after `unknown` a person's word; see settling and resolving.
        for from in State::iter().filter(|one| one.may_be_out()) {
            assert!(!from.may_become(State::Planned), "{from:?}");
            let back = from.may_become(State::Queued);
            assert_eq!(back, matches!(from, State::Sending | State::Unknown), "{from:?}");
        }
        assert!(State::iter().all(|to| !State::Retracted.may_become(to)), "what is gone stays gone");
        assert!(State::iter().all(|from| from == State::Sending || from == State::Queued || !from.may_become(State::Sending)));
    }
}
