//! A case: what an agency raised, and where it stands now.

pub mod acting;
pub mod moving;
pub mod raising;

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::entry::Entry;
use super::rung::Rung;
use super::step::{self, Step};
use crate::base::{App, Role, Who};
use crate::people::agency::brief::Known;
use crate::web::Error;

/// Who reads every case.
pub const OVERSEERS: &[Role] = &[Role::Coordinator, Role::Leader, Role::Auditor];

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_file")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: Kind,
    /// Of the press of the button, so that pressing twice raises it once.
    #[sea_orm(unique)]
    pub key: String,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    #[sea_orm(column_type = "Text")]
    pub difficulty: String,
    #[sea_orm(column_type = "Text")]
    pub proposal: String,
    /// Title and difficulty folded, to be searched.
    #[sea_orm(column_type = "Text")]
    pub words: String,
    /// The slot it hinders.
    pub slot: Option<Uuid>,
    /// Who raised it.
    pub agency: Uuid,
    pub person: Option<Uuid>,
    pub raised_at: DateTimeUtc,
    pub state: State,
    /// The body it stands with; once it is over, the one it stood with last.
    pub holder: Uuid,
    /// When the clock runs out; None while it stands still.
    pub due_at: Option<DateTimeUtc>,
    /// How often it was passed on sideways.
    pub bounces: i32,
    pub closed_at: Option<DateTimeUtc>,
    /// Made up for the demo province.
    pub demo: bool,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Case = Model;

/// What sort of case: each has its own ladder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
pub enum Kind {
    /// Khó khăn, vướng mắc của cơ quan.
    Difficulty,
}

impl Kind {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("case-kind-{}", self.to_value())
    }
}

/// Where a case stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
pub enum State {
    /// A body is at it; the clock runs.
    Open,
    /// Who raised it is asked for more; the clock stands still.
    Asked,
    /// Answered; who raised it says whether that settles it.
    Answered,
    Solved,
    Withdrawn,
    /// Closed because what was asked for was not supplied.
    Lapsed,
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
        format!("case-state-{}", self.to_value())
    }

    /// Nothing more happens.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Solved | Self::Withdrawn | Self::Lapsed)
    }
}

/// A case with all that decides what may be done with it.
#[derive(Clone, Debug)]
pub struct Whole {
    pub case: Case,
    /// First one first; the last one is where it stands.
    pub steps: Vec<Step>,
    pub ladder: Vec<Rung>,
    /// Since when a question waits for its reply; None when none does.
    pub asked_at: Option<DateTimeUtc>,
}

impl Whole {
    /// The case with that id.
    ///
    /// # Errors
    /// [`Error::NotFound`], or the database failed.
    pub async fn find(on: &impl ConnectionTrait, id: Uuid) -> Result<Self, Error> {
        let case = Entity::find_by_id(id).one(on).await?.ok_or(Error::NotFound)?;
        let asked_at = match case.state {
            State::Asked => Entry::asked_at(on, &[id]).await?.remove(&id),
            _ => None,
        };
        Ok(Self { steps: Step::of(on, id).await?, ladder: Rung::ladder(on, case.kind).await?, asked_at, case })
    }

    /// The case, when the person may see it; to others it is not there, and that they asked is noted.
    ///
    /// # Errors
    /// Not found, hidden, or the database failed.
    pub async fn find_for(app: &App, who: &Who, id: Uuid) -> Result<Self, Error> {
        let whole = Self::find(&app.db, id).await?;
        if whole.is_seen_by(who) { Ok(whole) } else { Err(Error::Hidden(id)) }
    }

    fn is_seen_by(&self, who: &Who) -> bool {
        let own = |agency: Uuid| who.agency == Some(agency);
        sees_all(who, &self.ladder) || own(self.case.agency) || self.steps.iter().any(|step| own(step.agency))
    }

    /// The step it stands at.
    ///
    /// # Errors
    /// There is none, which raising does not let happen.
    pub fn step(&self) -> Result<&step::Model, Error> {
        self.steps.last().ok_or_else(|| anyhow::anyhow!("case {} has no step", self.case.id).into())
    }
}

/// Whether the person reads all cases of that ladder: overseers, and the bodies on the ladder, which are told of what is
/// overdue below them.
#[must_use]
pub fn sees_all(who: &Who, ladder: &[Rung]) -> bool {
    who.is_any(OVERSEERS) || who.agency.is_some_and(|own| ladder.iter().any(|rung| rung.agency == own))
}

/// Whether the person acts for that body in cases.
#[must_use]
pub fn acts_for(who: &Who, agency: Uuid) -> bool {
    let within = [Role::Officer, Role::Reviewer, Role::Approver];
    who.agency == Some(agency)
        && (within.iter().any(|role| who.is_in(*role, agency)) || who.is_any(&[Role::Coordinator, Role::Leader]))
}

/// Whether a body exists that day.
#[must_use]
pub fn is_open(agencies: &Known, agency: Uuid, today: NaiveDate) -> bool {
    agencies.get(&agency).is_some_and(|body| body.open_from <= today && body.closed_on.is_none_or(|last| today <= last))
}

impl Model {
    /// Where the desk works on it.
    #[must_use]
    pub fn desk_path(id: Uuid) -> String {
        format!("/desk/cases/{id}")
    }
}
