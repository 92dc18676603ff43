//! What measures of a year are counted from: one statement a source, whatever the number of agencies and months, and the answers to the
//! forms that are asked for.

use std::collections::{HashMap, HashSet};

use chrono::{Datelike, NaiveDate};
use futures_util::future::try_join_all;
use sea_orm::entity::prelude::*;

use ::measures::evaluation::Cell;
use ::measures::value::MONTHS;
use ::measures::{Amount, Counts, Definition, Every, Of};

use super::answers;
use super::counting::{Evidence, Gathered, Mark, mark};
use crate::base::sources::together::together;
use crate::base::sources::{self, Counting, Month, Source, Stretch, Tallied};
use crate::base::{App, time};
use crate::people::agency::brief::{Brief, Known};
use crate::web::Result;

/// Nothing that is counted happened before: registers take what is as old.
pub const BEGINNING: Month = Month { year: 1990, month: 1 };

/// So many are asked for at a time: a database has more than one core, and others ask it meanwhile.
const AT_ONCE: usize = 3;

/// Gathers what these definitions count in a year.
///
/// # Errors
/// The database failed.
pub async fn gather<'a>(app: &App, definitions: impl Iterator<Item = &'a Definition>, year: i32) -> Result<Evidence> {
    let today = time::local_date(app.clock.now());
    let known = Known::now(app).await?;
    let mut agencies: Vec<Brief> = known.values().cloned().collect();
    agencies.sort_by_key(|agency| agency.id);
    let begun = begun(year, today);
    let exists = agencies.iter().map(|agency| existing(agency, year, today)).collect();
    let mut evidence = Evidence { year, begun, agencies, exists, gathered: HashMap::new() };
    let places: HashMap<Uuid, usize> = evidence.agencies.iter().enumerate().map(|(at, agency)| (agency.id, at)).collect();
    let mut seen: HashSet<(Of, bool)> = HashSet::new();
    for definition in definitions {
        for part in definition.parts() {
            seen.insert((part.of.clone(), definition.every == Every::Ever));
        }
    }
    if begun == 0 {
        return Ok(evidence);
    }
    let seen: Vec<(Of, bool)> = seen.into_iter().collect();
    let gathered = together(all_counted(app, &evidence, &places, &seen)).await?;
    evidence.gathered.extend(gathered);
    Ok(evidence)
}

async fn all_counted(
    app: &App,
    evidence: &Evidence,
    places: &HashMap<Uuid, usize>,
    seen: &[(Of, bool)],
) -> Result<Vec<((Of, bool), Gathered)>> {
    let mut there = Vec::new();
    for some in seen.chunks(AT_ONCE) {
        let all = try_join_all(some.iter().map(|(of, ever)| counted(app, evidence, places, of, *ever))).await?;
        there.extend(some.iter().cloned().zip(all).filter_map(|(of, gathered)| Some((of, gathered?))));
    }
    Ok(there)
}

/// What there is of one of them; None where nothing keeps it.
async fn counted(app: &App, evidence: &Evidence, places: &HashMap<Uuid, usize>, of: &Of, ever: bool) -> Result<Option<Gathered>> {
    match of {
        Of::Source { code } => match sources::of_code(app, code) {
            Some(source) => tallied(app, source, evidence, places, ever).await.map(Some),
            None => Ok(None),
        },
        Of::Field { duty, field } => answers::gathered(app, duty, field, evidence, places, ever).await,
        Of::Measure { .. } | Of::Agency | Of::Number(_) => Ok(None),
    }
}

fn begun(year: i32, today: NaiveDate) -> usize {
    match year.cmp(&today.year()) {
        std::cmp::Ordering::Less => MONTHS,
        std::cmp::Ordering::Equal => usize::try_from(today.month()).unwrap_or(MONTHS),
        std::cmp::Ordering::Greater => 0,
    }
}

/// A bit for each month on whose last day (in the present month: today) the agency exists.
fn existing(agency: &Brief, year: i32, today: NaiveDate) -> u16 {
    let mut bits = 0;
    for month in 1..=12_u32 {
        let day = Month { year, month }.last_day().min(today.max(Month { year, month }.first_day()));
        if agency.is_open_on(day) {
            bits |= 1 << (month - 1);
        }
    }
    bits
}

async fn tallied(app: &App, source: Source, evidence: &Evidence, places: &HashMap<Uuid, usize>, ever: bool) -> Result<Gathered> {
    let year = evidence.year;
    let last = u32::try_from(evidence.begun).unwrap_or(12);
    let stretch = Stretch { first: Month { year, month: 1 }, last: Month { year, month: last } };
    let counts = Counts {
        stands: source.counting == Counting::Stands,
        cells: vec![None; evidence.agencies.len() * MONTHS],
        before: Vec::new(),
        whole: source.is_shared.then_some(([Amount::NONE; MONTHS], Amount::NONE)),
    };
    let mut gathered = Gathered { counts, ..Gathered::default() };
    place(&mut gathered.counts, &(source.tallies)(app, stretch).await?, year, places);
    if ever && source.counting == Counting::Happened {
        gathered.counts.before = vec![Amount::NONE; evidence.agencies.len()];
        let before = Stretch { first: BEGINNING, last: Month { year: year - 1, month: 12 } };
        earlier(&mut gathered.counts, &(source.tallies)(app, before).await?, places);
    }
    marked(&mut gathered, evidence.agencies.len());
    Ok(gathered)
}

fn place(counts: &mut Counts, tallies: &[Tallied], year: i32, places: &HashMap<Uuid, usize>) {
    for one in tallies.iter().filter(|one| one.month.year == year && (1..=12).contains(&one.month.month)) {
        let month = usize::try_from(one.month.month).unwrap_or(1) - 1;
        let count = Amount::from(one.count);
        match one.agency {
            None => {
                if let Some((months, _)) = &mut counts.whole {
                    months[month] = months[month] + count;
                }
            }
            Some(agency) => {
                let Some(at) = places.get(&agency) else { continue };
                let cell = &mut counts.cells[at * MONTHS + month];
                let so_far = if let Some(Cell::Given(so_far)) = cell { *so_far } else { Amount::NONE };
                *cell = Some(Cell::Given(so_far + count));
            }
        }
    }
}

fn earlier(counts: &mut Counts, tallies: &[Tallied], places: &HashMap<Uuid, usize>) {
    for one in tallies {
        let count = Amount::from(one.count);
        match one.agency {
            None => {
                if let Some((_, before)) = &mut counts.whole {
                    *before = *before + count;
                }
            }
            Some(agency) => {
                if let Some(at) = places.get(&agency) {
                    counts.before[*at] = counts.before[*at] + count;
                }
            }
        }
    }
}

/// Puts a mark on what there is of each agency.
pub(super) fn marked(gathered: &mut Gathered, agencies: usize) {
    let counts = &gathered.counts;
    let mut text = String::with_capacity(64);
    let mut marks: Vec<Mark> = Vec::with_capacity(agencies);
    for at in 0..agencies {
        text.clear();
        for cell in &counts.cells[at * MONTHS..(at + 1) * MONTHS] {
            match cell {
                Some(Cell::Given(amount)) => amount.push_plain(&mut text),
                Some(Cell::Nothing) => text.push('n'),
                Some(Cell::Unanswered) => text.push('u'),
                Some(Cell::Part { given, last, silent }) => {
                    given.push_plain(&mut text);
                    text.push('+');
                    last.push_plain(&mut text);
                    text.push_str(&format!("u{silent}"));
                }
                Some(Cell::NotAsked) | None => {}
            }
            text.push(';');
        }
        text.push_str(&counts.before.get(at).map(|before| before.plain()).unwrap_or_default());
        marks.push(mark(&[text.as_bytes()]));
    }
    gathered.marks = marks;
    if let Some((months, before)) = &counts.whole {
        let words: Vec<String> = months.iter().chain([before]).map(|amount| amount.plain()).collect();
        gathered.mark = mark(&[words.join(";").as_bytes()]);
    }
}
