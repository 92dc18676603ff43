//! Adding what the recogniser did not find.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;
use serde::Deserialize;

use super::{ActiveModel, Column, Entity, Model, NO_DOUBTS};
use crate::base::{App, By, Fact, Who, new_id};
use crate::plans::Plan;
use crate::plans::recognise::Kind;
use crate::web::{Error, Obstacle};

/// A provision as the form sends it.
#[derive(Clone, Debug, Deserialize)]
pub struct New {
    pub path: String,
    pub kind: String,
    pub text: String,
    /// It comes after the provision with this path; empty: at the end.
    #[serde(default)]
    pub after: String,
}

/// Adds a provision to a draft; returns its id.
///
/// # Errors
/// Refused when the path is taken or the text is empty.
pub async fn add(app: &App, who: &Who, plan: &Plan, new: &New) -> Result<Uuid, Error> {
    let (path, text) = (vietnamese::normalise(&new.path).trim().to_owned(), vietnamese::normalise(&new.text).trim().to_owned());
    if path.is_empty() || path.chars().count() > 60 {
        return Err(Error::refused("provision-path-missing"));
    }
    if text.is_empty() || text.chars().count() > 20_000 {
        return Err(Error::refused("provision-text-missing"));
    }
    let transaction = app.begin().await?;
    let all = Model::of(&transaction, plan.id).await?;
    if all.iter().any(|one| one.path == path) {
        return Err(Error::Refused(vec![Obstacle::new("provision-path-taken").with("path", &path)]));
    }
    let after = all.iter().find(|one| one.path == new.after).or(all.last());
    let position = after.map_or(1, |one| one.position + 1);
    Entity::update_many()
        .col_expr(Column::Position, Expr::col(Column::Position).add(1))
        .filter(Column::Plan.eq(plan.id))
        .filter(Column::Position.gte(position))
        .exec(&transaction)
        .await?;
    let id = new_id();
    let row = row(app, who, plan, new, (id, &path, text), (position, after))?;
    Entity::insert(row).exec_without_returning(&transaction).await?;
    app.record(&transaction, plan.id, Fact::ProvisionAdded { path }, &By::from(who)).await?;
    app.commit(transaction).await?;
    Ok(id)
}

fn row(
    app: &App,
    who: &Who,
    plan: &Plan,
    new: &New,
    (id, path, text): (Uuid, &str, String),
    (position, after): (i32, Option<&Model>),
) -> Result<ActiveModel, Error> {
    Ok(ActiveModel {
        id: Set(id),
        plan: Set(plan.id),
        position: Set(position),
        path: Set(path.to_owned()),
        kind: Set(super::keeping::code(&Kind::of_code(&new.kind).unwrap_or(Kind::Task))?),
        text: Set(text),
        span_start: Set(after.map_or(0, |one| one.span_end)),
        span_end: Set(after.map_or(0, |one| one.span_end)),
        marker: Set(String::new()),
        headings: Set(after.map_or_else(|| "[]".into(), |one| one.headings.clone())),
        role: Set("lead".into()),
        lead_source: Set(None),
        deadline: Set(serde_json::to_string(&crate::plans::recognise::Deadline::default())?),
        deadline_kind: Set("none".into()),
        due_on: Set(None),
        target: Set(None),
        result: Set(None),
        doubts: Set(NO_DOUBTS.into()),
        edited: Set(true),
        confirmed_at: Set(Some(app.clock.now())),
        confirmed_by: Set(Some(who.person)),
        carried_from: Set(None),
        version: Set(1),
    })
}
