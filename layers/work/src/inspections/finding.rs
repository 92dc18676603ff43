//! A finding: what is wrong, the remedy asked for, and by when. Where it stands follows from what was said to it last.

use chrono::NaiveDate;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::reply::{self, Reply};

/// Due within so many days is "soon".
pub const SOON_DAYS: i64 = 7;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "inspection_finding")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub visit: Uuid,
    /// The item that was not met; None for a finding by itself.
    pub item: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    pub text: String,
    /// What the agency is to do.
    #[sea_orm(column_type = "Text")]
    pub remedy: String,
    /// The first date set; a re-check may set a later one.
    pub due_on: Date,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Finding = Model;

/// A finding with what was said to it, first one first.
#[derive(Clone, Debug)]
pub struct Followed {
    pub finding: Finding,
    pub replies: Vec<Reply>,
    /// Its inspection was withdrawn.
    pub dropped: bool,
}

/// Where a finding stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// The agency is to remedy it.
    Open,
    /// As before, and the day has passed.
    Overdue,
    /// The agency says that it did; nobody has looked yet.
    Answered,
    Remedied,
    /// The inspection was withdrawn: nothing is owed.
    Dropped,
}

impl Standing {
    /// The Fluent key of its name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Open => "finding-open",
            Self::Overdue => "finding-overdue",
            Self::Answered => "finding-answered",
            Self::Remedied => "finding-remedied",
            Self::Dropped => "finding-dropped",
        }
    }

    /// Whether the agency still has something to do.
    #[must_use]
    pub const fn is_owed(self) -> bool {
        matches!(self, Self::Open | Self::Overdue)
    }
}

impl Followed {
    /// The day that holds now.
    #[must_use]
    pub fn due_on(&self) -> NaiveDate {
        self.replies.iter().rev().find_map(|reply| reply.due_on).unwrap_or(self.finding.due_on)
    }

    /// Where it stands on a day (Vietnam time).
    #[must_use]
    pub fn standing(&self, today: NaiveDate) -> Standing {
        match self.replies.last().map(|last| last.kind) {
            _ if self.dropped => Standing::Dropped,
            Some(reply::Kind::Remedied) => Standing::Remedied,
            Some(reply::Kind::Remedy) => Standing::Answered,
            None | Some(reply::Kind::NotYet) if today > self.due_on() => Standing::Overdue,
            None | Some(reply::Kind::NotYet) => Standing::Open,
        }
    }

    /// The mark of the design system's set of states.
    #[must_use]
    pub fn mark(&self, today: NaiveDate) -> &'static str {
        match self.standing(today) {
            Standing::Overdue => "late",
            Standing::Open if (self.due_on() - today).num_days() <= SOON_DAYS => "soon",
            Standing::Open => "open",
            Standing::Answered => "waiting",
            Standing::Remedied => "on-time",
            Standing::Dropped => "superseded",
        }
    }

    /// The number of the last word, to say what was seen.
    #[must_use]
    pub fn seen(&self) -> i32 {
        self.replies.last().map_or(0, |last| last.number)
    }
}

impl Model {
    /// Those of visits, first one first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, visits: &[Uuid]) -> Result<Vec<Self>, DbErr> {
        if visits.is_empty() {
            return Ok(Vec::new());
        }
        let of = Entity::find().filter(Column::Visit.is_in(visits.iter().copied()));
        of.order_by_asc(Column::At).order_by_asc(Column::Id).all(on).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn reply(number: i32, kind: reply::Kind, due_on: Option<&str>) -> Reply {
        Reply {
            id: Uuid::nil(),
            finding: Uuid::nil(),
            number,
            kind,
            text: String::new(),
            due_on: due_on.map(day),
            agency: Uuid::nil(),
            person: None,
            at: DateTimeUtc::default(),
        }
    }

    #[test]
    fn a_finding_stands_where_the_last_word_puts_it() {
        let finding = Model {
            id: Uuid::nil(),
            visit: Uuid::nil(),
            item: None,
            text: String::new(),
            remedy: String::new(),
            due_on: day("2026-03-10"),
            at: DateTimeUtc::default(),
        };
        let mut followed = Followed { finding, replies: Vec::new(), dropped: false };
        assert_eq!(followed.standing(day("2026-03-10")), Standing::Open, "the day itself is in time");
        assert_eq!(followed.standing(day("2026-03-11")), Standing::Overdue);
        followed.replies.push(reply(1, reply::Kind::Remedy, None));
        assert_eq!(followed.standing(day("2026-03-11")), Standing::Answered, "who has answered is not late");
        followed.replies.push(reply(2, reply::Kind::NotYet, Some("2026-03-20")));
        assert_eq!(followed.standing(day("2026-03-11")), Standing::Open, "the new date holds");
        assert_eq!(followed.standing(day("2026-03-21")), Standing::Overdue);
        followed.replies.extend([reply(3, reply::Kind::Remedy, None), reply(4, reply::Kind::Remedied, None)]);
        assert_eq!(followed.standing(day("2030-01-01")), Standing::Remedied);
        followed.dropped = true;
        assert!(followed.standing(day("2030-01-01")) == Standing::Dropped && !Standing::Dropped.is_owed());
    }
}
