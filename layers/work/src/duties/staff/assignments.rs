//! Who does what: an agency hands its open slots out among its people, many at once.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use chrono::Days;
use serde::Deserialize;
use uuid::Uuid;

use super::bulk::{self, Picked};
use super::mine::{AHEAD_DAYS, Known, Row};
use crate::base::{App, time};
use crate::duties::standing::{self, Urgency};
use crate::people::agency::brief;
use crate::people::person;
use crate::web::{Error, Locale, Page, Result, Said, Shell};

/// As many rows as one press takes.
const ROWS_MAX: usize = 200;

crate::admits! {
    /// Who hands the agency's work out.
    Sharer: Officer Approver AgencyAdministrator Coordinator
}

/// What the address asks to see.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    /// `none`: what lies on nobody's desk; `late`: what is late; all that is open when empty.
    pub show: String,
    /// One slot alone.
    pub slot: String,
}

#[derive(Template)]
#[template(path = "duties/staff/assignments.html")]
pub struct Assignments {
    l: Locale,
    shell: Shell,
    ask: Ask,
    agency: String,
    rows: Vec<(Row, bool)>,
    /// How many are open, on nobody's desk, and late.
    open: usize,
    unassigned: usize,
    late: usize,
    people: Vec<(Uuid, String)>,
}

/// `GET /desk/duties/assignments`
pub async fn show(who: Sharer, shell: Shell, State(app): State<App>, Query(ask): Query<Ask>) -> Result<Page<Assignments>> {
    let Some(agency) = who.agency else { return Err(Error::refused("duties-without-agency")) };
    let today = time::local_date(app.clock.now());
    let only: Option<Uuid> = ask.slot.parse().ok();
    let until = today.checked_add_days(Days::new(AHEAD_DAYS)).filter(|_| only.is_none());
    let slots = Known::owed(&app, agency, until, today).await?;
    let mut stories = standing::brief(&app.db, &slots).await?;
    let known = Known::of(&app, &slots).await?;
    let bodies = brief::Known::now(&app).await?.in_charge(agency, today);
    let mut page = Assignments {
        agency: who.agency_name.clone(),
        rows: Vec::new(),
        open: 0,
        unassigned: 0,
        late: 0,
        people: person::answering_for(&app.db, &bodies).await?,
        l: shell.l,
        shell,
        ask,
    };
    for slot in &slots {
        let story = stories.remove(&slot.id).unwrap_or_default();
        let Some(urgency) = standing::urgency(slot, story.standing(slot, today), today) else { continue };
        let row = known.own_row(page.l, agency, slot, &story, today);
        page.take(row, urgency == Urgency::Late, only);
    }
    Ok(Page(page))
}

impl Assignments {
    fn take(&mut self, row: Row, is_late: bool, only: Option<Uuid>) {
        self.open += 1;
        self.unassigned += usize::from(row.assignee.is_empty());
        self.late += usize::from(is_late);
        let wanted = match (only, self.ask.show.as_str()) {
            (Some(only), _) => row.id == only,
            (None, "none") => row.assignee.is_empty(),
            (None, "late") => is_late,
            _ => true,
        };
        if wanted && self.rows.len() < ROWS_MAX {
            self.rows.push((row, only.is_some()));
        }
    }

    fn is(&self, show: &str) -> bool {
        self.ask.slot.is_empty() && self.ask.show == show
    }
}

/// `POST /desk/duties/assignments`
pub async fn give(who: Sharer, State(app): State<App>, Form(fields): Form<Vec<(String, String)>>) -> Result<Said> {
    let picked = Picked::of(fields, "slot")?;
    let (key, given) = bulk::assigned(&app, &who, &picked).await?;
    let back = picked.one("back");
    let ours = back == "/desk/duties/assignments" || back.starts_with("/desk/duties/assignments?");
    let to = if ours { back } else { "/desk/duties/assignments" };
    Ok(Said::to(to.to_owned(), key).with("count", given.done).with("left", given.left))
}
