//! Everything that a round is counted from, as it is now: editions, what agencies said, what was appraised, what the system counts. The same
//! number of statements for one agency and for a hundred.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use ::scoring::{Criterion, ExtraSource, Given, Inputs, Published, Round, Set, Source};
use sea_orm::entity::prelude::*;

use super::appraisal::Appraisal;
use super::edition::Edition;
use super::evidence::Evidence;
use super::set::CriteriaSet;
use super::sheet::{Said, Sheet, submission};
use super::{late, measured, reading};
use crate::base::App;
use crate::web::Error;

/// A round with everything behind it.
pub struct Gathered {
    pub editions: BTreeMap<u32, Set>,
    pub sheets: Vec<Sheet>,
    /// What was handed in last, by sheet.
    pub said: HashMap<Uuid, Said>,
    pub appraised: HashMap<(Uuid, String), Appraisal>,
    pub measured: measured::All,
    pub late: HashMap<Uuid, u32>,
    /// By sheet and code.
    pub evidence: HashMap<(Uuid, String), Vec<Evidence>>,
    /// The rule for ties of the edition that holds.
    pub ties: Vec<String>,
}

/// What of a sheet that was handed in somebody has to appraise: what the agency said, and what only a survey says.
fn awaited<'a>(set: Option<&'a Set>, said: &'a Said) -> BTreeSet<&'a str> {
    let surveys = set.into_iter().flat_map(Set::criteria).filter(|(_, one)| one.source == Source::Survey);
    said.keys().map(String::as_str).chain(surveys.map(|(node, _)| node.code.as_str())).collect()
}

fn number(edition: i32) -> u32 {
    u32::try_from(edition).unwrap_or_default()
}

impl CriteriaSet {
    /// Gathers a round, of one agency's sheet alone where it is given.
    ///
    /// # Errors
    /// The database failed.
    pub async fn gathered(&self, app: &App, only: Option<&Sheet>) -> Result<Gathered, Error> {
        let mut editions = BTreeMap::new();
        for edition in Edition::of(&app.db, self.id).await? {
            editions.insert(number(edition.number), edition.set()?);
        }
        let sheets = match only {
            Some(sheet) => vec![sheet.clone()],
            None => Sheet::of(&app.db, self.id).await?,
        };
        let ids: Vec<Uuid> = sheets.iter().map(|sheet| sheet.id).collect();
        let sent = submission::of(&app.db, &ids).await?;
        let mut evidence: HashMap<(Uuid, String), Vec<Evidence>> = HashMap::new();
        for one in Evidence::of(&app.db, &ids).await? {
            evidence.entry((one.sheet, one.code.clone())).or_default().push(one);
        }
        let counts_late = editions.values().any(|set| set.extras.iter().any(|extra| extra.source == ExtraSource::Late));
        Ok(Gathered {
            said: sent.iter().map(|one| (one.sheet, one.said())).collect(),
            appraised: Appraisal::newest(&app.db, &ids).await?,
            measured: measured::of(app, editions.values(), self.year).await?,
            late: if counts_late { late::of(app, self.year).await? } else { HashMap::new() },
            ties: editions.get(&number(self.edition)).map(|set| set.ties.clone()).unwrap_or_default(),
            editions,
            sheets,
            evidence,
        })
    }

    /// How many answers of agencies, and surveys about them, nobody appraised yet.
    ///
    /// # Errors
    /// The database failed.
    pub async fn unappraised(&self, app: &App) -> Result<usize, Error> {
        Ok(self.unappraised_by_sheet(app).await?.iter().map(|(_, count)| count).sum())
    }

    /// The same sheet by sheet, of those that were handed in.
    ///
    /// # Errors
    /// The database failed.
    pub async fn unappraised_by_sheet(&self, app: &App) -> Result<Vec<(Sheet, usize)>, Error> {
        let sheets = Sheet::of(&app.db, self.id).await?;
        let mut editions = BTreeMap::new();
        for edition in Edition::of(&app.db, self.id).await? {
            editions.insert(edition.number, edition.set()?);
        }
        let ids: Vec<Uuid> = sheets.iter().map(|sheet| sheet.id).collect();
        let sent: HashMap<Uuid, Said> = submission::of(&app.db, &ids).await?.iter().map(|one| (one.sheet, one.said())).collect();
        let appraised = Appraisal::newest(&app.db, &ids).await?;
        let waiting = |sheet: Sheet| {
            let codes = awaited(editions.get(&sheet.edition), sent.get(&sheet.id)?);
            let count = codes.into_iter().filter(|code| !appraised.contains_key(&(sheet.id, (*code).to_owned()))).count();
            Some((sheet, count))
        };
        Ok(sheets.into_iter().filter_map(waiting).collect())
    }
}

impl Gathered {
    /// The set by which a sheet is scored.
    ///
    /// # Errors
    /// Not found: the edition is not there any more.
    pub fn set_of(&self, sheet: &Sheet) -> Result<&Set, Error> {
        self.editions.get(&number(sheet.edition)).ok_or(Error::NotFound)
    }

    /// What counts for a criterion of a sheet: what was appraised, else what the agency said or the system counts.
    #[must_use]
    pub fn given(&self, sheet: &Sheet, code: &str) -> Given {
        if let Some(appraisal) = self.appraised.get(&(sheet.id, code.to_owned())) {
            return appraisal.given();
        }
        let set = self.editions.get(&number(sheet.edition));
        match set.and_then(|set| set.criterion(code)) {
            Some((_, criterion)) => self.said_or_counted(sheet, code, criterion),
            None => self.own(sheet, code),
        }
    }

    /// What the agency said, or what the system counts; of a survey nothing, which only appraisers say.
    fn said_or_counted(&self, sheet: &Sheet, code: &str, criterion: &Criterion) -> Given {
        match &criterion.source {
            Source::Measure { code } => measured::given(&criterion.rule, self.counted(sheet, code)),
            Source::Own => self.own(sheet, code),
            Source::Survey => Given::Missing,
        }
    }

    /// What the system counts for a measure.
    #[must_use]
    pub fn counted(&self, sheet: &Sheet, measure: &str) -> Option<&measured::Counted> {
        self.measured.get(&(measure.to_owned(), sheet.agency))
    }

    /// What the agency said.
    #[must_use]
    pub fn own(&self, sheet: &Sheet, code: &str) -> Given {
        self.said.get(&sheet.id).and_then(|said| said.get(code)).map(|own| own.given).unwrap_or_default()
    }

    /// How often something happened for a bonus or a penalty.
    #[must_use]
    pub fn times(&self, sheet: &Sheet, code: &str, source: ExtraSource) -> u32 {
        match source {
            ExtraSource::Late => self.late.get(&sheet.agency).copied().unwrap_or_default(),
            ExtraSource::Own => reading::count(self.given(sheet, code)),
        }
    }

    /// Whether what stands for a criterion, bonus or penalty was appraised, or is counted by the system.
    #[must_use]
    pub fn is_settled(&self, sheet: &Sheet, code: &str) -> bool {
        if self.appraised.contains_key(&(sheet.id, code.to_owned())) {
            return true;
        }
        let Ok(set) = self.set_of(sheet) else { return false };
        let is_measured = set.criterion(code).is_some_and(|(_, one)| matches!(one.source, Source::Measure { .. }));
        is_measured || set.extra_of(code).is_some_and(|extra| extra.source == ExtraSource::Late)
    }

    /// Of how many answers of the agency, and surveys about it, how many were appraised.
    #[must_use]
    pub fn progress(&self, sheet: &Sheet) -> (usize, usize) {
        let Some(said) = self.said.get(&sheet.id) else { return (0, 0) };
        let codes = awaited(self.set_of(sheet).ok(), said);
        let done = codes.iter().filter(|code| self.appraised.contains_key(&(sheet.id, (**code).to_owned())));
        (done.count(), codes.len())
    }

    /// Whether the sheet has no total because nothing was handed in.
    #[must_use]
    pub fn leaves_out(&self, sheet: &Sheet) -> bool {
        sheet.submission == 0 && !self.set_of(sheet).is_ok_and(|set| set.counts_absent)
    }

    /// What is settled of a sheet, and nothing else: a total of it is a part of the total.
    #[must_use]
    pub fn settled_inputs(&self, sheet: &Sheet) -> Inputs {
        let mut inputs = self.inputs(sheet);
        inputs.given.retain(|code, _| self.is_settled(sheet, code));
        inputs.times.retain(|code, _| self.is_settled(sheet, code));
        inputs
    }

    /// What a sheet is counted from.
    #[must_use]
    pub fn inputs(&self, sheet: &Sheet) -> Inputs {
        let Some(set) = self.editions.get(&number(sheet.edition)) else { return Inputs::default() };
        let given = set.criteria().map(|(node, _)| (node.code.clone(), self.given(sheet, &node.code)));
        let times = set.extras.iter().map(|extra| (extra.code.clone(), self.times(sheet, &extra.code, extra.source)));
        Inputs { given: given.collect(), times: times.collect() }
    }

    /// What the agency itself would have: only what it said, and what the system counts; nothing of what was appraised.
    #[must_use]
    pub fn own_inputs(&self, sheet: &Sheet) -> Inputs {
        let Some(set) = self.editions.get(&number(sheet.edition)) else { return Inputs::default() };
        let given =
            set.criteria().map(|(node, criterion)| (node.code.clone(), self.said_or_counted(sheet, &node.code, criterion)));
        let times = set.extras.iter().map(|extra| match extra.source {
            ExtraSource::Late => (extra.code.clone(), self.times(sheet, &extra.code, extra.source)),
            ExtraSource::Own => (extra.code.clone(), reading::count(self.own(sheet, &extra.code))),
        });
        Inputs { given: given.collect(), times: times.collect() }
    }

    /// As a round that can be counted by anybody.
    #[must_use]
    pub fn round(&self) -> Round {
        self.round_of(|sheet| self.inputs(sheet))
    }

    /// The same of what is settled alone.
    #[must_use]
    pub fn settled_round(&self) -> Round {
        self.round_of(|sheet| self.settled_inputs(sheet))
    }

    fn round_of(&self, inputs: impl Fn(&Sheet) -> Inputs) -> Round {
        let sheet = |sheet: &Sheet| ::scoring::Sheet {
            agency: sheet.agency.to_string(),
            name: sheet.name.clone(),
            edition: number(sheet.edition),
            inputs: inputs(sheet),
            absent: sheet.submission == 0,
        };
        Round { editions: self.editions.clone(), sheets: self.sheets.iter().map(sheet).collect(), ties: self.ties.clone() }
    }

    /// Counted.
    #[must_use]
    pub fn counted_up(&self) -> Published {
        self.round().published()
    }
}
