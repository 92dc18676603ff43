//! An answer on its way out of the agency: presented, let out or sent back by whoever decides for it.

use std::collections::HashMap;

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use uuid::Uuid;

use super::link_state;
use super::slot::{self, find_for};
use super::versions::{self, Version};
use super::writing::{self, Act};
use crate::base::{App, Role, Who, time};
use crate::duties::Slot;
use crate::duties::answer::Outcome;
use crate::duties::answer::draft::{Content, Draft};
use crate::duties::clearance::deciding::Lateness;
use crate::duties::clearance::{self, Clearance, Step, Way};
use crate::duties::form;
use crate::duties::form::field::Field;
use crate::duties::form::typed::Typed;
use crate::duties::form::values::Filled;
use crate::duties::form::values::unit;
use crate::duties::proof::{self, Proof};
use crate::duties::slot::InCharge;
use crate::duties::standing::Story;
use crate::people::person;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Page, Path, Result, Said, Shell};

/// What waits for the approver.
pub struct Waiting {
    pub id: Uuid,
    pub who: String,
    pub at: String,
    pub content: Content,
    /// What stands in the duty's form: label and value.
    pub lines: Vec<(String, String)>,
    /// Whether this person may let it out or send it back.
    pub decides: bool,
    /// Today it would be late, and it says nothing of that yet.
    pub asks_late: bool,
}

/// How the answer of a slot leaves the agency, as seen by who answers for it.
pub struct Clearing {
    pub step: Step,
    /// Their names.
    pub approvers: String,
    pub waiting: Option<Waiting>,
    /// That the last presentation came back: who, when, why.
    pub returned: Option<(String, String, String)>,
    /// What was typed when a decision was refused.
    pub reason: String,
    pub late_reason: String,
    pub excusable: Option<bool>,
}

impl Clearing {
    /// Reads it; None for whoever does not answer for the slot.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(app: &App, who: &Who, l: Locale, slot: &Slot, in_charge: &InCharge, late: bool) -> Result<Option<Self>> {
        let Some(agency) = who.agency.filter(|_| in_charge.may_answer(who)) else { return Ok(None) };
        let way = Way::of(&app.db, agency, Some(slot.duty)).await?;
        let last = Clearance::of(&app.db, slot.id).await?.pop();
        let people: Vec<Uuid> = last.iter().flat_map(|last| [Some(last.person), last.decided_by]).flatten().collect();
        let names = person::names(&app.db, &people).await?;
        let name = |id: Uuid| names.get(&id).cloned().unwrap_or_else(|| l.t("ledger-somebody"));
        let mut found = Self {
            step: way.step(who),
            approvers: way.approvers.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>().join(", "),
            waiting: None,
            returned: None,
            reason: String::new(),
            late_reason: String::new(),
            excusable: None,
        };
        match last {
            Some(last) if last.state == clearance::State::Waiting => {
                let content = Draft::find(&app.db, slot.id).await?.map(|draft| draft.content()).unwrap_or_default();
                let others = way.approvers.iter().any(|(person, _)| *person != who.person);
                found.waiting = Some(Waiting {
                    id: last.id,
                    who: name(last.person),
                    at: time::minute(last.at),
                    decides: last.agency == agency && who.is_in(Role::Approver, agency) && (last.person != who.person || !others),
                    asks_late: late && content.late_reason.trim().is_empty(),
                    lines: filled_in(app, l, slot, &content.typed).await?,
                    content,
                });
            }
            Some(last) if last.state == clearance::State::Returned => {
                let at = last.decided_at.map(time::minute).unwrap_or_default();
                found.returned = Some((last.decided_by.map(name).unwrap_or_default(), at, last.reason));
            }
            _ => {}
        }
        Ok(Some(found))
    }

    /// Whether something waits.
    #[must_use]
    pub fn waits(clearing: Option<&Self>) -> bool {
        clearing.is_some_and(|clearing| clearing.waiting.is_some())
    }
}

impl Waiting {
    pub(super) fn is_nothing(&self) -> bool {
        self.content.outcome == Outcome::Nothing
    }
}

/// What was typed into the duty's form, by the labels of its fields: one statement, none when nothing was.
async fn filled_in(app: &App, l: Locale, slot: &Slot, typed: &Typed) -> Result<Vec<(String, String)>> {
    if typed.is_empty() {
        return Ok(Vec::new());
    }
    let fields = form::Form::newest(&app.db, slot.duty).await?.map(|form| form.definition().fields).unwrap_or_default();
    let line = |field: &Field| {
        let part = |end: &str| typed.get(&format!("{}{end}", field.code)).map(|typed| typed.trim()).unwrap_or_default();
        let value = match (part(""), part(".whole")) {
            ("yes", "") => l.t("form-yes"),
            ("no", "") => l.t("form-no"),
            ("", "") => String::new(),
            (value, "") => format!("{value} {}", unit(field)),
            (value, whole) => format!("{value}/{whole}"),
        };
        let said = [value.trim(), part(".why"), part(".odd")];
        let said: Vec<&str> = said.into_iter().filter(|words| !words.is_empty()).collect();
        (!said.is_empty()).then(|| (field.label.clone(), said.join(" · ")))
    };
    Ok(fields.iter().filter_map(line).collect())
}

/// The versions of an answer, each with who of the agency let it out: one to three statements more.
///
/// # Errors
/// The database failed.
pub async fn versions(
    app: &App,
    l: Locale,
    (slot, story): (&Slot, &Story),
    (proofs, filled): (&[Proof], &HashMap<Uuid, Filled>),
    names: &HashMap<Uuid, String>,
) -> Result<Vec<Version>> {
    let mut versions = versions::of(l, (slot, story), (proofs, filled), names);
    let ids: Vec<Uuid> = story.answers.iter().map(|answer| answer.id).collect();
    if ids.is_empty() {
        return Ok(versions);
    }
    let handed_in = proofs.iter().filter(|proof| proof.kind == proof::Kind::Link && proof.answer.is_some());
    let links = link_state::of(&app.db, l, handed_in.map(|proof| proof.sha256.as_str())).await?;
    for version in &mut versions {
        version.links.clone_from(&links);
    }
    let cleared = Clearance::of_answers(&app.db, &ids).await?;
    let people: Vec<Uuid> = cleared.values().filter_map(|one| one.decided_by).collect();
    let names = if people.is_empty() { HashMap::new() } else { person::names(&app.db, &people).await? };
    for answer in &story.answers {
        let of = versions.iter_mut().find(|version| version.number == answer.version);
        if let (Some(version), Some(one)) = (of, cleared.get(&answer.id)) {
            let name = one.decided_by.and_then(|id| names.get(&id)).cloned().unwrap_or_else(|| l.t("ledger-somebody"));
            version.cleared = l.t1(if one.is_alone() { "clearance-by-alone" } else { "clearance-by" }, "name", name);
        }
    }
    Ok(versions)
}

/// `POST /desk/duties/{slot}/clearance`: presents what the form says. A refusal comes back with everything that was typed.
pub async fn present(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    writing::press(&app, &who, shell, id, fields, Act::Present).await
}

/// `POST /desk/duties/{slot}/clearance/withdrawal`
pub async fn withdraw(who: Signed, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Said> {
    let (slot, _) = find_for(&app, &who, id).await?;
    let said = match Clearance::take_back(&app, &who, &slot).await {
        Ok(()) => "clearance-withdrawn",
        // Decided meanwhile: the page says how.
        Err(Error::Stale) => "clearance-stale",
        Err(error) => return Err(error),
    };
    Ok(Said::to(Slot::desk_path(id), said))
}

/// The form of a decision.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    verdict: String,
    clearance_reason: String,
    late_reason: String,
    excusable: String,
}

/// `POST /desk/duties/{slot}/clearance/{id}`: a refusal comes back with the words.
pub async fn decide(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path((id, waiting)): Path<(Uuid, Uuid)>,
    Form(given): Form<Given>,
) -> Result<Response> {
    let (slot, plan) = find_for(&app, &who, id).await?;
    let plain = |words: &str| vietnamese::normalise(words.trim()).replace("\r\n", "\n").replace('\0', "");
    let excusable = match given.excusable.as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let (reason, late) = (plain(&given.clearance_reason), Lateness { reason: plain(&given.late_reason), excusable });
    let (done, said) = match given.verdict.as_str() {
        "clear" => (Clearance::clear(&app, &who, &slot, waiting, &late).await, "clearance-cleared"),
        "return" => (Clearance::send_back(&app, &who, &slot, waiting, &reason).await, "clearance-returned"),
        _ => return Err(Error::bad("failure-bad-request")),
    };
    let (status, obstacles) = match done {
        Ok(()) => return Ok(Said::to(Slot::desk_path(id), said).into_response()),
        Err(Error::Refused(obstacles)) => (StatusCode::UNPROCESSABLE_ENTITY, obstacles),
        Err(Error::Stale) => (StatusCode::CONFLICT, vec![crate::web::Obstacle::new("clearance-stale")]),
        Err(error) => return Err(error),
    };
    let mut page = slot::page(&app, &who, shell, slot, &plan, None).await?;
    page.refusal.problems = obstacles.iter().map(|obstacle| obstacle.text(page.l)).collect();
    page.errors = Mistakes::told(&obstacles, page.l);
    if let Some(clearing) = &mut page.clearing {
        (clearing.reason, clearing.late_reason, clearing.excusable) = (reason, late.reason, late.excusable);
    }
    Ok(Page(page).status(status))
}
