//! Everything that is to be said of one agency: its names through time, who it came from, who came after,
//! the classes it is in.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::directory::{self, Line};
use super::name::{self, NameKind};
use super::{Agency, Standing};
use crate::base::time;
use crate::people::{class, succession};
use crate::web::{Locale, Result};

/// An agency with what belongs to it.
pub struct Profile {
    pub agency: Agency,
    /// All agencies of the province: for links, parents and the map.
    pub lines: Vec<Line>,
    pub names: Vec<name::Model>,
    pub successions: Vec<succession::Model>,
}

/// Another agency with the day that links it.
#[derive(Clone, Debug)]
pub struct Link {
    pub id: Uuid,
    pub slug: String,
    pub name: String,
    pub day: String,
    pub whole: bool,
}

impl Profile {
    /// Reads it, in three statements beside the agency itself.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, agency: Agency) -> Result<Self> {
        let lines = directory::all(on).await?;
        let names = name::Model::of(on, agency.id).await?;
        let successions = succession::Model::of(on, agency.id).await?;
        Ok(Self { agency, lines, names, successions })
    }

    /// Where it stands in time.
    #[must_use]
    pub fn standing(&self, day: NaiveDate) -> Standing {
        self.agency.standing(day)
    }

    /// Official names, the latest first, each with its days in words.
    #[must_use]
    pub fn official(&self, l: Locale) -> Vec<(String, String)> {
        let mut names: Vec<&name::Model> = self.names.iter().filter(|name| name.kind == NameKind::Official).collect();
        names.sort_by_key(|name| std::cmp::Reverse(name.since));
        names.into_iter().map(|name| (name.name.clone(), days(l, name.since, name.until))).collect()
    }

    /// Short and other forms in use on a day, without the short name itself.
    #[must_use]
    pub fn aliases(&self, day: NaiveDate) -> Vec<&str> {
        let in_use = self.names.iter().filter(|name| name.kind == NameKind::Alias && name.holds_on(day));
        in_use.map(|name| name.name.as_str()).filter(|name| *name != self.agency.short_name).collect()
    }

    /// Short and other forms that are no longer in use, each with its days in words.
    #[must_use]
    pub fn ended_aliases(&self, l: Locale, day: NaiveDate) -> Vec<(String, String)> {
        let ended = self.names.iter().filter(|name| name.kind == NameKind::Alias && name.until.is_some_and(|last| last < day));
        ended.map(|name| (name.name.clone(), days(l, name.since, name.until))).collect()
    }

    /// The old units it was made from, each with its short form in brackets, and whether only a part came.
    #[must_use]
    pub fn former(&self) -> Vec<(String, bool)> {
        let former: Vec<&name::Model> = self.names.iter().filter(|name| name.kind == NameKind::Former).collect();
        let units = former.iter().filter(|one| former.iter().all(|long| !is_short_form(&one.name, &long.name)));
        let called = |unit: &&name::Model| {
            let short = former.iter().find(|one| is_short_form(&one.name, &unit.name));
            let name = short.map_or_else(|| unit.name.clone(), |short| format!("{} ({})", unit.name, short.name));
            (name, unit.partial)
        };
        units.map(called).collect()
    }

    /// Who it took over from.
    #[must_use]
    pub fn predecessors(&self) -> Vec<Link> {
        self.links(|one| (one.successor == self.agency.id).then_some(one.predecessor))
    }

    /// Who took over from it.
    #[must_use]
    pub fn successors(&self) -> Vec<Link> {
        self.links(|one| (one.predecessor == self.agency.id).then_some(one.successor))
    }

    fn links(&self, side: impl Fn(&succession::Model) -> Option<Uuid>) -> Vec<Link> {
        let by_id: HashMap<Uuid, &Line> = self.lines.iter().map(|line| (line.id, line)).collect();
        let link = |one: &succession::Model| {
            let line = by_id.get(&side(one)?)?;
            let (id, slug, name) = (line.id, line.slug.clone(), line.name.clone());
            Some(Link { id, slug, name, day: time::day(one.on), whole: one.whole })
        };
        self.successions.iter().filter_map(link).collect()
    }

    /// The agency above.
    #[must_use]
    pub fn parent(&self) -> Option<&Line> {
        self.lines.iter().find(|line| Some(line.id) == self.agency.parent)
    }

    /// The agencies below that exist on a day, in the order of their names.
    #[must_use]
    pub fn children(&self, day: NaiveDate) -> Vec<&Line> {
        let below = self.lines.iter().filter(|line| line.parent == Some(self.agency.id) && line.standing(day) == Standing::Open);
        let mut below: Vec<&Line> = below.collect();
        below.sort_by(|a, b| vietnamese::order::compare_natural(&a.name, &b.name));
        below
    }

    /// The classes it is in while it exists.
    #[must_use]
    pub fn classes(&self, l: Locale) -> Vec<&'static str> {
        class::all()
            .iter()
            .filter(|class| class.admits(self.agency.kind, &self.agency.code))
            .map(|class| class.name(l.0))
            .collect()
    }
}

/// "từ 1/7/2025", "từ 1/7/2025 đến 31/12/2025", "đến 30/6/2025", or nothing.
#[must_use]
pub fn days(l: Locale, since: Option<NaiveDate>, until: Option<NaiveDate>) -> String {
    match (since.map(time::day), until.map(time::day)) {
        (Some(since), Some(until)) => l.t2("agency-days-both", "since", since, "until", until),
        (Some(since), None) => l.t1("agency-from-day", "day", since),
        (None, Some(until)) => l.t1("agency-until-day", "day", until),
        (None, None) => String::new(),
    }
}

/// Whether it is like `Sở TT&TT` to `Sở Thông tin và Truyền thông`: the same initials, some of them in one word of capitals.
fn is_short_form(short: &str, long: &str) -> bool {
    let is_capitals =
        |word: &str| word.chars().filter(|letter| letter.is_alphabetic()).count() > 1 && !word.chars().any(char::is_lowercase);
    let initials = |text: &str| -> String {
        let words = text.split_whitespace().filter(|word| *word != "và");
        let letters = words.flat_map(|word| {
            let count = if is_capitals(word) { usize::MAX } else { 1 };
            word.chars().filter(|letter| letter.is_alphanumeric()).take(count)
        });
        letters.flat_map(char::to_uppercase).collect()
    };
    let has_capitals = |text: &str| text.split_whitespace().any(is_capitals);
    has_capitals(short) && !has_capitals(long) && initials(short) == initials(long)
}
