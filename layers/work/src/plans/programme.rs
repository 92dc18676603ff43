//! A plan as a programme: every provision with its bodies, filtered as the address says.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use sea_orm::DbErr;
use serde::Deserialize;
use uuid::Uuid;

use super::party::{self, Part, Party};
use super::recognise::{Deadline, DeadlineKind, Target};
use super::{Plan, Provision, due};
use crate::base::App;
use crate::people::agency::brief::Brief;
use crate::people::class;

/// One provision with what belongs to it.
pub struct Entry {
    pub provision: Provision,
    pub parties: Vec<Party>,
    pub deadline: Deadline,
    pub target: Option<Target>,
}

impl Entry {
    /// The bodies of one part, in the order of the text.
    pub fn bodies(&self, part: Part) -> impl Iterator<Item = &Party> {
        self.parties.iter().filter(move |party| party.part == part)
    }

    /// Whether the agency is named: itself, or by a class it belongs to.
    #[must_use]
    pub fn names(&self, agency: &Brief) -> bool {
        self.parties.iter().any(|party| is(party, agency))
    }

    /// Whether the agency is to lead: itself, or by a class it belongs to.
    #[must_use]
    pub fn leads(&self, agency: &Brief) -> bool {
        self.bodies(Part::Lead).any(|party| is(party, agency))
    }

    /// In which group of deadlines it falls: a year, or what kind it is.
    #[must_use]
    pub fn due_group(&self) -> String {
        match self.deadline.kind {
            DeadlineKind::None => "none".into(),
            DeadlineKind::Unknown => "unknown".into(),
            DeadlineKind::Recurring | DeadlineKind::RecurringFrom => "recurring".into(),
            DeadlineKind::ReportCycle => "report".into(),
            _ => due::year(&self.deadline).map_or_else(|| "unknown".into(), |year| year.to_string()),
        }
    }
}

/// Whether a party means the agency. "Các cơ quan có liên quan" means nobody until a person says whom.
fn is(party: &Party, agency: &Brief) -> bool {
    let by_class = |code: &String| {
        !class::is_for_those_concerned(code) && class::parts(code).iter().any(|class| class.admits(agency.kind, &agency.code))
    };
    party.agency == Some(agency.id) || party.class.as_ref().is_some_and(by_class)
}

/// What the address asks to see; empty fields ask for everything.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// `III`
    pub part: String,
    pub kind: String,
    /// Slug of an agency.
    pub agency: String,
    /// `2026`, `recurring`, `report`, `none`, `unknown`
    pub due: String,
    /// Words, with or without accents.
    pub q: String,
}

impl Filter {
    /// The filter as a query string, with `?`; empty when nothing is asked.
    #[must_use]
    pub fn query(&self) -> String {
        crate::web::address::query(&self.pairs())
    }

    /// The same without one of its fields: what a chip leads to.
    #[must_use]
    pub fn without(&self, field: &str) -> String {
        let kept: Vec<_> = self.pairs().into_iter().filter(|(name, _)| *name != field).collect();
        crate::web::address::query(&kept)
    }

    fn pairs(&self) -> [(&'static str, &str); 5] {
        [("part", &self.part), ("kind", &self.kind), ("agency", &self.agency), ("due", &self.due), ("q", &self.q)]
    }

    /// Whether anything is asked at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pairs().iter().all(|(_, value)| value.is_empty())
    }
}

/// A plan with all its provisions.
pub struct Programme {
    pub plan: Plan,
    pub entries: Arc<Vec<Entry>>,
}

impl Programme {
    /// Loads a plan's provisions and parties: two statements, however long the plan; none when this node remembers them.
    /// What was adopted is not edited any more, so it is remembered.
    ///
    /// # Errors
    /// The database failed.
    pub async fn load(app: &App, plan: Plan) -> Result<Self, DbErr> {
        let key = plan.memory_key();
        if let Some(entries) = app.memory.recall(&key).filter(|_| plan.is_settled()) {
            return Ok(Self { plan, entries });
        }
        let entries = Self::read(app, &plan).await?;
        let entries = if plan.is_settled() { app.memory.keep(&key, entries) } else { Arc::new(entries) };
        Ok(Self { plan, entries })
    }

    async fn read(app: &App, plan: &Plan) -> Result<Vec<Entry>, DbErr> {
        let provisions = Provision::of(&app.db, plan.id).await?;
        let mut parties: HashMap<Uuid, Vec<Party>> = HashMap::new();
        for party in party::Model::of_plan(&app.db, plan.id).await? {
            parties.entry(party.provision).or_default().push(party);
        }
        Ok(provisions
            .into_iter()
            .map(|provision| Entry {
                parties: parties.remove(&provision.id).unwrap_or_default(),
                deadline: provision.deadline(),
                target: provision.target(),
                provision,
            })
            .collect())
    }

    /// What the filter leaves, in the order of the document, each with its place in `entries`. `agency` is the filter's agency.
    #[must_use]
    pub fn filtered(&self, filter: &Filter, agency: Option<&Brief>) -> Vec<(usize, &Entry)> {
        let words = vietnamese::fold(&filter.q);
        let words: Vec<&str> = words.split_whitespace().collect();
        self.entries
            .iter()
            .enumerate()
            .filter(|(_, entry)| filter.part.is_empty() || entry.provision.part() == filter.part)
            .filter(|(_, entry)| filter.kind.is_empty() || entry.provision.kind == filter.kind)
            .filter(|(_, entry)| filter.due.is_empty() || entry.due_group() == filter.due)
            .filter(|(_, entry)| agency.is_none_or(|agency| entry.names(agency)))
            .filter(|(_, entry)| words.is_empty() || says(entry, &words))
            .collect()
    }

    /// How many provisions fall into each group of a field, in the order of the groups.
    #[must_use]
    pub fn counts(&self, group: impl Fn(&Entry) -> String) -> Vec<(String, usize)> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let mut order = Vec::new();
        for entry in self.entries.iter() {
            let group = group(entry);
            if !counts.contains_key(&group) {
                order.push(group.clone());
            }
            *counts.entry(group).or_default() += 1;
        }
        order.into_iter().map(|group| (group.clone(), counts[&group])).collect()
    }

    /// Years first, then what has no year.
    #[must_use]
    pub fn due_groups(&self) -> Vec<(String, usize)> {
        let mut groups = self.counts(Entry::due_group);
        let rank = |group: &str| match group {
            "recurring" => 1,
            "report" => 2,
            "none" => 3,
            "unknown" => 4,
            _ => 0,
        };
        groups.sort_by(|one, other| rank(&one.0).cmp(&rank(&other.0)).then_with(|| one.0.cmp(&other.0)));
        groups
    }
}

/// All the words occur in the text, the path or the names; accents do not matter.
fn says(entry: &Entry, words: &[&str]) -> bool {
    let names = entry.parties.iter().map(|party| party.name.as_str());
    let all: Vec<&str> = [entry.provision.path.as_str(), entry.provision.text.as_str()].into_iter().chain(names).collect();
    let all = all.join(" ");
    let folded = vietnamese::fold(&all);
    words.iter().all(|word| folded.contains(word))
}
