//! Before it is published: what would be frozen, and what is in the way. Afterwards: what is another now, and counting it again.

use std::collections::HashMap;

use ::scoring::Difference;
use askama::Template;
use axum::Form;
use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use super::standing::NOT_YET;
use crate::base::{App, Who, time};
use crate::criteria::publication::{Body, Publication};
use crate::criteria::rights;
use crate::criteria::set::CriteriaSet;
use crate::criteria::sheet::Sheet;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Obstacle, Page, Path, Result, Said, Shell};

/// A place in the ranking.
pub struct Row {
    pub rank: String,
    pub name: String,
    /// Its sheet on the desk; empty where there is nothing to look at.
    pub href: String,
    pub total: String,
    pub bonus: String,
    pub penalty: String,
    pub missing: String,
    /// By what it was told from another with the same total.
    pub by: String,
    /// How much of it was appraised, where not all was.
    pub note: String,
}

/// Something that is another than it was.
pub struct Change {
    pub agency: String,
    pub what: String,
    pub from: String,
    pub to: String,
}

#[derive(Template)]
#[template(path = "criteria/staff/publication.html")]
pub struct Shown {
    l: Locale,
    shell: Shell,
    set: CriteriaSet,
    rows: Vec<Row>,
    changes: Vec<Change>,
    obstacles: Vec<Obstacle>,
    /// Id, number, address, when, digest, why.
    earlier: Vec<Earlier>,
    next: i32,
    /// Why it is corrected, as typed, where it was refused.
    why: String,
    errors: Mistakes,
}

/// A publication that is out.
pub struct Earlier {
    pub id: Uuid,
    pub number: i32,
    pub href: String,
    pub when: String,
    pub sha256: String,
    pub why: String,
}

impl Shown {
    fn here(&self) -> String {
        format!("{}/publication", self.set_href())
    }

    fn set_href(&self) -> String {
        CriteriaSet::path(self.set.id)
    }

    fn words(&self, obstacle: &Obstacle) -> String {
        obstacle.text(self.l)
    }
}

/// What groups, criteria and extras of a body are called, by code.
#[must_use]
pub fn names(body: &Body) -> HashMap<String, String> {
    let mut names = HashMap::new();
    for set in body.counted.round.editions.values() {
        for (number, node) in set.numbered() {
            names.insert(node.code.clone(), format!("{number} {}", node.name));
        }
        names.extend(set.extras.iter().map(|extra| (extra.code.clone(), extra.name.clone())));
    }
    names
}

/// The ranking.
#[must_use]
pub fn rows(l: Locale, body: &Body) -> Vec<Row> {
    let names = names(body);
    let round = &body.counted.round;
    let row = |result: &::scoring::Result| {
        let sheet = round.sheet(&result.place.agency);
        let left_out = sheet.is_some_and(|sheet| round.leaves_out(sheet));
        let nothing = || l.t(if left_out { "criteria-absent" } else { "criteria-not-assessed" });
        let amount = |amount: ::measures::Amount| if left_out { "–".to_owned() } else { amount.shown() };
        Row {
            rank: result.place.rank.map_or_else(nothing, |rank| rank.to_string()),
            name: sheet.map(|sheet| sheet.name.clone()).unwrap_or_default(),
            href: String::new(),
            total: result.score.total.map_or_else(nothing, ::measures::Amount::shown),
            bonus: amount(result.score.bonus),
            penalty: amount(result.score.penalty),
            missing: result.score.missing.to_string(),
            by: told(l, &names, &result.place),
            note: String::new(),
        }
    };
    body.counted.results.iter().map(row).collect()
}

/// The same of what stands on the desk: before all is appraised nobody stands anywhere, and a total says how much of it was.
#[must_use]
pub fn standing_rows(l: Locale, body: &Body, is_appraised: bool) -> Vec<Row> {
    let round = &body.counted.round;
    let mut rows = rows(l, body);
    let is_done = |sheet: &::scoring::Sheet| {
        let (done, of) = body.progress(sheet);
        done == of
    };
    if is_appraised && round.sheets.iter().all(is_done) {
        return rows;
    }
    for (row, result) in rows.iter_mut().zip(&body.counted.results) {
        let Some(sheet) = round.sheet(&result.place.agency).filter(|sheet| !round.leaves_out(sheet)) else { continue };
        let (done, of) = body.progress(sheet);
        (row.rank, row.by) = (NOT_YET.to_owned(), String::new());
        if done < of {
            row.note = l.t2("criteria-appraised-part", "done", done, "of", of);
            row.missing = NOT_YET.to_owned();
        }
        if !is_appraised || (done == 0 && of > 0) {
            row.note = l.t("criteria-appraised-none");
            (row.total, row.bonus, row.penalty) = (NOT_YET.to_owned(), NOT_YET.to_owned(), NOT_YET.to_owned());
        }
    }
    rows
}

/// The same with the way to the sheet that its points come from.
async fn leading(app: &App, l: Locale, who: &Who, set: &CriteriaSet, body: &Body) -> Result<Vec<Row>> {
    let mut sheets = Sheet::of(&app.db, set.id).await?;
    sheets.retain(|sheet| rights::sees_sheet(who, set, sheet));
    let paths: HashMap<String, String> = sheets.iter().map(|sheet| (sheet.agency.to_string(), Sheet::path(sheet.id))).collect();
    let mut rows = standing_rows(l, body, set.state.is_appraised());
    for (row, result) in rows.iter_mut().zip(&body.counted.results) {
        row.href = paths.get(&result.place.agency).cloned().unwrap_or_default();
    }
    Ok(rows)
}

/// How a tie was settled, in words; empty where there was none.
#[must_use]
pub fn told(l: Locale, names: &HashMap<String, String>, place: &::scoring::Ranked) -> String {
    let by = names.get(&place.by).map(|name| l.t1("criteria-tie-by", "name", name));
    let shared = place.shared.then(|| l.t("criteria-tie-shared"));
    by.into_iter().chain(shared).collect::<Vec<_>>().join(" · ")
}

/// An answer as files write it, in words.
#[must_use]
pub fn written(l: Locale, written: &str) -> String {
    match written {
        "yes" => l.t("criteria-yes"),
        "no" => l.t("criteria-no"),
        "n/a" => l.t("criteria-not-applicable"),
        "" => l.t("criteria-missing"),
        plain => ::measures::Amount::read(plain).map_or_else(|| plain.to_owned(), ::measures::Amount::shown),
    }
}

/// What is different, in words.
#[must_use]
pub fn changes(l: Locale, body: &Body, differences: &[Difference]) -> Vec<Change> {
    let names = names(body);
    let change = |one: &Difference| Change {
        agency: body.counted.round.sheet(&one.agency).map(|sheet| sheet.name.clone()).unwrap_or_else(|| one.agency.clone()),
        what: if one.code.is_empty() { l.t("criteria-total") } else { names.get(&one.code).cloned().unwrap_or_default() },
        from: written(l, &one.from),
        to: written(l, &one.to),
    };
    differences.iter().map(change).collect()
}

async fn page(app: &App, who: &Who, shell: Shell, set: CriteriaSet) -> Result<Shown> {
    let l = shell.l;
    rights::require(rights::keeps(who))?;
    let before = Publication::of(&app.db, set.id).await?;
    let body = set.standing(app, &before).await?;
    let mut obstacles = set.obstacles_to_publish(app).await?;
    if !before.is_empty() && body.differences.is_empty() {
        obstacles.push(Obstacle::new("criteria-nothing-changed"));
    }
    let earlier = |one: &Publication| Earlier {
        id: one.id,
        number: one.number,
        href: one.path(),
        when: time::minute(one.at),
        sha256: one.sha256.clone(),
        why: one.why.clone(),
    };
    Ok(Shown {
        rows: leading(app, l, who, &set, &body).await?,
        changes: changes(l, &body, &body.differences),
        earlier: before.iter().map(earlier).collect(),
        next: body.number,
        why: String::new(),
        errors: Mistakes::default(),
        obstacles,
        set,
        l,
        shell,
    })
}

/// `GET /desk/criteria/{id}/publication`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Page<Shown>> {
    let set = CriteriaSet::find_for(&app, &who, id).await?;
    Ok(Page(page(&app, &who, shell, set).await?))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Pressed {
    version: i32,
    why: String,
}

/// `POST /desk/criteria/{id}/publication`: a refusal comes back with the reason that was typed.
pub async fn publish(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    Form(pressed): Form<Pressed>,
) -> Result<Response> {
    let set = CriteriaSet::find_for(&app, &who, id).await?;
    match set.publish(&app, &who, &pressed.why, pressed.version).await {
        Ok(_) => Ok(Said::to(CriteriaSet::path(id), "criteria-was-published").into_response()),
        Err(Error::Refused(found)) => {
            let l = shell.l;
            let errors = Mistakes::told(&found, l);
            let page = page(&app, &who, shell, set).await?;
            Ok(Page(Shown { why: pressed.why, errors, ..page }).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}

/// `POST /desk/criteria/{id}/publication/{publication}/recount`
pub async fn recount(who: Signed, Shared(app): Shared<App>, Path((id, publication)): Path<(Uuid, Uuid)>) -> Result<Said> {
    let set = CriteriaSet::find_for(&app, &who, id).await?;
    let publication = Publication::find(&app.db, set.year, publication).await?;
    if publication.criteria_set != id {
        return Err(Error::NotFound);
    }
    let same = set.recount(&app, &who, &publication).await?;
    let key = if same { "criteria-recounts" } else { "criteria-recounts-not" };
    Ok(Said::to(format!("{}/publication", CriteriaSet::path(id)), key))
}
