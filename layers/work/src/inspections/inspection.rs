//! An inspection: what is looked into, by which decision, when, under whose lead.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::visit::{self, Visit};
use crate::base::{App, Role, Who, time};
use crate::cases::case::{acts_for, is_open};
use crate::people::agency::brief::Known;
use crate::web::Error;

/// Who reads every inspection.
pub const OVERSEERS: &[Role] = &[Role::Coordinator, Role::Leader, Role::Auditor];

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "inspection")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Of the press of the button, so that pressing twice plans it once.
    #[sea_orm(unique)]
    pub key: String,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    /// Number of the decision, e.g. `12/QĐ-SKHCN`; empty while there is none.
    pub decision: String,
    pub decided_on: Option<Date>,
    /// Both days included.
    pub from_on: Date,
    pub until_on: Date,
    /// The body that inspects.
    pub leader: Uuid,
    pub person: Option<Uuid>,
    pub planned_at: DateTimeUtc,
    /// Made up for the demo province.
    pub demo: bool,
    /// From then on nothing of it is owed.
    pub withdrawn_at: Option<DateTimeUtc>,
    pub withdrawn_by: Option<Uuid>,
    /// Empty while it stands.
    #[sea_orm(column_type = "Text")]
    pub withdrawn_why: String,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Inspection = Model;

/// Where an inspection stands: a function of its days and visits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Its first day is still to come.
    Planned,
    Running,
    /// Its last day has passed and a conclusion is missing.
    Late,
    /// Every conclusion is published.
    Concluded,
    /// Taken back.
    Withdrawn,
}

impl Standing {
    /// The Fluent key of its name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Planned => "inspection-planned",
            Self::Running => "inspection-running",
            Self::Late => "inspection-late",
            Self::Concluded => "inspection-concluded",
            Self::Withdrawn => "inspection-withdrawn",
        }
    }

    /// The mark of the design system's set of states.
    #[must_use]
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Planned => "open",
            Self::Running => "waiting",
            Self::Late => "late",
            Self::Concluded => "issued",
            Self::Withdrawn => "superseded",
        }
    }
}

impl Model {
    /// Where it stands on a day, with so many visits of which so many are published.
    #[must_use]
    pub fn standing(&self, visits: usize, published: usize, today: NaiveDate) -> Standing {
        match () {
            () if self.is_withdrawn() => Standing::Withdrawn,
            () if visits > 0 && visits == published => Standing::Concluded,
            () if today < self.from_on => Standing::Planned,
            () if today <= self.until_on => Standing::Running,
            () => Standing::Late,
        }
    }

    /// Whether it was taken back.
    #[must_use]
    pub const fn is_withdrawn(&self) -> bool {
        self.withdrawn_at.is_some()
    }

    /// Whether the person reads all of it.
    #[must_use]
    pub fn is_seen_by(&self, who: &Who) -> bool {
        who.is_any(OVERSEERS) || who.agency == Some(self.leader)
    }

    /// Whether the person acts for the body that inspects; for one that was closed the coordinator does.
    #[must_use]
    pub fn is_led_by(&self, who: &Who, agencies: &Known, today: NaiveDate) -> bool {
        speaks_for(who, self.leader, agencies, today)
    }

    /// Whether the person publishes its conclusions and may take it back: of the body that inspects, whoever looks over or
    /// decides, and no plain officer.
    #[must_use]
    pub fn is_decided_by(&self, who: &Who, agencies: &Known, today: NaiveDate) -> bool {
        let decides = [Role::Reviewer, Role::Approver].iter().any(|role| who.is_in(*role, self.leader));
        self.is_led_by(who, agencies, today) && (decides || who.is_any(&[Role::Coordinator, Role::Leader]))
    }

    /// The inspection, when the person may read all of it; to others it is not there, and that they asked is noted.
    ///
    /// # Errors
    /// Not found, hidden, or the database failed.
    pub async fn find_for(app: &App, who: &Who, id: Uuid) -> Result<Self, Error> {
        let inspection = Entity::find_by_id(id).one(&app.db).await?.ok_or(Error::NotFound)?;
        if inspection.is_seen_by(who) { Ok(inspection) } else { Err(Error::Hidden(id)) }
    }

    /// The visit to an agency with its inspection, when the person may see it: who inspects and who oversees always, the
    /// inspected agency once the conclusion is published.
    ///
    /// # Errors
    /// Not found, hidden, or the database failed.
    pub async fn visit_for(app: &App, who: &Who, id: Uuid, agency: &str) -> Result<(Self, Visit), Error> {
        let inspection = Entity::find_by_id(id).one(&app.db).await?.ok_or(Error::NotFound)?;
        let known = Known::now(app).await?;
        let agency = known.values().find(|one| one.slug == agency).map(|one| one.id);
        let visit = match agency {
            Some(agency) => Visit::at(&app.db, id, agency).await?,
            None => None,
        };
        let Some(visit) = visit else {
            return Err(if inspection.is_seen_by(who) { Error::NotFound } else { Error::Hidden(id) });
        };
        let own = who.agency == Some(visit.agency) && visit.published_at.is_some();
        if own || inspection.is_seen_by(who) { Ok((inspection, visit)) } else { Err(Error::Hidden(id)) }
    }

    /// Where the desk works on it.
    #[must_use]
    pub fn desk_path(id: Uuid) -> String {
        format!("/desk/inspections/{id}")
    }

    /// Where the desk works on the visit to that agency.
    #[must_use]
    pub fn visit_path(id: Uuid, slug: &str) -> String {
        format!("/desk/inspections/{id}/visits/{slug}")
    }

    /// Its visits.
    ///
    /// # Errors
    /// The database failed.
    pub async fn visits(on: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Visit>, DbErr> {
        visit::Entity::find().filter(visit::Column::Inspection.is_in(ids.iter().copied())).all(on).await
    }
}

/// Whether the person acts for that body; for one that was closed the coordinator does.
#[must_use]
pub fn speaks_for(who: &Who, body: Uuid, agencies: &Known, today: NaiveDate) -> bool {
    if is_open(agencies, body, today) { acts_for(who, body) } else { who.is(Role::Coordinator) }
}

/// `2/3/2026 – 6/3/2026`, or one day.
#[must_use]
pub fn span(from: NaiveDate, until: NaiveDate) -> String {
    if from == until { time::day(from) } else { format!("{} – {}", time::day(from), time::day(until)) }
}
