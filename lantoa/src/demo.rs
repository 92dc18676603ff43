//! The demo province: roles to sign in as, and an adopted plan written for it. The plan's file is offered
//! for download, so that a newcomer can try bringing one in at once.

pub mod playing;

use axum::extract::State;
use axum::routing::get;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::agency_plans;
use crate::base::App;
use crate::duties::{form, opening};
use crate::estimates;
use crate::people::{agency, demo_people};
use crate::plans::Plan;
use crate::web::download::Download;
use crate::web::{Error, Path, Result, Routes};
use crate::{
    campaigns, cases, criteria, inspections, library, loudspeakers, measures, news, newsletters, publications, push, questions,
    registers, reports,
};

const PLAN: &str = include_str!("../data/demo-plan.txt");
const AMENDED: &str = include_str!("../data/demo-plan-amended.txt");
/// Whose plan it is: the standing body of the programme.
const OWNER: &str = "SKHCN";

/// Fills an empty database.
///
/// # Errors
/// The database failed.
pub async fn settle(app: &App) -> anyhow::Result<()> {
    ground(app).await?;
    if let Some(plan) = Plan::adopted(&app.db).await?.into_iter().find(|plan| plan.demo) {
        agency_plans::demo::settle(app, plan.id).await?;
        estimates::demo::settle(app, plan.id).await?;
    }
    cases::seeding::settle(app).await?;
    inspections::seeding::settle(app).await?;
    library::seeding::settle(app).await?;
    news::seeding::settle(app).await?;
    publications::seeding::settle(app).await?;
    newsletters::seeding::settle(app).await?;
    loudspeakers::seeding::settle(app).await?;
    push::seeding::settle(app).await?;
    campaigns::seeding::settle(app).await?;
    registers::seeding::settle(app).await?;
    measures::seeding::settle(app).await?;
    criteria::seeding::settle(app).await?;
    reports::seeding::settle(app).await?;
    questions::seeding::settle(app).await
}

/// People, the adopted plan with its duties, and the form of its report.
async fn ground(app: &App) -> anyhow::Result<()> {
    demo_people::settle(app).await?;
    let owner = agency::Entity::find().filter(agency::Column::Code.eq(OWNER)).one(&app.db).await?;
    let Some(owner) = owner else { return Ok(()) };
    Plan::seed(app, owner.id, "ke-hoach-mau.txt", PLAN).await.map_err(|error| anyhow::anyhow!("the demo plan: {error:?}"))?;
    // As its reaction will, but before anybody looks; later starts find nothing to do.
    opening::keep_up(app).await?;
    if let Some(plan) = Plan::adopted(&app.db).await?.into_iter().find(|plan| plan.demo) {
        form::seeding::settle(app, plan.id).await?;
    }
    Ok(())
}

/// The addresses of the demo; they answer 404 elsewhere.
pub fn routes() -> Routes {
    Routes::new().at("/mau/{name}", get(sample))
}

/// `GET /mau/{name}`: a sample document. It differs from the adopted one by its number, or it would be refused as read already.
async fn sample(State(app): State<App>, Path(name): Path<String>) -> Result<Download> {
    if !app.demo {
        return Err(Error::NotFound);
    }
    let text = match name.as_str() {
        "ke-hoach-mau.txt" => PLAN.replace("Số: ", "Số: 1"),
        "ke-hoach-mau-sua-doi.txt" => AMENDED.to_owned(),
        _ => return Err(Error::NotFound),
    };
    Ok(Download { name, media_type: "text/plain; charset=utf-8", bytes: text.into_bytes() })
}
