//! A document as files: DOCX and PDF with the same words, and the data that its digest is of.

use axum::extract::State as Shared;
use sea_orm::entity::prelude::*;

use crate::base::App;
use crate::reports::report::composing::compose;
use crate::reports::report::drafting::Format;
use crate::reports::report::{Report, kept};
use crate::web::download::Download;
use crate::web::who::Signed;
use crate::web::{Error, Path, Result};

const JSON: &str = "application/json";

/// What a file is called: `bao-cao-05-bc-skhcn.docx`, of a draft `du-thao-….docx`.
#[must_use]
pub fn name(report: &Report, ending: &str) -> String {
    let number = report.number_shown();
    let name = if number.is_empty() { format!("du thao {}", report.subject) } else { number };
    let slug = vietnamese::slug::slug_within(&name, 80).unwrap_or_else(|| "van-ban".into());
    format!("{}-{slug}.{ending}", vietnamese::slug(report.kind.type_name()).unwrap_or_default())
}

/// The file of that format.
///
/// # Errors
/// Not found for other formats, and for the data of what is not frozen; or the database or the store failed.
pub async fn of(app: &App, report: &Report, format: &str) -> Result<Download> {
    if format == "json" {
        if report.frozen.is_empty() {
            return Err(Error::NotFound);
        }
        return Ok(Download { name: name(report, "json"), media_type: JSON, bytes: report.frozen.clone().into_bytes() });
    }
    let format = Format::of_ending(format).ok_or(Error::NotFound)?;
    let composed = match report.frozen()? {
        Some(frozen) => frozen,
        None => compose(app, report).await?.composed,
    };
    let bytes = kept::file(app, report, &composed, format).await?;
    Ok(Download { name: name(report, format.ending()), media_type: format.media_type(), bytes })
}

/// `GET /desk/reports/{id}/files/{format}`
pub async fn file(who: Signed, Shared(app): Shared<App>, Path((id, format)): Path<(Uuid, String)>) -> Result<Download> {
    of(&app, &Report::find_for(&app, &who, id).await?, &format).await
}
