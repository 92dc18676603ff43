//! An amended plan beside the one it amends: carried, changed, new, gone.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State as Held;
use uuid::Uuid;

use super::Editor;
use crate::base::App;
use crate::plans::plan::State;
use crate::plans::plan::relation::Relation;
use crate::plans::provision::carrying::as_recognised;
use crate::plans::recognise::Provision as Recognised;
use crate::plans::recognise::compare::{self, Comparison};
use crate::plans::{Plan, Provision, due, target};
use crate::web::{Error, Locale, Markup, Page, Path, Result, Shell, difference};

/// One field that differs.
pub struct Difference {
    pub label: String,
    pub marked: Markup,
}

/// A provision of both plans.
pub struct Pair {
    pub old_path: String,
    pub new_path: String,
    pub text: String,
    pub moved: bool,
    pub differences: Vec<Difference>,
}

/// A provision of one plan only.
pub struct Single {
    pub path: String,
    pub text: String,
}

#[derive(Template)]
#[template(path = "plans/staff/comparison.html")]
pub struct Compared {
    l: Locale,
    shell: Shell,
    plan: Plan,
    amended: Plan,
    changed: Vec<Pair>,
    carried: Vec<Pair>,
    new: Vec<Single>,
    gone: Vec<Single>,
    /// What is odd about a draft as an amendment; empty when nothing is.
    oddities: Vec<String>,
    /// A person should say that it is an amendment, and this one may.
    may_confirm: bool,
}

/// `GET /desk/plans/{id}/comparison`
pub async fn show(who: Editor, shell: Shell, Held(app): Held<App>, Path(id): Path<Uuid>) -> Result<Page<Compared>> {
    let plan = Plan::find_for(&app, &who, id).await?;
    let amended = plan.amended(&app.db).await?.ok_or(Error::NotFound)?;
    let (before, after) = (rows(&app, amended.id).await?, rows(&app, id).await?);
    let comparison = compare::compare(&before, &after);
    let l = shell.l;
    let is_draft = plan.state == State::Draft;
    let relation = Relation::of(&amended, &plan, &comparison);
    let (changed, carried) = pairs(l, &comparison, &before, &after).into_iter().partition(|pair| !pair.differences.is_empty());
    let single = |one: &Recognised| Single { path: one.path.clone(), text: one.text.clone() };
    Ok(Page(Compared {
        changed,
        carried,
        new: after.iter().filter(|one| comparison.new.contains(&one.path)).map(single).collect(),
        gone: before.iter().filter(|one| comparison.gone.contains(&one.path)).map(single).collect(),
        oddities: if is_draft && relation.is_doubtful() { relation.reasons(l) } else { Vec::new() },
        may_confirm: is_draft && plan.is_amendment_doubtful() && plan.is_edited_by(&who),
        l,
        shell,
        plan,
        amended,
    }))
}

async fn rows(app: &App, plan: Uuid) -> Result<Vec<Recognised>> {
    let rows = Provision::of(&app.db, plan).await?;
    Ok(as_recognised(&app.db, plan, &rows).await?)
}

fn pairs(l: Locale, comparison: &Comparison, before: &[Recognised], after: &[Recognised]) -> Vec<Pair> {
    let from: HashMap<&str, &Recognised> = before.iter().map(|one| (one.path.as_str(), one)).collect();
    let old_paths: HashMap<&str, &str> = comparison.paths().into_iter().map(|(old, new)| (new, old)).collect();
    let one = |new: &Recognised| {
        let old = from.get(old_paths.get(new.path.as_str())?)?;
        Some(Pair {
            old_path: old.path.clone(),
            new_path: new.path.clone(),
            text: new.text.clone(),
            moved: old.path != new.path,
            differences: differences(l, old, new),
        })
    };
    after.iter().filter_map(one).collect()
}

fn differences(l: Locale, old: &Recognised, new: &Recognised) -> Vec<Difference> {
    let list = |names: &[String]| names.join("; ");
    let goal = |one: &Recognised| one.target.as_ref().map(target::words).unwrap_or_default();
    [
        ("field-text", old.text.clone(), new.text.clone()),
        ("field-leads", list(&old.leads), list(&new.leads)),
        ("field-cooperates", list(&old.cooperates), list(&new.cooperates)),
        ("field-recipients", list(&old.recipients), list(&new.recipients)),
        ("field-deadline", due::words(l, &old.deadline), due::words(l, &new.deadline)),
        ("field-target", goal(old), goal(new)),
        ("field-result", old.result.clone().unwrap_or_default(), new.result.clone().unwrap_or_default()),
    ]
    .into_iter()
    .filter(|(_, from, to)| from != to)
    .map(|(key, from, to)| Difference { label: l.t(key), marked: difference::marked(&from, &to) })
    .collect()
}
