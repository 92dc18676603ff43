//! The buttons of a set: put forward, send back, issue, open, extend, appraise, take appeals, drop.

use axum::Form;
use axum::extract::State as Shared;
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use crate::base::App;
use crate::criteria::set::CriteriaSet;
use crate::web::who::Signed;
use crate::web::{Error, Path, Result, Said};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Pressed {
    version: i32,
    until: String,
    why: String,
}

/// `POST /desk/criteria/{id}/acts/{act}`
pub async fn act(
    who: Signed,
    Shared(app): Shared<App>,
    Path((id, act)): Path<(Uuid, String)>,
    Form(pressed): Form<Pressed>,
) -> Result<Said> {
    let set = CriteriaSet::find_for(&app, &who, id).await?;
    let Pressed { version, until, why } = pressed;
    let said = match act.as_str() {
        "submit" => set.submit(&app, &who, version).await.map(|()| "criteria-was-submitted"),
        "return" => set.send_back(&app, &who, &why, version).await.map(|()| "criteria-was-returned"),
        "issue" => set.issue(&app, &who, version).await.map(|()| "criteria-was-issued"),
        "open" => set.open(&app, &who, &until, version).await.map(|()| "criteria-was-opened"),
        "extend" => set.extend(&app, &who, (until.as_str(), why.as_str()), version).await.map(|()| "criteria-was-extended"),
        "appraisal" => set.begin_appraisal(&app, &who, version).await.map(|()| "criteria-appraisal-was-begun"),
        "appeals" => set.open_appeals(&app, &who, &until, version).await.map(|()| "criteria-appeals-were-opened"),
        "drop" => {
            set.drop_draft(&app, &who, version).await?;
            return Ok(Said::to("/desk/criteria", "criteria-was-dropped"));
        }
        _ => Err(Error::NotFound),
    };
    Ok(Said::to(CriteriaSet::path(id), said?))
}
