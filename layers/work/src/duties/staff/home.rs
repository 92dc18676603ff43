//! The first screen: what waits for me, and nothing else.

use askama::Template;
use axum::extract::State;
use uuid::Uuid;

use super::board::{Ask, Counted, Overseer};
use super::clearances;
use super::leader::Decider;
use super::mine::{self, Row};
use super::overview::Overview;
use super::queue::Looker;
use super::{closings, queue};
use crate::base::capability::{self, Todo};
use crate::base::{App, Role, Who, time};
use crate::duties::holder::Part;
use crate::duties::progress::Which;
use crate::duties::standing::Urgency;
use crate::people::Notice;
use crate::people::gaps::{self, Gap};
use crate::plans::Plan;
use crate::plans::plan::State as PlanState;
use crate::web::who::Signed;
use crate::web::{Locale, Page, Result, Shell};

/// As many of what is owed as fit one screen.
const ROWS: usize = 8;

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

/// What the person's agency owes, the most urgent first.
pub struct Owed {
    pub late: usize,
    pub soon: usize,
    pub leads: usize,
    pub supports: usize,
    pub rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "duties/staff/home.html")]
pub struct Home {
    l: Locale,
    shell: Shell,
    drafts: Vec<Waiting>,
    notices: Vec<Told>,
    owed: Option<Owed>,
    /// What waits for the person's word before it leaves the agency.
    clearances: Vec<clearances::Row>,
    overview: Overview,
    /// What waits for this person: words and where.
    waiting: Vec<Todo>,
    /// What an administrator or the coordinator could mend.
    gaps: Vec<(String, String)>,
    may_add: bool,
}

impl Home {
    fn is_empty(&self) -> bool {
        self.drafts.is_empty()
            && self.owed.is_none()
            && self.clearances.is_empty()
            && self.overview.plans.is_empty()
            && self.gaps.is_empty()
            && self.waiting.is_empty()
    }

    /// What stands first, in one sentence.
    fn title(&self) -> String {
        if !self.drafts.is_empty() {
            return self.l.t1("home-drafts", "count", self.drafts.len());
        }
        if !self.clearances.is_empty() {
            return self.l.t1("clearance-heading", "count", self.clearances.len());
        }
        let first = [
            (self.owed.as_ref().is_some_and(|owed| owed.late + owed.soon == 0), "home-owed-calm"),
            (!self.overview.plans.is_empty(), "home-overview"),
        ];
        match &self.owed {
            Some(owed) if owed.late > 0 => self.l.t1("duties-heading-late", "count", owed.late),
            Some(owed) if owed.soon > 0 => self.l.t1("duties-heading-soon", "count", owed.soon),
            _ if !self.waiting.is_empty() => self.waiting[0].words.clone(),
            _ if !self.gaps.is_empty() => self.gaps[0].0.clone(),
            _ => self.l.t(first.into_iter().find(|(is, _)| *is).map_or("home-nothing", |(_, key)| key)),
        }
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
    let clearances = clearances::rows(&app, shell.l, &who).await?;
    Ok(Page(Home {
        drafts,
        notices: notices.into_iter().map(|notice| told(shell.l, notice)).collect(),
        owed: owed(&app, shell.l, who.agency, &clearances).await?,
        clearances,
        overview: Overview::of(&app, &who, shell.l, &seen).await?,
        waiting: waiting_for(&app, &who, shell.l).await?,
        gaps: gaps::of(&app, &who).await?.iter().map(gap).collect(),
        may_add: who.is_any(&[Role::Coordinator, Role::Officer, Role::Approver]),
        l: shell.l,
        shell,
    }))
}

/// What is late in the province, what waits for a review, which periods can be closed, and what later capabilities have: each for
/// those who look after it.
async fn waiting_for(app: &App, who: &Who, l: Locale) -> Result<Vec<Todo>> {
    let number = vietnamese::number::format_integer;
    let mut found = Vec::new();
    if who.is_any(Decider::ROLES) || who.is_any(Overseer::ROLES) {
        let asked = Counted::asked(app, &Ask::default()).await;
        if let Ok(asked) = asked {
            let tally = asked.total(app).await?;
            let (key, href) = match who.is_any(Decider::ROLES) {
                true => ("home-overdue-leader", "/desk/leader".to_owned()),
                false => ("home-overdue", asked.list(Which::Overdue, "", "")),
            };
            let words = l.t2(key, "count", number(tally.overdue), "plan", asked.plan.title());
            found.extend((tally.overdue > 0).then_some(Todo { words, href, state: "late" }));
        }
    }
    if who.is_any(Looker::ROLES) {
        let count = queue::count(app, who).await?;
        let words = l.t1("home-reviews", "count", number(i64::try_from(count).unwrap_or(i64::MAX)));
        found.extend((count > 0).then_some(Todo { words, href: "/desk/reviews".into(), state: "waiting" }));
    }
    if who.is_any(&[Role::Coordinator]) {
        let count = closings::ripe(app, who).await?;
        let words = l.t1("closings-heading", "count", count);
        found.extend((count > 0).then_some(Todo { words, href: "/desk/closings".into(), state: "soon" }));
    }
    found.extend(capability::todos(app, who, l).await?);
    Ok(found)
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

/// What is presented already stands above it, and not twice.
async fn owed(app: &App, l: Locale, agency: Option<Uuid>, presented: &[clearances::Row]) -> Result<Option<Owed>> {
    let Some(agency) = agency else { return Ok(None) };
    let mut all = mine::owed(app, l, agency).await?;
    if all.is_empty() {
        return Ok(None);
    }
    let count = |wanted: Urgency| all.iter().filter(|(urgency, ..)| *urgency == wanted).count();
    let (late, soon) = (count(Urgency::Late), count(Urgency::Soon));
    let leads = all.iter().filter(|(_, part, _)| *part == Part::Lead).count();
    all.sort_by_key(|(urgency, part, _)| (*urgency, *part)); // stable: within both by the last day
    let supports = all.len() - leads;
    let rows = all.into_iter().map(|(.., row)| row).filter(|row| presented.iter().all(|one| one.id != row.id));
    let rows: Vec<Row> = rows.take(ROWS).collect();
    Ok((!rows.is_empty()).then_some(Owed { late, soon, leads, supports, rows }))
}
