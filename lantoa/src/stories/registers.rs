//! Stories of registers, over HTTP, on both engines.

mod counting;
mod importing;
mod keeping;
mod secret;

use sea_orm::entity::prelude::*;

use crate::base::sources::{self, Asked, Month, Stretch, Tallied};
use crate::base::{Grant, Role, Who, new_id};
use crate::people::Agency;
use crate::registers::record::{self, Record, State};
use crate::stories::news::{Cast, at_path};
use crate::story;
use crate::testing::{Answer, House, Visitor};

/// Fields of a record, `more` in the place of those of the same name.
fn form<'a>(id: &'a str, register: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut all = vec![("id", id), ("register", register), ("title", "Lúa chịu mặn"), ("from_on", "2026-01-15")];
    all.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    all.extend(more);
    all
}

/// A draft that somebody wrote.
async fn drafted(who: &Visitor<'_>, register: &str, more: &[(&str, &str)]) -> Uuid {
    let id = new_id();
    who.post("/desk/registers", &form(&id.to_string(), register, more)).await.expect(303);
    id
}

async fn the(house: &House, id: Uuid) -> Record {
    record::Entity::find_by_id(id).one(&house.app.db).await.expect("rows").expect("a record")
}

async fn act(house: &House, who: &Visitor<'_>, id: Uuid, act: &str, more: &[(&str, &str)]) -> Answer {
    let version = the(house, id).await.version.to_string();
    let mut fields = vec![("version", version.as_str())];
    fields.extend(more);
    who.post(&format!("/desk/registers/{id}/acts/{act}"), &fields).await
}

async fn prove(who: &Visitor<'_>, id: Uuid, address: &str, on: &str) -> Answer {
    who.post(&format!("/desk/registers/{id}/evidence"), &[("evidence", address), ("evidence_on", on)]).await
}

/// Written by one, proven, confirmed by another.
async fn confirmed(house: &House, cast: &Cast<'_>, register: &str, more: &[(&str, &str)], proof: &str) -> Uuid {
    let id = drafted(&cast.author, register, more).await;
    if !proof.is_empty() {
        prove(&cast.author, id, proof, "2026-02-01").await.expect(303);
    }
    act(house, &cast.approver, id, "confirm", &[]).await.expect(303);
    id
}

fn month(year: i32, month: u32) -> Month {
    Month { year, month }
}

/// What a source counts of an agency (None: of all that have one) on the last month of a stretch of one.
async fn count(house: &House, code: &str, agency: Option<Uuid>, of: Month) -> u64 {
    let source = sources::of_code(&house.app, code).expect("a source");
    let tallied = (source.tallies)(&house.app, Stretch { first: of, last: of }).await.expect("tallies");
    let is_its = |one: &&Tallied| one.agency.is_some() && (agency.is_none() || one.agency == agency);
    tallied.iter().filter(is_its).map(|one| one.count).sum()
}

/// Somebody as handlers know them.
fn who(agency: &Agency, role: Role) -> Who {
    let grants = vec![Grant { role, agency: Some(agency.id).filter(|_| role.is_of_agency()) }];
    Who {
        person: new_id(),
        session: new_id(),
        name: String::new(),
        agency: Some(agency.id),
        agency_name: agency.name.clone(),
        grants,
    }
}
