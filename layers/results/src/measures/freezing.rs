//! When a period is closed, the figures of its time stay as they are then. What becomes of the evidence afterwards is shown beside them, as
//! a restatement, and never in their place.

use std::collections::HashSet;

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use ::measures::period::last_closed;

use super::kept;
use super::measure::Measure;
use super::recomputing::recompute;
use crate::base::{App, By, Fact, fact};
use crate::duties::closing::{Closing, Line};
use crate::duties::{Duty, slot};

/// Freezes what a closing closes: of every measure of the duty's plan, and of those that count what the duty's form declares. A closing of a
/// half-year or a year closes all agencies and the province; one of a month, such as that of the press, the agencies that owed it. The
/// second time does nothing.
///
/// # Errors
/// The database failed.
pub async fn freeze(app: &App, recorded: &fact::Model) -> anyhow::Result<()> {
    let Some(closing) = Closing::told_by(&app.db, recorded).await? else { return Ok(()) };
    let period = closing.period.as_str();
    let duty = Duty::find(&app.db, recorded.about).await.map_err(|error| anyhow::anyhow!("the duty: {error:?}"))?;
    let Some(end) = end_of(app, &duty, period).await? else { return Ok(()) };
    let (year, through) = last_closed(end);
    let id = duty.id.to_string();
    let closes = |one: &Measure| one.plan == Some(duty.plan) || one.definition().fields().any(|(declared, _)| declared == id);
    let measures: Vec<Uuid> = Measure::all(&app.db).await?.iter().filter(|one| closes(one)).map(|one| one.id).collect();
    if measures.is_empty() {
        return Ok(());
    }
    let counted = recompute(app, year, Some(&measures)).await;
    counted.map_err(|error| anyhow::anyhow!("measures of {year}: {error:?}"))?;
    let mut rows = kept::of(&app.db, &measures, &[year], None).await?;
    if is_of_a_month(period) {
        let owed = Line::of(&app.db, closing.id).await?.into_iter().map(|line| line.agency).collect::<HashSet<Uuid>>();
        rows.retain(|row| owed.contains(&row.agency));
    }
    rows.retain(|row| row.through() < through);
    if rows.is_empty() {
        return Ok(());
    }
    let transaction = app.begin().await?;
    for row in &rows {
        kept::freeze(&transaction, row, through, app.clock.now()).await?;
    }
    let fact =
        Fact::MeasuresFrozen { period: period.to_owned(), duty: duty.id, rows: u32::try_from(rows.len()).unwrap_or(u32::MAX) };
    app.record(&transaction, Uuid::nil(), fact, &By::system()).await?;
    app.commit(transaction).await?;
    Ok(())
}

/// `2026-05`, and not `2026-H1`.
fn is_of_a_month(period: &str) -> bool {
    period.split_once('-').is_some_and(|(_, month)| month.parse::<u32>().is_ok())
}

/// The last day of the data of a period.
async fn end_of(app: &App, duty: &Duty, period: &str) -> Result<Option<NaiveDate>, DbErr> {
    slot::Entity::find()
        .select_only()
        .column(slot::Column::EndOn)
        .filter(slot::Column::Duty.eq(duty.id))
        .filter(slot::Column::Period.eq(period))
        .order_by_desc(slot::Column::EndOn)
        .into_tuple()
        .one(&app.db)
        .await
}

#[cfg(test)]
mod tests {
    use super::is_of_a_month;

    #[test]
    fn a_half_year_is_no_month() {
        assert!(is_of_a_month("2026-05"));
        for period in ["2026-H1", "2026-Q3", "2026", "once"] {
            assert!(!is_of_a_month(period), "{period}");
        }
    }
}
