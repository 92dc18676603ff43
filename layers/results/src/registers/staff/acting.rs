//! The buttons of a record: confirm, send back, withdraw, make secret, evidence.

use std::collections::BTreeMap;

use axum::Form;
use axum::extract::State as Shared;
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use crate::base::App;
use crate::registers::evidence::{self, Wanted};
use crate::registers::record::Record;
use crate::web::who::Signed;
use crate::web::{Error, Path, Result, Said};

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
    Shared(app): Shared<App>,
    Path((id, act)): Path<(Uuid, String)>,
    Form(pressed): Form<Pressed>,
) -> Result<Said> {
    let record = Record::find_for(&app, &who, id).await?;
    let said = match act.as_str() {
        "confirm" => {
            record.confirm(&app, &who, pressed.version).await?;
            "register-was-confirmed"
        }
        "send-back" => {
            record.send_back(&app, &who, &pressed.why, pressed.version).await?;
            "register-was-sent-back"
        }
        "withdraw" => {
            record.withdraw(&app, &who, &pressed.why, pressed.version).await?;
            "register-was-withdrawn"
        }
        "secret" => {
            if pressed.sure.is_empty() {
                return Err(Error::refused("register-secret-sure"));
            }
            record.make_secret(&app, &who, pressed.version).await?;
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
pub async fn add(who: Signed, Shared(app): Shared<App>, Path(id): Path<Uuid>, Form(added): Form<Added>) -> Result<Said> {
    let record = Record::find_for(&app, &who, id).await?;
    evidence::add(&app, &who, &record, &Wanted { what: added.evidence, on: added.evidence_on }).await?;
    Ok(Said::to(format!("{}#proofs", Record::path(id)), "register-evidence-was-added"))
}

/// `POST /desk/registers/{id}/evidence/{piece}/removal`
pub async fn remove(who: Signed, Shared(app): Shared<App>, Path((id, piece)): Path<(Uuid, Uuid)>) -> Result<Said> {
    let record = Record::find_for(&app, &who, id).await?;
    evidence::remove(&app, &who, &record, piece).await?;
    Ok(Said::to(format!("{}#proofs", Record::path(id)), "register-evidence-was-removed"))
}
