//! The buttons of a record: confirm, send back, withdraw, make secret, evidence.

use std::collections::BTreeMap;

use axum::Form;
use axum::extract::State as Shared;
use axum::response::{IntoResponse, Response};
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use super::show::{self, Tried};
use crate::base::{App, Who};
use crate::registers::evidence::{self, Wanted};
use crate::registers::record::Record;
use crate::web::who::Signed;
use crate::web::{Error, Obstacle, Path, Result, Said, Shell};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Pressed {
    version: i32,
    why: String,
    /// Ticked by who understood that it can not be taken back.
    sure: String,
}

/// `POST /desk/registers/{id}/acts/{act}`
pub async fn act(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path((id, act)): Path<(Uuid, String)>,
    Form(pressed): Form<Pressed>,
) -> Result<Response> {
    match done(&app, &who, id, &act, &pressed).await {
        Ok(said) => Ok(said.into_response()),
        Err(error) => {
            let tried = Tried { act, why: pressed.why, ..Tried::default() };
            show::handed_back(&app, &who, shell, id, tried, error).await
        }
    }
}

async fn done(app: &App, who: &Who, id: Uuid, act: &str, pressed: &Pressed) -> Result<Said> {
    let record = Record::find_for(app, who, id).await?;
    let said = match act {
        "confirm" => {
            record.confirm(app, who, pressed.version).await?;
            "register-was-confirmed"
        }
        "send-back" => {
            record.send_back(app, who, &pressed.why, pressed.version).await?;
            "register-was-sent-back"
        }
        "withdraw" => {
            record.withdraw(app, who, &pressed.why, pressed.version).await?;
            "register-was-withdrawn"
        }
        "secret" => {
            if pressed.sure.is_empty() {
                return Err(Error::Refused(vec![Obstacle::new("register-secret-sure").at("secret")]));
            }
            record.make_secret(app, who, pressed.version).await?;
            return Ok(Said::to("/desk/registers/secret", "register-was-made-secret"));
        }
        _ => return Err(Error::NotFound),
    };
    Ok(Said::to(Record::path(id), said))
}

/// The records that are ticked, each with the version that the list showed.
fn ticked(fields: &[(String, String)]) -> Result<BTreeMap<Uuid, i32>> {
    let one = |(_, value): &(String, String)| {
        let (id, version) = value.split_once(':')?;
        Some((id.parse::<Uuid>().ok()?, version.parse::<i32>().ok()?))
    };
    let ticked = fields.iter().filter(|(name, _)| name == "record");
    ticked.map(one).collect::<Option<BTreeMap<Uuid, i32>>>().ok_or_else(|| Error::bad("failure-bad-request"))
}

/// `POST /desk/registers/confirmation`: those that are ticked, all or none, as the list showed them.
pub async fn confirm_several(who: Signed, Shared(app): Shared<App>, Form(fields): Form<Vec<(String, String)>>) -> Result<Said> {
    let ticked = ticked(&fields)?;
    if ticked.is_empty() {
        return Err(Error::refused("register-none-ticked"));
    }
    let mut records = Vec::new();
    for (id, version) in ticked {
        records.push((Record::find_for(&app, &who, id).await?, version));
    }
    let transaction = app.begin().await?;
    for (record, version) in &records {
        record.confirm_in(&app, &transaction, &who, *version).await?;
    }
    app.commit(transaction).await?;
    Ok(Said::to("/desk/registers?waiting=on", "register-several-confirmed"))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Added {
    evidence: String,
    evidence_on: String,
}

/// `POST /desk/registers/{id}/evidence`
pub async fn add(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    Form(added): Form<Added>,
) -> Result<Response> {
    let record = Record::find_for(&app, &who, id).await?;
    let wanted = Wanted { what: added.evidence, on: added.evidence_on };
    match evidence::add(&app, &who, &record, &wanted).await {
        Ok(()) => Ok(Said::to(format!("{}#proofs", Record::path(id)), "register-evidence-was-added").into_response()),
        Err(error) => {
            let tried = Tried { evidence: wanted.what, evidence_on: wanted.on, ..Tried::default() };
            show::handed_back(&app, &who, shell, id, tried, error).await
        }
    }
}

/// `POST /desk/registers/{id}/evidence/{piece}/removal`
pub async fn remove(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path((id, piece)): Path<(Uuid, Uuid)>,
) -> Result<Response> {
    let record = Record::find_for(&app, &who, id).await?;
    match evidence::remove(&app, &who, &record, piece).await {
        Ok(()) => Ok(Said::to(format!("{}#proofs", Record::path(id)), "register-evidence-was-removed").into_response()),
        Err(error) => show::handed_back(&app, &who, shell, id, Tried::default(), error).await,
    }
}
