//! One agency in a closing, and what became different between two closings.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use super::Closing;
use crate::base::{App, fact, new_id, time};
use crate::duties::slot;
use crate::duties::standing::{self, Standing};
use crate::people::agency::brief::Known;
use crate::web::Error;

/// What is written of an agency that is not there yet.
const NONE: Uuid = Uuid::nil();

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "closing_line")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub closing: Uuid,
    /// In the order of the names.
    pub position: i32,
    pub slot: Uuid,
    pub agency: Uuid,
    /// As it was called then.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    pub outcome: Outcome,
    /// The answer that counts; None when there is none.
    pub answer: Option<Uuid>,
    /// 0 when there is none.
    pub answer_version: i32,
    /// Whether the first answer came in time.
    pub on_time: Option<bool>,
    /// The day of the answer that counts.
    pub answered_on: Option<Date>,
    /// Whether anybody of the agency ever signed in.
    pub signed_in: bool,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Line = Model;

/// Where the agency stood. Returned is not in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum Outcome {
    Accepted,
    /// Handed in, not yet looked at.
    Submitted,
    /// Sent back and not done again.
    Returned,
    /// Never handed in.
    Absent,
}

impl Outcome {
    /// Whether it counts as in.
    #[must_use]
    pub const fn is_in(self) -> bool {
        matches!(self, Self::Accepted | Self::Submitted)
    }

    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("closing-outcome-{}", self.to_value())
    }

    /// The mark of the design system's set of states.
    #[must_use]
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Accepted => "on-time",
            Self::Submitted => "waiting",
            Self::Returned => "returned",
            Self::Absent => "late",
        }
    }
}

impl Model {
    /// Whether nobody of the agency ever came: who answered did, whatever is known of their sessions.
    #[must_use]
    pub const fn never_came(&self) -> bool {
        !self.signed_in && self.answer.is_none()
    }

    /// The lines of a closing, by name.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, closing: Uuid) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Closing.eq(closing)).order_by_asc(Column::Position).all(on).await
    }
}

/// How a period stands now, as it would be written.
#[derive(Debug, Default)]
pub struct Lines {
    pub list: Vec<Line>,
    /// The slots that are not in, but with time left.
    pub with_time: HashSet<Uuid>,
    /// Until when the last of them has.
    pub open_until: Option<NaiveDate>,
}

/// Reads how a period stands on a day: six statements, whatever their number.
///
/// # Errors
/// The database failed.
pub async fn now(app: &App, on: &impl ConnectionTrait, duty: Uuid, period: &str, today: NaiveDate) -> Result<Lines, DbErr> {
    let known = Known::now(app).await?;
    let owed = slot::Entity::find().filter(slot::Column::Duty.eq(duty)).filter(slot::Column::Period.eq(period));
    let mut slots = owed.filter(slot::Column::VoidedOn.is_null()).all(on).await?;
    slots.sort_by_key(|slot| (known.rank(slot.agency), slot.id));
    let mut stories = standing::brief(on, &slots).await?;
    let seen = signed_in(on, slots.iter().map(|slot| slot.agency).collect()).await?;
    let mut lines = Lines::default();
    for (position, slot) in (1..).zip(slots) {
        let story = stories.remove(&slot.id).unwrap_or_default();
        let outcome = match story.standing(&slot, today) {
            Standing::Accepted => Outcome::Accepted,
            Standing::Submitted => Outcome::Submitted,
            Standing::Returned => Outcome::Returned,
            Standing::Open | Standing::Overdue | Standing::Void => Outcome::Absent,
        };
        if story.last().is_none() && today <= slot.in_time_until {
            lines.with_time.insert(slot.id);
            lines.open_until = lines.open_until.max(Some(slot.in_time_until));
        }
        let last = story.last();
        lines.list.push(Line {
            id: new_id(),
            closing: NONE,
            position,
            slot: slot.id,
            agency: slot.agency,
            name: known.get(&slot.agency).map(|agency| agency.name.clone()).unwrap_or_default(),
            outcome,
            answer: last.map(|answer| answer.id),
            answer_version: last.map_or(0, |answer| answer.version),
            on_time: story.is_on_time(&slot),
            answered_on: last.map(|answer| answer.on_day),
            signed_in: seen.contains(&slot.agency),
        });
    }
    Ok(lines)
}

/// A period as closing number `version` wrote it down, or as it stands now.
///
/// # Errors
/// Not found when there is no such closing; or the database failed.
pub async fn read(app: &App, duty: Uuid, period: &str, version: Option<i32>) -> Result<Vec<Line>, Error> {
    let Some(version) = version else {
        return Ok(now(app, &app.db, duty, period, time::local_date(app.clock.now())).await?.list);
    };
    let made = Closing::of(&app.db, duty, period).await?;
    let closing = made.iter().find(|one| one.version == version).ok_or(Error::NotFound)?;
    Ok(Line::of(&app.db, closing.id).await?)
}

/// The agencies of which somebody signed in at any time.
async fn signed_in(on: &impl ConnectionTrait, agencies: Vec<Uuid>) -> Result<HashSet<Uuid>, DbErr> {
    let seen: Vec<Uuid> = fact::Entity::find()
        .select_only()
        .column(fact::Column::Agency)
        .distinct()
        .filter(fact::Column::Kind.eq("SignedIn"))
        .filter(fact::Column::Agency.is_in(agencies))
        .into_tuple()
        .all(on)
        .await?;
    Ok(seen.into_iter().collect())
}

/// Writes the lines of a closing.
///
/// # Errors
/// The database failed.
pub(super) async fn write(on: &impl ConnectionTrait, closing: Uuid, lines: Vec<Line>) -> Result<(), DbErr> {
    let rows = lines.into_iter().map(|line| ActiveModel::from(Line { closing, ..line }));
    Entity::insert_many(rows).exec_without_returning(on).await.map(|_| ()) // recorded by Closing::make
}

/// What became of an agency from one closing to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// Was not in, is now.
    Arrived,
    /// Was in, is no longer: sent back.
    Returned,
    /// In by a newer version of the answer.
    Newer { from: i32, to: i32 },
    /// What was handed in is accepted now.
    Accepted,
    /// Not in before, nor now, but for another reason.
    Otherwise,
    /// Was not expected then.
    Added,
    /// Is expected no more.
    Gone,
}

impl Difference {
    /// The Fluent key of its words, which take `from` and `to`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Arrived => "closing-difference-arrived",
            Self::Returned => "closing-difference-returned",
            Self::Newer { .. } => "closing-difference-newer",
            Self::Accepted => "closing-difference-accepted",
            Self::Otherwise => "closing-difference-otherwise",
            Self::Added => "closing-difference-added",
            Self::Gone => "closing-difference-gone",
        }
    }
}

/// What differs from an earlier closing to a later one, in the order of the names.
#[must_use]
pub fn differences<'a>(before: &'a [Line], after: &'a [Line]) -> Vec<(&'a Line, Difference)> {
    let old: HashMap<Uuid, &Line> = before.iter().map(|line| (line.slot, line)).collect();
    let kept: HashSet<Uuid> = after.iter().map(|line| line.slot).collect();
    let changed = after.iter().filter_map(|line| {
        let difference = match old.get(&line.slot) {
            None => Some(Difference::Added),
            Some(old) => between(old, line),
        };
        Some((line, difference?))
    });
    let gone = before.iter().filter(|line| !kept.contains(&line.slot)).map(|line| (line, Difference::Gone));
    changed.chain(gone).collect()
}

fn between(old: &Line, new: &Line) -> Option<Difference> {
    match (old.outcome.is_in(), new.outcome.is_in()) {
        (false, true) => Some(Difference::Arrived),
        (true, false) => Some(Difference::Returned),
        (true, true) if old.answer_version != new.answer_version => {
            Some(Difference::Newer { from: old.answer_version, to: new.answer_version })
        }
        (true, true) => (old.outcome != new.outcome).then_some(Difference::Accepted),
        (false, false) => (old.outcome != new.outcome).then_some(Difference::Otherwise),
    }
}
