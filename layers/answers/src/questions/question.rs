//! A question: what somebody asked, masked, and where it stands now.

pub mod acting;
pub mod answering;
pub mod asking;
pub mod by_code;
pub mod code;
mod doing;
pub mod giving;
pub mod joining;
pub mod moving;
pub mod protecting;
pub mod public_words;

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::answer::Answer;
use super::setting::{self, Setting};
use super::step::Step;
use crate::base::{App, Role, Who};
use crate::web::Error;

/// Who reads every question, masked.
pub const OVERSEERS: &[Role] = &[Role::Coordinator, Role::Leader, Role::Auditor];

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "question")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What is kept of the code to follow it by, see [`code`].
    #[sea_orm(unique)]
    pub code_key: String,
    /// Of the press of the button, or of the message elsewhere, so that twice is once.
    #[sea_orm(unique)]
    pub key: String,
    pub channel: Channel,
    /// Its first words, masked.
    #[sea_orm(column_type = "Text")]
    pub title: String,
    /// What was asked, masked.
    #[sea_orm(column_type = "Text")]
    pub body: String,
    /// The body folded, to be searched.
    #[sea_orm(column_type = "Text")]
    pub words: String,
    /// Codes of `vietnamese::personal::Kind`, with commas: what is hidden in the body.
    pub hidden: String,
    pub asked_at: DateTimeUtc,
    pub state: State,
    /// The body it stands with; once it is over, the one it stood with last.
    pub holder: Uuid,
    /// When the clock runs out; None while it stands still.
    pub due_at: Option<DateTimeUtc>,
    /// How often it was passed on by a body that said it is not competent.
    pub bounces: i32,
    /// When it was answered last.
    pub answered_at: Option<DateTimeUtc>,
    /// Whether the first answer came in time.
    pub in_time: Option<bool>,
    /// The question that asks the same.
    pub joined_to: Option<Uuid>,
    /// Where the public reads it; None until an answer was published.
    pub slug: Option<String>,
    /// Whether the public reads it now.
    pub shown: bool,
    pub shown_at: Option<DateTimeUtc>,
    /// Who asked wants no publication.
    pub in_private: bool,
    /// 1 to 5.
    pub mark: Option<i32>,
    /// How often it was said that the answer does not solve it.
    pub reopened: i32,
    /// How who asked is told: `letter`, `zalo`, `telegram`, or empty for the page alone.
    pub told_by: String,
    /// The channel's account that it came by.
    pub account: Option<Uuid>,
    /// Who typed it in for somebody at the telephone.
    pub keyed_by: Option<Uuid>,
    pub closed_at: Option<DateTimeUtc>,
    /// Made up for the demo province.
    pub demo: bool,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Question = Model;

/// By which way it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
pub enum Channel {
    Web,
    Letter,
    Zalo,
    Telegram,
    /// Typed in by staff.
    Phone,
    Api,
    /// Handed over by the assistant.
    Assistant,
}

impl Channel {
    /// The word in data and facts.
    #[must_use]
    pub fn code(self) -> String {
        self.to_value()
    }

    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("question-channel-{}", self.to_value())
    }
}

/// Where a question stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
pub enum State {
    /// The coordinating body says whose it is; the clock runs.
    New,
    /// A body is at it; the clock runs.
    Open,
    /// Who asked is asked for more; the clock stands still.
    Asked,
    Answered,
    /// Another question asks the same; its answer is this one's.
    Joined,
    /// Closed because what was asked for was not supplied.
    Lapsed,
    Withdrawn,
    /// No question: advertisement, a trial, nothing to be answered.
    Dropped,
}

impl State {
    /// The word in addresses and data.
    #[must_use]
    pub fn code(self) -> String {
        self.to_value()
    }

    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("question-state-{}", self.to_value())
    }

    /// A body is to do something.
    #[must_use]
    pub const fn runs(self) -> bool {
        matches!(self, Self::New | Self::Open)
    }

    /// Nobody answers it any more.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Joined | Self::Lapsed | Self::Withdrawn | Self::Dropped)
    }
}

/// A question with all that decides what may be done with it.
#[derive(Clone, Debug)]
pub struct Whole {
    pub question: Question,
    /// First one first; the last one is where it stands.
    pub steps: Vec<Step>,
    pub answers: Vec<Answer>,
    pub setting: Setting,
    /// Since when a wish for more waits for its reply; None when none does.
    pub waits_since: Option<DateTimeUtc>,
}

impl Whole {
    /// The question with that id.
    ///
    /// # Errors
    /// [`Error::NotFound`], or the database failed.
    pub async fn find(on: &impl ConnectionTrait, id: Uuid) -> Result<Self, Error> {
        let question = Entity::find_by_id(id).one(on).await?.ok_or(Error::NotFound)?;
        Self::of(on, question).await
    }

    /// With what belongs to it.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, question: Question) -> Result<Self, Error> {
        let setting = setting::Entity::find().one(on).await?.ok_or_else(|| anyhow::anyhow!("questions have no setting"))?;
        let waits_since = match question.state {
            State::Asked => super::entry::waits_since(on, &[question.id]).await?.remove(&question.id),
            _ => None,
        };
        let (steps, answers) = (Step::of(on, question.id).await?, Answer::of(on, question.id).await?);
        Ok(Self { steps, answers, setting, waits_since, question })
    }

    /// The question, when the person may see it; to others it is not there, and that they asked is noted.
    ///
    /// # Errors
    /// Not found, hidden, or the database failed.
    pub async fn find_for(app: &App, who: &Who, id: Uuid) -> Result<Self, Error> {
        let whole = Self::find(&app.db, id).await?;
        if whole.is_seen_by(who) { Ok(whole) } else { Err(Error::Hidden(id)) }
    }

    fn is_seen_by(&self, who: &Who) -> bool {
        let own = |agency: Uuid| who.agency == Some(agency);
        sees_all(who, &self.setting) || own(self.question.holder) || self.steps.iter().any(|step| own(step.agency))
    }

    /// The step it stands at.
    ///
    /// # Errors
    /// There is none, which asking does not let happen.
    pub fn step(&self) -> Result<&Step, Error> {
        self.steps.last().ok_or_else(|| anyhow::anyhow!("question {} has no step", self.question.id).into())
    }

    /// Whether the person may read it as it was written: who works on it at the body that has it.
    #[must_use]
    pub fn opens_original(&self, who: &Who) -> bool {
        crate::cases::case::acts_for(who, self.question.holder)
    }

    /// The answer that was given last.
    #[must_use]
    pub fn given(&self) -> Option<&Answer> {
        self.answers.iter().rev().find(|answer| answer.state == super::answer::State::Given)
    }

    /// The answers that were given before it, the latest first.
    #[must_use]
    pub fn earlier(&self) -> Vec<&Answer> {
        self.answers.iter().rev().filter(|answer| answer.state == super::answer::State::Given).skip(1).collect()
    }

    /// Whether an answer of the body it stands with waits for its approver; what another body had written waits for nobody, and neither
    /// does what was written to a question that is over.
    #[must_use]
    pub fn waits(&self) -> bool {
        let is_it = |one: &Answer| one.state == super::answer::State::Waiting && one.agency == self.question.holder;
        !self.question.state.is_over() && self.coming().is_some_and(is_it)
    }

    /// The answer that is being written, or waits for its approver.
    #[must_use]
    pub fn coming(&self) -> Option<&Answer> {
        self.answers.last().filter(|answer| answer.state != super::answer::State::Given)
    }
}

/// Whether the person reads all questions: overseers, and who works at the coordinating body.
#[must_use]
pub fn sees_all(who: &Who, setting: &Setting) -> bool {
    who.is_any(OVERSEERS) || who.agency == Some(setting.agency)
}

impl Model {
    /// Where the desk works on it.
    #[must_use]
    pub fn desk_path(id: Uuid) -> String {
        format!("/desk/questions/{id}")
    }

    /// Where the public reads it; empty while nowhere.
    #[must_use]
    pub fn public_path(&self) -> String {
        self.slug.as_ref().map(|slug| format!("/hoi-dap/cau-hoi/{slug}")).unwrap_or_default()
    }

    /// Whether its answer holds.
    #[must_use]
    pub fn is_answered(&self) -> bool {
        self.state == State::Answered
    }

    /// Its code, to follow it by.
    ///
    /// # Errors
    /// The installation's key can not be read.
    pub fn code(&self, app: &App) -> anyhow::Result<String> {
        code::of(app, self.id)
    }

    /// The published question at that address.
    ///
    /// # Errors
    /// Not found, or the database failed.
    pub async fn published(on: &impl ConnectionTrait, slug: &str) -> Result<Self, Error> {
        shown().filter(Column::Slug.eq(slug)).one(on).await?.ok_or(Error::NotFound)
    }

    /// The questions that were joined to this one, earliest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn joined(on: &impl ConnectionTrait, to: Uuid) -> Result<Vec<Self>, DbErr> {
        let joined = Entity::find().filter(Column::JoinedTo.eq(to)).filter(Column::State.eq(State::Joined));
        joined.order_by_asc(Column::AskedAt).all(on).await
    }
}

/// What the public reads now: what was answered, and what is looked at again.
#[must_use]
pub fn shown() -> Select<Entity> {
    let there = [State::Answered, State::New, State::Open, State::Asked];
    Entity::find().filter(Column::Shown.eq(true)).filter(Column::Slug.is_not_null()).filter(Column::State.is_in(there))
}

/// Those of them whose answer holds: what is looked at again answers nobody.
#[must_use]
pub fn valid() -> Select<Entity> {
    shown().filter(Column::State.eq(State::Answered))
}
