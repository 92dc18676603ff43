//! The buttons of a written answer: approve, send back, withdraw.

use axum::Form;
use axum::extract::State as Shared;
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use crate::assistant::curated::Curated;
use crate::base::App;
use crate::web::who::Signed;
use crate::web::{Error, Path, Result, Said};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Pressed {
    version: i32,
    why: String,
}

/// `POST /desk/assistant/answers/{id}/acts/{act}`
pub async fn act(
    who: Signed,
    Shared(app): Shared<App>,
    Path((id, act)): Path<(Uuid, String)>,
    Form(pressed): Form<Pressed>,
) -> Result<Said> {
    let one = Curated::find_for(&app, &who, id).await?;
    let said = match act.as_str() {
        "approve" => {
            one.approve(&app, &who, pressed.version).await?;
            "curated-was-approved"
        }
        "send-back" => {
            one.send_back(&app, &who, &pressed.why, pressed.version).await?;
            "curated-was-sent-back"
        }
        "withdraw" => {
            one.withdraw(&app, &who, &pressed.why, pressed.version).await?;
            "curated-was-withdrawn"
        }
        _ => return Err(Error::NotFound),
    };
    Ok(Said::to(Curated::path(id), said))
}
