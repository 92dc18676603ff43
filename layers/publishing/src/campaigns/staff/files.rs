//! A campaign as files.

use axum::extract::State as Shared;
use sea_orm::entity::prelude::*;

use crate::base::App;
use crate::campaigns::campaign::Campaign;
use crate::campaigns::table;
use crate::web::download::{CSV, Download, XLSX};
use crate::web::who::Signed;
use crate::web::{Error, Path, Result, Shell};

const JSON: &str = "application/json";

fn name(campaign: &Campaign, ending: &str) -> String {
    format!("chien-dich-{}.{ending}", vietnamese::slug(&campaign.title).unwrap_or_default())
}

/// `GET /desk/campaigns/{id}/csv`: the matrix, a line for each cell.
pub async fn csv(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Download> {
    let campaign = Campaign::find_for(&app, &who, id).await?;
    let (_, counts) = campaign.counted(&app).await?;
    Ok(Download { name: name(&campaign, "csv"), media_type: CSV, bytes: table::csv(shell.l, &counts)? })
}

/// `GET /desk/campaigns/{id}/xlsx`
pub async fn xlsx(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Download> {
    let campaign = Campaign::find_for(&app, &who, id).await?;
    let (members, counts) = campaign.counted(&app).await?;
    let bytes = table::xlsx(shell.l, &campaign, &members, &counts)?;
    Ok(Download { name: name(&campaign, "xlsx"), media_type: XLSX, bytes })
}

/// `GET /desk/campaigns/{id}/count`: the frozen count, byte for byte what its digest is of.
pub async fn frozen(who: Signed, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Download> {
    let campaign = Campaign::find_for(&app, &who, id).await?;
    if campaign.frozen.is_empty() {
        return Err(Error::NotFound);
    }
    Ok(Download { name: name(&campaign, "json"), media_type: JSON, bytes: campaign.frozen.into_bytes() })
}
