//! From the draft to the approval: handing in, each step, sending back, taking back, and the override.
//!
//! Nobody says yes to what is their own: who began the article passes none of its steps, and who wrote its last revision
//! passes no step of approval. A step of editing is there to be written at, so its editor passes it on.

use sea_orm::entity::prelude::*;

use super::{Article, State};
use crate::base::{App, By, Fact, Who};
use crate::duties::day_off;
use crate::duties::working_time::WorkingTime;
use crate::news::decision::{self, Decider, Verdict};
use crate::news::link::Link;
use crate::news::rights::{self, Verb};
use crate::news::section::Section;
use crate::news::step::{Act, Step};
use crate::news::{clean, lock};
use crate::web::{Error, Obstacle};

/// The longest reason, letters.
pub const REASON_LETTERS_MAX: usize = 4_000;

/// What is decided at a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    Pass,
    /// Why is required.
    SendBack(String),
}

/// A reason as it is kept.
///
/// # Errors
/// Refused at `field` when it says nothing or too much.
pub fn reason(given: &str, field: &'static str, missing: &'static str) -> Result<String, Error> {
    let text = vietnamese::normalise(given.trim()).replace("\r\n", "\n").replace('\0', "");
    // Spaces that a browser does not trim, or marks alone, are no reason.
    if !text.chars().any(char::is_alphanumeric) {
        return Err(Error::Refused(vec![Obstacle::new(missing).at(field)]));
    }
    if text.chars().count() > REASON_LETTERS_MAX {
        return Err(Error::Refused(vec![Obstacle::new("article-too-long").with("n", REASON_LETTERS_MAX).at(field)]));
    }
    Ok(text)
}

impl Article {
    /// What it still lacks before it can be handed in.
    #[must_use]
    pub fn obstacles_to_submitting(&self) -> Vec<Obstacle> {
        [self.lacking_fields(), self.lacking_of_translation()].concat()
    }

    /// What of its text and its picture is still missing.
    #[must_use]
    pub fn lacking_fields(&self) -> Vec<Obstacle> {
        use crate::news::kind::Field;
        let empty = |field: &Field| match field {
            Field::Summary => self.summary.is_empty(),
            Field::Body => clean::text(&self.body).is_empty(),
            Field::Media => self.media_url.is_empty(),
            Field::Alt => self.media_alt.is_empty(),
            Field::Credit => self.media_credit.is_empty(),
        };
        let missing = self.kind().requires.iter().filter(|field| empty(field));
        let mut lacks: Vec<Obstacle> = missing.map(|field| Obstacle::new(field.missing()).at(field.code())).collect();
        if !self.media_url.is_empty()
            && self.media_alt.is_empty()
            && is_picture(&self.media_url)
            && !lacks.iter().any(|one| one.field == "media_alt")
        {
            lacks.push(Obstacle::new(Field::Alt.missing()).at(Field::Alt.code()));
        }
        lacks
    }

    /// Hands it in: it stands at the first step of its section.
    ///
    /// # Errors
    /// Forbidden to others; refused with what it lacks; stale when somebody was quicker; or the database failed.
    pub async fn submit(app: &App, who: &Who, id: Uuid, seen: i32) -> Result<(), Error> {
        let calendar = day_off::calendar(&app.db).await?;
        let transaction = app.begin().await?;
        let mut row = Self::find(&transaction, id).await?;
        rights::require(who, Verb::Write, row.agency)?;
        if row.version != seen || !row.state.is_open() {
            return Err(Error::Stale);
        }
        let mut lacks = row.obstacles_to_submitting();
        lacks.extend(row.lacking_files(&transaction).await?);
        if !lacks.is_empty() {
            return Err(Error::Refused(lacks));
        }
        let steps = Section::find(&transaction, row.section).await?.steps();
        row.state = State::InReview;
        row.steps = serde_json::to_string(&steps)?;
        row.missed_at = None;
        row.stand_at(app, 0, &steps, WorkingTime::of(&calendar));
        row.changed_at = app.clock.now();
        let fact = Fact::ArticleSubmitted { title: row.title.clone() };
        lock::Model::release(&transaction, id).await?;
        row.note_uses(app, &transaction, &By::from(who)).await?;
        row.put(&transaction, seen).await?;
        app.record(&transaction, id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    fn stand_at(&mut self, app: &App, index: usize, steps: &[Step], clock: WorkingTime<'_>) {
        self.step = i32::try_from(index).unwrap_or_default();
        self.step_due_at = steps.get(index).map(|step| clock.after(app.clock.now(), i64::from(step.hours) * 60));
    }

    /// Why the person may not pass the step it stands at; None when they may, or when the step is not theirs at all.
    #[must_use]
    pub fn own_obstacle(&self, person: Uuid) -> Option<Obstacle> {
        let step = self.awaited()?;
        if self.author == Some(person) {
            return Some(Obstacle::new("article-own"));
        }
        (step.act == Act::Approve && self.editor == Some(person)).then(|| Obstacle::new("article-own-edit"))
    }

    /// Decides at the step it stands at, as somebody signed in.
    ///
    /// # Errors
    /// Forbidden to whose step it is not; refused when it is their own (noted) or without a reason; stale when somebody was
    /// quicker; or the database failed.
    pub async fn decide(app: &App, who: &Who, id: Uuid, choice: &Choice, seen: i32) -> Result<(), Error> {
        let article = Self::find(&app.db, id).await?;
        // Who was outrun may have lost the turn with it: they are told that, rather than that it is not theirs.
        if article.version != seen {
            return Err(Error::Stale);
        }
        let Some(step) = article.awaited() else { return Err(Error::Stale) };
        if !step.is_of(who, article.agency) {
            return Err(Error::Forbidden);
        }
        if let (Choice::Pass, Some(obstacle)) = (choice, article.own_obstacle(who.person)) {
            let transaction = app.begin().await?;
            let fact = Fact::OwnApprovalRefused { title: article.title };
            app.record(&transaction, id, fact, &By::from(who)).await?;
            app.commit(transaction).await?;
            return Err(Error::Refused(vec![obstacle]));
        }
        Self::settle(app, article, choice, (Decider::Person(who.person), None, &By::from(who)), seen).await
    }

    /// Decides by a one-time link, which is used up.
    ///
    /// # Errors
    /// Not found when the link does not hold; refused without a reason; stale when somebody was quicker; or the database failed.
    pub async fn decide_by_link(app: &App, token: &str, choice: &Choice) -> Result<(), Error> {
        let (link, article) = Link::open(app, token).await?;
        let by = By { person: None, agency: Some(article.agency), why: None };
        let seen = article.version;
        Self::settle(app, article, choice, (Decider::Link(link.id), Some(&link), &by), seen).await
    }

    async fn settle(
        app: &App,
        mut row: Self,
        choice: &Choice,
        (decider, link, by): (Decider, Option<&Link>, &By),
        seen: i32,
    ) -> Result<(), Error> {
        let calendar = day_off::calendar(&app.db).await?;
        let (id, now) = (row.id, app.clock.now());
        let (verdict, why) = match choice {
            Choice::Pass => (Verdict::Passed, String::new()),
            Choice::SendBack(why) => (Verdict::Returned, reason(why, "reason", "article-needs-reason")?),
        };
        let transaction = app.begin().await?;
        if let Some(link) = link {
            link.use_up(&transaction, now).await?;
        }
        decision::write(&transaction, &row, (verdict, &why), decider, now).await?;
        let title = row.title.clone();
        let fact = match verdict {
            Verdict::Returned => {
                row.state = State::Returned;
                row.step_due_at = None;
                Fact::ArticleReturned { title }
            }
            _ => row.pass(app, WorkingTime::of(&calendar), if link.is_some() { "link" } else { "account" }),
        };
        row.changed_at = now;
        let by = match link {
            // Who it was is known by the words of who made the link.
            Some(link) => {
                by.clone().because(if why.is_empty() { link.recipient.clone() } else { format!("{}: {why}", link.recipient) })
            }
            None => by.clone().because(why),
        };
        Link::end(&transaction, id, now).await?;
        lock::Model::release(&transaction, id).await?;
        let scheduled = row.scheduled_fact();
        row.put(&transaction, seen).await?;
        app.record(&transaction, id, fact, &by).await?;
        if let Some(fact) = scheduled {
            app.record(&transaction, id, fact, &by).await?;
        }
        app.commit(transaction).await?;
        Ok(())
    }

    /// Past the step it stands at: to the next one, or approved; then, where a time was wished for, scheduled.
    fn pass(&mut self, app: &App, clock: WorkingTime<'_>, means: &str) -> Fact {
        let steps = self.steps();
        let next = self.step_index() + 1;
        if next < steps.len() {
            let step = self.step + 1;
            self.stand_at(app, next, &steps, clock);
            return Fact::ArticlePassed { title: self.title.clone(), step };
        }
        self.approved();
        Fact::ArticleApproved { title: self.title.clone(), means: means.into() }
    }

    fn approved(&mut self) {
        self.step_due_at = None;
        self.state = if self.schedule_at.is_some() { State::Scheduled } else { State::Approved };
    }

    fn scheduled_fact(&self) -> Option<Fact> {
        let at = self.schedule_at.filter(|_| self.state == State::Scheduled)?;
        Some(Fact::ArticleScheduled { title: self.title.clone(), at: crate::base::time::machine(at) })
    }

    /// Stands in for the steps that are left: an act of its own, with a reason, by an administrator of the agency. Not for
    /// what is their own either.
    ///
    /// # Errors
    /// Forbidden to others; refused without a reason or for what is their own (noted); stale; or the database failed.
    pub async fn override_steps(app: &App, who: &Who, id: Uuid, why: &str, seen: i32) -> Result<(), Error> {
        let mut row = Self::find(&app.db, id).await?;
        rights::require(who, Verb::Override, row.agency)?;
        if row.state != State::InReview {
            return Err(Error::Stale);
        }
        let why = reason(why, "override", "article-needs-override-reason")?;
        let transaction = app.begin().await?;
        let now = app.clock.now();
        if row.is_own_of(who.person) {
            let fact = Fact::OwnApprovalRefused { title: row.title };
            app.record(&transaction, id, fact, &By::from(who)).await?;
            app.commit(transaction).await?;
            return Err(Error::Refused(vec![Obstacle::new("article-own").at("override")]));
        }
        let steps = i32::try_from(row.steps().len()).unwrap_or_default() - row.step;
        decision::write(&transaction, &row, (Verdict::Overridden, &why), Decider::Person(who.person), now).await?;
        row.approved();
        row.changed_at = now;
        Link::end(&transaction, id, now).await?;
        lock::Model::release(&transaction, id).await?;
        let fact = Fact::ApprovalOverridden { title: row.title.clone(), steps };
        let scheduled = row.scheduled_fact();
        row.put(&transaction, seen).await?;
        app.record(&transaction, id, fact, &By::from(who).because(why)).await?;
        if let Some(fact) = scheduled {
            app.record(&transaction, id, fact, &By::from(who)).await?;
        }
        app.commit(transaction).await?;
        Ok(())
    }

    /// Takes it back to the draft, before it is out: its approvals were for the text as it was.
    ///
    /// # Errors
    /// Forbidden to others; stale when it is out, or somebody was quicker; or the database failed.
    pub async fn recall(app: &App, who: &Who, id: Uuid, seen: i32) -> Result<(), Error> {
        let transaction = app.begin().await?;
        let mut row = Self::find(&transaction, id).await?;
        rights::require(who, Verb::Write, row.agency)?;
        if row.state != State::InReview && !row.state.is_approved() {
            return Err(Error::Stale);
        }
        let now = app.clock.now();
        row.state = State::Draft;
        row.step_due_at = None;
        row.changed_at = now;
        Link::end(&transaction, id, now).await?;
        let fact = Fact::ArticleRecalled { title: row.title.clone() };
        row.put(&transaction, seen).await?;
        app.record(&transaction, id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}

/// Whether the address is a picture's, by its ending.
#[must_use]
pub fn is_picture(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    [".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif", ".svg"].iter().any(|ending| path.ends_with(ending))
}
