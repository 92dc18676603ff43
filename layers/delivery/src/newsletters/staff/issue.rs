//! One issue on the desk: what it says, how it goes, and what the reader may do now.

use askama::Template;
use axum::Extension;
use axum::extract::State as Shared;
use axum::response::{IntoResponse, Response};
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use super::list::account;
use crate::base::{App, Who, fact, time};
use crate::channels::rights::{Verb, may};
use crate::news::article;
use crate::news::staff::show::Refusal;
use crate::news::view;
use crate::newsletters::composing::Letter;
use crate::newsletters::delivery::counting::{self, Tally};
use crate::newsletters::delivery::{Column as Of, Entity as Letters, State as Way};
use crate::newsletters::issue::{Issue, State};
use crate::newsletters::newsletter::Newsletter;
use crate::newsletters::subscriber;
use crate::people::agency::brief::Known;
use crate::people::telling::Events;
use crate::web::headers::Frames;
use crate::web::who::Signed;
use crate::web::{Locale, Obstacle, Page, Path, Result, Shell, grouped};

const HISTORY_MAX: u64 = 60;
const UNKNOWN_MAX: u64 = 100;

/// An article in the form.
pub struct ItemField {
    pub id: String,
    pub name: String,
    pub summary: String,
    pub words: String,
    pub place: usize,
    /// Nobody may read it any more.
    pub gone: bool,
}

/// A letter of which nobody knows.
pub struct UnknownLetter {
    pub subscriber: String,
    pub address: String,
    pub when: String,
}

/// What the reader may do now.
#[derive(Clone, Copy, Debug, Default)]
pub struct May {
    pub writes: bool,
    pub submits: bool,
    pub recalls: bool,
    pub approves: bool,
    pub pauses: bool,
    pub resumes: bool,
    pub cancels: bool,
    pub resolves: bool,
}

#[derive(Template)]
#[template(path = "newsletters/staff/issue.html")]
pub struct IssuePage {
    pub l: Locale,
    pub shell: Shell,
    pub issue: Issue,
    pub newsletter: Newsletter,
    pub items: Vec<ItemField>,
    pub due: String,
    pub own: bool,
    pub obstacles: Vec<Obstacle>,
    pub tally: Tally,
    pub unknown: Vec<UnknownLetter>,
    pub may: May,
    pub refusal: Refusal,
    pub conflict: bool,
    pub events: Events,
}

impl IssuePage {
    fn here(&self) -> String {
        Issue::path(self.issue.id)
    }

    fn act(&self, code: &str) -> String {
        format!("{}/acts/{code}", self.here())
    }

    fn words(&self, one: &Obstacle) -> String {
        one.text(self.l)
    }

    fn typed(&self, act: &str) -> &str {
        self.refusal.typed(act)
    }

    fn is_refused(&self, act: &str) -> bool {
        self.refusal.act == act
    }

    fn problems(&self) -> Vec<&str> {
        self.refusal.errors.besides(&["why", "title", "words", "due", "add"])
    }

    fn notice(&self) -> String {
        match (self.issue.state, self.issue.notice.as_str()) {
            (_, "") => String::new(),
            (State::Held, cause) => self.l.t(&format!("issue-held-{cause}")),
            (_, words) => words.to_owned(),
        }
    }

    fn when(&self) -> String {
        self.issue.due_at.map(time::minute).unwrap_or_default()
    }

    fn progress(&self) -> Progress {
        Progress { l: self.l, issue: self.issue.clone(), tally: self.tally }
    }
}

/// How far it got; asked for again and again while it is sent.
#[derive(Template)]
#[template(path = "newsletters/staff/progress.html")]
pub struct Progress {
    l: Locale,
    issue: Issue,
    tally: Tally,
}

impl Progress {
    fn lines(&self) -> Vec<(&'static str, String, u64)> {
        let t = &self.tally;
        let bounced = [
            ("late", "letter-bounce-hard", t.hard),
            ("returned", "letter-bounce-soft", t.soft),
            ("returned", "letter-bounce-complaint", t.complaints),
        ];
        let states = [
            (Way::Queued, t.queued),
            (Way::Sending, t.sending),
            (Way::Sent, t.sent),
            (Way::Failed, t.failed),
            (Way::Unknown, t.unknown),
            (Way::Stays, t.stays),
            (Way::Skipped, t.skipped),
            (Way::Stopped, t.stopped),
        ];
        let states = states.into_iter().map(|(way, n)| (way.mark(), self.l.t(&way.key()), n));
        let bounced = bounced.into_iter().map(|(mark, key, n)| (mark, self.l.t(key), n));
        // What is usual is shown though it be none.
        states.chain(bounced).enumerate().filter(|(at, (.., n))| *n > 0 || [0, 2].contains(at)).map(|(_, line)| line).collect()
    }

    fn is_going(&self) -> bool {
        self.issue.state == State::Sending
    }

    fn done(&self) -> u64 {
        self.tally.all() - self.tally.open()
    }

    fn label(&self) -> String {
        self.l.t2("issue-progress", "done", grouped(self.done()), "all", grouped(self.tally.all()))
    }

    fn account(&self) -> String {
        account(self.l, &self.tally)
    }
}

/// `GET /desk/newsletters/issues/{id}`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Response> {
    let issue = Issue::find_for(&app, &who, id).await?;
    let page = page(&app, &who, shell, issue).await?;
    Ok((Extension(Frames(vec!["'self'".into()])), Page(page)).into_response())
}

/// `GET /desk/newsletters/issues/{id}/progress`
pub async fn progress(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Page<Progress>> {
    let issue = Issue::find_for(&app, &who, id).await?;
    let tally = counting::one(&app.db, id).await?;
    Ok(Page(Progress { l: shell.l, issue, tally }))
}

/// The page of an issue that the person may see.
///
/// # Errors
/// The database failed.
pub async fn page(app: &App, who: &Who, shell: Shell, issue: Issue) -> Result<IssuePage> {
    let l = shell.l;
    let newsletter = Newsletter::find(&app.db, issue.newsletter).await?;
    let letter = Letter::of(app, &newsletter, &issue).await?;
    let known = Known::now(app).await?;
    let mut facts = fact::Model::history(&app.db, issue.id, HISTORY_MAX).await?;
    facts.retain(|fact| fact.kind != "AccessRefused");
    let tally = if issue.began_at.is_some() { counting::one(&app.db, issue.id).await? } else { Tally::default() };
    let unknown = if tally.unknown > 0 { unknown_letters(app, who, &issue).await? } else { Vec::new() };
    Ok(IssuePage {
        items: items(app, &issue, &letter).await?,
        due: view::typed_minute(issue.due_at),
        own: issue.is_own_of(who.person),
        obstacles: if issue.state.is_open() { issue.obstacles(app, &newsletter, &letter).await? } else { Vec::new() },
        may: may_of(who, &issue, &tally),
        refusal: Refusal::default(),
        conflict: false,
        events: Events::of(&app.db, l, &facts, &known).await?,
        tally,
        unknown,
        newsletter,
        issue,
        l,
        shell,
    })
}

async fn items(app: &App, issue: &Issue, letter: &Letter) -> Result<Vec<ItemField>> {
    let items = issue.items();
    let articles = article::Entity::find().filter(article::Column::Id.is_in(items.iter().map(|item| item.article)));
    let articles = articles.all(&app.db).await?;
    let field = |(at, item): (usize, &crate::newsletters::issue::Item)| {
        let article = articles.iter().find(|one| one.id == item.article)?;
        Some(ItemField {
            id: item.article.to_string(),
            name: article.title.clone(),
            summary: article.summary.clone(),
            words: item.words.clone(),
            place: at + 1,
            gone: !letter.stories.iter().any(|story| story.article == item.article),
        })
    };
    Ok(items.iter().enumerate().filter_map(field).collect())
}

fn may_of(who: &Who, issue: &Issue, tally: &Tally) -> May {
    let can = |verb: Verb| may(who, verb, issue.agency);
    let state = issue.state;
    let is_over = matches!(state, State::Sent | State::Cancelled);
    May {
        writes: state == State::Draft && can(Verb::Write),
        submits: state == State::Draft && can(Verb::Write),
        recalls: matches!(state, State::Submitted | State::Approved | State::Held)
            && issue.began_at.is_none()
            && can(Verb::Write),
        approves: state == State::Submitted && can(Verb::Approve),
        pauses: state.is_going() && can(Verb::Write),
        resumes: matches!(state, State::Paused | State::Held) && can(Verb::Approve),
        cancels: !is_over && can(Verb::Retract),
        resolves: tally.unknown > 0 && can(Verb::Approve),
    }
}

/// Who they were to: the whole address only for who keeps the list.
async fn unknown_letters(app: &App, who: &Who, issue: &Issue) -> Result<Vec<UnknownLetter>> {
    let rows = Letters::find().filter(Of::Issue.eq(issue.id)).filter(Of::State.eq(Way::Unknown)).order_by_asc(Of::Subscriber);
    let rows = rows.limit(UNKNOWN_MAX).all(&app.db).await?;
    let of = subscriber::Entity::find().filter(subscriber::Column::Id.is_in(rows.iter().map(|row| row.subscriber)));
    let of = of.all(&app.db).await?;
    let keeps = may(who, Verb::Keep, issue.agency);
    let letter = |row: &crate::newsletters::delivery::Delivery| {
        let one = of.iter().find(|one| one.id == row.subscriber);
        let address = one.map(|one| if keeps { one.address.clone() } else { one.veiled() }).unwrap_or_default();
        UnknownLetter {
            subscriber: row.subscriber.to_string(),
            address,
            when: row.settled_at.map(time::minute).unwrap_or_default(),
        }
    };
    Ok(rows.iter().map(letter).collect())
}
