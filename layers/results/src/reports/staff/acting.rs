//! The buttons of a document.

use axum::Form;
use axum::extract::State as Shared;
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use crate::base::App;
use crate::reports::report::Report;
use crate::web::who::Signed;
use crate::web::{Error, Path, Result, Said};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Pressed {
    version: i32,
    why: String,
}

/// `POST /desk/reports/{id}/acts/{act}`
pub async fn act(
    who: Signed,
    Shared(app): Shared<App>,
    Path((id, act)): Path<(Uuid, String)>,
    Form(pressed): Form<Pressed>,
) -> Result<Said> {
    let report = Report::find_for(&app, &who, id).await?;
    let seen = pressed.version;
    let said = match act.as_str() {
        "submit" => {
            report.submit(&app, &who, seen).await?;
            "report-was-submitted"
        }
        "recall" => {
            report.recall(&app, &who, seen).await?;
            "report-was-recalled"
        }
        "return" => {
            report.send_back(&app, &who, &pressed.why, seen).await?;
            "report-was-returned"
        }
        "sign" => {
            report.sign(&app, &who, seen).await?;
            "report-was-signed"
        }
        "issue" => {
            let number = report.issue(&app, &who, seen).await?;
            return Ok(Said::to(Report::path(id), "report-was-issued").with("n", format!("{number:02}")));
        }
        "catch-up" => {
            report.catch_up(&app, &who, seen).await?;
            "report-was-caught-up"
        }
        "show" => {
            report.show_public(&app, &who, true, seen).await?;
            "report-was-shown"
        }
        "hide" => {
            report.show_public(&app, &who, false, seen).await?;
            "report-was-hidden"
        }
        "replace" => {
            let next = report.succeed(&app, &who).await?;
            return Ok(Said::to(Report::path(next), "report-was-succeeded"));
        }
        "drop" => {
            report.drop_draft(&app, &who, seen).await?;
            return Ok(Said::to("/desk/reports", "report-was-dropped"));
        }
        _ => return Err(Error::NotFound),
    };
    Ok(Said::to(Report::path(id), said))
}
