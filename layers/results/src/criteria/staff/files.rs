//! A round, and a sheet of it, as workbooks.

use axum::extract::State as Shared;
use sea_orm::entity::prelude::*;

use crate::base::App;
use crate::criteria::set::CriteriaSet;
use crate::criteria::sheet::Sheet;
use crate::criteria::{rights, table};
use crate::web::download::{Download, XLSX};
use crate::web::who::Signed;
use crate::web::{Path, Result, Shell};

/// `GET /desk/criteria/{id}/xlsx`: as it stands, for who sees all sheets; what nobody appraised yet is an empty cell, as on the page.
pub async fn xlsx(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Download> {
    let set = CriteriaSet::find_for(&app, &who, id).await?;
    rights::require(who.is_any(rights::OVERSEERS) || rights::is_of_appraisers(&who, &set))?;
    let body = set.standing(&app, &[]).await?;
    let name = format!("bo-tieu-chi-{}-{}.xlsx", set.year, set.class);
    Ok(Download { name, media_type: XLSX, bytes: table::standing_xlsx(shell.l, &body, set.state.is_appraised())? })
}

/// `GET /desk/criteria/sheets/{sheet}/xlsx`
pub async fn sheet_xlsx(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Download> {
    let (sheet, set) = Sheet::find_for(&app, &who, id).await?;
    let body = set.standing(&app, &[]).await?;
    let bytes = table::sheet_xlsx(shell.l, &body, &sheet.agency.to_string())?;
    let name = format!("phieu-cham-diem-{}.xlsx", vietnamese::slug(&sheet.name).unwrap_or_default());
    Ok(Download { name, media_type: XLSX, bytes })
}
