//! The buttons of a campaign: start, close, drop, show to the public, ask its agencies.

use axum::Form;
use axum::extract::State as Shared;
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use crate::base::App;
use crate::campaigns::asking;
use crate::campaigns::campaign::Campaign;
use crate::duties::Request;
use crate::web::who::Signed;
use crate::web::{Error, Obstacle, Path, Result, Said};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Pressed {
    version: i32,
}

/// `POST /desk/campaigns/{id}/acts/{act}`
pub async fn act(
    who: Signed,
    Shared(app): Shared<App>,
    Path((id, act)): Path<(Uuid, String)>,
    Form(pressed): Form<Pressed>,
) -> Result<Said> {
    let campaign = Campaign::find_for(&app, &who, id).await?;
    let said = match act.as_str() {
        "start" => {
            campaign.start(&app, &who, pressed.version).await?;
            "campaign-was-started"
        }
        "close" => {
            campaign.close(&app, &who, pressed.version).await?;
            "campaign-was-closed"
        }
        "show" => {
            campaign.show_public(&app, &who, true, pressed.version).await?;
            "campaign-was-shown"
        }
        "hide" => {
            campaign.show_public(&app, &who, false, pressed.version).await?;
            "campaign-was-hidden"
        }
        "drop" => {
            campaign.drop_draft(&app, &who, pressed.version).await?;
            return Ok(Said::to("/desk/campaigns", "campaign-was-dropped"));
        }
        _ => return Err(Error::NotFound),
    };
    Ok(Said::to(Campaign::path(id), said))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    plan: String,
    what: String,
    due: String,
}

/// `POST /desk/campaigns/{id}/request`
pub async fn ask(who: Signed, Shared(app): Shared<App>, Path(id): Path<Uuid>, Form(asked): Form<Asked>) -> Result<Said> {
    let campaign = Campaign::find_for(&app, &who, id).await?;
    let plans = asking::plans(&app, &who).await?;
    let plan = plans.iter().find(|plan| plan.slug == asked.plan).ok_or(Error::Forbidden)?;
    let due = asked.due.trim().parse().map_err(|_| Error::Refused(vec![Obstacle::new("campaign-day-wrong").at("due")]))?;
    let request = campaign.ask(&app, &who, plan, &vietnamese::normalise(&asked.what), due).await?;
    Ok(Said::to(Request::desk_path(request), "campaign-was-asked"))
}
