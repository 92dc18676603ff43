//! What the demo province starts with: a section whose articles may be announced, and the announcement of one that is made up. Nobody
//! asked for notices yet, so it goes to nobody, and says so.

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::order::Order;
use super::setting::{self, Mode, Setting};
use crate::base::App;
use crate::news::article::{self, Language, State};
use crate::people::demo_people;
use crate::web::Error;

/// Fills an empty table; later starts find nothing to do.
///
/// # Errors
/// The database failed.
pub async fn settle(app: &App) -> anyhow::Result<()> {
    fill(app).await.map_err(|error| anyhow::anyhow!("the demo's notices: {error:?}"))
}

async fn fill(app: &App) -> Result<(), Error> {
    if setting::Entity::find().one(&app.db).await?.is_some() {
        return Ok(());
    }
    let keeper = demo_people::at_work(app, "department_admin").await?;
    let Some((keeper, approver)) = keeper.zip(demo_people::at_work(app, "approver").await?) else { return Ok(()) };
    let Some(agency) = keeper.agency.filter(|agency| approver.agency == Some(*agency)) else { return Ok(()) };
    let out = article::Entity::find()
        .filter(article::Column::Agency.eq(agency))
        .filter(article::Column::Demo.eq(true))
        .filter(article::Column::Language.eq(Language::Vi))
        .filter(article::Column::State.eq(State::Published))
        .order_by_desc(article::Column::PublishedAt);
    let Some(article) = out.one(&app.db).await? else { return Ok(()) };
    Setting::switch(app, &keeper, (agency, article.section), Mode::Chosen, 0).await?;
    Order::announce(app, &approver, article.id).await?;
    Ok(())
}
