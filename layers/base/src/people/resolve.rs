//! Which agency a document means by a name, on a day: spellings, short forms, the province's name behind a
//! body's, old units and agencies that have closed since. It never guesses: several candidates are several.

pub mod index;
pub mod trie;
pub mod words;

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, QuerySelect};

use super::agency::{self, Kind, name};
use super::class::phrase;
use super::succession;
use crate::base::App;
use index::{Entry, Index};
use words::{Gap, Word};

/// What a name means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// One agency.
    Agency(Uuid),
    /// A class of agencies by its code, see [`super::class`].
    Class(String),
    /// Several agencies could be meant, in the order of their codes: a person decides.
    Ambiguous(Vec<Uuid>),
    /// Nothing of this province has the name.
    Unknown,
}

/// A name met in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its bytes in the text.
    pub span: Range<usize>,
    pub resolution: Resolution,
}

/// By what one sees that agencies have changed: which database, how many there are, and their versions together.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stamp {
    database: String,
    agencies: i64,
    versions: i64,
}

impl Stamp {
    async fn of(app: &App) -> Result<Self, DbErr> {
        use agency::Column;
        let found: Option<(i64, Option<i64>)> = agency::Entity::find()
            .select_only()
            .column_as(Column::Id.count(), "agencies")
            .column_as(Column::Version.sum(), "versions")
            .into_tuple()
            .one(&app.db)
            .await?;
        let (agencies, versions) = found.unwrap_or_default();
        Ok(Self { database: app.config.database(), agencies, versions: versions.unwrap_or_default() })
    }
}

/// The part of an agency that names are resolved with.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Life {
    pub id: Uuid,
    pub code: String,
    pub name: String,
    pub kind: Kind,
    pub open_from: NaiveDate,
    pub closed_on: Option<NaiveDate>,
}

impl From<agency::Model> for Life {
    fn from(agency: agency::Model) -> Self {
        let agency::Model { id, code, name, kind, open_from, closed_on, .. } = agency;
        Self { id, code, name, kind, open_from, closed_on }
    }
}

/// All names of the province, ready to be looked up.
pub struct Resolver {
    index: Index,
    lives: HashMap<Uuid, Life>,
    heirs: HashMap<Uuid, Vec<(NaiveDate, Uuid)>>,
}

impl Resolver {
    /// The names as they are now, in one statement when nothing has changed since the last use: every change of an
    /// agency raises its version.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(app: &App) -> Result<Arc<Self>, DbErr> {
        static LAST: Mutex<Option<(Stamp, Arc<Resolver>)>> = Mutex::new(None);
        let kept = || LAST.lock().unwrap_or_else(PoisonError::into_inner);
        let stamp = Stamp::of(app).await?;
        if let Some((_, resolver)) = kept().as_ref().filter(|(known, _)| *known == stamp) {
            return Ok(resolver.clone());
        }
        let resolver = Arc::new(Self::load(&app.db).await?);
        *kept() = Some((stamp, resolver.clone()));
        Ok(resolver)
    }

    /// Reads agencies, names and successions, in three statements.
    ///
    /// # Errors
    /// The database failed.
    pub async fn load(on: &impl ConnectionTrait) -> Result<Self, DbErr> {
        use agency::Column;
        let columns = [Column::Id, Column::Code, Column::Name, Column::Kind, Column::OpenFrom, Column::ClosedOn];
        let lives = agency::Entity::find().select_only().columns(columns).into_model::<Life>().all(on).await?;
        let names = name::Entity::find().all(on).await?;
        let successions = succession::Entity::find().all(on).await?;
        Ok(Self::new(lives, &names, &successions))
    }

    /// Builds it from what is at hand.
    #[must_use]
    pub fn new(lives: Vec<Life>, names: &[name::Model], successions: &[succession::Model]) -> Self {
        let mut heirs: HashMap<Uuid, Vec<(NaiveDate, Uuid)>> = HashMap::new();
        for one in successions {
            heirs.entry(one.predecessor).or_default().push((one.on, one.successor));
        }
        let index = Index::build(&lives, names);
        Self { index, lives: lives.into_iter().map(|life| (life.id, life)).collect(), heirs }
    }

    /// Every agency's name as it is today; for recognising names in running text.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.lives.values().map(|life| life.name.clone()).collect()
    }

    /// The agency that signs with that code, as in `118/KH-UBND`.
    #[must_use]
    pub fn by_code(&self, code: &str) -> Option<&Life> {
        self.lives.values().find(|life| life.code == code)
    }

    /// The name of an agency today.
    #[must_use]
    pub fn name_of(&self, id: Uuid) -> Option<&str> {
        self.lives.get(&id).map(|life| life.name.as_str())
    }

    /// What the whole of `name` means on that day.
    #[must_use]
    pub fn resolve(&self, name: &str, on: NaiveDate) -> Resolution {
        let words = words::words(name);
        if words.is_empty() || words.len() > 60 {
            return Resolution::Unknown;
        }
        let found = self.whole(&words, on);
        if found != Resolution::Unknown {
            return found;
        }
        let head = phrase::head(&words);
        if head > 0 && head < words.len() {
            return self.whole(&words[head..], on);
        }
        if name.is_ascii() { self.unaccented(name, on) } else { Resolution::Unknown }
    }

    /// Every name in the text, left to right, the longest at each place; none overlaps another.
    #[must_use]
    pub fn find_in(&self, text: &str, on: NaiveDate) -> Vec<Found> {
        let words = words::words(text);
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            match self.longest_at(&words, at, on) {
                Some((taken, resolution)) => {
                    found.push(Found { span: words[at].span.start..words[at + taken - 1].span.end, resolution });
                    at += taken;
                }
                None => at += 1,
            }
        }
        found
    }

    fn whole(&self, words: &[Word], on: NaiveDate) -> Resolution {
        let exact = self.index.names.at(words);
        if !exact.is_empty() {
            return self.pick(exact.iter(), on);
        }
        if let Some(class) = phrase::read(words, &self.index.province).filter(|class| class.words == words.len()) {
            return Resolution::Class(class.code);
        }
        // "Phường 4, thành phố Mỹ Tho"; "Văn phòng UBND tỉnh (Phòng Ngoại vụ)".
        let Some(cut) = words.iter().skip(1).position(|word| word.gap >= Gap::Comma).map(|at| at + 1) else {
            return Resolution::Unknown;
        };
        let (front, behind) = words.split_at(cut);
        let entries = self.index.names.at(front);
        if entries.is_empty() { Resolution::Unknown } else { self.in_context(entries, behind, on) }
    }

    /// Narrows candidates by what stands behind a comma or in parentheses.
    fn in_context(&self, entries: &[Entry], behind: &[Word], on: NaiveDate) -> Resolution {
        let context = index::join(behind);
        if let Some(place) = index::place_of(&context) {
            let told: Vec<&Entry> = entries.iter().filter(|entry| entry.place.as_deref() == Some(place)).collect();
            if !told.is_empty() {
                return self.pick(told.into_iter(), on);
            }
            // The district is not on file; it has often left its name to one of the new units.
            let left: Vec<&Entry> = entries.iter().filter(|entry| entry.place.is_none()).collect();
            let namesakes: Vec<&Entry> = left.iter().copied().filter(|entry| self.index.is_called(entry.agency, place)).collect();
            return self.pick(if namesakes.is_empty() { left } else { namesakes }.into_iter(), on);
        }
        if index::is_province(behind, &self.index.province) {
            return self.pick(entries.iter(), on);
        }
        if behind[0].key == "tỉnh" {
            return Resolution::Unknown; // another province's
        }
        // "Sở Tài chính (cơ quan thường trực)" is one body; "Sở Tài chính, Sở Y tế" is a list.
        let more = behind[0].gap == Gap::Bracket && entries.iter().all(|entry| !entry.is_local());
        let front = self.pick(entries.iter(), on);
        let other =
            matches!(self.whole(behind, on), Resolution::Agency(_) | Resolution::Class(_)) && self.whole(behind, on) != front;
        if more && !other { front } else { Resolution::Unknown }
    }

    /// A code, or a name typed without marks.
    fn unaccented(&self, name: &str, on: NaiveDate) -> Resolution {
        if let Some(id) = self.index.codes.get(&name.trim().to_lowercase()) {
            return self.settle(vec![*id], on);
        }
        match self.index.folded.get(&words::plain(name)) {
            Some(entries) => self.pick(entries.iter(), on),
            None => Resolution::Unknown,
        }
    }

    fn longest_at(&self, words: &[Word], at: usize, on: NaiveDate) -> Option<(usize, Resolution)> {
        let rest = &words[at..];
        let before = at.checked_sub(1).map(|at| &words[at]).filter(|_| rest[0].gap == Gap::Space);
        let name = self.index.names.prefixes(rest).into_iter().rev().find_map(|(taken, entries, widest)| {
            let fits: Vec<&Entry> = entries.iter().filter(|entry| entry.fits(before, &rest[..taken], widest)).collect();
            (!fits.is_empty() && !self.is_elsewhere(&rest[taken..], &fits)).then(|| (taken, self.pick(fits.into_iter(), on)))
        });
        let class = phrase::read(rest, &self.index.province).filter(|_| !before.is_some_and(|word| word.key == "cơ"));
        match (name, class) {
            (Some(name), Some(class)) if class.words > name.0 => Some((class.words, Resolution::Class(class.code))),
            (None, Some(class)) => Some((class.words, Resolution::Class(class.code))),
            (name, _) => name.filter(|(_, resolution)| *resolution != Resolution::Unknown),
        }
    }

    /// "xã Tân Phú, tỉnh Vĩnh Long" is not ours.
    fn is_elsewhere(&self, behind: &[Word], fits: &[&Entry]) -> bool {
        behind.first().is_some_and(|word| {
            word.key == "tỉnh" && word.gap < Gap::Stop && behind.get(1).is_some_and(|next| next.capital && next.gap == Gap::Space)
        }) && fits.iter().all(|entry| entry.is_local())
            && !index::is_province(&behind[..behind.len().min(1 + self.index.province.len())], &self.index.province)
    }

    /// The agencies that the names stand for on that day: names in use that day go before those that have ended, and these
    /// before those still to come; an agency that has closed is followed to its successors.
    fn pick<'a>(&self, entries: impl Iterator<Item = &'a Entry>, on: NaiveDate) -> Resolution {
        let all: Vec<&Entry> = entries.collect();
        let mut held: Vec<&Entry> = all.iter().copied().filter(|entry| entry.holds_on(on)).collect();
        if held.is_empty() {
            held = all.iter().copied().filter(|entry| entry.began_by(on)).collect();
        }
        if held.is_empty() {
            held = all;
        }
        self.settle(held.into_iter().map(|entry| entry.agency).collect(), on)
    }

    fn settle(&self, named: Vec<Uuid>, on: NaiveDate) -> Resolution {
        let mut agencies: Vec<Uuid> = Vec::new();
        for id in named {
            self.follow(id, on, &mut HashSet::new(), &mut agencies);
        }
        agencies.sort_by_key(|id| self.lives.get(id).map(|life| life.code.as_str()));
        agencies.dedup();
        match agencies.as_slice() {
            [] => Resolution::Unknown,
            [one] => Resolution::Agency(*one),
            _ => Resolution::Ambiguous(agencies),
        }
    }

    fn follow(&self, id: Uuid, on: NaiveDate, seen: &mut HashSet<Uuid>, into: &mut Vec<Uuid>) {
        let Some(life) = self.lives.get(&id).filter(|_| seen.insert(id)) else { return };
        let closed = life.closed_on.is_some_and(|last| last < on);
        let heirs: Vec<Uuid> =
            self.heirs.get(&id).into_iter().flatten().filter(|(day, _)| *day <= on).map(|(_, heir)| *heir).collect();
        if closed && !heirs.is_empty() {
            heirs.into_iter().for_each(|heir| self.follow(heir, on, seen, into));
        } else {
            into.push(id);
        }
    }
}

#[cfg(test)]
mod tests;
