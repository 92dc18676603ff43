//! The duties of a plan with their rules and holders; those that nobody can be asked for yet stand first.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State;
use sea_orm::prelude::Uuid;

use super::board::Overseer;
use crate::base::{App, Role};
use crate::duties::duty::{Duty, Kind};
use crate::duties::holder::{Holder, Part};
use crate::duties::naming::{self, Named};
use crate::duties::rule::Often;
use crate::duties::view;
use crate::people::agency::brief::Known;
use crate::plans::{Plan, plan};
use crate::web::{Error, Locale, Page, Path, Result, Shell, cut};

const TITLE_LETTERS: usize = 220;
const HOLDERS_SHOWN: usize = 3;

/// A duty as a row.
pub struct Row {
    pub href: String,
    pub path: String,
    pub title: String,
    pub rule: String,
    pub leads: String,
    pub supports: String,
    /// Where it can be asked for on demand; empty when it is not that sort of duty.
    pub ask: String,
}

/// Rows under a heading.
pub struct Group {
    pub title: String,
    pub why: String,
    /// The mark of the design system's set of states.
    pub mark: &'static str,
    pub rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "duties/staff/rules.html")]
pub struct Rules {
    l: Locale,
    shell: Shell,
    plan: String,
    heading: String,
    groups: Vec<Group>,
    may_change: bool,
}

/// Where the rules of a plan stand.
#[must_use]
pub fn path(plan: Uuid) -> String {
    format!("/desk/plans/{plan}/duties")
}

/// Where the rule of a duty stands; below it what else is said of the duty.
#[must_use]
pub fn of(duty: &Duty) -> String {
    format!("{}/{}", path(duty.plan), duty.id)
}

/// `GET /desk/plans/{id}/duties`
pub async fn show(who: Overseer, shell: Shell, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Page<Rules>> {
    let plan = Plan::find(&app.db, id).await?;
    if plan.state != plan::State::Adopted {
        return Err(Error::NotFound);
    }
    let l = shell.l;
    let mut duties = Duty::of_plan(&app.db, id).await?;
    duties.retain(|duty| duty.kind != Kind::Request);
    let ids: Vec<Uuid> = duties.iter().map(|duty| duty.id).collect();
    let mut holders: HashMap<Uuid, Vec<Holder>> = HashMap::new();
    for holder in Holder::of(&app.db, &ids).await? {
        holders.entry(holder.duty).or_default().push(holder);
    }
    let known = Known::now(&app).await?;
    let groups = groups(l, &duties, &holders, &known);
    let unknown = duties.iter().filter(|duty| duty.rule().is_none()).count();
    let heading = match unknown {
        0 => l.t1("rules-heading", "count", duties.len()),
        unknown => l.t1("rules-heading-unknown", "count", unknown),
    };
    Ok(Page(Rules { plan: plan.title(), heading, groups, may_change: who.is(Role::Coordinator), l, shell }))
}

fn groups(l: Locale, duties: &[Duty], holders: &HashMap<Uuid, Vec<Holder>>, known: &Known) -> Vec<Group> {
    let group = |code: &str, mark| Group {
        title: l.t(&format!("rules-group-{code}")),
        why: l.t(&format!("rules-group-{code}-why")),
        mark,
        rows: Vec::new(),
    };
    let mut groups = vec![group("unknown", "unknown"), group("nobody", "soon"), group("known", "")];
    for duty in duties {
        let held = holders.get(&duty.id).map(Vec::as_slice).unwrap_or_default();
        let asks_nobody = held.iter().all(|holder| Named::of(holder).is_none_or(|named| concerns_some(&named)));
        let place = match duty.rule() {
            None => 0,
            Some(rule) if asks_nobody && rule.often != Often::Never => 1,
            Some(_) => 2,
        };
        if let Some(group) = groups.get_mut(place) {
            group.rows.push(row(l, duty, held, known));
        }
    }
    groups.retain(|group| !group.rows.is_empty());
    groups
}

/// "Các cơ quan có liên quan" asks nobody until a person chooses.
fn concerns_some(named: &Named) -> bool {
    matches!(named, Named::Class(code) if crate::people::class::is_for_those_concerned(code))
}

fn row(l: Locale, duty: &Duty, holders: &[Holder], known: &Known) -> Row {
    let on_request = matches!(duty.rule().map(|rule| rule.often), Some(Often::OnRequest { .. }));
    Row {
        href: format!("{}/{}", path(duty.plan), duty.id),
        path: duty.path.clone(),
        title: cut(&duty.title, TITLE_LETTERS),
        rule: duty.rule().map(|rule| view::rule(l, &rule)).unwrap_or_default(),
        leads: named(l, holders, Part::Lead, known),
        supports: named(l, holders, Part::Support, known),
        ask: if on_request { format!("/desk/requests/new?duty={}", duty.id) } else { String::new() },
    }
}

/// The first few by name, the rest by number.
fn named(l: Locale, holders: &[Holder], part: Part, known: &Known) -> String {
    let names: Vec<String> = holders
        .iter()
        .filter(|holder| holder.part == part)
        .filter_map(|holder| Some(naming::name(&Named::of(holder)?, known, l.0)))
        .collect();
    let mut shown = names.iter().take(HOLDERS_SHOWN).cloned().collect::<Vec<_>>().join("; ");
    if names.len() > HOLDERS_SHOWN {
        shown.push_str(&l.t1("rules-and-more", "count", names.len() - HOLDERS_SHOWN));
    }
    shown
}
