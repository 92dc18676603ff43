//! What an amended plan carries over from the one it replaces: matched by text, not by path. // recorded by Plan::adopt

use std::collections::HashMap;

use sea_orm::entity::prelude::*;

use super::{Column, Entity, Model};
use crate::plans::party::{self, Part, Party};
use crate::plans::recognise::{self, compare};

/// Notes on each provision of `new` which one of `old` it goes on from.
///
/// # Errors
/// The database failed.
pub async fn carry(on: &impl ConnectionTrait, old: Uuid, new: Uuid) -> Result<(), DbErr> {
    let (before, after) = (Model::of(on, old).await?, Model::of(on, new).await?);
    let change = compare::compare(&as_recognised(on, old, &before).await?, &as_recognised(on, new, &after).await?);
    let from: HashMap<&str, Uuid> = before.iter().map(|row| (row.path.as_str(), row.id)).collect();
    for (old, path) in change.paths() {
        let Some(old) = from.get(old) else { continue };
        Entity::update_many()
            .col_expr(Column::CarriedFrom, Expr::value(*old))
            .filter(Column::Plan.eq(new))
            .filter(Column::Path.eq(path))
            .exec(on)
            .await?;
    }
    Ok(())
}

/// The rows as the recogniser's own type, with what people corrected.
///
/// # Errors
/// The database failed.
pub async fn as_recognised(on: &impl ConnectionTrait, plan: Uuid, rows: &[Model]) -> Result<Vec<recognise::Provision>, DbErr> {
    let mut parties: HashMap<Uuid, Vec<Party>> = HashMap::new();
    for party in party::Model::of_plan(on, plan).await? {
        parties.entry(party.provision).or_default().push(party);
    }
    Ok(rows.iter().map(|row| one(row, parties.remove(&row.id).unwrap_or_default())).collect())
}

fn one(row: &Model, parties: Vec<Party>) -> recognise::Provision {
    let names = |part: Part| parties.iter().filter(|party| party.part == part).map(|party| party.name.clone()).collect();
    recognise::Provision {
        path: row.path.clone(),
        kind: row.kind(),
        text: row.text.clone(),
        span: official_document::Span::new(index(row.span_start), index(row.span_end)),
        marker: row.marker.clone(),
        headings: row.headings(),
        leads: names(Part::Lead),
        cooperates: names(Part::Support),
        recipients: names(Part::Recipient),
        role: row.role(),
        lead_source: None,
        deadline: row.deadline(),
        target: row.target(),
        target_type: None,
        result: row.result.clone(),
        funding: None,
        doubts: row.doubts(),
    }
}

fn index(stored: i64) -> usize {
    usize::try_from(stored).unwrap_or_default()
}
