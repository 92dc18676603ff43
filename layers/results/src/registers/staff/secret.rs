//! How many tasks are secret, year by year: the number and the paper that says so.

use askama::Template;
use axum::Form;
use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use crate::base::{App, Who, time};
use crate::people::agency::brief::Known;
use crate::registers::rights;
use crate::registers::secret_count::{SecretCount, Typed};
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Page, Path, Result, Said, Shell};

/// A year of an agency.
pub struct Row {
    pub id: Uuid,
    pub agency: String,
    pub year: i32,
    pub count: i32,
    pub document: String,
    pub signed_on: String,
    pub signer: String,
    pub signed: bool,
    pub version: i32,
    /// The person decides for the agency.
    pub decides: bool,
    pub obstacles: Vec<String>,
}

#[derive(Template)]
#[template(path = "registers/staff/secret.html")]
pub struct Secret {
    l: Locale,
    shell: Shell,
    rows: Vec<Row>,
    typed: Typed,
    /// The version of the year that is typed, for each year of the person's agency.
    versions: Vec<(i32, i32)>,
    may_write: bool,
    errors: Mistakes,
    conflict: bool,
}

impl Secret {
    /// Each year with the version that was seen of it.
    fn seen(&self) -> String {
        self.versions.iter().map(|(year, version)| format!("{year}:{version}")).collect::<Vec<_>>().join(",")
    }
}

async fn page(app: &App, who: &Who, shell: Shell) -> Result<Secret> {
    let l = shell.l;
    let scope = if who.is_any(rights::OVERSEERS) { None } else { Some(who.agency.ok_or(Error::Forbidden)?) };
    let found = SecretCount::of(&app.db, scope).await?;
    let known = Known::now(app).await?;
    let row = |one: &SecretCount| Row {
        id: one.id,
        agency: known.get(&one.agency).map(|body| body.label()).unwrap_or_default(),
        year: one.year,
        count: one.count,
        document: one.document.clone(),
        signed_on: one.signed_on.map(time::day).unwrap_or_default(),
        signer: one.signer.clone(),
        signed: one.signed_by.is_some(),
        version: one.version,
        decides: rights::decides(who, one.agency),
        obstacles: one.obstacles_to_sign(who).iter().map(|obstacle| obstacle.text(l)).collect(),
    };
    let own = found.iter().filter(|one| Some(one.agency) == who.agency);
    Ok(Secret {
        versions: own.map(|one| (one.year, one.version)).collect(),
        rows: found.iter().map(row).collect(),
        typed: Typed::default(),
        may_write: who.agency.is_some_and(|own| rights::writes(who, own)),
        errors: Mistakes::default(),
        conflict: false,
        l,
        shell,
    })
}

/// `GET /desk/registers/secret`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>) -> Result<Page<Secret>> {
    Ok(Page(page(&app, &who, shell).await?))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    year: String,
    count: String,
    document: String,
    signed_on: String,
    signer: String,
    seen: String,
}

/// `POST /desk/registers/secret`
pub async fn save(who: Signed, shell: Shell, Shared(app): Shared<App>, Form(sent): Form<Sent>) -> Result<Response> {
    let agency = who.agency.ok_or(Error::Forbidden)?;
    let of_year = sent.seen.split(',').filter_map(|one| one.split_once(':')).find(|(year, _)| *year == sent.year.trim());
    let seen = of_year.and_then(|(_, version)| version.parse().ok()).unwrap_or_default();
    let typed =
        Typed { year: sent.year, count: sent.count, document: sent.document, signed_on: sent.signed_on, signer: sent.signer };
    let (status, found) = match SecretCount::save(&app, &who, agency, &typed, seen).await {
        Ok(()) => return Ok(Said::to("/desk/registers/secret", "secret-was-saved").into_response()),
        Err(error) => error.handed_back()?,
    };
    let (errors, conflict) = (Mistakes::told(&found, shell.l), status == StatusCode::CONFLICT);
    let page = Secret { typed, errors, conflict, ..page(&app, &who, shell).await? };
    Ok(Page(page).status(status))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Pressed {
    version: i32,
}

/// `POST /desk/registers/secret/{id}/signature`
pub async fn sign(who: Signed, Shared(app): Shared<App>, Path(id): Path<Uuid>, Form(pressed): Form<Pressed>) -> Result<Said> {
    SecretCount::find_for(&app, &who, id).await?.sign(&app, &who, pressed.version).await?;
    Ok(Said::to("/desk/registers/secret", "secret-was-signed"))
}
