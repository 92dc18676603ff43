//! Adding what the recogniser did not find.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;
use serde::Deserialize;

use super::correction::meaning::{kind, text};
use super::{ActiveModel, Column, Entity, Model, NO_DOUBTS};
use crate::base::{App, By, Fact, Who, new_id};
use crate::plans::Plan;
use crate::plans::recognise::Kind;
use crate::web::{Error, Obstacle};

/// A provision as the form sends it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct New {
    pub path: String,
    pub kind: String,
    pub text: String,
    /// It comes after the provision with this path; empty: at the end.
    pub after: String,
}

const PATH_MAX: usize = 60;

impl New {
    /// Path, kind and text, or everything that is wrong, each with its field.
    fn meant(&self) -> Result<(String, Kind, String), Vec<Obstacle>> {
        match (path(&self.path), kind(&self.kind), text(&self.text)) {
            (Ok(path), Ok(kind), Ok(text)) => Ok((path, kind, text)),
            (path, kind, text) => Err([path.err(), kind.err(), text.err()].into_iter().flatten().collect()),
        }
    }
}

/// Labels with points between them, as a reader is told them: `III.1.b.4`, `V.7.đ`, `PL1.I.3`.
fn path(typed: &str) -> Result<String, Obstacle> {
    let path = vietnamese::normalise(typed).trim().to_owned();
    if path.is_empty() {
        return Err(Obstacle::new("provision-path-missing").at("path"));
    }
    let is_label = |label: &str| !label.is_empty() && label.chars().all(char::is_alphanumeric);
    let fits = path.chars().count() <= PATH_MAX && path.split('.').all(is_label);
    if fits { Ok(path) } else { Err(Obstacle::new("provision-path-malformed").at("path")) }
}

/// Adds a provision to a draft; returns its id.
///
/// # Errors
/// Refused when the path is taken or malformed, the kind unknown, or the text empty.
pub async fn add(app: &App, who: &Who, plan: &Plan, new: &New) -> Result<Uuid, Error> {
    let (path, kind, text) = new.meant().map_err(Error::Refused)?;
    let transaction = app.begin().await?;
    let all = Model::of(&transaction, plan.id).await?;
    if all.iter().any(|one| one.path == path) {
        return Err(Error::Refused(vec![Obstacle::new("provision-path-taken").at("path").with("path", &path)]));
    }
    let after = match new.after.as_str() {
        "" => all.last(),
        path => Some(all.iter().find(|one| one.path == path).ok_or_else(|| no_such(path))?),
    };
    let position = after.map_or(1, |one| one.position + 1);
    Entity::update_many()
        .col_expr(Column::Position, Expr::col(Column::Position).add(1))
        .filter(Column::Plan.eq(plan.id))
        .filter(Column::Position.gte(position))
        .exec(&transaction)
        .await?;
    let id = new_id();
    let row = row(app, who, plan, (id, &path, kind, text), (position, after))?;
    Entity::insert(row).exec_without_returning(&transaction).await?;
    app.record(&transaction, plan.id, Fact::ProvisionAdded { path }, &By::from(who)).await?;
    app.commit(transaction).await?;
    Ok(id)
}

fn no_such(path: &str) -> Error {
    Error::Refused(vec![Obstacle::new("provision-after-unknown").at("after").with("path", path)])
}

fn row(
    app: &App,
    who: &Who,
    plan: &Plan,
    (id, path, kind, text): (Uuid, &str, Kind, String),
    (position, after): (i32, Option<&Model>),
) -> Result<ActiveModel, Error> {
    Ok(ActiveModel {
        id: Set(id),
        plan: Set(plan.id),
        position: Set(position),
        path: Set(path.to_owned()),
        kind: Set(super::keeping::code(&kind)?),
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
