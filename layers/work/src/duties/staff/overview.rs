//! What the first screen shows to whom nothing is assigned by name: the programmes of the province, and what is due next in them.

use uuid::Uuid;

use crate::base::{App, Role, Who, time};
use crate::plans::plan::State;
use crate::plans::recognise::Kind;
use crate::plans::staff::list::state_mark;
use crate::plans::view::anchor;
use crate::plans::{Plan, due, provision};
use crate::web::{Locale, Result, cut};

const NEXT_MAX: u64 = 8;
const TEXT_LETTERS: usize = 160;

/// A plan with what it holds.
pub struct Line {
    pub href: String,
    pub title: String,
    pub subject: String,
    pub note: String,
    /// The mark of the design system's set of states.
    pub state: &'static str,
}

/// A duty that is due next.
pub struct Due {
    pub href: String,
    pub text: String,
    pub when: String,
    pub plan: String,
}

/// The province at a glance.
#[derive(Default)]
pub struct Overview {
    pub plans: Vec<Line>,
    pub next: Vec<Due>,
}

impl Overview {
    /// For the roles over the province; empty for others, who see their agency's part.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(app: &App, who: &Who, l: Locale, seen: &[Plan]) -> Result<Self> {
        if !who.is_any(&[Role::Leader, Role::Coordinator, Role::Auditor, Role::Finance, Role::SystemAdministrator]) {
            return Ok(Self::default());
        }
        let shown = |plan: &&Plan| plan.state == State::Adopted || (plan.state == State::Draft && !plan.is_edited_by(who));
        let mut plans = Vec::new();
        let adopted: Vec<Uuid> = seen.iter().filter(|plan| plan.state == State::Adopted).map(|plan| plan.id).collect();
        let counts = provision::counts(&app.db, &adopted).await?;
        for plan in seen.iter().filter(shown) {
            let count = |kinds: &[Kind]| kinds.iter().filter_map(|kind| counts.get(&(plan.id, *kind))).sum::<usize>();
            let note = match plan.state {
                State::Draft => l.t1("home-draft-doubts", "count", plan.count_doubts(&app.db).await?),
                _ => {
                    let duties = count(&[Kind::Task, Kind::Responsibility]);
                    l.t2("home-plan-holds", "duties", duties, "targets", count(&[Kind::Target]))
                }
            };
            let (title, subject, state) = (plan.title(), plan.subject.clone(), state_mark(plan.state));
            plans.push(Line { href: Plan::desk_path(plan.id), title, subject, note, state });
        }
        // Whoever only runs the installation has no duty to wait for.
        let follows = who.is_any(&[Role::Leader, Role::Coordinator, Role::Auditor, Role::Finance]);
        let next = if follows { next(app, l, seen, &adopted).await? } else { Vec::new() };
        Ok(Self { plans, next })
    }
}

async fn next(app: &App, l: Locale, seen: &[Plan], adopted: &[Uuid]) -> Result<Vec<Due>> {
    let rows = provision::next_due(&app.db, adopted, time::local_date(app.clock.now()), NEXT_MAX).await?;
    let title = |id: Uuid| seen.iter().find(|plan| plan.id == id).map(Plan::title).unwrap_or_default();
    let due = |row: &provision::Model| Due {
        href: format!("{}#{}", Plan::desk_path(row.plan), anchor(&row.path)),
        text: cut(&row.text, TEXT_LETTERS),
        when: due::words(l, &row.deadline()),
        plan: format!("{}, {}", title(row.plan), row.path),
    };
    Ok(rows.iter().map(due).collect())
}
