//! What the criteria of a tree come to: as they are, and while one types.

use ::scoring::{Body, Node, Set};
use askama::Template;
use axum::extract::{Query, State as Shared};
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use crate::base::App;
use crate::criteria::reading;
use crate::criteria::set::CriteriaSet;
use crate::web::who::Signed;
use crate::web::{Locale, Page, Path, Result, Shell};

/// What all criteria come to.
#[derive(Template)]
#[template(path = "criteria/staff/sum.html")]
pub struct Sum {
    l: Locale,
    come: String,
    whole: String,
    left: String,
    /// What the groups at the top say, where the criteria come to something else.
    groups: String,
    fits: bool,
    /// Of the group in which something is typed: name, sum, points; empty where there is none.
    group: Option<(String, String, String)>,
}

/// What the tree comes to.
pub(super) fn summed(l: Locale, tree: &Set, group: Option<(String, String, String)>) -> Sum {
    let come = tree.criteria_sum();
    let is_sum = |fault: &::scoring::Fault| matches!(fault.what, ::scoring::What::Sum { .. });
    Sum {
        come: come.shown(),
        whole: tree.points().shown(),
        left: tree.left().shown(),
        groups: if tree.sum() == come { String::new() } else { tree.sum().shown() },
        fits: come == tree.points() && !tree.faults().iter().any(is_sum),
        group,
        l,
    }
}

/// What is typed of the one that is changed, or of a new one.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    code: String,
    group: String,
    points: String,
}

/// `GET /desk/criteria/{id}/tree/sum`: what it would come to with what is typed now.
pub async fn sum(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    Query(typed): Query<Typed>,
) -> Result<Page<Sum>> {
    let set = CriteriaSet::find_for(&app, &who, id).await?;
    let mut tree = set.working()?;
    let points = reading::number(&typed.points).unwrap_or_default();
    match tree.node_mut(&typed.code) {
        Some(node) => node.points = points,
        None => {
            let body = Body::Group { nodes: Vec::new() };
            let new = Node { code: "-".into(), name: String::new(), note: String::new(), points, body };
            tree.add(&typed.group, new);
        }
    }
    let code = if typed.code.is_empty() { "-" } else { &typed.code };
    let holds = |node: &Node| matches!(&node.body, Body::Group { nodes } if nodes.iter().any(|one| one.code == code));
    let group = tree.numbered().into_iter().find(|(_, node)| holds(node)).map(|(number, node)| {
        let Body::Group { nodes } = &node.body else { return (number, String::new(), String::new()) };
        let sum: ::measures::Amount = nodes.iter().map(|one| one.points).sum();
        (format!("{number} {}", node.name), sum.shown(), node.points.shown())
    });
    Ok(Page(summed(shell.l, &tree, group)))
}
