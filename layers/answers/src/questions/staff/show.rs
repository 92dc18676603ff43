//! One question: what was asked, where it stands, whose it may be, who asked the same, and what the reader may do now.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State as Shared;
use uuid::Uuid;

use super::new::bodies;
use crate::base::capability::{Offer, Thing, offers};
use crate::base::{App, Who, time};
use crate::cases::case::moving::Ground;
use crate::duties::clearance::setting::{Step as Clearance, Way};
use crate::people::person;
use crate::questions::entry::{self, Entry};
use crate::questions::question::acting::{Act, LETTERS_MAX};
use crate::questions::question::asking::TITLE_LETTERS;
use crate::questions::question::{Question, State, Whole, public_words};
use crate::questions::{alike, answer, checking, routing, view};
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

/// What a refused press brought, and why it was refused.
#[derive(Clone, Debug, Default)]
pub struct Refusal {
    pub act: Option<Act>,
    pub text: String,
    pub why: String,
    pub to: Option<Uuid>,
    /// Title and question for the public, where the form had them.
    pub public_title: Option<String>,
    pub public_body: Option<String>,
    pub errors: Mistakes,
}

/// An answer as it is shown.
pub struct Given {
    pub number: i32,
    pub text: String,
    /// As the public reads it.
    pub shown_text: String,
    pub masked: bool,
    pub when: String,
    pub who: String,
    pub reason: String,
    /// Title and question for the public, when they were edited by hand.
    pub public_title: String,
    pub public_body: String,
    /// Why it takes the place of the one before; empty when it corrects none.
    pub correction: String,
}

/// Another question that asks nearly the same.
pub struct Near {
    pub id: Uuid,
    pub href: String,
    pub title: String,
    pub word: String,
}

#[derive(Template)]
#[template(path = "questions/staff/show.html")]
pub struct QuestionPage {
    pub l: Locale,
    pub shell: Shell,
    pub question: Question,
    pub holder: String,
    pub holder_closed: bool,
    pub coordinator: String,
    pub channel: String,
    pub mark: &'static str,
    pub word: String,
    pub clock: String,
    pub due: String,
    pub asked: String,
    /// From when the body that asked for more may close it; empty when nothing waits.
    pub lapses: String,
    pub code: String,
    pub opens_original: bool,
    pub goes_to_coordinator: bool,
    /// The one it was joined to: words and address.
    pub joined_to: Option<(String, String)>,
    /// How many asked the same.
    pub followers: usize,
    pub entries: Vec<Line>,
    pub acts: Vec<Act>,
    /// Id and name: those that it may be for come first.
    pub suggested: Vec<(String, String)>,
    pub bodies: Vec<(String, String)>,
    pub near: Vec<Near>,
    /// The answer given last.
    pub given: Option<Given>,
    /// Those before it, the latest first.
    pub earlier: Vec<Given>,
    /// The one that is written, or waits.
    pub coming: Option<Given>,
    pub waits: bool,
    pub returned: bool,
    /// Somebody else has to let the answer out.
    pub clears: bool,
    pub shows: bool,
    pub offers: Vec<Offer>,
    pub refusal: Refusal,
}

impl QuestionPage {
    fn may(&self, code: &str) -> bool {
        self.acts.iter().any(|act| act.code() == code)
    }

    /// What the body is that it stands with: until it is said whose it is, the coordinating one.
    fn holder_words(&self) -> String {
        self.l.t(if self.question.state == State::New { "question-coordinator" } else { "question-holder" })
    }

    /// By which way who asked is told of the answer.
    fn told_words(&self) -> String {
        match self.question.told_by.as_str() {
            "" => self.l.t("question-told-way-none"),
            way => self.l.t(&format!("question-channel-{way}")),
        }
    }

    /// Of what the clock runs.
    fn due_words(&self) -> String {
        self.l.t(if self.question.state == State::New { "question-route-due-at" } else { "question-due-at" })
    }

    /// What was typed into the form of that act.
    fn typed(&self, code: &str) -> String {
        self.refusal.act.filter(|act| act.code() == code).map(|_| self.refusal.text.clone()).unwrap_or_default()
    }

    /// The answer as it was typed, or as it was kept.
    fn answer_text(&self) -> String {
        let typed = self.refusal.act.filter(|act| matches!(act, Act::Answer | Act::Draft)).map(|_| self.refusal.text.clone());
        typed.or_else(|| self.coming.as_ref().map(|coming| coming.text.clone())).unwrap_or_default()
    }

    /// The better answer as it was typed, as it waits or was sent back, or the one that is to be corrected.
    fn correction_text(&self) -> String {
        // Whose answer came too late goes on from what they wrote.
        let is_mine = |act: &Act| matches!(act, Act::Correct | Act::Answer | Act::Draft);
        let typed = self.refusal.act.filter(is_mine).map(|_| self.refusal.text.clone());
        let there = self.coming.as_ref().or(self.given.as_ref()).map(|answer| answer.text.clone());
        typed.or(there).unwrap_or_default()
    }

    fn opens_correction(&self) -> bool {
        self.returned || self.refusal.act.is_some_and(|act| matches!(act, Act::Correct | Act::Answer | Act::Draft))
    }

    /// Somebody was quicker.
    fn is_stale(&self) -> bool {
        !self.refusal.errors.of("").is_empty()
    }

    /// What was typed and has no form to stand in any more.
    fn unkept(&self) -> String {
        let has_form = self.refusal.act.is_some_and(|act| match act {
            Act::Answer | Act::Draft => self.may("answer") || self.may("draft") || self.may("correction"),
            act => self.may(act.code()),
        });
        if self.is_stale() && !has_form { self.refusal.text.clone() } else { String::new() }
    }

    fn correction_why(&self) -> String {
        let typed = self.refusal.act.filter(|act| *act == Act::Correct).map(|_| self.refusal.why.clone());
        typed.or_else(|| self.coming.as_ref().map(|coming| coming.correction.clone())).unwrap_or_default()
    }

    /// The title for the public: as it was typed, kept with an answer, or masked by the machine.
    fn public_title(&self) -> String {
        let kept = self.coming.as_ref().or(self.given.as_ref()).map(|answer| answer.public_title.clone());
        let kept = kept.filter(|title| !title.is_empty());
        self.refusal.public_title.clone().or(kept).unwrap_or_else(|| self.question.title.clone())
    }

    /// The question for the public, likewise.
    fn public_body(&self) -> String {
        let kept = self.coming.as_ref().or(self.given.as_ref()).map(|answer| answer.public_body.clone());
        let kept = kept.filter(|body| !body.is_empty());
        self.refusal.public_body.clone().or(kept).unwrap_or_else(|| self.question.body.clone())
    }

    fn public_title_max(&self) -> usize {
        TITLE_LETTERS
    }

    fn public_body_max(&self) -> usize {
        checking::LETTERS_MAX
    }

    /// Something of what the public is to read was refused.
    fn is_public_refused(&self) -> bool {
        !self.refusal.errors.of(public_words::TITLE).is_empty() || !self.refusal.errors.of(public_words::BODY).is_empty()
    }

    /// The form of the act was refused: it stands open.
    fn is_refused(&self, code: &str) -> bool {
        self.refusal.act.is_some_and(|act| act.code() == code)
    }

    fn is_chosen(&self, id: &str) -> bool {
        self.refusal.to.is_some_and(|to| to.to_string() == id)
    }

    fn acts_path(&self, code: &str) -> String {
        format!("{}/{code}", Question::desk_path(self.question.id))
    }

    fn text_max(&self) -> usize {
        LETTERS_MAX
    }

    /// What the reader can expect next, where nothing is theirs to do.
    fn expects(&self) -> String {
        let of = |key: &str| self.l.t1(key, "name", &self.holder);
        match self.question.state {
            State::New => of("question-waits-for-routing"),
            State::Open => of("question-waits-for-body"),
            State::Asked => self.l.t("question-waits-for-asker"),
            State::Answered => self.l.t("question-is-answered"),
            State::Joined => self.l.t("question-is-joined"),
            State::Lapsed => self.l.t("question-is-lapsed"),
            State::Withdrawn => self.l.t("question-is-withdrawn"),
            State::Dropped => self.l.t("question-is-dropped"),
        }
    }
}

/// `GET /desk/questions/{id}`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Page<QuestionPage>> {
    let whole = Whole::find_for(&app, &who, id).await?;
    Ok(Page(page(&app, &who, shell, whole).await?))
}

/// The page of a question that the person may see.
///
/// # Errors
/// The database failed.
pub async fn page(app: &App, who: &Who, shell: Shell, whole: Whole) -> Result<QuestionPage> {
    let l = shell.l;
    let ground = Ground::of(app).await?;
    let entries = Entry::of(&app.db, whole.question.id).await?;
    let people = speakers(&whole, &entries);
    let names = person::names(&app.db, &people).await?;
    let name = |id: Uuid| ground.agencies.get(&id).map(|agency| agency.name.clone()).unwrap_or_default();
    let acts = whole.acts(who, &ground);
    let moves = acts.iter().any(|act| matches!(act, Act::Route | Act::PassOn));
    let suggested = if moves { routing::suggest(app, &whole.question.body, whole.question.holder).await? } else { Vec::new() };
    let coming = whole.coming().cloned();
    let is = |state: answer::State| coming.as_ref().is_some_and(|answer| answer.state == state);
    Ok(QuestionPage {
        holder: name(whole.question.holder),
        holder_closed: !ground.is_open(whole.question.holder),
        coordinator: name(whole.setting.agency),
        channel: l.t(&whole.question.channel.key()),
        mark: view::mark(&whole.question, &ground),
        word: view::word_of(l, &whole.question, &ground, whole.waits()),
        clock: view::clock(l, &whole.question, &ground),
        due: whole.question.due_at.map(time::minute).unwrap_or_default(),
        asked: time::minute(whole.question.asked_at),
        lapses: whole.lapses_at(&ground).map(time::minute).unwrap_or_default(),
        code: whole.question.code(app)?,
        opens_original: whole.opens_original(who),
        goes_to_coordinator: whole.goes_to_coordinator(),
        joined_to: joined_to(app, &whole.question).await?,
        followers: Question::joined(&app.db, whole.question.id).await?.len(),
        entries: entries.iter().rev().map(|entry| line(l, entry, &ground, &names)).collect(),
        suggested: suggested.into_iter().map(|id| (id.to_string(), name(id))).collect(),
        bodies: if moves { bodies(&ground) } else { Vec::new() },
        near: near(app, l, (&whole, &acts), &ground).await?,
        given: whole.given().map(|answer| given(answer, &names)),
        earlier: whole.earlier().into_iter().map(|answer| given(answer, &names)).collect(),
        waits: whole.waits(),
        returned: is(answer::State::Returned),
        clears: clears(app, who, (&whole, &acts)).await?,
        shows: coming.as_ref().map_or(!whole.question.in_private, |answer| answer.shows),
        coming: coming.as_ref().map(|answer| given(answer, &names)),
        offers: offers(app, who, l, Thing { kind: "question", id: whole.question.id }),
        acts,
        refusal: Refusal::default(),
        question: whole.question,
        l,
        shell,
    })
}

/// Who wrote or approved something of it.
fn speakers(whole: &Whole, entries: &[Entry]) -> Vec<Uuid> {
    let spoke = whole.answers.iter().flat_map(|answer| [Some(answer.written_by), answer.approved_by]).flatten();
    entries.iter().filter_map(|entry| entry.person).chain(spoke).collect()
}

/// Words and address of the question that it was joined to.
async fn joined_to(app: &App, question: &Question) -> Result<Option<(String, String)>> {
    let Some(to) = question.joined_to else { return Ok(None) };
    Ok(Some((Whole::find(&app.db, to).await?.question.title, Question::desk_path(to))))
}

fn given(answer: &answer::Answer, names: &HashMap<Uuid, String>) -> Given {
    let person = |id: Uuid| names.get(&id).cloned().unwrap_or_default();
    Given {
        number: answer.number,
        text: answer.text.clone(),
        masked: answer.shown_text != answer.text,
        shown_text: answer.shown_text.clone(),
        when: time::minute(answer.approved_at.unwrap_or(answer.written_at)),
        who: person(answer.written_by),
        reason: answer.reason.clone(),
        public_title: answer.public_title.clone(),
        public_body: answer.public_body.clone(),
        correction: answer.correction.clone(),
    }
}

/// Others that ask nearly the same, for who may join them.
async fn near(app: &App, l: Locale, (whole, acts): (&Whole, &[Act]), ground: &Ground) -> Result<Vec<Near>> {
    if !acts.contains(&Act::Join) {
        return Ok(Vec::new());
    }
    Ok(alike::open(app, &whole.question).await?.iter().map(|one| nearby(l, one, ground)).collect())
}

/// Whether what the person writes goes to somebody else first.
async fn clears(app: &App, who: &Who, (whole, acts): (&Whole, &[Act])) -> Result<bool> {
    let writes = acts.iter().any(|act| matches!(act, Act::Answer | Act::Correct));
    Ok(writes && Way::of(&app.db, whole.question.holder, None).await?.step(who) == Clearance::Present)
}

fn nearby(l: Locale, question: &Question, ground: &Ground) -> Near {
    Near {
        id: question.id,
        href: Question::desk_path(question.id),
        title: question.title.clone(),
        word: view::word(l, question, ground),
    }
}

fn line(l: Locale, entry: &Entry, ground: &Ground, names: &HashMap<Uuid, String>) -> Line {
    let agency = |id: Uuid| ground.agencies.get(&id).map(|agency| agency.label());
    let person = entry.person.and_then(|id| names.get(&id));
    // Nobody parts a question from another by hand without a body: the other one went.
    let nobody = if entry.kind == entry::Kind::Parted { "question-by-system" } else { "question-who-asked" };
    let body = entry.agency.and_then(agency).unwrap_or_else(|| l.t(nobody));
    Line {
        what: l.t1(&entry.kind.key(), "to", entry.to.and_then(agency).unwrap_or_default()),
        who: person.map_or_else(|| body.clone(), |person| format!("{person}, {body}")),
        machine: time::machine(entry.at),
        when: time::minute(entry.at),
        text: entry.text.clone(),
        icon: icon(entry.kind),
    }
}

/// The icon of a line of the story.
#[must_use]
pub const fn icon(kind: entry::Kind) -> &'static str {
    match kind {
        entry::Kind::Asked | entry::Kind::Context => "circle-dot",
        entry::Kind::Routed | entry::Kind::PassedOn => "arrow-right",
        entry::Kind::More => "message-circle-question-mark",
        entry::Kind::Reply => "reply",
        entry::Kind::Presented => "hourglass",
        entry::Kind::Returned | entry::Kind::TakenBack | entry::Kind::NotSolved | entry::Kind::Restored | entry::Kind::Parted => {
            "undo-2"
        }
        entry::Kind::Answered | entry::Kind::Corrected => "badge-check",
        entry::Kind::Shown | entry::Kind::Marked => "circle-check",
        entry::Kind::Joined => "users",
        entry::Kind::Hidden | entry::Kind::Dropped | entry::Kind::Lapsed | entry::Kind::Withdrawn => "archive",
    }
}
