//! Reports that came late or not at all in a year, agency by agency, as `duties` counts them.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use uuid::Uuid;

use crate::base::{App, time};
use crate::duties::duty::Kind;
use crate::duties::progress::{self, Scope};
use crate::plans::Plan;
use crate::web::Result;

/// How many, by agency: of every plan in force, with a last day in that year that has passed. One statement a plan.
///
/// # Errors
/// The database failed.
pub async fn of(app: &App, year: i32) -> Result<HashMap<Uuid, u32>> {
    let today = time::local_date(app.clock.now());
    let mut late: HashMap<Uuid, u32> = HashMap::new();
    let (Some(from), Some(until)) = (NaiveDate::from_ymd_opt(year, 1, 1), NaiveDate::from_ymd_opt(year, 12, 31)) else {
        return Ok(late);
    };
    if from.year() > today.year() {
        return Ok(late);
    }
    for plan in Plan::adopted(&app.db).await? {
        let scope = Scope {
            plan: plan.id,
            part: String::new(),
            agency: None,
            body: None,
            duty: None,
            kind: Some(Kind::Report),
            from,
            until,
            today,
        };
        for cell in progress::cells(&app.db, &scope).await? {
            let tally = cell.tally();
            let count = u32::try_from(tally.late() - tally.excused + tally.overdue).unwrap_or_default();
            if count > 0 {
                *late.entry(cell.agency).or_default() += count;
            }
        }
    }
    Ok(late)
}
