//! What the system counts of agencies, as criteria take it: everything that is said of measures here is in this file.

use std::collections::{HashMap, HashSet};

use ::measures::Amount;
use ::scoring::{Given, Rule, Set, Source};
use uuid::Uuid;

use crate::base::App;
use crate::measures;
use crate::web::Result;

/// A value with the way down to what it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// What the measure is called.
    pub title: String,
    pub value: Option<Amount>,
    pub unit: String,
    /// The version of the measure's definition; None where nobody knows, or where it was more than one.
    pub version: Option<i32>,
    /// The page of the desk that opens down to what is counted.
    pub href: String,
    /// Where everybody opens what that agency has of it; empty while it is not public.
    pub public_href: String,
}

/// By code of the measure and agency.
pub type All = HashMap<(String, Uuid), Counted>;

/// The measures that sets ask for, in a year, for every agency: one pass, and nothing without measures.
///
/// # Errors
/// The database failed.
pub async fn of(app: &App, sets: impl Iterator<Item = &Set>, year: i32) -> Result<All> {
    let mut codes = HashSet::new();
    for set in sets {
        for (_, criterion) in set.criteria() {
            if let Source::Measure { code } = &criterion.source {
                codes.insert(code.clone());
            }
        }
    }
    if codes.is_empty() {
        return Ok(All::new());
    }
    let codes: Vec<String> = codes.into_iter().collect();
    let yearly = measures::yearly_all(app, &codes, year).await?;
    let all = measures::Measure::all(&app.db).await?.into_iter();
    let by_code: HashMap<String, measures::Measure> = all.map(|one| (one.code.clone(), one)).collect();
    let counted = yearly.into_iter().filter_map(|((code, agency), one)| {
        let (measure, agency) = (by_code.get(&code)?, agency?);
        let down = || format!("{}/ho-so?part=0&year={year}&agency={agency}", measure.public_path());
        let counted = Counted {
            title: measure.title.clone(),
            value: one.value,
            unit: one.unit,
            version: one.version,
            href: one.href,
            public_href: if measure.is_public() { down() } else { String::new() },
        };
        Some(((code, agency), counted))
    });
    Ok(counted.collect())
}

/// The measures that a criterion can ask for: code and name.
///
/// # Errors
/// The database failed.
pub async fn choices(app: &App) -> Result<Vec<(String, String)>> {
    let all = measures::Measure::all(&app.db).await?;
    Ok(all.into_iter().map(|measure| (measure.code, measure.title)).collect())
}

/// What a counted value is for a rule: yes where there is any, or the value itself. No value is no answer, never nothing.
#[must_use]
pub fn given(rule: &Rule, counted: Option<&Counted>) -> Given {
    match counted.and_then(|counted| counted.value) {
        None => Given::Missing,
        Some(amount) if *rule == Rule::YesNo => {
            if amount > Amount::default() {
                Given::Yes
            } else {
                Given::No
            }
        }
        Some(amount) => Given::Value { amount },
    }
}
