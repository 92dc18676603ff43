//! The first screen: what waits for me, and nothing else.

use askama::Template;
use axum::extract::State;
use uuid::Uuid;

use super::overview::Overview;
use crate::base::{App, Role, time};
use crate::people::Notice;
use crate::people::agency::brief::Brief;
use crate::people::gaps::{self, Gap};
use crate::plans::Plan;
use crate::plans::plan::State as PlanState;
use crate::plans::programme::Programme;
use crate::plans::view::Row;
use crate::web::who::Signed;
use crate::web::{Locale, Page, Result, Shell};

/// A draft that waits for a person.
pub struct Waiting {
    pub href: String,
    pub title: String,
    pub doubts: u64,
    pub since: String,
}

/// A notice to the person's agency.
pub struct Told {
    pub href: String,
    pub text: String,
    pub at: String,
}

/// What the person's agency owes under one plan.
pub struct Owed {
    pub plan: String,
    pub href: String,
    pub leads: usize,
    pub supports: usize,
    pub next: Vec<Row>,
}

#[derive(Template)]
#[template(path = "plans/staff/home.html")]
pub struct Home {
    l: Locale,
    shell: Shell,
    drafts: Vec<Waiting>,
    notices: Vec<Told>,
    owed: Vec<Owed>,
    overview: Overview,
    /// What an administrator or the coordinator could mend.
    gaps: Vec<(String, String)>,
    may_add: bool,
}

impl Home {
    /// The plans in which the agency leads stand above the programmes of the province, the others below.
    fn owed(&self, leading: bool) -> impl Iterator<Item = &Owed> {
        self.owed.iter().filter(move |one| (one.leads > 0) == leading)
    }

    fn is_empty(&self) -> bool {
        self.drafts.is_empty() && self.owed.is_empty() && self.overview.plans.is_empty() && self.gaps.is_empty()
    }

    /// What stands first, in one sentence.
    fn title(&self) -> String {
        if !self.drafts.is_empty() {
            return self.l.t1("home-drafts", "count", self.drafts.len());
        }
        let first = [
            (!self.gaps.is_empty(), "home-gaps"),
            (self.owed.iter().any(|one| one.leads > 0), "home-owed"),
            (!self.overview.plans.is_empty(), "home-overview"),
            (!self.owed.is_empty(), "home-owed"),
        ];
        self.l.t(first.into_iter().find(|(is, _)| *is).map_or("home-nothing", |(_, key)| key))
    }
}

/// `GET /desk`
pub async fn show(who: Signed, shell: Shell, State(app): State<App>) -> Result<Page<Home>> {
    let mut drafts = Vec::new();
    let seen = Plan::all_for(&app, &who).await?;
    for plan in seen.iter().filter(|plan| plan.state == PlanState::Draft && plan.is_edited_by(&who)) {
        drafts.push(waiting(&app, plan).await?);
    }
    let gap = |gap: &Gap| (shell.l.t1(gap.key, "count", gap.count), gap.href.clone());
    let recipients: Vec<Uuid> = who.agency.into_iter().chain([who.person]).collect();
    let notices = Notice::latest(&app.db, &recipients, 5).await?;
    Ok(Page(Home {
        drafts,
        notices: notices.into_iter().map(|notice| told(shell.l, notice)).collect(),
        owed: owed(&app, shell.l, who.agency).await?,
        overview: Overview::of(&app, &who, shell.l, &seen).await?,
        gaps: gaps::of(&app, &who).await?.iter().map(gap).collect(),
        may_add: who.is_any(&[Role::Coordinator, Role::Officer, Role::Approver]),
        l: shell.l,
        shell,
    }))
}

async fn waiting(app: &App, plan: &Plan) -> Result<Waiting> {
    Ok(Waiting {
        href: format!("{}/review", Plan::desk_path(plan.id)),
        title: plan.title(),
        doubts: plan.count_doubts(&app.db).await?,
        since: time::minute(plan.created_at),
    })
}

fn told(l: Locale, notice: Notice) -> Told {
    Told { text: notice.text(l), href: notice.href, at: time::minute(notice.at) }
}

async fn owed(app: &App, l: Locale, agency: Option<Uuid>) -> Result<Vec<Owed>> {
    let agencies = Brief::all(&app.db).await?;
    let Some(own) = agency.and_then(|id| agencies.get(&id)) else { return Ok(Vec::new()) };
    let mut owed = Vec::new();
    for plan in Plan::adopted(&app.db).await? {
        let programme = Programme::load(app, plan).await?;
        let mut mine: Vec<_> =
            programme.entries.iter().filter(|entry| entry.provision.kind().is_duty() && entry.leads(own)).collect();
        let leads = mine.len();
        let supports = programme.entries.iter().filter(|entry| entry.names(own)).count().saturating_sub(leads);
        mine.sort_by_key(|entry| (entry.provision.due_on.is_none(), entry.provision.due_on, entry.provision.position));
        owed.push(Owed {
            plan: programme.plan.title(),
            href: format!("{}{}", Plan::desk_path(programme.plan.id), crate::web::address::query(&[("agency", &own.slug)])),
            leads,
            supports,
            next: mine.into_iter().take(8).map(|entry| Row::of(l, entry, &agencies)).collect(),
        });
    }
    owed.retain(|one| one.leads + one.supports > 0);
    Ok(owed)
}
