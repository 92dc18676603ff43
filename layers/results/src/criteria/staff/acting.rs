//! The buttons of a set: put forward, send back, issue, open, extend, name another appraising body, appraise, take appeals, drop. A refusal
//! comes back with everything that was typed.

use axum::Form;
use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use super::show;
use crate::base::{App, Who};
use crate::criteria::set::CriteriaSet;
use crate::web::who::Signed;
use crate::web::{Error, Page, Path, Result, Said, Shell};

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Pressed {
    version: i32,
    pub until: String,
    pub why: String,
    pub appraiser: String,
    /// Why that body appraises too.
    pub reason: String,
}

/// Does it; says the key of what was done.
async fn done(app: &App, who: &Who, set: &CriteriaSet, act: &str, pressed: &Pressed) -> Result<&'static str> {
    let (version, until, why) = (pressed.version, pressed.until.as_str(), pressed.why.as_str());
    match act {
        "submit" => set.submit(app, who, version).await.map(|()| "criteria-was-submitted"),
        "return" => set.send_back(app, who, why, version).await.map(|()| "criteria-was-returned"),
        "issue" => set.issue(app, who, version).await.map(|()| "criteria-was-issued"),
        "open" => set.open(app, who, until, version).await.map(|()| "criteria-was-opened"),
        "extend" => set.extend(app, who, (until, why), version).await.map(|()| "criteria-was-extended"),
        "appraiser" => {
            let named = (pressed.appraiser.as_str(), pressed.reason.as_str());
            set.name_appraiser(app, who, named, version).await.map(|()| "criteria-appraiser-was-named")
        }
        "appraisal" => set.begin_appraisal(app, who, version).await.map(|()| "criteria-appraisal-was-begun"),
        "appeals" => set.open_appeals(app, who, until, version).await.map(|()| "criteria-appeals-were-opened"),
        "drop" => set.drop_draft(app, who, version).await.map(|()| "criteria-was-dropped"),
        _ => Err(Error::NotFound),
    }
}

/// `POST /desk/criteria/{id}/acts/{act}`
pub async fn act(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path((id, act)): Path<(Uuid, String)>,
    Form(pressed): Form<Pressed>,
) -> Result<Response> {
    let set = CriteriaSet::find_for(&app, &who, id).await?;
    match done(&app, &who, &set, &act, &pressed).await {
        Ok(key) if act == "drop" => Ok(Said::to("/desk/criteria", key).into_response()),
        Ok(key) => Ok(Said::to(CriteriaSet::path(id), key).into_response()),
        Err(Error::Refused(found)) => {
            let page = show::page(&app, &who, shell, set).await?;
            Ok(Page(page.refused(act, pressed, &found)).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}
