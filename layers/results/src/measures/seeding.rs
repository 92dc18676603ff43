//! The demo province has the measures of its plan, as its reaction will make them, and counts them before anybody looks. Some are left to be
//! confirmed by whoever tries it. // recorded by the verbs that make them

use super::measure::{Measure, State};
use super::{settling, suggesting};
use crate::base::App;
use crate::people::demo_people;
use crate::plans::Plan;
use crate::web::Error;

/// So many of the suggestions are confirmed.
const CONFIRMED: usize = 6;

/// Fills what is empty; later starts find nothing to do.
///
/// # Errors
/// The database failed.
pub async fn settle(app: &App) -> anyhow::Result<()> {
    let plan = Plan::adopted(&app.db).await?.into_iter().find(|plan| plan.demo);
    let Some(plan) = plan else { return Ok(()) };
    if !Measure::all(&app.db).await?.iter().any(|one| one.plan == Some(plan.id)) {
        suggesting::settle(app, plan.id).await?;
        confirm(app).await.map_err(|error| anyhow::anyhow!("the demo's measures: {error:?}"))?;
    }
    // Registers may have come since.
    settling::settle(app).await
}

async fn confirm(app: &App) -> Result<(), Error> {
    let Some(who) = demo_people::at_work(app, "coordinator").await? else { return Ok(()) };
    let suggested = Measure::all(&app.db).await?.into_iter().filter(|one| one.state == State::Suggested);
    for measure in suggested.take(CONFIRMED) {
        measure.confirm(app, &who, measure.version).await?;
    }
    Ok(())
}
