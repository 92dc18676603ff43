//! The buttons of a document.

use axum::Form;
use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use super::show;
use crate::base::{App, Who};
use crate::reports::report::Report;
use crate::web::who::Signed;
use crate::web::{Error, Mistakes, Page, Path, Result, Said, Shell};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Pressed {
    version: i32,
    why: String,
}

/// `POST /desk/reports/{id}/acts/{act}`: what is refused comes back with the page, and with the reason that was typed.
pub async fn act(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path((id, act)): Path<(Uuid, String)>,
    Form(pressed): Form<Pressed>,
) -> Result<Response> {
    let report = Report::find_for(&app, &who, id).await?;
    let (status, found) = match done(&app, &who, &report, &act, &pressed).await {
        Ok(said) => return Ok(said.into_response()),
        Err(Error::Refused(found)) => (StatusCode::UNPROCESSABLE_ENTITY, found),
        Err(Error::Stale) if !pressed.why.is_empty() => (StatusCode::CONFLICT, Vec::new()),
        Err(error) => return Err(error),
    };
    let errors = Mistakes::told(&found, shell.l);
    let now = Report::find_for(&app, &who, id).await?;
    let page = show::page(&app, &who, shell, now, (errors, status == StatusCode::CONFLICT)).await?;
    Ok(Page(page.because(pressed.why)).status(status))
}

async fn done(app: &App, who: &Who, report: &Report, act: &str, pressed: &Pressed) -> Result<Said> {
    let seen = pressed.version;
    let said = match act {
        "submit" => {
            report.submit(app, who, seen).await?;
            "report-was-submitted"
        }
        "recall" => {
            report.recall(app, who, seen).await?;
            "report-was-recalled"
        }
        "return" => {
            report.send_back(app, who, &pressed.why, seen).await?;
            "report-was-returned"
        }
        "sign" => {
            report.sign(app, who, seen).await?;
            "report-was-signed"
        }
        "issue" => {
            let number = report.issue(app, who, seen).await?;
            return Ok(Said::to(Report::path(report.id), "report-was-issued").with("n", format!("{number:02}")));
        }
        "catch-up" => {
            report.catch_up(app, who, seen).await?;
            "report-was-caught-up"
        }
        "show" => {
            report.show_public(app, who, true, seen).await?;
            "report-was-shown"
        }
        "hide" => {
            report.show_public(app, who, false, seen).await?;
            "report-was-hidden"
        }
        "replace" => return Ok(Said::to(Report::path(report.succeed(app, who).await?), "report-was-succeeded")),
        "drop" => {
            report.drop_draft(app, who, seen).await?;
            return Ok(Said::to("/desk/reports", "report-was-dropped"));
        }
        _ => return Err(Error::NotFound),
    };
    Ok(Said::to(Report::path(report.id), said))
}
