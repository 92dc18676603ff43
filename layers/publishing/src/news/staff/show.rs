//! One article on the desk: its text, where it stands, what was said, and what the reader may do now.

use askama::Template;
use axum::extract::State as Shared;
use axum::response::{IntoResponse, Redirect, Response};
use uuid::Uuid;

use super::form::Choice;
use super::pictures;
use crate::base::capability::{Offer, Thing, offers};
use crate::base::{App, Who, fact, time};
use crate::library::Picture;
use crate::news::article::retracting::Fate;
use crate::news::article::{Article, State};
use crate::news::decision::{Decision, Verdict};
use crate::news::kind::Tag;
use crate::news::link;
use crate::news::rendering::{self, Around};
use crate::news::rights::{Verb, may};
use crate::news::section::Section;
use crate::news::step::Act as StepAct;
use crate::news::views::{self, Read};
use crate::news::{checks, place, target, view};
use crate::people::agency::brief::Known;
use crate::people::person;
use crate::people::telling::Events;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Obstacle, Page, Path, Result, Shell};

const HISTORY_MAX: u64 = 60;

/// A step as it is shown.
pub struct StepLine {
    pub words: String,
    pub hours: i32,
    pub done: bool,
    pub here: bool,
}

/// The last thing that was said to it, when it was sent back.
pub struct SentBack {
    pub why: String,
    pub who: String,
    pub when: String,
}

/// Its text in the other language.
pub struct Sibling {
    pub href: String,
    pub language: String,
    pub title: String,
}

/// What the reader may do with it now.
#[derive(Clone, Copy, Debug)]
pub struct May {
    pub writes: bool,
    pub submits: bool,
    pub recalls: bool,
    pub publishes: bool,
    pub corrects: bool,
    pub withdraws: bool,
    pub takes_down: bool,
    pub overrides: bool,
}

impl May {
    fn of(who: &Who, article: &Article) -> Self {
        let can = |verb: Verb| may(who, verb, article.agency);
        let (state, in_review) = (article.state, article.state == State::InReview);
        Self {
            writes: article.may_be_written_by(who),
            submits: state.is_open() && can(Verb::Write),
            recalls: (in_review || state.is_approved()) && can(Verb::Write),
            publishes: state.is_approved() && can(Verb::Publish),
            corrects: state.is_public() && can(Verb::Correct),
            withdraws: state.is_public() && can(Verb::Withdraw),
            takes_down: state.is_readable() && can(Verb::TakeDown),
            overrides: in_review && can(Verb::Override) && !article.is_own_of(who.person),
        }
    }
}

/// What a refused press brought, and why it was refused.
#[derive(Clone, Debug, Default)]
pub struct Refusal {
    pub act: String,
    pub text: String,
    pub errors: Mistakes,
}

impl Refusal {
    /// What was typed into the form of that act.
    #[must_use]
    pub fn typed(&self, act: &str) -> &str {
        if self.act == act { &self.text } else { "" }
    }
}

#[derive(Template)]
#[template(path = "news/staff/show.html")]
pub struct ArticlePage {
    pub l: Locale,
    pub shell: Shell,
    pub article: Article,
    pub agency: String,
    pub section: String,
    pub kind: String,
    pub mark: &'static str,
    pub word: String,
    pub due: String,
    pub author: String,
    pub editor: String,
    pub places: Vec<String>,
    pub tags: Vec<String>,
    pub duties: usize,
    pub siblings: Vec<Sibling>,
    /// Its translation that is out: whoever takes the source away says what becomes of it.
    pub translation: Option<Sibling>,
    pub steps: Vec<StepLine>,
    pub sent_back: Option<SentBack>,
    pub missed: String,
    pub remarks: Vec<Obstacle>,
    /// The text as readers will get it.
    pub preview: String,
    /// How often it was read, once it is out.
    pub read: Option<Read>,
    pub lead: Option<Picture>,
    /// Whether the step is this person's, and why they may not pass it all the same.
    pub my_step: bool,
    pub step_is_approval: bool,
    pub own: Option<Obstacle>,
    pub lacks: Vec<Obstacle>,
    pub obstacles: Vec<Obstacle>,
    pub may: May,
    pub makes_link: bool,
    /// Whom a link that holds is for.
    pub link_for: String,
    /// The address of the link that was just made: shown this once.
    pub link: String,
    pub translates: bool,
    pub refusal: Refusal,
    /// What else can be done with it once it is out.
    pub offers: Vec<Offer>,
    pub events: Events,
}

impl ArticlePage {
    fn words(&self, one: &Obstacle) -> String {
        one.text(self.l)
    }

    fn here(&self) -> String {
        Article::desk_path(self.article.id)
    }

    fn act(&self, code: &str) -> String {
        format!("{}/acts/{code}", self.here())
    }

    fn typed(&self, act: &str) -> &str {
        self.refusal.typed(act)
    }

    fn is_refused(&self, act: &str) -> bool {
        self.refusal.act == act
    }

    /// Refusals that stand at no field of this page.
    fn problems(&self) -> Vec<&str> {
        const FIELDS: [&str; 7] = ["reason", "override", "withdrawal", "takedown", "at", "recipient", "fate"];
        self.refusal.errors.besides(&FIELDS)
    }

    fn notice_title(&self) -> String {
        self.l.t(match self.article.state {
            State::Corrected => "article-corrected-title",
            State::Withdrawn => "article-withdrawn-title",
            _ => "article-taken-down-title",
        })
    }

    /// How it was translated, and who checked it.
    fn translated(&self) -> String {
        let label = self.article.machine_label();
        label.or_else(|| self.article.translated.map(|one| self.l.t(&one.key()))).unwrap_or_default()
    }

    /// What may become of its translation when it goes.
    fn fates(&self) -> Vec<Choice> {
        let choice = |one: Fate| Choice { value: one.code().into(), label: self.l.t(&format!("article-fate-{}", one.code())) };
        Fate::ALL.into_iter().map(choice).collect()
    }

    fn noticed(&self) -> String {
        self.article.noticed_at.map(time::minute).unwrap_or_default()
    }

    fn published(&self) -> String {
        self.article.published_at.map(time::minute).unwrap_or_default()
    }

    fn schedule(&self) -> String {
        self.article.schedule_at.map(time::minute).unwrap_or_default()
    }

    fn embargo(&self) -> String {
        self.article.embargo_until.map(time::minute).unwrap_or_default()
    }

    fn expires(&self) -> String {
        self.article.expires_on.map(time::day).unwrap_or_default()
    }
}

/// `GET /desk/news/{id}`; the ledger knows a section by its id alone, and leads here too.
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Response> {
    match Article::find_for(&app, &who, id).await {
        Err(Error::NotFound) => {
            let section = Section::find(&app.db, id).await?;
            let to = if section.is_kept_by(&who) { Section::desk_path(id) } else { section.public_path() };
            Ok(Redirect::to(&to).into_response())
        }
        article => Ok(Page(page(&app, &who, shell, article?).await?).into_response()),
    }
}

/// The page of an article that the person may see.
///
/// # Errors
/// The database failed.
#[expect(clippy::too_many_lines, reason = "a line for each thing that the page shows")]
pub async fn page(app: &App, who: &Who, shell: Shell, article: Article) -> Result<ArticlePage> {
    let l = shell.l;
    let known = Known::now(app).await?;
    let decisions = article.decisions(&app.db).await?;
    let people: Vec<Uuid> =
        [article.author, article.editor].into_iter().flatten().chain(decisions.iter().filter_map(|one| one.person)).collect();
    let names = person::names(&app.db, &people).await?;
    let mut facts = fact::Model::history(&app.db, article.id, HISTORY_MAX).await?;
    // Who tried to look in from elsewhere is for the auditor's page alone.
    facts.retain(|fact| fact.kind != "AccessRefused");
    let siblings = Article::of_work(&app.db, article.work).await?;
    let (preview, lead) = preview(app, l, &article).await?;
    let (lacks, obstacles) = hindrances(app, &article).await?;
    let label = |id: &Uuid| known.get(id).map(|body| body.label()).unwrap_or_default();
    let in_review = article.state == State::InReview;
    let is_late = article.step_due_at.is_some_and(|due| due < app.clock.now());
    let holding = if in_review && link::may_make(who, &article) { link::Link::holding(app, &article).await? } else { None };
    let is_out = |one: &&Article| one.id != article.id && one.state.is_public();
    let may_see = |one: &&Article| one.id != article.id && crate::news::rights::sees(who, one);
    Ok(ArticlePage {
        agency: known.get(&article.agency).map(|body| body.name.clone()).unwrap_or_default(),
        section: Section::find(&app.db, article.section).await?.label(l).to_owned(),
        kind: article.kind().name(l).to_owned(),
        mark: if view::is_missed(&article) { "late" } else { view::mark(article.state, is_late) },
        word: view::word(l, &article),
        due: article.step_due_at.map(time::minute).unwrap_or_default(),
        author: article.author.map(|_| view::person(l, &names, article.author)).unwrap_or_default(),
        editor: article.editor.map(|_| view::person(l, &names, article.editor)).unwrap_or_default(),
        places: place::of(&app.db, article.id).await?.iter().map(label).collect(),
        tags: tags(l, &article),
        duties: target::duties(&app.db, article.id).await?.len(),
        siblings: siblings.iter().filter(may_see).map(|one| sibling(l, one)).collect(),
        translation: siblings.iter().find(is_out).map(|one| sibling(l, one)).filter(|_| !article.is_translation()),
        steps: steps(l, &article, &known),
        sent_back: sent_back(l, &article, &decisions, &names),
        missed: article.missed_at.filter(|_| !article.state.is_readable()).map(time::minute).unwrap_or_default(),
        remarks: checks::of(&article.body),
        my_step: article.awaited().is_some_and(|step| step.is_of(who, article.agency)),
        step_is_approval: article.awaited().is_some_and(|step| step.act == StepAct::Approve),
        own: article.own_obstacle(who.person),
        lacks,
        obstacles,
        read: read(app, &article).await?,
        preview,
        lead,
        may: May::of(who, &article),
        makes_link: link::may_make(who, &article),
        link_for: holding.map(|link| link.recipient).unwrap_or_default(),
        link: String::new(),
        translates: siblings.len() < 2 && translates(who, &article),
        refusal: Refusal::default(),
        offers: if article.state.is_public() {
            offers(app, who, l, Thing { kind: "article", id: article.id })
        } else {
            Vec::new()
        },
        events: Events::of(&app.db, l, &facts, &known).await?,
        article,
        l,
        shell,
    })
}

/// The text as readers will get it, and the lead picture, where the desk serves them.
async fn preview(app: &App, l: Locale, article: &Article) -> Result<(String, Option<Picture>)> {
    let around = Around::of(app, &article.body, article.lead()).await?;
    let base = format!("{}/pictures", Article::desk_path(article.id));
    let around = Around { pictures: pictures::moved(around.pictures, &base), ..around };
    let lead = article.lead().and_then(|lead| around.pictures.get(&lead).cloned());
    Ok((rendering::drawn(l, &article.body, &around).html, lead))
}

/// How often it was read, once it is out.
async fn read(app: &App, article: &Article) -> Result<Option<Read>> {
    if !article.state.is_readable() {
        return Ok(None);
    }
    Ok(Some(views::of(app, &[article.id]).await?.remove(&article.id).unwrap_or_default()))
}

/// What it lacks to be handed in while it is open, and to go out once it is approved.
async fn hindrances(app: &App, article: &Article) -> Result<(Vec<Obstacle>, Vec<Obstacle>)> {
    if article.state.is_approved() {
        return Ok((Vec::new(), article.obstacles_to_publishing(app).await?));
    }
    if !article.state.is_open() {
        return Ok((Vec::new(), Vec::new()));
    }
    let mut lacks = article.obstacles_to_submitting();
    lacks.extend(article.lacking_files(&app.db).await?);
    Ok((lacks, Vec::new()))
}

/// Whether the person may begin its sibling in the other language.
fn translates(who: &Who, article: &Article) -> bool {
    who.agency == Some(article.agency) && may(who, Verb::Write, article.agency) && article.state != State::TakenDown
}

fn tags(l: Locale, article: &Article) -> Vec<String> {
    let (audiences, messages) = (article.audiences(), article.messages());
    let of = |list: &'static [Tag], codes: &[String]| -> Vec<String> {
        list.iter().filter(|tag| codes.contains(&tag.code)).map(|tag| tag.name(l).to_owned()).collect()
    };
    [of(Tag::audiences(), &audiences), of(Tag::messages(), &messages)].concat()
}

fn sibling(l: Locale, article: &Article) -> Sibling {
    Sibling { href: Article::desk_path(article.id), language: l.t(&article.language.key()), title: article.title.clone() }
}

fn steps(l: Locale, article: &Article, known: &Known) -> Vec<StepLine> {
    let over = article.state.is_approved() || article.state.is_readable();
    let line = |(at, step): (usize, crate::news::step::Step)| StepLine {
        words: view::step(l, &step, article.agency, known),
        hours: step.hours,
        done: over || (article.state == State::InReview && at < article.step_index()),
        here: article.state == State::InReview && at == article.step_index(),
    };
    article.steps().into_iter().enumerate().map(line).collect()
}

fn sent_back(
    l: Locale,
    article: &Article,
    decisions: &[Decision],
    names: &std::collections::HashMap<Uuid, String>,
) -> Option<SentBack> {
    let last = decisions.first().filter(|one| article.state == State::Returned && one.verdict == Verdict::Returned)?;
    let who = if last.link.is_some() { l.t("article-by-link") } else { view::person(l, names, last.person) };
    Some(SentBack { why: last.reason.clone(), who, when: time::minute(last.at) })
}
