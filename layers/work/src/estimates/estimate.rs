//! An estimate: one agency, one year, under one plan of the province.

pub mod appraising;
pub mod approving;
pub mod figures;
pub mod line;
pub mod returning;
pub mod spending;
pub mod submitting;
pub mod typed;
pub mod writing;

use std::collections::HashMap;

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use crate::base::{App, Role, Who};
use crate::estimates::rollup;
use crate::people::agency::brief::Known;
use crate::web::Error;

pub use line::Line;
pub use submitting::submission::{self, Submission};

/// Who reads the estimates of every agency, once they were submitted.
pub const OVER_ALL: &[Role] = &[Role::Coordinator, Role::Leader, Role::Auditor, Role::Finance];

/// Where it is on its way; see the drawing in [`crate::estimates`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
pub enum State {
    Draft,
    Submitted,
    Appraised,
    Approved,
    /// Every line says what was spent.
    Spent,
}

impl State {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("estimate-state-{}", self.to_value())
    }

    /// The mark of the design system's set of states.
    #[must_use]
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted | Self::Appraised => "waiting",
            Self::Approved => "issued",
            Self::Spent => "on-time",
        }
    }
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "estimate")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub plan: Uuid,
    pub agency: Uuid,
    pub year: i32,
    pub state: State,
    /// Number and sign of the decision that approved it; empty before.
    pub decision_number: String,
    pub decision_on: Option<Date>,
    pub created_by: Uuid,
    pub created_at: DateTimeUtc,
    /// Who appraised it last: they do not approve it.
    pub appraised_by: Option<Uuid>,
    pub changed_at: Option<DateTimeUtc>,
    /// Counts every change up; whoever saw an older one is told.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Estimate = Model;

impl Model {
    /// The estimate, when the person may see it: their own agency's, or a submitted one for who looks over everything. To
    /// others it is not there, and that they asked is noted.
    ///
    /// # Errors
    /// Not found, hidden, or the database failed.
    pub async fn find_for(on: &impl ConnectionTrait, who: &Who, id: Uuid) -> Result<Self, Error> {
        let estimate = Entity::find_by_id(id).one(on).await?.ok_or(Error::NotFound)?;
        if who.agency == Some(estimate.agency) {
            return Ok(estimate);
        }
        let was_submitted = estimate.state != State::Draft || !Submission::of(on, id).await?.is_empty();
        if who.is_any(OVER_ALL) && was_submitted { Ok(estimate) } else { Err(Error::Hidden(id)) }
    }

    /// Those of an agency, the latest year first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, agency: Uuid) -> Result<Vec<Self>, DbErr> {
        let own = Entity::find().filter(Column::Agency.eq(agency));
        own.order_by_desc(Column::Year).order_by_desc(Column::CreatedAt).all(on).await
    }

    /// Those of a year under a plan of the province.
    ///
    /// # Errors
    /// The database failed.
    pub async fn in_year(on: &impl ConnectionTrait, plan: Uuid, year: i32) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Plan.eq(plan)).filter(Column::Year.eq(year)).all(on).await
    }

    /// Those under a plan of the province, of every year.
    ///
    /// # Errors
    /// The database failed.
    pub async fn under(on: &impl ConnectionTrait, plan: Uuid) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Plan.eq(plan)).order_by_asc(Column::Year).all(on).await
    }

    /// Officers and approvers of the agency write it.
    #[must_use]
    pub fn is_written_by(&self, who: &Who) -> bool {
        crate::duties::held::may_write(who, self.agency)
    }

    /// The finance body appraises what another agency asks for.
    #[must_use]
    pub fn is_appraised_by(&self, who: &Who) -> bool {
        who.is(Role::Finance) && who.agency != Some(self.agency)
    }

    /// Who decides, of another agency, and not who appraised.
    #[must_use]
    pub fn is_approved_by(&self, who: &Who) -> bool {
        who.is_any(&[Role::Coordinator, Role::Leader, Role::Finance])
            && who.agency != Some(self.agency)
            && self.appraised_by != Some(who.person)
    }

    /// The estimate that a fact is about, and what it is called in a notice.
    ///
    /// # Errors
    /// Not there, or the database failed.
    pub async fn told_of(app: &App, id: Uuid) -> anyhow::Result<(Self, String)> {
        let estimate = Entity::find_by_id(id).one(&app.db).await?.ok_or_else(|| anyhow::anyhow!("no estimate {id}"))?;
        let agencies = Known::now(app).await?;
        let agency = agencies.get(&estimate.agency).map(|agency| agency.short_name.as_str()).unwrap_or_default();
        let name = format!("{agency}, {}", estimate.year);
        Ok((estimate, name))
    }

    /// Where the desk works on it.
    #[must_use]
    pub fn desk_path(id: Uuid) -> String {
        format!("/desk/estimates/{id}")
    }
}

/// The lines that count: those of estimates that lie with the finance body or further on. A draft, and what was sent
/// back, is nobody's but the agency's.
///
/// # Errors
/// The database failed.
pub async fn counted(on: &impl ConnectionTrait, estimates: &[Estimate]) -> Result<Vec<rollup::Line>, DbErr> {
    let counting: HashMap<Uuid, &Estimate> =
        estimates.iter().filter(|one| one.state != State::Draft).map(|one| (one.id, one)).collect();
    let ids: Vec<Uuid> = counting.keys().copied().collect();
    let lines = Line::of(on, &ids).await?;
    let counted = |line: &Line| counting.get(&line.estimate).map(|of| line.counted(of.agency, of.year));
    Ok(lines.iter().filter_map(counted).collect())
}
