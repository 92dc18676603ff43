//! One slot: what is owed, the answer being written, what was handed in and what was said to it.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State;
use chrono::NaiveDate;
use uuid::Uuid;

use super::request::Asked;
use super::versions::{self, Version};
use crate::base::{App, Role, Who, fact, new_id, time};
use crate::duties::answer::draft::{Content, Draft};
use crate::duties::answer::{Answer, Outcome};
use crate::duties::offered::Offered;
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
use crate::web::{Error, Locale, Page, Path, Result, Shell};

/// The least rows of figures that the form offers.
const ROWS_MIN: usize = 4;
const HISTORY_MAX: u64 = 50;
/// How long an unlock is offered for.
pub const UNLOCK_DAYS: u64 = 7;

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
    /// The proofs of the version before are to go with this one.
    pub keeps_proofs: bool,
    /// Figures that can be read in two ways, as they were typed and are read back.
    pub sure: Vec<String>,
}

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
    /// Whether it is the person's own agency that owes it.
    pub is_mine: bool,
    /// None when the person may not write here.
    pub form: Option<Form>,
    /// Why nothing can be written now.
    pub lock: String,
    pub asks_late: bool,
    pub unlocked: String,
    /// The field of the form, and what is wrong with it.
    pub errors: Vec<(&'static str, String)>,
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
    pub events: Events,
    /// What is asked, when it is a request on demand.
    pub asked: Option<Asked>,
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

    /// Whether what is offered hangs on the answer already.
    fn is_used(&self, offered: &Offered) -> bool {
        self.waiting.iter().any(|proof| proof.address == offered.address)
    }

    fn on_day(&self, offered: &Offered) -> String {
        time::day(offered.on_day)
    }

    /// What is wrong with a field, if anything.
    fn wrong(&self, field: &str) -> String {
        let of = self.errors.iter().filter(|(at, _)| *at == field).map(|(_, text)| text.as_str());
        of.collect::<Vec<_>>().join(" ")
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
    if who.is_any(&over_all) || reviews || slot.in_charge(app).await?.is_own(who) {
        Ok((slot, plan))
    } else {
        Err(Error::Hidden(id))
    }
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
    offered: Vec<Offered>,
}

impl Read {
    async fn of(app: &App, l: Locale, slot: &Slot) -> Result<Self> {
        let story = standing::story(&app.db, slot.id).await?;
        let draft = Draft::find(&app.db, slot.id).await?;
        let agencies = Known::now(app).await?;
        let mut facts = fact::Model::history(&app.db, slot.id, HISTORY_MAX).await?;
        // Who tried to look in from elsewhere is for the auditor's page alone.
        facts.retain(|fact| fact.kind != "AccessRefused");
        let duty = Duty::find(&app.db, slot.duty).await?;
        let in_charge = InCharge::of(slot, &agencies, app);
        Ok(Self {
            offered: Offered::to(&app.db, slot, &in_charge).await?,
            asked: Asked::of(app, &duty).await?,
            duty,
            proofs: Proof::of(&app.db, slot.id).await?,
            in_charge,
            agency: agencies.get(&slot.agency).map(|agency| agency.name.clone()).unwrap_or_default(),
            names: names(app, &story, draft.as_ref()).await?,
            events: Events::of(&app.db, l, &facts, &agencies).await?,
            story,
            draft,
        })
    }
}

/// The page; `given` is what a refused press of the button brought.
///
/// # Errors
/// The database failed.
pub async fn page(app: &App, who: &Who, shell: Shell, slot: Slot, plan: &plan::Model, given: Option<Form>) -> Result<SlotPage> {
    let l = shell.l;
    let today = time::local_date(app.clock.now());
    let Read { duty, story, proofs, draft, agency, in_charge, names, events, asked, offered } = Read::of(app, l, &slot).await?;
    let lock = story.lock(&slot, today);
    let writes = in_charge.may_answer(who);
    let standing = story.standing(&slot, today);
    let of_last = |proof: &&Proof| story.last().is_some_and(|last| proof.answer == Some(last.id));
    Ok(SlotPage {
        plan: plan.title(),
        plan_href: format!("{}#{}", Plan::desk_path(plan.id), crate::plans::view::anchor(&duty.path)),
        agency,
        period: view::period(l, &slot.period),
        span: format!("{} – {}", time::day(slot.start_on), time::day(slot.end_on)),
        due: view::due(l, &slot),
        left: if standing.is_owed() { view::left(l, slot.in_time_until, today) } else { String::new() },
        rule: duty.rule().map(|rule| view::rule(l, &rule)).unwrap_or_default(),
        mark: view::mark(&slot, standing, today),
        word: l.t(&standing.key()),
        part: l.t(&slot.part.key()),
        is_mine: in_charge.is_own(who),
        form: (writes && lock.is_none()).then(|| given.unwrap_or_else(|| fresh(l, &story, draft.as_ref(), &offered))),
        lock: lock.map(|lock| lock_words(l, lock, &slot)).unwrap_or_default(),
        asks_late: story.would_be_late(&slot, today),
        unlocked: story
            .unlocked(today)
            .map(|unlock| l.t1("slot-unlocked-until", "day", time::day(unlock.until)))
            .unwrap_or_default(),
        errors: Vec::new(),
        conflict: String::new(),
        theirs: None,
        lost: String::new(),
        refusal: Refusal::none(today),
        earlier_proofs: proofs.iter().filter(of_last).count(),
        drafted: draft.as_ref().map(|draft| drafted(l, draft, &names)).unwrap_or_default(),
        offered,
        waiting: proofs.iter().filter(|proof| proof.answer.is_none()).cloned().collect(),
        versions: versions::of(l, &slot, &story, &proofs, &names),
        reviews: reviewable(who, &in_charge, plan, &story),
        may_unlock: matches!(lock, Some(Lock::Accepted | Lock::Expired)) && Unlock::may_give(who, &in_charge),
        events,
        asked,
        title: duty.title,
        path: duty.path,
        l,
        shell,
        slot,
    })
}

/// The answer that waits for this person's review.
fn reviewable(who: &Who, in_charge: &InCharge, plan: &plan::Model, story: &Story) -> Option<Uuid> {
    let may = review::may_review(who, in_charge, plan.agency);
    let own = |last: &Answer| last.person == who.person || Some(last.agency) == who.agency;
    story.last().filter(|last| may && !own(last) && story.review_of(last.id).is_none()).map(|last| last.id)
}

/// Why nothing is taken; of a void slot also what made it void.
fn lock_words(l: Locale, lock: Lock, slot: &Slot) -> String {
    match slot.void_reason {
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

/// The draft, or for a correction what was handed in last; else a form that holds what was published for the duty.
fn fresh(l: Locale, story: &Story, draft: Option<&Draft>, offered: &[Offered]) -> Form {
    let last = story.last();
    let content = draft.map(Draft::content).or_else(|| last.map(again)).unwrap_or_else(|| published(l, offered));
    Form {
        key: new_id().simple().to_string(),
        seen: last.map_or(0, |last| last.version),
        draft: draft.map_or(0, |draft| draft.version),
        content: with_rows(content),
        keeps_proofs: true,
        sure: Vec::new(),
    }
}

/// What was published, a line each: title, day, address.
fn published(l: Locale, offered: &[Offered]) -> Content {
    let line = |one: &Offered| {
        let words = [("name", one.name.clone()), ("day", time::day(one.on_day)), ("address", one.address.clone())];
        l.with("offered-line", &words)
    };
    Content { text: offered.iter().map(line).collect::<Vec<_>>().join("\n"), ..Content::default() }
}

/// What was handed in, to be corrected.
fn again(answer: &Answer) -> Content {
    let rows = answer.figures().into_iter().map(|figure| (figure.name.clone(), figure.shown(), figure.unit)).collect();
    Content { outcome: answer.outcome, text: answer.text.clone(), rows, reason: answer.reason.clone(), ..Content::default() }
}

/// With empty rows at the end to go on in.
#[must_use]
pub fn with_rows(mut content: Content) -> Content {
    let wanted = ROWS_MIN.max(content.rows.len() + 2);
    if content.rows.len() < wanted {
        content.rows.resize(wanted, Default::default());
    }
    content
}
