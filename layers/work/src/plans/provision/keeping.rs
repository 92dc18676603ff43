//! What was recognised becomes rows. // recorded by Plan::draft

use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use super::{ActiveModel, Entity};
use crate::base::new_id;
use crate::people::Resolver;
use crate::plans::recognise::{self, Recognition};
use crate::plans::{due, link, party};

/// Rows in one statement: PostgreSQL takes 65,535 parameters, SQLite 32,766.
const CHUNK: usize = 200;

/// Writes every provision of a recognition with its parties and links, inside the caller's transaction.
///
/// # Errors
/// The database failed.
pub async fn keep_all(
    on: &impl ConnectionTrait,
    plan: Uuid,
    recognition: &Recognition,
    resolver: &Resolver,
    day: NaiveDate,
) -> anyhow::Result<()> {
    let mut rows = Vec::new();
    let mut parties = Vec::new();
    let mut ids = std::collections::HashMap::new();
    for (position, found) in (1..).zip(&recognition.provisions) {
        let id = new_id();
        ids.insert(found.path.as_str(), id);
        let (named, doubts) = party::of_recognised(plan, id, found, resolver, day);
        rows.push(row(plan, id, position, found, doubts)?);
        parties.extend(named);
    }
    let links: Vec<link::ActiveModel> = recognition
        .links
        .iter()
        .filter_map(|link| link::row(plan, *ids.get(link.target.as_str())?, *ids.get(link.duty.as_str())?, link.score))
        .collect();
    for chunk in rows.chunks(CHUNK) {
        Entity::insert_many(chunk.to_vec()).exec_without_returning(on).await?;
    }
    for chunk in parties.chunks(CHUNK) {
        party::Entity::insert_many(chunk.to_vec()).exec_without_returning(on).await?;
    }
    for chunk in links.chunks(CHUNK) {
        link::Entity::insert_many(chunk.to_vec()).exec_without_returning(on).await?;
    }
    Ok(())
}

fn row(
    plan: Uuid,
    id: Uuid,
    position: i32,
    found: &recognise::Provision,
    doubts: Vec<recognise::Doubt>,
) -> anyhow::Result<ActiveModel> {
    let doubts: Vec<_> = found.doubts.iter().cloned().chain(doubts).collect();
    Ok(ActiveModel {
        id: Set(id),
        plan: Set(plan),
        position: Set(position),
        path: Set(found.path.clone()),
        kind: Set(code(&found.kind)?),
        text: Set(found.text.clone()),
        span_start: Set(i64::try_from(found.span.start)?),
        span_end: Set(i64::try_from(found.span.end)?),
        marker: Set(found.marker.clone()),
        headings: Set(serde_json::to_string(&found.headings)?),
        role: Set(code(&found.role)?),
        lead_source: Set(found.lead_source.map(|source| code(&source)).transpose()?),
        deadline: Set(serde_json::to_string(&found.deadline)?),
        deadline_kind: Set(code(&found.deadline.kind)?),
        due_on: Set(due::last_day(&found.deadline)),
        target: Set(found.target.as_ref().map(serde_json::to_string).transpose()?),
        result: Set(found.result.clone()),
        doubts: Set(serde_json::to_string(&doubts)?),
        edited: Set(false),
        confirmed_at: Set(None),
        confirmed_by: Set(None),
        carried_from: Set(None),
        version: Set(1),
    })
}

/// The word serde writes for a plain variant.
pub(super) fn code(value: &impl serde::Serialize) -> anyhow::Result<String> {
    Ok(serde_json::to_value(value)?.as_str().unwrap_or_default().to_owned())
}
