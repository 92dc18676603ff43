//! One slot: what is owed, the answer being written, what was handed in and what was said to it.

mod given;
mod taken;

use std::collections::HashMap;

use askama::Template;
use axum::extract::State;
use chrono::NaiveDate;
use uuid::Uuid;

pub use self::given::{Form, with_rows};
use super::certificates::{self, Paper};
use super::clearing::{self, Clearing};
use super::form_fields;
use super::queue::Looker;
use super::request::Asked;
use super::versions::{self, Version};
use crate::base::{App, Role, Who, fact, time};
use crate::duties::answer::draft::{Content, Draft};
use crate::duties::answer::{Answer, Outcome};
use crate::duties::assignment::Assignment;
use crate::duties::clearance::Step;
use crate::duties::form::certificate::Certificate;
use crate::duties::form::filling::Sheet;
use crate::duties::form::values::{self, Filled};
use crate::duties::offered::Offered;
use crate::duties::oversight::Reviewers;
use crate::duties::proof::{self, Proof};
use crate::duties::review::{self, Remarks};
use crate::duties::slot::InCharge;
use crate::duties::standing::{self, Lock, Story};
use crate::duties::unlock::Unlock;
use crate::duties::{Duty, Slot, view};
use crate::people::agency::brief::Known;
use crate::people::person;
use crate::people::telling::Events;
use crate::plans::{Plan, plan};
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Page, Path, Result, Shell};

const HISTORY_MAX: u64 = 50;
/// How long an unlock is offered for.
pub const UNLOCK_DAYS: u64 = 7;

/// What else a refused press brought, and why it was refused.
#[derive(Clone, Debug, Default)]
pub struct Refusal {
    /// Why; shown over the page.
    pub problems: Vec<String>,
    pub remarks: Remarks,
    pub why: String,
    pub until: String,
}

impl Refusal {
    /// Nothing was refused; an unlock is offered for a week.
    fn none(today: NaiveDate) -> Self {
        let until = time::day(today.checked_add_days(chrono::Days::new(UNLOCK_DAYS)).unwrap_or(today));
        Self { until, ..Self::default() }
    }
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
    /// Who of the agency works on it; empty when nobody was named.
    pub assignee: String,
    /// Whether it is the person's own agency that owes it.
    pub is_mine: bool,
    /// None when the person may not write here.
    pub form: Option<Form>,
    /// The fields of the duty's form; None where it is answered with text and figures.
    pub fields: Option<form_fields::View>,
    /// Signed papers.
    pub papers: Vec<Paper>,
    /// Why nothing can be written now.
    pub lock: String,
    pub asks_late: bool,
    pub unlocked: String,
    /// That the period was closed without what comes now, or came since.
    pub closed: String,
    /// The field of the form, and what is wrong with it.
    pub errors: Mistakes,
    /// A colleague was quicker: what to do.
    pub conflict: String,
    /// What the colleague is writing.
    pub theirs: Option<Content>,
    /// What was typed when nothing could be handed in any more.
    pub lost: String,
    pub refusal: Refusal,
    /// How many proofs the version before has.
    pub earlier_proofs: usize,
    pub drafted: String,
    /// What was published for the duty in this period.
    pub offered: Vec<Offered>,
    pub waiting: Vec<Proof>,
    pub versions: Vec<Version>,
    pub reviews: Option<Uuid>,
    pub may_unlock: bool,
    /// Whether the person may ask for an unlock, and when that was asked last with which reason.
    pub asks_unlock: bool,
    pub asked_unlock: (String, String),
    /// Where the way up leads: a list that this person may see.
    pub above: (&'static str, &'static str),
    pub events: Events,
    /// What is asked, when it is a request on demand.
    pub asked: Option<Asked>,
    /// How the answer leaves the agency; None for whoever does not answer.
    pub clearing: Option<Clearing>,
}

impl SlotPage {
    fn here(&self) -> String {
        Slot::desk_path(self.slot.id)
    }

    fn proof_href(&self, proof: &Proof) -> String {
        if proof.kind == proof::Kind::Link { proof.address.clone() } else { format!("{}/proofs/{}", self.here(), proof.id) }
    }

    /// Whether a later version took the place of this one.
    fn is_last(&self, number: &i32) -> bool {
        self.versions.first().is_some_and(|last| last.number == *number)
    }

    /// What was said to the last version when it was sent back.
    fn sent_back(&self) -> Option<&versions::Reviewed> {
        let said = self.versions.first()?.review.as_ref()?;
        (!said.accepted && self.form.is_some()).then_some(said)
    }

    /// Whether what was handed in waits for its review and nobody writes on: it stands first then, the form is folded.
    fn waits(&self) -> bool {
        let untouched = self.errors.is_empty() && self.conflict.is_empty() && self.drafted.is_empty() && self.waiting.is_empty();
        self.form.is_some() && untouched && self.versions.first().is_some_and(|last| last.review.is_none())
    }

    /// Whether what is offered hangs on the answer already.
    fn is_used(&self, offered: &Offered) -> bool {
        self.waiting.iter().any(|proof| proof.address == offered.address)
    }

    fn on_day(&self, offered: &Offered) -> String {
        time::day(offered.on_day)
    }

    /// Whether something waits for the agency's approver.
    fn is_presented(&self) -> bool {
        Clearing::waits(self.clearing.as_ref())
    }

    /// Whether this is what comes of an answer that is ready: it may be presented instead of handed in, or held up.
    fn comes_to(&self, step: Step) -> bool {
        self.clearing.as_ref().is_some_and(|clearing| clearing.step == step)
    }

    /// What is wrong, each said once, with the first field that it is about.
    fn summary(&self) -> Vec<(&str, &str)> {
        let mut said: Vec<(&str, &str)> = Vec::new();
        for (field, text) in self.errors.iter() {
            if said.iter().all(|(_, known)| *known != text) {
                said.push((field, text));
            }
        }
        said
    }

    /// What was typed as a remark to a field before the press was refused.
    fn remarked(&self, label: &str) -> &str {
        self.refusal.remarks.fields.get(label).map(String::as_str).unwrap_or_default()
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
    let own = who.is_any(&over_all) || slot.in_charge(app).await?.is_own(who);
    if own || Reviewers::of(app, who, &slot, plan.agency).await?.has(who) { Ok((slot, plan)) } else { Err(Error::Hidden(id)) }
}

/// `GET /desk/duties/{slot}`
pub async fn show(who: Signed, shell: Shell, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Page<SlotPage>> {
    let (slot, plan) = find_for(&app, &who, id).await?;
    Ok(Page(page(&app, &who, shell, slot, &plan, None).await?))
}

/// What the page is made of.
struct Read {
    duty: Duty,
    story: Story,
    proofs: Vec<Proof>,
    draft: Option<Draft>,
    agency: String,
    in_charge: InCharge,
    names: HashMap<Uuid, String>,
    events: Events,
    asked: Option<Asked>,
    assignee: String,
    asked_unlock: (String, String),
    clearing: Option<Clearing>,
    versions: Vec<Version>,
    filled: HashMap<Uuid, Filled>,
    papers: Vec<Certificate>,
    offered: Vec<Offered>,
}

impl Read {
    async fn of(app: &App, who: &Who, l: Locale, slot: &Slot, today: NaiveDate) -> Result<Self> {
        let story = standing::story(&app.db, slot.id).await?;
        let draft = Draft::find(&app.db, slot.id).await?;
        let agencies = Known::now(app).await?;
        let mut facts = fact::Model::history(&app.db, slot.id, HISTORY_MAX).await?;
        // Who tried to look in from elsewhere is for the auditor's page alone.
        facts.retain(|fact| fact.kind != "AccessRefused");
        let duty = Duty::find(&app.db, slot.duty).await?;
        let asked_unlock = facts.iter().filter(|fact| fact.kind == "UnlockRequested").max_by_key(|fact| fact.at);
        let unanswered = asked_unlock.filter(|asked| story.unlocks.iter().all(|unlock| unlock.at < asked.at));
        let in_charge = InCharge::of(slot, &agencies, app);
        let proofs = Proof::of(&app.db, slot.id).await?;
        let names = names(app, &story, draft.as_ref()).await?;
        let filled = if story.answers.is_empty() { HashMap::new() } else { values::of(&app.db, &[slot.id]).await? };
        Ok(Self {
            asked_unlock: unanswered.map(|one| (time::minute(one.at), one.why.clone().unwrap_or_default())).unwrap_or_default(),
            offered: Offered::to(&app.db, slot, &in_charge).await?,
            asked: Asked::of(app, &duty).await?,
            papers: if story.answers.is_empty() { Vec::new() } else { Certificate::of(&app.db, slot.id).await? },
            duty,
            clearing: Clearing::of(app, who, l, slot, &in_charge, story.would_be_late(slot, today)).await?,
            versions: clearing::versions(app, l, (slot, &story), (&proofs, &filled), &names).await?,
            filled,
            proofs,
            in_charge,
            agency: agencies.get(&slot.agency).map(|agency| agency.name.clone()).unwrap_or_default(),
            names,
            events: Events::of(&app.db, l, &facts, &agencies).await?,
            story,
            draft,
            assignee: Assignment::of(&app.db, &[slot.id]).await?.remove(&slot.id).map(|(_, name)| name).unwrap_or_default(),
        })
    }
}

/// The page; `given` is what a refused press of the button brought.
///
/// # Errors
/// The database failed.
#[expect(clippy::too_many_lines, reason = "a line for each thing that the page shows")]
pub async fn page(
    app: &App,
    who: &Who,
    mut shell: Shell,
    slot: Slot,
    plan: &plan::Model,
    given: Option<Form>,
) -> Result<SlotPage> {
    let l = shell.l;
    let today = time::local_date(app.clock.now());
    let read = Read::of(app, who, l, &slot, today).await?;
    let (story, draft, duty, in_charge) = (&read.story, read.draft.as_ref(), &read.duty, &read.in_charge);
    let lock = story.lock(&slot, today);
    let open = lock.is_none() && in_charge.may_answer(who);
    let sheet = if open { Sheet::of(&app.db, &slot, story, &read.filled, today).await? } else { None };
    let anew =
        || (!Clearing::waits(read.clearing.as_ref())).then(|| given::fresh(l, story, draft, (sheet.as_ref(), &read.offered)));
    let form = given.or_else(anew).filter(|_| open);
    let standing = story.standing(&slot, today);
    let may_unlock = matches!(lock, Some(Lock::Accepted | Lock::Expired)) && Unlock::may_give(who, in_charge);
    shell.light(above(who, in_charge.is_own(who)).1);
    let of_last = |proof: &&Proof| story.last().is_some_and(|last| proof.answer == Some(last.id));
    Ok(SlotPage {
        plan: plan.title(),
        plan_href: format!("{}#{}", Plan::desk_path(plan.id), crate::plans::view::anchor(&duty.path)),
        agency: read.agency,
        period: view::period(l, &slot.period),
        span: format!("{} – {}", time::day(slot.start_on), time::day(slot.end_on)),
        due: view::due(l, &slot),
        left: if standing.is_owed() { view::left(l, slot.in_time_until, today) } else { String::new() },
        rule: duty.rule().map(|rule| view::rule(l, &rule)).unwrap_or_default(),
        mark: view::mark(&slot, standing, today),
        word: match lock {
            Some(Lock::Expired) => l.t(if read.asked_unlock.0.is_empty() { "slot-row-locked" } else { "slot-row-asked" }),
            _ => l.t(&standing.key()),
        },
        part: l.t(&slot.part.key()),
        is_mine: in_charge.is_own(who),
        fields: sheet
            .zip(form.as_ref())
            .map(|(sheet, form)| form_fields::View::of(l, &slot, &sheet, &form.content.typed, &form.sure)),
        form,
        papers: certificates::papers(&read.papers, story),
        lock: lock.map(|lock| lock_words(l, lock, &slot, may_unlock)).unwrap_or_default(),
        asks_unlock: in_charge.may_answer(who) && matches!(lock, Some(Lock::Accepted | Lock::Expired)),
        asked_unlock: read.asked_unlock,
        above: above(who, in_charge.is_own(who)),
        asks_late: story.would_be_late(&slot, today),
        unlocked: taken::unlocked(l, story, today),
        closed: taken::closed(app, l, duty, (&slot, story), open).await?,
        errors: Mistakes::default(),
        conflict: String::new(),
        theirs: None,
        lost: String::new(),
        refusal: Refusal::none(today),
        earlier_proofs: read.proofs.iter().filter(of_last).count(),
        drafted: draft.map(|draft| drafted(l, draft, &read.names)).unwrap_or_default(),
        waiting: read.proofs.iter().filter(|proof| proof.answer.is_none()).cloned().collect(),
        reviews: reviewable(app, who, (&slot, plan), in_charge, story).await?,
        versions: read.versions,
        may_unlock,
        title: duty.title.clone(),
        path: duty.path.clone(),
        events: read.events,
        asked: read.asked,
        assignee: read.assignee,
        clearing: read.clearing,
        offered: read.offered,
        l,
        shell,
        slot,
    })
}

/// The nearest list that leads here and that this person may see.
fn above(who: &Who, is_own: bool) -> (&'static str, &'static str) {
    match () {
        () if is_own => ("nav-duties", "/desk/duties"),
        () if who.is_any(Looker::ROLES) => ("nav-reviews", "/desk/reviews"),
        () => ("nav-progress", "/desk/progress"),
    }
}

/// The answer that waits for this person's review.
async fn reviewable(
    app: &App,
    who: &Who,
    (slot, plan): (&Slot, &plan::Model),
    in_charge: &InCharge,
    story: &Story,
) -> Result<Option<Uuid>> {
    let own = |last: &Answer| last.person == who.person || Some(last.agency) == who.agency;
    let Some(last) = story.last().filter(|last| !own(last) && story.review_of(last.id).is_none()) else { return Ok(None) };
    let reviewers = Reviewers::of(app, who, slot, plan.agency).await?;
    Ok(review::may_review(who, in_charge, &reviewers).then_some(last.id))
}

/// Why nothing is taken; of a void slot also what made it void.
fn lock_words(l: Locale, lock: Lock, slot: &Slot, may_unlock: bool) -> String {
    match slot.void_reason {
        _ if may_unlock => l.t(&format!("{}-for-you", lock.key())),
        Some(reason) => format!("{} {}.", l.t(lock.key()), l.t(&reason.key())),
        None => l.t(lock.key()),
    }
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
