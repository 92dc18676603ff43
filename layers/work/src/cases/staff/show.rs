//! One case: its story, where it stands, and what the reader may do now.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State as Shared;
use uuid::Uuid;

use crate::base::{App, Who, time};
use crate::cases::case::acting::{Act, LETTERS_MAX};
use crate::cases::case::moving::Ground;
use crate::cases::case::{State, Whole};
use crate::cases::entry::{self, Entry};
use crate::cases::{Case, view};
use crate::duties::{Duty, Slot};
use crate::people::person;
use crate::web::who::Signed;
use crate::web::{Locale, Mistakes, Page, Path, Result, Shell};

/// A line of the story.
pub struct Line {
    pub what: String,
    pub who: String,
    pub machine: String,
    pub when: String,
    pub text: String,
    pub icon: &'static str,
}

/// A rung as it is shown.
pub struct RungLine {
    pub name: String,
    pub hours: i32,
    /// The case stands there.
    pub here: bool,
    pub closed: bool,
}

/// What a refused press brought, and why it was refused.
#[derive(Clone, Debug, Default)]
pub struct Refusal {
    pub act: Option<Act>,
    pub text: String,
    pub to: Option<Uuid>,
    pub errors: Mistakes,
}

/// A body to pass the case on to.
pub struct Choice {
    pub id: Uuid,
    pub name: String,
}

#[derive(Template)]
#[template(path = "cases/staff/show.html")]
pub struct CasePage {
    pub l: Locale,
    pub shell: Shell,
    pub case: Case,
    pub raiser: String,
    pub holder: String,
    pub holder_closed: bool,
    pub mark: &'static str,
    pub word: String,
    pub clock: String,
    pub due: String,
    pub raised: String,
    /// Since when a question waits for its reply; empty when none does.
    pub asked: String,
    /// From when the body that asked may close it; empty when no question waits.
    pub lapses: String,
    /// What it is about: words and address of the slot.
    pub about: Option<(String, String)>,
    pub lines: Vec<Line>,
    pub ladder: Vec<RungLine>,
    pub acts: Vec<Act>,
    /// The body above; empty at the top.
    pub next_up: String,
    /// Set when passing it on brings it to this body, whoever is named.
    pub arbiter: String,
    pub choices: Vec<Choice>,
    pub refusal: Refusal,
}

impl CasePage {
    fn may(&self, code: &str) -> bool {
        self.acts.iter().any(|act| act.code() == code)
    }

    /// What was typed into the form of that act.
    fn typed(&self, code: &str) -> String {
        self.refusal.act.filter(|act| act.code() == code).map(|_| self.refusal.text.clone()).unwrap_or_default()
    }

    /// The form of the act was refused: it stands open.
    fn is_refused(&self, code: &str) -> bool {
        self.refusal.act.is_some_and(|act| act.code() == code)
    }

    /// What was typed into a form that is not offered any more.
    fn lost(&self) -> String {
        self.refusal.act.filter(|act| !self.acts.contains(act)).map(|_| self.refusal.text.clone()).unwrap_or_default()
    }

    fn is_chosen(&self, choice: &Choice) -> bool {
        self.refusal.to == Some(choice.id)
    }

    fn acts_path(&self, code: &str) -> String {
        format!("{}/{code}", Case::desk_path(self.case.id))
    }

    fn text_max(&self) -> usize {
        LETTERS_MAX
    }

    /// What the reader can expect next, where nothing is theirs to do.
    fn waits(&self) -> String {
        match self.case.state {
            State::Open => self.l.t1("case-waits-for-body", "name", &self.holder),
            State::Asked => self.l.t1("case-waits-for-reply", "name", &self.raiser),
            State::Answered => self.l.t1("case-waits-for-raiser", "name", &self.raiser),
            State::Solved => self.l.t("case-is-solved"),
            State::Withdrawn => self.l.t("case-is-withdrawn"),
            State::Lapsed => self.l.t("case-is-lapsed"),
        }
    }
}

/// `GET /desk/cases/{id}`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Page<CasePage>> {
    let whole = Whole::find_for(&app, &who, id).await?;
    Ok(Page(page(&app, &who, shell, whole).await?))
}

/// The page of a case that the person may see.
///
/// # Errors
/// The database failed.
pub async fn page(app: &App, who: &Who, shell: Shell, whole: Whole) -> Result<CasePage> {
    let l = shell.l;
    let ground = Ground::of(app).await?;
    let entries = Entry::of(&app.db, whole.case.id).await?;
    let people: Vec<Uuid> = entries.iter().filter_map(|entry| entry.person).collect();
    let names = person::names(&app.db, &people).await?;
    let about = match whole.case.slot {
        Some(slot) => Some((Duty::of_slot(app, slot).await?.1, Slot::desk_path(slot))),
        None => None,
    };
    let acts = whole.acts(who, &ground);
    let name = |id: Uuid| ground.agencies.get(&id).map(|agency| agency.name.clone()).unwrap_or_default();
    let choices = if acts.contains(&Act::PassOn) { choices(&whole, &ground) } else { Vec::new() };
    Ok(CasePage {
        raiser: name(whole.case.agency),
        holder: name(whole.case.holder),
        holder_closed: !ground.is_open(whole.case.holder),
        mark: view::mark(&whole.case, &ground),
        word: view::word(l, &whole.case, &ground),
        clock: view::clock(l, &whole.case, &ground),
        due: whole.case.due_at.map(time::minute).unwrap_or_default(),
        raised: time::minute(whole.case.raised_at),
        asked: whole.asked_at.map(time::minute).unwrap_or_default(),
        lapses: whole.lapses_at(&ground).map(time::minute).unwrap_or_default(),
        about,
        lines: entries.iter().rev().map(|entry| line(l, entry, &ground, &names)).collect(),
        ladder: ladder(&whole, &ground),
        next_up: whole.next_up(&ground).map(|rung| name(rung.agency)).unwrap_or_default(),
        arbiter: whole.goes_to_arbiter(&ground).map(name).unwrap_or_default(),
        choices,
        acts,
        refusal: Refusal::default(),
        case: whole.case,
        l,
        shell,
    })
}

fn line(l: Locale, entry: &Entry, ground: &Ground, names: &HashMap<Uuid, String>) -> Line {
    let agency = |id: Uuid| ground.agencies.get(&id).map(|agency| agency.label()).unwrap_or_default();
    let person = entry.person.and_then(|id| names.get(&id));
    let body = agency(entry.agency);
    Line {
        what: l.t1(&entry.kind.key(), "to", entry.to.map(agency).unwrap_or_default()),
        who: person.map_or_else(|| body.clone(), |person| format!("{person}, {body}")),
        machine: time::machine(entry.at),
        when: time::minute(entry.at),
        text: entry.text.clone(),
        icon: icon(entry.kind),
    }
}

const fn icon(kind: entry::Kind) -> &'static str {
    match kind {
        entry::Kind::Raised => "circle-dot",
        entry::Kind::Taken => "inbox",
        entry::Kind::Question => "message-circle-question-mark",
        entry::Kind::Reply => "reply",
        entry::Kind::Answer => "badge-check",
        entry::Kind::PassedUp => "arrow-up",
        entry::Kind::PassedOn => "arrow-right",
        entry::Kind::Reopened => "undo-2",
        entry::Kind::Solved => "circle-check",
        entry::Kind::Withdrawn | entry::Kind::Lapsed => "archive",
    }
}

fn ladder(whole: &Whole, ground: &Ground) -> Vec<RungLine> {
    let rung = |rung: &crate::cases::rung::Rung| RungLine {
        name: ground.agencies.get(&rung.agency).map(|agency| agency.name.clone()).unwrap_or_default(),
        hours: rung.hours,
        here: rung.agency == whole.case.holder && !whole.case.state.is_over(),
        closed: !ground.is_open(rung.agency),
    };
    whole.ladder.iter().map(rung).collect()
}

/// The open bodies that may have it, in Vietnamese order.
fn choices(whole: &Whole, ground: &Ground) -> Vec<Choice> {
    let not = [whole.case.agency, whole.case.holder];
    let mut open: Vec<_> = ground.agencies.values().filter(|body| ground.is_open(body.id) && !not.contains(&body.id)).collect();
    open.sort_by_key(|body| ground.agencies.rank(body.id));
    open.into_iter().map(|body| Choice { id: body.id, name: body.name.clone() }).collect()
}
