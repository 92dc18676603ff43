//! The case on paper, for the file: what was asked, where each copy stands as last looked at, and everything that happened, with the
//! hash of all of it.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State as Shared;
use sea_orm::ActiveEnum;
use serde_json::json;
use uuid::Uuid;

use super::show::{Line, line};
use crate::base::digest::sha256;
use crate::base::{App, time};
use crate::people::agency::brief::Known;
use crate::people::person;
use crate::retractions::{Entry, Found, Retraction, view};
use crate::web::who::Signed;
use crate::web::{Locale, Page, Path, Result, Shell};

/// A copy on paper.
pub struct Row {
    pub name: String,
    pub agency: String,
    pub address: String,
    pub wanted: String,
    pub stand: String,
    pub since: String,
    pub proof: String,
    pub left: String,
}

#[derive(Template)]
#[template(path = "retractions/staff/proof.html")]
pub struct Proof {
    l: Locale,
    shell: Shell,
    case: Retraction,
    agency: String,
    responsible: String,
    rows: Vec<Row>,
    lines: Vec<Line>,
    printed: String,
    sha256: String,
}

impl Proof {
    fn path(&self) -> String {
        Retraction::desk_path(self.case.id)
    }

    fn cause(&self) -> String {
        self.l.t(&self.case.cause.key())
    }

    fn aim(&self) -> String {
        self.l.t(&self.case.aim.key())
    }

    fn state(&self) -> String {
        self.l.t(&self.case.state.key())
    }

    fn minute(&self, at: &chrono::DateTime<chrono::Utc>) -> String {
        time::minute(*at)
    }
}

/// `GET /desk/retractions/{id}/proof`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Page<Proof>> {
    let l = shell.l;
    let (case, found) = Retraction::find_for(&app, &who, id).await?;
    let entries = Entry::of(&app.db, id).await?;
    let people: Vec<Uuid> = entries.iter().filter_map(|entry| entry.person).chain(case.responsible).collect();
    let names = person::names(&app.db, &people).await?;
    let known = Known::now(&app).await?;
    let places: HashMap<Uuid, String> =
        found.iter().map(|one| (one.id, format!("{}: {}", view::channel(l, &one.channel), one.place))).collect();
    Ok(Page(Proof {
        agency: known.get(&case.agency).map(|body| body.name.clone()).unwrap_or_default(),
        responsible: case.responsible.and_then(|id| names.get(&id).cloned()).unwrap_or_default(),
        sha256: hash(&case, &found, &entries),
        rows: found.iter().map(|one| row(l, one, &known, &places)).collect(),
        lines: entries.iter().map(|entry| line(l, entry, &names, &places)).collect(),
        printed: time::minute(app.clock.now()),
        case,
        l,
        shell,
    }))
}

fn row(l: Locale, one: &Found, known: &Known, places: &HashMap<Uuid, String>) -> Row {
    Row {
        name: places.get(&one.id).cloned().unwrap_or_default(),
        agency: known.get(&one.agency).map(|body| body.label()).unwrap_or_default(),
        address: one.address.clone(),
        wanted: l.t(&one.wanted.key()),
        stand: view::stand(l, one),
        since: time::minute(one.since),
        proof: one.proof.clone(),
        left: if one.is_left() { one.left_why.clone() } else { String::new() },
    }
}

/// SHA-256 over what the paper says, in one canonical order: the same as long as nothing was changed in the database.
fn hash(case: &Retraction, found: &[Found], entries: &[Entry]) -> String {
    let mut copies: Vec<&Found> = found.iter().collect();
    copies.sort_by_key(|one| one.id);
    let copies: Vec<_> = copies
        .iter()
        .map(|one| {
            json!([one.id, one.channel, one.place, one.address, one.stand, time::machine(one.since), one.proof, one.left_why])
        })
        .collect();
    let lines: Vec<_> = entries
        .iter()
        .map(|one| {
            json!([one.id, one.kind.to_value(), one.found, one.was, one.became, one.text, one.person, time::machine(one.at)])
        })
        .collect();
    let all = json!([
        case.id,
        case.article,
        case.title,
        case.cause.code(),
        case.why,
        case.asked_by,
        case.document,
        case.ground,
        case.received_at.map(time::machine),
        time::machine(case.opened_at),
        time::machine(case.due_at),
        case.closed_at.map(time::machine),
        copies,
        lines
    ]);
    sha256(all.to_string().as_bytes())
}
