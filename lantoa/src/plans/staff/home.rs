//! The first screen: what waits for me, and nothing else.

use askama::Template;
use axum::extract::State;
use uuid::Uuid;

use crate::base::{App, Role, time};
use crate::people::Notice;
use crate::people::agency::brief::Brief;
use crate::plans::plan::State as PlanState;
use crate::plans::programme::Programme;
use crate::plans::view::Row;
use crate::plans::{Plan, provision};
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
    may_add: bool,
}

/// `GET /desk`
pub async fn show(who: Signed, shell: Shell, State(app): State<App>) -> Result<Page<Home>> {
    let mut drafts = Vec::new();
    for plan in Plan::all_for(&app, &who).await? {
        if plan.state == PlanState::Draft && plan.is_edited_by(&who) {
            drafts.push(waiting(&app, &plan).await?);
        }
    }
    let agencies: Vec<Uuid> = who.agency.into_iter().collect();
    let notices = Notice::latest(&app.db, &agencies, 5).await?;
    Ok(Page(Home {
        drafts,
        notices: notices.into_iter().map(|notice| told(shell.l, notice)).collect(),
        owed: owed(&app, shell.l, who.agency).await?,
        may_add: who.is_any(&[Role::Coordinator, Role::Officer, Role::Approver]),
        l: shell.l,
        shell,
    }))
}

async fn waiting(app: &App, plan: &Plan) -> Result<Waiting> {
    Ok(Waiting {
        href: format!("{}/review", Plan::desk_path(plan.id)),
        title: plan.title(),
        doubts: provision::count_doubtful(&app.db, plan.id).await?,
        since: time::minute(plan.created_at),
    })
}

fn told(l: Locale, notice: Notice) -> Told {
    Told { text: l.t(&notice.key), href: notice.href, at: time::minute(notice.at) }
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
