//! Entries are found by index: by person, by kind (within an agency), or by time alone. Several kinds or people are
//! several short index walks in one statement, merged.

use std::collections::HashMap;

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Alias, Asterisk, Order, Query, SelectStatement, UnionType};
use sea_orm::{ExprTrait, FromQueryResult};

use super::{Asked, Place};
use crate::base::{fact, seal};
use crate::people::person;
use crate::people::telling::{Agencies, told_among};
use crate::web::Locale;

/// Words are looked for in so many entries at a time …
const LOOKED_AT_ONCE: u64 = 500;
/// … and in so many for one page; the next page goes on.
const LOOKED_MAX: u64 = 10_000;

/// An entry in words.
#[derive(Clone, Debug)]
pub struct Entry {
    pub fact: fact::Model,
    pub title: String,
    pub details: Vec<String>,
    /// Who did it; empty for the system.
    pub who: String,
    /// Whose account it is about, when it is about a person.
    pub whose: String,
    pub agency: String,
    /// The seal it is in; None while it waits.
    pub seal: Option<i64>,
}

/// Some entries, newest first.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    pub entries: Vec<Entry>,
    /// Where the next page goes on; None at the end.
    pub next: Option<Place>,
    /// How many entries were looked through for the words, when they were many.
    pub looked: Option<u64>,
}

impl Asked {
    /// The entries asked for, at most `size` of them.
    ///
    /// # Errors
    /// The database failed.
    pub async fn sheet(&self, on: &impl ConnectionTrait, l: Locale, agencies: &Agencies, size: u64) -> Result<Sheet, DbErr> {
        if self.nothing {
            return Ok(Sheet::default());
        }
        let mut sheet = if self.words.is_empty() {
            let mut facts = self.facts(on, self.before, size + 1).await?;
            let more = facts.len() as u64 > size;
            facts.truncate(usize::try_from(size).unwrap_or_default());
            let next = facts.last().filter(|_| more).map(Place::of);
            Sheet { entries: told(on, l, agencies, facts).await?, next, looked: None }
        } else {
            self.searched(on, l, agencies, size).await?
        };
        let ids: Vec<Uuid> = sheet.entries.iter().map(|entry| entry.fact.id).collect();
        let seals = seal::of(on, &ids).await?;
        for entry in &mut sheet.entries {
            entry.seal = seals.get(&entry.fact.id).copied();
        }
        Ok(sheet)
    }

    /// Looks for words in what the entries say, not in how they are kept.
    async fn searched(&self, on: &impl ConnectionTrait, l: Locale, agencies: &Agencies, size: u64) -> Result<Sheet, DbErr> {
        let mut sheet = Sheet::default();
        let (mut place, mut looked) = (self.before, 0);
        while looked < LOOKED_MAX {
            let facts = self.facts(on, place, LOOKED_AT_ONCE).await?;
            let last = facts.last().map(Place::of);
            let end = (facts.len() as u64) < LOOKED_AT_ONCE;
            for entry in told(on, l, agencies, facts).await? {
                looked += 1;
                place = Some(Place::of(&entry.fact));
                if self.is_said_in(&entry) {
                    sheet.entries.push(entry);
                }
                if sheet.entries.len() as u64 == size {
                    sheet.next = place.filter(|place| !(end && Some(*place) == last));
                    return Ok(sheet);
                }
            }
            if end {
                return Ok(sheet);
            }
        }
        sheet.next = place;
        sheet.looked = Some(looked);
        Ok(sheet)
    }

    fn is_said_in(&self, entry: &Entry) -> bool {
        let why = entry.fact.why.as_deref().unwrap_or_default();
        let text = format!("{} {} {} {} {} {why}", entry.title, entry.details.join(" "), entry.who, entry.whose, entry.agency);
        let folded = vietnamese::fold(&text);
        self.words.iter().all(|word| folded.contains(word))
    }

    /// The rows, newest first, after a place.
    async fn facts(&self, on: &impl ConnectionTrait, before: Option<Place>, most: u64) -> Result<Vec<fact::Model>, DbErr> {
        let mut walks = self.walks(before, most).into_iter();
        let Some(first) = walks.next() else { return Ok(Vec::new()) };
        let others: Vec<SelectStatement> = walks.collect();
        let mut whole = first;
        if !others.is_empty() {
            whole = wrapped(whole);
            for walk in others {
                whole.union(UnionType::All, wrapped(walk));
            }
        }
        let rows = on.query_all(&whole).await?;
        let mut facts = rows.iter().map(|row| fact::Model::from_query_result(row, "")).collect::<Result<Vec<_>, _>>()?;
        facts.sort_by(|one, other| other.at.cmp(&one.at).then(other.id.cmp(&one.id)));
        facts.truncate(usize::try_from(most).unwrap_or_default());
        Ok(facts)
    }

    fn walks(&self, before: Option<Place>, most: u64) -> Vec<SelectStatement> {
        let walk = |also: Option<sea_orm::sea_query::SimpleExpr>| {
            let mut select = Query::select();
            select.column(Asterisk).from(fact::Entity).cond_where(self.condition(before));
            if let Some(also) = also {
                select.and_where(also);
            }
            select.order_by(fact::Column::At, Order::Desc).order_by(fact::Column::Id, Order::Desc).limit(most);
            select.to_owned()
        };
        if !self.people.is_empty() {
            let kinds = || fact::Column::Kind.is_in(self.kinds.clone());
            let of = |person: &Uuid| fact::Column::Person.eq(*person);
            let one = |person: &Uuid| if self.kinds.is_empty() { of(person) } else { of(person).and(kinds()) };
            return self.people.iter().map(|person| walk(Some(one(person)))).collect();
        }
        if self.about.is_some() && !self.kinds.is_empty() {
            return vec![walk(Some(fact::Column::Kind.is_in(self.kinds.clone())))];
        }
        if !self.kinds.is_empty() {
            return self.kinds.iter().map(|kind| walk(Some(fact::Column::Kind.eq(*kind)))).collect();
        }
        vec![walk(None)]
    }
}

/// SQLite takes an ordered, limited query into a union only as a table.
fn wrapped(walk: SelectStatement) -> SelectStatement {
    Query::select().column(Asterisk).from_subquery(walk, Alias::new("walk")).to_owned()
}

/// Puts rows into words. One statement, for the names of the people in them.
async fn told(on: &impl ConnectionTrait, l: Locale, agencies: &Agencies, facts: Vec<fact::Model>) -> Result<Vec<Entry>, DbErr> {
    let people: Vec<Uuid> = facts.iter().flat_map(|fact| [fact.person, Some(fact.about)]).flatten().collect();
    let names: HashMap<Uuid, String> = if people.is_empty() { HashMap::new() } else { person::names(on, &people).await? };
    let entry = |recorded: fact::Model| {
        let telling = recorded.fact().map(|fact| told_among(l, &fact, agencies));
        let (title, details) = telling.map_or_else(|| (l.t("agency-fact-other"), Vec::new()), |one| (one.title, one.details));
        let name = |id: Uuid| names.get(&id).cloned().unwrap_or_default();
        Entry {
            title,
            details,
            who: recorded
                .person
                .map(|id| Some(name(id)).filter(|name| !name.is_empty()).unwrap_or_else(|| l.t("ledger-somebody")))
                .unwrap_or_default(),
            whose: name(recorded.about),
            agency: recorded.agency.and_then(|id| agencies.get(&id)).map(|agency| agency.short_name.clone()).unwrap_or_default(),
            seal: None,
            fact: recorded,
        }
    };
    Ok(facts.into_iter().map(entry).collect())
}
