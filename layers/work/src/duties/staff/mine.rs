//! What I owe: late, soon, later; and what was handed in.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use chrono::{Days, NaiveDate};
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use super::assignments::Sharer;
use super::clearances;
use crate::base::{App, Role, time};
use crate::duties::assignment::Assignment;
use crate::duties::standing::{self, Standing, Story, Urgency};
use crate::duties::{Duty, Slot, duty, holder, view};
use crate::people::agency::brief;
use crate::plans::plan;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Page, Result, Shell};

/// What is due later than this is not shown until asked for.
pub const AHEAD_DAYS: u64 = 190;

/// What the address asks to see.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    /// `support`: what the agency supports; else what it leads.
    pub part: String,
    /// `done`: what was handed in; `all`: everything until the end of the plan.
    pub show: String,
    /// `mine`: what was given to this person only.
    pub whose: String,
}

/// A slot as a row.
pub struct Row {
    pub id: Uuid,
    pub href: String,
    pub title: String,
    pub plan: String,
    pub path: String,
    pub period: String,
    pub due: String,
    pub left: String,
    pub mark: &'static str,
    pub word: String,
    pub agency: String,
    /// What else one should know: that it is locked, or in whose place it is owed.
    pub note: String,
    /// Who of the agency works on it; empty when nobody was named.
    pub assignee: String,
}

/// Rows of one urgency.
pub struct Group {
    pub code: &'static str,
    pub title: String,
    pub rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "duties/staff/mine.html")]
pub struct Mine {
    l: Locale,
    shell: Shell,
    ask: Ask,
    agency: String,
    groups: Vec<Group>,
    late: usize,
    soon: usize,
    done: Vec<Row>,
    /// How many of each part, for the tabs.
    leads: usize,
    supports: usize,
    /// How many were given to this person.
    given: usize,
    may_assign: bool,
    /// What waits for the person's word before it leaves the agency.
    clearances: Vec<clearances::Row>,
    may_set_clearance: bool,
}

/// What slots need to be told about: their duties and plans by id.
pub struct Known {
    duties: HashMap<Uuid, Duty>,
    plans: HashMap<Uuid, String>,
    agencies: Arc<brief::Known>,
    /// Who works on each, with their name.
    assigned: HashMap<Uuid, (Uuid, String)>,
}

impl Known {
    /// Loads what these slots are about: four statements.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(app: &App, slots: &[Slot]) -> Result<Self, DbErr> {
        let on = &app.db;
        let mut ids: Vec<Uuid> = slots.iter().map(|slot| slot.duty).collect();
        ids.sort_unstable();
        ids.dedup();
        let duties = duty::Entity::find().filter(duty::Column::Id.is_in(ids)).all(on).await?;
        let of: HashSet<Uuid> = duties.iter().map(|duty| duty.plan).collect();
        let plans = plan::Entity::find().filter(plan::Column::Id.is_in(of)).all(on).await?;
        Ok(Self {
            duties: duties.into_iter().map(|duty| (duty.id, duty)).collect(),
            plans: plans.into_iter().map(|plan| (plan.id, plan.title())).collect(),
            agencies: brief::Known::now(app).await?,
            assigned: Assignment::of(on, &slots.iter().map(|slot| slot.id).collect::<Vec<_>>()).await?,
        })
    }

    /// A slot as a row.
    #[must_use]
    pub fn row(&self, l: Locale, slot: &Slot, standing: Standing, today: NaiveDate) -> Row {
        let duty = self.duties.get(&slot.duty);
        Row {
            id: slot.id,
            href: Slot::desk_path(slot.id),
            title: duty.map(|duty| duty.title.clone()).unwrap_or_default(),
            plan: self.plans.get(&slot.plan).cloned().unwrap_or_default(),
            path: duty.map(|duty| duty.path.clone()).unwrap_or_default(),
            period: view::period(l, &slot.period),
            due: view::due(l, slot),
            left: if standing.is_owed() { view::left(l, slot.in_time_until, today) } else { l.t(&standing.key()) },
            mark: view::mark(slot, standing, today),
            word: l.t(&standing.key()),
            agency: self.name(slot),
            note: String::new(),
            assignee: self.assigned.get(&slot.id).map(|(_, name)| name.clone()).unwrap_or_default(),
        }
    }

    /// Whether it was given to that person.
    #[must_use]
    pub fn is_given_to(&self, slot: &Slot, person: Uuid) -> bool {
        self.assigned.get(&slot.id).is_some_and(|(given, _)| *given == person)
    }

    fn name(&self, slot: &Slot) -> String {
        self.agencies.get(&slot.agency).map(|agency| agency.label()).unwrap_or_default()
    }

    /// A slot as a row of an agency's own list: with what keeps it from answering, and in whose place it answers.
    #[must_use]
    pub fn own_row(&self, l: Locale, own: Uuid, slot: &Slot, story: &Story, today: NaiveDate) -> Row {
        let standing = story.standing(slot, today);
        let locked = (standing.is_owed() && story.lock(slot, today).is_some()).then(|| l.t("slot-row-locked"));
        let instead = (slot.agency != own).then(|| l.t1("slot-row-instead", "name", self.name(slot)));
        // Sent back and late: the lateness is its mark, and that it came back is said beside it.
        let late = standing == Standing::Returned && slot.in_time_until < today;
        let returned = late.then(|| l.t(&standing.key()));
        let note: Vec<String> = returned.into_iter().chain(locked).chain(instead).collect();
        let row = self.row(l, slot, standing, today);
        Row { note: note.join(" · "), mark: if late { "late" } else { row.mark }, ..row }
    }

    /// What an agency and those whose place it took owe, up to a day.
    ///
    /// # Errors
    /// The database failed.
    pub async fn owed(app: &App, agency: Uuid, until: Option<NaiveDate>, today: NaiveDate) -> Result<Vec<Slot>, DbErr> {
        let agencies = brief::Known::now(app).await?.answers_for(agency, today);
        Slot::owed_by(&app.db, &agencies, until).await
    }
}

/// What an agency owes in the next half-year, by the last day, each with its urgency.
///
/// # Errors
/// The database failed.
pub async fn owed(app: &App, l: Locale, agency: Uuid) -> Result<Vec<(Urgency, holder::Part, Row)>> {
    let today = time::local_date(app.clock.now());
    let slots = Known::owed(app, agency, today.checked_add_days(Days::new(AHEAD_DAYS)), today).await?;
    let mut stories = standing::brief(&app.db, &slots).await?;
    let known = Known::of(app, &slots).await?;
    let owed = |slot: &Slot| {
        let story = stories.remove(&slot.id).unwrap_or_default();
        let urgency = standing::urgency(slot, story.standing(slot, today), today)?;
        Some((urgency, slot.part, known.own_row(l, agency, slot, &story, today)))
    };
    Ok(slots.iter().filter_map(owed).collect())
}

/// `GET /desk/duties`
pub async fn show(who: Signed, shell: Shell, State(app): State<App>, Query(ask): Query<Ask>) -> Result<Page<Mine>> {
    let Some(agency) = who.agency else { return Err(Error::refused("duties-without-agency")) };
    let today = time::local_date(app.clock.now());
    let until = today.checked_add_days(Days::new(AHEAD_DAYS)).filter(|_| ask.show != "all");
    let slots = Known::owed(&app, agency, until, today).await?;
    let mut stories = standing::brief(&app.db, &slots).await?;
    let known = Known::of(&app, &slots).await?;
    let l = shell.l;
    let wanted = if ask.part == "support" { holder::Part::Support } else { holder::Part::Lead };
    let mut page = Mine {
        agency: who.agency_name.clone(),
        groups: [Urgency::Late, Urgency::Soon, Urgency::Later].map(|urgency| group(l, urgency)).into(),
        late: 0,
        soon: 0,
        done: Vec::new(),
        leads: 0,
        supports: 0,
        given: 0,
        may_assign: who.is_any(Sharer::ROLES),
        clearances: clearances::rows(&app, l, &who).await?,
        may_set_clearance: who.is_in(Role::AgencyAdministrator, agency),
        l,
        shell,
        ask,
    };
    for slot in &slots {
        let story = stories.remove(&slot.id).unwrap_or_default();
        let given = known.is_given_to(slot, who.person);
        page.given += usize::from(given && standing::urgency(slot, story.standing(slot, today), today).is_some());
        let wanted = if page.shows_given() { given } else { slot.part == wanted };
        page.take(agency, slot, &story, wanted, today, &known);
    }
    page.done.reverse();
    page.groups.retain(|group| !group.rows.is_empty());
    Ok(Page(page))
}

fn group(l: Locale, urgency: Urgency) -> Group {
    Group { code: urgency.code(), title: l.t(&format!("duties-{}", urgency.code())), rows: Vec::new() }
}

impl Mine {
    fn take(&mut self, own: Uuid, slot: &Slot, story: &Story, wanted: bool, today: NaiveDate, known: &Known) {
        let standing = story.standing(slot, today);
        let urgency = standing::urgency(slot, standing, today);
        match (urgency, slot.part) {
            (None, _) => {}
            (Some(_), holder::Part::Lead) => self.leads += 1,
            (Some(_), holder::Part::Support) => self.supports += 1,
        }
        if !wanted {
            return;
        }
        // The heading counts what the list under it shows.
        self.late += usize::from(urgency == Some(Urgency::Late));
        self.soon += usize::from(urgency == Some(Urgency::Soon));
        let row = known.own_row(self.l, own, slot, story, today);
        match urgency {
            None => self.done.push(row),
            Some(urgency) => {
                if let Some(group) = self.groups.iter_mut().find(|group| group.code == urgency.code()) {
                    group.rows.push(row);
                }
            }
        }
    }

    /// The answer to "what do I owe?" in one line.
    fn heading(&self) -> String {
        if self.shows_done() {
            return self.l.t("duties-done");
        }
        match (self.late, self.soon) {
            (0, 0) => self.l.t("duties-heading-calm"),
            (0, soon) => self.l.t1("duties-heading-soon", "count", soon),
            (late, _) => self.l.t1("duties-heading-late", "count", late),
        }
    }

    fn is_support(&self) -> bool {
        self.ask.part == "support"
    }

    fn shows_given(&self) -> bool {
        self.ask.whose == "mine"
    }

    fn is_lead(&self) -> bool {
        !self.is_support() && !self.shows_given() && !self.shows_done()
    }

    fn shows_done(&self) -> bool {
        self.ask.show == "done"
    }
}
