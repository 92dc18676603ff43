//! What a measure came to in a year: the front door for criteria and reports.

use std::collections::HashMap;

use sea_orm::entity::prelude::*;

use ::measures::{Amount, Definition, Standing};

use super::kept::{self, PROVINCE, Row};
use super::measure::{Measure, State};
use crate::base::App;
use crate::web::Result;

/// A year of an agency, or of the province.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Yearly {
    pub numerator: Amount,
    /// Of a ratio.
    pub denominator: Option<Amount>,
    /// Per cent for ratios. None where there is no figure: `standing` says why.
    pub value: Option<Amount>,
    pub standing: Standing,
    /// Agencies of which there is no figure.
    pub gaps: u32,
    pub unit: String,
    /// Of the definition; None where nobody knows, or where its periods were counted by more than one.
    pub version: Option<i32>,
    /// Whether somebody confirmed the definition.
    pub state: State,
    /// The page of the desk that opens down to what is counted.
    pub href: String,
}

fn of_row(measure: &Measure, definition: &Definition, row: &Row) -> Option<Yearly> {
    let value = row.year_of(definition)?;
    let agency = row.of_agency().map(|agency| format!("&agency={agency}")).unwrap_or_default();
    Some(Yearly {
        numerator: value.numerator,
        denominator: value.denominator,
        value: value.figure(),
        standing: value.standing,
        gaps: value.gaps,
        unit: definition.unit.clone(),
        version: row.version_of_year(definition),
        state: measure.state,
        href: format!("{}?year={}{agency}", measure.desk_path(), row.year),
    })
}

/// A measure in a year, of an agency or (None) of all together. None where it is not asked, or was never counted.
///
/// # Errors
/// Not found, or the database failed.
pub async fn yearly(app: &App, code: &str, agency: Option<Uuid>, year: i32) -> Result<Option<Yearly>> {
    let measure = Measure::of_code(&app.db, code).await?;
    let rows = kept::of(&app.db, &[measure.id], &[year], Some(agency.unwrap_or(PROVINCE))).await?;
    Ok(rows.first().and_then(|row| of_row(&measure, &measure.definition(), row)))
}

/// Measures in a year, of every agency and (None) of all together, by code: two statements. Codes that nothing has are not there.
///
/// # Errors
/// The database failed.
pub async fn yearly_all(app: &App, codes: &[String], year: i32) -> Result<HashMap<(String, Option<Uuid>), Yearly>> {
    let measures = Measure::all(&app.db).await?;
    let wanted = measures.iter().filter(|one| codes.contains(&one.code));
    let wanted: HashMap<Uuid, (&Measure, Definition)> = wanted.map(|one| (one.id, (one, one.definition()))).collect();
    let ids: Vec<Uuid> = wanted.keys().copied().collect();
    let mut found = HashMap::new();
    for row in kept::of(&app.db, &ids, &[year], None).await? {
        let Some((measure, definition)) = wanted.get(&row.measure) else { continue };
        if let Some(value) = of_row(measure, definition, &row) {
            found.insert((measure.code.clone(), row.of_agency()), value);
        }
    }
    Ok(found)
}
