//! One slot: what is owed, the answer being written, what was handed in and what was said to it.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State;
use chrono::NaiveDate;
use uuid::Uuid;

use crate::base::{App, Role, Who, fact, new_id, time};
use crate::duties::answer::draft::{Content, Draft};
use crate::duties::answer::{Answer, Figure, Outcome, submitting};
use crate::duties::proof::{self, Proof};
use crate::duties::review::{self, Verdict};
use crate::duties::standing::{self, Lock, Story};
use crate::duties::unlock::Unlock;
use crate::duties::{Duty, Slot, view};
use crate::people::agency::brief::Brief;
use crate::people::person;
use crate::people::telling::Events;
use crate::plans::{Plan, plan};
use crate::web::who::Signed;
use crate::web::{Error, Locale, Page, Path, Result, Shell};

/// The least rows of figures that the form offers.
const ROWS_MIN: usize = 2;
const HISTORY_MAX: u64 = 50;

/// A version as it is shown.
pub struct Version {
    pub number: i32,
    pub who: String,
    pub at: String,
    pub late: bool,
    pub nothing: bool,
    pub text: String,
    pub figures: Vec<Figure>,
    pub reason: String,
    pub late_reason: String,
    pub excusable: Option<bool>,
    pub proofs: Vec<Proof>,
    pub review: Option<Reviewed>,
}

/// What was said to a version.
pub struct Reviewed {
    pub accepted: bool,
    pub who: String,
    pub at: String,
    pub remarks: Vec<(String, String)>,
}

/// The answer being written.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// The same for every press of the button.
    pub key: String,
    /// The version seen when the page was made.
    pub seen: i32,
    /// The draft's version seen when the page was made.
    pub draft: i32,
    pub content: Content,
    pub late_reason: String,
    pub excusable: Option<bool>,
}

#[derive(Template)]
#[template(path = "duties/staff/slot.html")]
pub struct SlotPage {
    pub l: Locale,
    pub shell: Shell,
    pub slot: Slot,
    pub title: String,
    pub plan: String,
    pub plan_href: String,
    pub path: String,
    pub agency: String,
    pub period: String,
    pub span: String,
    pub due: String,
    pub left: String,
    pub rule: String,
    pub mark: &'static str,
    pub word: String,
    pub part: String,
    /// None when the person may not write here.
    pub form: Option<Form>,
    /// Why nothing can be written now.
    pub lock: String,
    pub asks_late: bool,
    pub unlocked: String,
    pub errors: Vec<String>,
    /// A colleague was quicker: what to do.
    pub conflict: String,
    pub drafted: String,
    pub waiting: Vec<Proof>,
    pub versions: Vec<Version>,
    pub reviews: Option<Uuid>,
    pub may_unlock: bool,
    pub unlock_until: String,
    pub events: Events,
}

impl SlotPage {
    fn here(&self) -> String {
        Slot::desk_path(self.slot.id)
    }

    fn proof_href(&self, proof: &Proof) -> String {
        if proof.kind == proof::Kind::Link { proof.address.clone() } else { format!("{}/proofs/{}", self.here(), proof.id) }
    }

    fn is_nothing(&self) -> bool {
        self.form.as_ref().is_some_and(|form| form.content.outcome == Outcome::Nothing)
    }
}

/// The slot, when the person may see it; to others it is not there, and that they asked is noted.
///
/// # Errors
/// Not found, hidden, or the database failed.
pub async fn find_for(app: &App, who: &Who, id: Uuid) -> Result<(Slot, Plan), Error> {
    let slot = Slot::find(&app.db, id).await?;
    let plan = Plan::find(&app.db, slot.plan).await?;
    let over_all = [Role::Coordinator, Role::Leader, Role::Auditor, Role::Finance];
    let reviews = who.agency == Some(plan.agency) && who.is_in(Role::Reviewer, plan.agency);
    if who.agency == Some(slot.agency) || who.is_any(&over_all) || reviews { Ok((slot, plan)) } else { Err(Error::Hidden(id)) }
}

/// `GET /desk/duties/{slot}`
pub async fn show(who: Signed, shell: Shell, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Page<SlotPage>> {
    let (slot, plan) = find_for(&app, &who, id).await?;
    Ok(Page(page(&app, &who, shell, slot, &plan, None).await?))
}

/// The page; `given` is what a refused press of the button brought.
///
/// # Errors
/// The database failed.
pub async fn page(app: &App, who: &Who, shell: Shell, slot: Slot, plan: &plan::Model, given: Option<Form>) -> Result<SlotPage> {
    let l = shell.l;
    let today = time::local_date(app.clock.now());
    let duty = Duty::find(&app.db, slot.duty).await?;
    let story = standing::stories(&app.db, &[slot.id]).await?.remove(&slot.id).unwrap_or_default();
    let proofs = Proof::of(&app.db, slot.id).await?;
    let draft = Draft::find(&app.db, slot.id).await?;
    let agencies = Brief::all(&app.db).await?;
    let names = names(app, &story, draft.as_ref()).await?;
    let facts = fact::Model::history(&app.db, slot.id, HISTORY_MAX).await?;
    let lock = story.lock(&slot, today);
    let writes = submitting::may_answer(who, slot.agency);
    let standing = story.standing(&slot, today);
    let may_review = review::may_review(who, slot.agency, plan.agency);
    let reviews = story.last().filter(|last| may_review && story.review_of(last.id).is_none()).map(|last| last.id);
    Ok(SlotPage {
        title: duty.title.clone(),
        plan: plan.title(),
        plan_href: format!("{}#{}", Plan::desk_path(plan.id), crate::plans::view::anchor(&duty.path)),
        path: duty.path.clone(),
        agency: agencies.get(&slot.agency).map(|agency| agency.name.clone()).unwrap_or_default(),
        period: view::period(l, &slot.period),
        span: format!("{} – {}", time::day(slot.start_on), time::day(slot.end_on)),
        due: time::day(slot.due_on),
        left: if standing.is_owed() { view::left(l, slot.due_on, today) } else { String::new() },
        rule: duty.rule().map(|rule| view::rule(l, &rule)).unwrap_or_default(),
        mark: view::mark(&slot, standing, today),
        word: l.t(&standing.key()),
        part: l.t(&slot.part.key()),
        form: (writes && lock.is_none()).then(|| given.unwrap_or_else(|| fresh(&story, draft.as_ref()))),
        lock: lock.filter(|_| writes || who.is(Role::Coordinator)).map(|lock| l.t(lock.key())).unwrap_or_default(),
        asks_late: today > slot.due_on && story.answers.is_empty(),
        unlocked: story
            .unlocked(today)
            .map(|unlock| l.t1("slot-unlocked-until", "day", time::day(unlock.until)))
            .unwrap_or_default(),
        errors: Vec::new(),
        conflict: String::new(),
        drafted: draft.as_ref().map(|draft| drafted(l, draft, &names)).unwrap_or_default(),
        waiting: proofs.iter().filter(|proof| proof.answer.is_none()).cloned().collect(),
        versions: versions(l, &slot, &story, &proofs, &names),
        reviews,
        may_unlock: matches!(lock, Some(Lock::Accepted | Lock::Expired)) && Unlock::may_give(who, slot.agency),
        unlock_until: time::day(today.checked_add_days(chrono::Days::new(7)).unwrap_or(today)),
        events: Events::of(&app.db, l, &facts, &agencies).await?,
        l,
        shell,
        slot,
    })
}

/// Who wrote the draft last, and when.
fn drafted(l: Locale, draft: &Draft, names: &HashMap<Uuid, String>) -> String {
    let name = names.get(&draft.person).cloned().unwrap_or_else(|| l.t("ledger-somebody"));
    l.t2("draft-by", "name", name, "at", time::minute(draft.at))
}

async fn names(app: &App, story: &Story, draft: Option<&Draft>) -> Result<HashMap<Uuid, String>> {
    let answered = story.answers.iter().map(|answer| answer.person);
    let people: Vec<Uuid> =
        answered.chain(story.reviews.iter().map(|review| review.person)).chain(draft.map(|draft| draft.person)).collect();
    Ok(person::names(&app.db, &people).await?)
}

/// An empty form, the draft, or for a correction what was handed in last.
fn fresh(story: &Story, draft: Option<&Draft>) -> Form {
    let last = story.last();
    let content = draft.map(Draft::content).or_else(|| last.map(again)).unwrap_or_default();
    Form {
        key: new_id().simple().to_string(),
        seen: last.map_or(0, |last| last.version),
        draft: draft.map_or(0, |draft| draft.version),
        content: with_rows(content),
        ..Form::default()
    }
}

/// What was handed in, to be corrected.
fn again(answer: &Answer) -> Content {
    let rows = answer.figures().into_iter().map(|figure| (figure.name.clone(), figure.shown(), figure.unit)).collect();
    Content { outcome: answer.outcome, text: answer.text.clone(), rows, reason: answer.reason.clone() }
}

/// With an empty row at the end to go on in.
#[must_use]
pub fn with_rows(mut content: Content) -> Content {
    let wanted = ROWS_MIN.max(content.rows.len() + 1);
    content.rows.resize(wanted.min(crate::duties::answer::figures::FIGURES_MAX), Default::default());
    content
}

fn versions(l: Locale, slot: &Slot, story: &Story, proofs: &[Proof], names: &HashMap<Uuid, String>) -> Vec<Version> {
    let name = |id: Uuid| names.get(&id).cloned().unwrap_or_else(|| l.t("ledger-somebody"));
    let version = |answer: &Answer| Version {
        number: answer.version,
        who: name(answer.person),
        at: time::minute(answer.at),
        late: is_late(slot, story, answer.on_day),
        nothing: answer.outcome == Outcome::Nothing,
        text: answer.text.clone(),
        figures: answer.figures(),
        reason: answer.reason.clone(),
        late_reason: answer.late_reason.clone(),
        excusable: answer.excusable,
        proofs: proofs.iter().filter(|proof| proof.answer == Some(answer.id)).cloned().collect(),
        review: story.review_of(answer.id).map(|review| Reviewed {
            accepted: review.verdict == Verdict::Accept,
            who: name(review.person),
            at: time::minute(review.at),
            remarks: review.remarks().said().into_iter().map(|(key, words)| (l.t(key), words.to_owned())).collect(),
        }),
    };
    story.answers.iter().rev().map(version).collect()
}

/// Lateness is the first answer's; a correction of a timely answer is not late.
fn is_late(slot: &Slot, story: &Story, on_day: NaiveDate) -> bool {
    on_day > slot.due_on && story.is_on_time(slot) == Some(false)
}
