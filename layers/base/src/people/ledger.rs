//! The ledger as it is read: the newest first, by what the address asks for, page by page. Millions of rows must
//! stay quick, so each page is found by an index and goes on from where the one before ended.

pub mod group;
pub mod reading;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use sea_orm::Condition;
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use self::group::Group;
use super::agency::brief::Brief;
use super::person;
use super::telling::Agencies;
use crate::base::fact;
use crate::base::time::{self, VIETNAM};
use crate::web::address;

const WORDS_MAX: usize = 100;
/// Longest list of people that a name may stand for.
const PEOPLE_MAX: usize = 20;

/// What of the ledger is asked for; every field is a text of the address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// Code of a [`Group`].
    pub group: String,
    /// Words of a name or an e-mail.
    pub person: String,
    /// Slug of an agency.
    pub agency: String,
    /// First and last day, `2026-06-20` or `20/6/2026`.
    pub from: String,
    pub to: String,
    /// Words of the entry itself, with or without accents.
    pub q: String,
    /// The id of a thing: all that happened to it.
    pub about: String,
    /// Goes on after this entry.
    pub before: String,
}

impl Filter {
    fn pairs(&self) -> [(&'static str, &str); 7] {
        [
            ("group", &self.group),
            ("person", &self.person),
            ("agency", &self.agency),
            ("from", &self.from),
            ("to", &self.to),
            ("q", &self.q),
            ("about", &self.about),
        ]
    }

    /// The filter as a query; without a place in the list.
    #[must_use]
    pub fn query(&self) -> String {
        address::query(&self.pairs())
    }

    /// The same with one field changed (empty takes it off), from the beginning unless that field is `before`.
    #[must_use]
    pub fn with(&self, field: &str, value: &str) -> String {
        let mut pairs: Vec<(&str, &str)> =
            self.pairs().into_iter().map(|(name, own)| if name == field { (name, value) } else { (name, own) }).collect();
        if field == "before" {
            pairs.push(("before", value));
        }
        address::query(&pairs)
    }

    /// Whether anything narrows the list.
    #[must_use]
    pub fn narrows(&self) -> bool {
        self.pairs().iter().any(|(_, value)| !value.trim().is_empty())
    }

    /// The filter understood.
    ///
    /// # Errors
    /// The database failed.
    pub async fn understood(&self, on: &impl ConnectionTrait, agencies: &Agencies) -> Result<Asked, DbErr> {
        let mut asked = Asked { before: Place::of_text(&self.before), ..Asked::default() };
        if !self.group.is_empty() {
            let group = Group::of_code(&self.group);
            asked.nothing |= group.is_none();
            asked.kinds = group.map(Group::kinds).unwrap_or_default().to_vec();
        }
        if !self.agency.is_empty() {
            asked.agency = agencies.values().find(|agency| agency.slug == self.agency).map(|agency: &Brief| agency.id);
            asked.nothing |= asked.agency.is_none();
        }
        if !self.about.is_empty() {
            asked.about = self.about.parse().ok();
            asked.nothing |= asked.about.is_none();
        }
        asked.from = time::read_day(&self.from).map(midnight);
        asked.until = time::read_day(&self.to).and_then(|day| day.checked_add_days(Days::new(1))).map(midnight);
        asked.odd_day =
            [&self.from, &self.to].into_iter().find(|text| !text.trim().is_empty() && time::read_day(text).is_none()).cloned();
        let words = |text: &str| {
            let bounded: String = text.trim().chars().take(WORDS_MAX).collect();
            vietnamese::fold(&bounded).split_whitespace().map(str::to_owned).collect::<Vec<_>>()
        };
        asked.words = words(&self.q);
        let named = words(&self.person);
        if !named.is_empty() {
            let people = person::called(on, &named).await?;
            asked.nothing |= people.is_empty();
            asked.too_many = people.len() > PEOPLE_MAX;
            asked.people = people.into_iter().take(PEOPLE_MAX).collect();
        }
        Ok(asked)
    }
}

/// A filter that was understood.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    kinds: Vec<&'static str>,
    people: Vec<Uuid>,
    agency: Option<Uuid>,
    about: Option<Uuid>,
    from: Option<DateTime<Utc>>,
    until: Option<DateTime<Utc>>,
    words: Vec<String>,
    before: Option<Place>,
    /// Something is asked for that there is not.
    nothing: bool,
    /// A name that stands for more people than are looked for.
    pub too_many: bool,
    /// A day that could not be read.
    pub odd_day: Option<String>,
}

impl Asked {
    /// Goes on after that entry.
    pub fn go_on(&mut self, place: Place) {
        self.before = Some(place);
    }

    /// What holds for every entry asked for, whichever index finds it.
    fn condition(&self, before: Option<Place>) -> Condition {
        let agency = self.agency.map(|agency| fact::Column::Agency.eq(agency));
        let about = self.about.map(|about| fact::Column::About.eq(about));
        let from = self.from.map(|from| fact::Column::At.gte(from));
        let until = self.until.map(|until| fact::Column::At.lt(until));
        let mut all = Condition::all();
        for one in [agency, about, from, until].into_iter().flatten() {
            all = all.add(one);
        }
        if let Some(place) = before {
            let same = Condition::all().add(fact::Column::At.eq(place.at)).add(fact::Column::Id.gte(place.id));
            all = all.add(fact::Column::At.lte(place.at)).add(same.not());
        }
        all
    }
}

/// A place in the list: after the entry of that time and id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub at: DateTime<Utc>,
    pub id: Uuid,
}

impl Place {
    #[must_use]
    pub fn of(entry: &fact::Model) -> Self {
        Self { at: entry.at, id: entry.id }
    }

    #[must_use]
    pub fn of_text(text: &str) -> Option<Self> {
        let (at, id) = text.split_once('-')?;
        Some(Self { at: DateTime::from_timestamp_millis(at.parse().ok()?)?, id: id.parse().ok()? })
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}-{}", self.at.timestamp_millis(), self.id.simple())
    }
}

/// The moment at which the day begins in Vietnam.
fn midnight(day: NaiveDate) -> DateTime<Utc> {
    let local = day.and_time(NaiveTime::MIN).and_local_timezone(VIETNAM);
    local.single().map(|at| at.with_timezone(&Utc)).unwrap_or_default()
}
