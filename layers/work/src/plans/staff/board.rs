//! The programme on the desk: every provision, filtered by what the address says.

use std::collections::HashSet;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use uuid::Uuid;

use super::list::state_mark;
use crate::base::{App, time};
use crate::people::agency::brief::{Brief, Known};
use crate::plans::Plan;
use crate::plans::programme::{Entry, Filter, Programme};
use crate::plans::view::{self, Choice, Row};
use crate::web::who::Signed;
use crate::web::{Locale, Markup, Page, Path, Result, Shell};

/// How long a node may not know what another did to a draft or to an agency.
const SEEN_AGAIN_S: i64 = 2;

/// Rows of one part of the plan under its heading.
pub struct Group {
    pub part: String,
    pub heading: String,
    pub rows: Vec<Arc<Row>>,
}

/// The filter bar: what can be chosen.
pub struct Choices {
    pub parts: Vec<Choice>,
    pub kinds: Vec<Choice>,
    pub dues: Vec<Choice>,
    pub agencies: Vec<Choice>,
}

/// A chosen filter and the address without it.
pub struct Chip {
    pub text: String,
    pub href: String,
}

/// The drawn programme, the same for whoever may see the plan.
pub struct Drawn {
    html: Markup,
}

#[derive(Template)]
#[template(path = "plans/staff/board_body.html")]
struct Body<'a> {
    l: Locale,
    /// For its icons; what is drawn here is nobody's own.
    shell: &'a Shell,
    here: String,
    title: String,
    filter: &'a Filter,
    choices: Choices,
    chips: Vec<Chip>,
    groups: Vec<Group>,
    shown: usize,
    total: usize,
}

#[derive(Template)]
#[template(path = "plans/staff/board.html")]
pub struct Board {
    l: Locale,
    shell: Shell,
    plan: Plan,
    title: String,
    state: &'static str,
    issued_on: String,
    adopted_at: String,
    filter: Filter,
    drawn: Arc<Drawn>,
    may_review: bool,
    is_adopted: bool,
}

impl Body<'_> {
    /// Where the filter is taken off; empty when there is none.
    fn clear(&self) -> String {
        if self.filter.is_empty() { String::new() } else { self.here.clone() }
    }
}

impl Drawn {
    async fn of(app: &App, shell: &Shell, plan: &Plan, filter: &Filter) -> Result<Self> {
        let (l, here) = (shell.l, Plan::desk_path(plan.id));
        let filtered = Filtered::load(app, l, plan.clone(), filter.clone()).await?;
        let (choices, groups) = (filtered.choices(l), filtered.groups());
        let body = Body {
            title: plan.title(),
            chips: filtered.chips(&choices, &here),
            shown: groups.iter().map(|group| group.rows.len()).sum(),
            total: filtered.programme.entries.len(),
            choices,
            groups,
            filter,
            here,
            shell,
            l,
        };
        Ok(Self { html: Markup(body.render()?) })
    }
}

/// A programme with the filter applied: what board, exports and public page share.
pub struct Filtered {
    pub programme: Programme,
    pub agencies: Arc<Known>,
    rows: Arc<Vec<Arc<Row>>>,
    pub filter: Filter,
    agency: Option<Brief>,
}

impl Filtered {
    /// Loads plan and agencies: three statements.
    pub async fn load(app: &App, l: Locale, plan: Plan, filter: Filter) -> Result<Self> {
        let programme = Programme::load(app, plan).await?;
        let agencies = Known::now(app).await?;
        let rows = rows(app, l, &programme, &agencies);
        let agency = agencies.values().find(|agency| !filter.agency.is_empty() && agency.slug == filter.agency).cloned();
        Ok(Self { programme, agencies, rows, filter, agency })
    }

    /// What the filter leaves.
    pub fn entries(&self) -> Vec<&Entry> {
        self.found().into_iter().map(|(_, entry)| entry).collect()
    }

    fn found(&self) -> Vec<(usize, &Entry)> {
        if !self.filter.agency.is_empty() && self.agency.is_none() {
            return Vec::new();
        }
        self.programme.filtered(&self.filter, self.agency.as_ref())
    }

    /// The rows left, under the headings of their parts.
    pub fn groups(&self) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for (place, entry) in self.found() {
            let part = entry.provision.part().to_owned();
            if groups.last().is_none_or(|group| group.part != part) {
                let heading = entry.provision.headings().first().cloned().unwrap_or_default();
                groups.push(Group { part, heading, rows: Vec::new() });
            }
            if let (Some(group), Some(row)) = (groups.last_mut(), self.rows.get(place)) {
                group.rows.push(row.clone());
            }
        }
        groups
    }

    /// What the filter bar offers, with how many provisions each choice leaves.
    pub fn choices(&self, l: Locale) -> Choices {
        let choice = |chosen: &str, (value, count): (String, usize), label: String| Choice {
            chosen: chosen == value,
            value,
            label,
            count,
        };
        let part_words = |part: &str| {
            let entry = self.programme.entries.iter().find(|entry| entry.provision.part() == part);
            entry.and_then(|entry| entry.provision.headings().first().cloned()).unwrap_or_default()
        };
        Choices {
            parts: self
                .programme
                .counts(|entry| entry.provision.part().to_owned())
                .into_iter()
                .map(|group| {
                    let label = format!("{}. {}", group.0, part_words(&group.0));
                    choice(&self.filter.part, group, label)
                })
                .collect(),
            kinds: self
                .programme
                .counts(|entry| entry.provision.kind.clone())
                .into_iter()
                .map(|group| {
                    let label = l.t(&format!("provision-kind-{}", group.0));
                    choice(&self.filter.kind, group, label)
                })
                .collect(),
            dues: self
                .programme
                .due_groups()
                .into_iter()
                .map(|group| {
                    let label = view::due_label(l, &group.0);
                    choice(&self.filter.due, group, label)
                })
                .collect(),
            agencies: self.agency_choices(),
        }
    }

    fn agency_choices(&self) -> Vec<Choice> {
        let named: HashSet<Uuid> =
            self.programme.entries.iter().flat_map(|entry| &entry.parties).filter_map(|party| party.agency).collect();
        let mut offered: Vec<&Brief> = self
            .agencies
            .values()
            .filter(|agency| named.contains(&agency.id) || agency.slug == self.filter.agency || agency.kind.is_local())
            .collect();
        // Those the plan names go first, then communes and wards, each in Vietnamese order.
        offered.sort_by_key(|agency| (!named.contains(&agency.id), self.agencies.rank(agency.id)));
        offered
            .into_iter()
            .map(|agency| Choice {
                value: agency.slug.clone(),
                label: agency.name.clone(),
                count: usize::from(named.contains(&agency.id)),
                chosen: agency.slug == self.filter.agency,
            })
            .collect()
    }

    /// The chosen filters as chips.
    pub fn chips(&self, choices: &Choices, at: &str) -> Vec<Chip> {
        let lists = [("part", &choices.parts), ("kind", &choices.kinds), ("due", &choices.dues), ("agency", &choices.agencies)];
        let mut chips: Vec<Chip> = lists
            .iter()
            .filter_map(|(field, list)| {
                let chosen = list.iter().find(|choice| choice.chosen)?;
                Some(Chip { text: chosen.label.clone(), href: format!("{at}{}", self.filter.without(field)) })
            })
            .collect();
        if !self.filter.q.is_empty() {
            chips.push(Chip { text: format!("“{}”", self.filter.q), href: format!("{at}{}", self.filter.without("q")) });
        }
        chips
    }
}

/// Every provision made ready, in the order of the entries; remembered once the plan can not change.
fn rows(app: &App, l: Locale, programme: &Programme, agencies: &Known) -> Arc<Vec<Arc<Row>>> {
    let key = format!("{}.{}.{}", programme.plan.memory_key(), agencies.stamp, l.0.tag());
    let settled = programme.plan.is_settled();
    let make = || programme.entries.iter().map(|entry| Arc::new(Row::of(l, entry, agencies))).collect::<Vec<_>>();
    match app.memory.recall(&key).filter(|_| settled) {
        Some(rows) => rows,
        None if settled => app.memory.keep(&key, make()),
        None => Arc::new(make()),
    }
}

/// `GET /desk/plans/{id}`
pub async fn show(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Query(filter): Query<Filter>,
) -> Result<Page<Board>> {
    let plan = Plan::find_for(&app, &who, id).await?;
    let may_review = plan.state == crate::plans::plan::State::Draft && plan.is_edited_by(&who);
    let key = format!("plans.board.{}.{filter:?}.{}", plan.memory_key(), shell.lang);
    let drawing = Drawn::of(&app, &shell, &plan, &filter);
    // What one person searches for nobody else asks for: it would only fill the memory.
    let drawn = if filter.q.is_empty() { app.lately(&key, SEEN_AGAIN_S, drawing).await? } else { Arc::new(drawing.await?) };
    Ok(Page(Board {
        title: plan.title(),
        state: state_mark(plan.state),
        issued_on: plan.issued_on.map(time::day).unwrap_or_default(),
        adopted_at: plan.adopted_at.map(time::minute).unwrap_or_default(),
        is_adopted: plan.state == crate::plans::plan::State::Adopted,
        l: shell.l,
        filter,
        drawn,
        may_review,
        plan,
        shell,
    }))
}
