//! A case opens: by itself when an article with copies is corrected or goes, by a person when somebody asks for it. What comes while one
//! is open joins it.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::entity::prelude::*;

use super::{Cause, Column, Entity, Retraction, State};
use crate::base::{App, By, Fact, Who, fact, new_id};
use crate::news::article::reviewing::reason;
use crate::news::{Article, view};
use crate::retractions::entry::{self, Entry, Kind};
use crate::retractions::looking::{self, count, number};
use crate::retractions::rights;
use crate::retractions::term::Term;
use crate::web::{Error, Obstacle};

pub const LINE_LETTERS_MAX: usize = 300;
/// A document older than this was typed wrong.
const RECEIVED_DAYS_MAX: i64 = 366;

/// A request as typed.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Of the press of the button.
    pub key: String,
    pub article: Uuid,
    /// [`Cause::RequestCorrection`] or [`Cause::RequestRemoval`].
    pub cause: String,
    pub asked_by: String,
    pub ground: String,
    pub document: String,
    pub received_at: String,
    pub why: String,
}

/// Why a case opens, read.
struct Opening {
    key: String,
    cause: Cause,
    why: String,
    asked_by: String,
    ground: String,
    document: String,
    received_at: Option<DateTime<Utc>>,
    /// From when on what is done counts.
    since: DateTime<Utc>,
    by: By,
}

/// Follows what happened to an article. The second time does nothing.
///
/// # Errors
/// Somebody was quicker, so that it is to be answered again; or the database failed.
pub async fn article_changed(app: &App, recorded: &fact::Model, fact: &Fact) -> anyhow::Result<()> {
    let cause = match fact {
        Fact::ArticleCorrected { .. } => Cause::Corrected,
        Fact::ArticleWithdrawn { .. } => Cause::Withdrawn,
        Fact::ArticleTakenDown { .. } => Cause::TakenDown,
        _ => return Ok(()),
    };
    let article = Article::find(&app.db, recorded.about).await.map_err(failed)?;
    let opening = Opening {
        key: recorded.id.to_string(),
        cause,
        why: recorded.why.clone().unwrap_or_default(),
        asked_by: String::new(),
        ground: String::new(),
        document: String::new(),
        received_at: None,
        // The article notes its moment a breath before the fact has its own.
        since: article.noticed_at.map_or(recorded.at, |at| at.min(recorded.at)),
        by: By { person: recorded.person, agency: recorded.agency, why: recorded.why.clone() },
    };
    opening.come(app, &article, false).await.map(|_| ()).map_err(failed)
}

fn failed(error: Error) -> anyhow::Error {
    anyhow::anyhow!("{error:?}")
}

impl Retraction {
    /// Opens a case for a request, or joins the one that is open. Returns its id; pressed twice it is the same.
    ///
    /// # Errors
    /// Hidden or forbidden; refused with each obstacle at its field; stale when somebody was quicker; or the database failed.
    pub async fn request(app: &App, who: &Who, typed: &Request) -> Result<Uuid, Error> {
        let article = Article::find_for(app, who, typed.article).await?;
        rights::require(rights::may_ask(who, article.agency))?;
        if !article.state.is_readable() && article.state != crate::news::article::State::TakenDown {
            return Err(Error::refused("retraction-article-not-out"));
        }
        let opening = typed.read(app, who)?;
        let id = opening.come(app, &article, true).await?;
        id.ok_or_else(|| anyhow::anyhow!("a request opens a case").into())
    }
}

impl Request {
    fn read(&self, app: &App, who: &Who) -> Result<Opening, Error> {
        let mut wrong = Vec::new();
        let cause = [Cause::RequestCorrection, Cause::RequestRemoval].into_iter().find(|one| one.code() == self.cause);
        if cause.is_none() {
            wrong.push(Obstacle::new("retraction-needs-cause").at("cause"));
        }
        let mut line = |typed: &str, field: &'static str, missing: Option<&'static str>| {
            let text = vietnamese::normalise::squeeze_spaces(&vietnamese::normalise(typed)).trim().replace('\0', "");
            match missing {
                Some(missing) if !text.chars().any(char::is_alphanumeric) => wrong.push(Obstacle::new(missing).at(field)),
                _ if text.chars().count() > LINE_LETTERS_MAX => {
                    wrong.push(Obstacle::new("article-too-long").with("n", LINE_LETTERS_MAX).at(field));
                }
                _ => {}
            }
            text
        };
        let asked_by = line(&self.asked_by, "asked_by", Some("retraction-needs-asker"));
        let ground = line(&self.ground, "ground", None);
        let document = line(&self.document, "document", None);
        let why = reason(&self.why, "why", "retraction-needs-why");
        if let Err(Error::Refused(obstacles)) = &why {
            wrong.extend(obstacles.iter().cloned());
        }
        let received = received(&self.received_at, app.clock.now());
        if let Err(obstacle) = &received {
            wrong.push(obstacle.clone());
        }
        match (cause, received) {
            (Some(cause), Ok(received)) if wrong.is_empty() => Ok(Opening {
                // Of nobody else's press.
                key: format!("{}-{}", who.person.simple(), self.key.chars().take(40).collect::<String>()),
                cause,
                why: why?,
                asked_by,
                ground,
                document,
                received_at: Some(received),
                since: received,
                by: By::from(who),
            }),
            _ => Err(Error::Refused(wrong)),
        }
    }
}

fn received(typed: &str, now: DateTime<Utc>) -> Result<DateTime<Utc>, Obstacle> {
    let missing = || Obstacle::new("retraction-needs-received").at("received_at");
    let at = view::minute(typed).ok().flatten().ok_or_else(missing)?;
    if at > now || at < now - TimeDelta::days(RECEIVED_DAYS_MAX) {
        return Err(Obstacle::new("retraction-received-wrong").at("received_at"));
    }
    Ok(at)
}

impl Opening {
    /// Joins the open case of the article, or opens one: always for a request, otherwise where a copy is not settled. Returns the
    /// case.
    async fn come(self, app: &App, article: &Article, always: bool) -> Result<Option<Uuid>, Error> {
        if let Some(before) = answered(app, &self.key).await? {
            return Ok(Some(before));
        }
        match Retraction::open_of(&app.db, article.id).await? {
            Some(open) => {
                let id = open.id;
                self.join(app, open).await?;
                // What is in between is seen by the chore.
                looking::look(app, id).await?;
                Ok(Some(id))
            }
            None => self.open(app, article, always).await,
        }
    }

    async fn open(self, app: &App, article: &Article, always: bool) -> Result<Option<Uuid>, Error> {
        let now = app.clock.now();
        let due_at = Term::due(app, self.cause, self.since).await?;
        let case = self.case(article, due_at, now);
        let seen = looking::live(app, &case, &[]).await?;
        let unsettled = number(seen.iter().filter(|one| !one.now.is_settled).count());
        if unsettled == 0 && !always {
            return Ok(None);
        }
        let (id, copies) = (case.id, number(seen.len()));
        let case = Retraction { copies, unsettled, ..case };
        let transaction = app.begin().await?;
        match Entity::insert(super::ActiveModel::from(case)).exec_without_returning(&transaction).await {
            Ok(_) => {}
            // The same press, or another change of the article: the next answer finds its case.
            Err(error) if matches!(error.sql_err(), Some(sea_orm::SqlErr::UniqueConstraintViolation(_))) => {
                return Err(Error::Stale);
            }
            Err(error) => return Err(error.into()),
        }
        self.line(id, Kind::Opened, now).write(&transaction).await?;
        looking::keep(&transaction, id, &seen, now).await?;
        let fact = Fact::RetractionOpened {
            title: article.title.clone(),
            cause: self.cause.code(),
            copies: count(copies),
            unsettled: count(unsettled),
        };
        app.record(&transaction, id, fact, &self.by.clone().because(self.why)).await?;
        app.commit(transaction).await?;
        Ok(Some(id))
    }

    fn case(&self, article: &Article, due_at: DateTime<Utc>, now: DateTime<Utc>) -> Retraction {
        Retraction {
            id: new_id(),
            article: article.id,
            open_for: Some(article.id),
            key: self.key.clone(),
            agency: article.agency,
            title: article.title.clone(),
            words: words(&[&article.title, &self.asked_by, &self.document]),
            cause: self.cause,
            aim: self.cause.aim(),
            why: self.why.clone(),
            asked_by: self.asked_by.clone(),
            ground: self.ground.clone(),
            document: self.document.clone(),
            received_at: self.received_at,
            responsible: None,
            state: State::Open,
            since: self.since,
            opened_at: now,
            opened_by: self.by.person,
            due_at,
            closed_at: None,
            closing: String::new(),
            copies: 0,
            unsettled: 0,
            looked_at: now,
            version: 1,
        }
    }

    /// A change or request that comes while a case is open. To retract is more than to edit; the earlier deadline holds while there is
    /// something left to be done.
    async fn join(self, app: &App, open: Retraction) -> Result<(), Error> {
        let now = app.clock.now();
        let (id, seen, article) = (open.id, open.version, open.article);
        let due_at = Term::due(app, self.cause, self.since).await?;
        let due_at = if open.unsettled == 0 { due_at } else { due_at.min(open.due_at) };
        let more = self.cause.aim() > open.aim;
        let first_request = open.asked_by.is_empty() && self.received_at.is_some();
        let mut row = Retraction { due_at, since: self.since.max(open.since), ..open };
        if more {
            row = Retraction { aim: self.cause.aim(), cause: self.cause, why: self.why.clone(), ..row };
        }
        if first_request {
            row = Retraction {
                words: words(&[&row.title, &self.asked_by, &self.document]),
                asked_by: self.asked_by.clone(),
                ground: self.ground.clone(),
                document: self.document.clone(),
                received_at: self.received_at,
                ..row
            };
        }
        let title = row.title.clone();
        let transaction = app.begin().await?;
        if !self.line(id, Kind::Joined, now).write(&transaction).await? {
            return Ok(()); // answered by another node meanwhile
        }
        row.put(&transaction, seen).await?;
        stale_freshness(&transaction, id).await?;
        let fact = Fact::RetractionJoined { title, cause: self.cause.code(), article };
        app.record(&transaction, id, fact, &self.by.clone().because(self.why)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    fn line(&self, case: Uuid, kind: Kind, now: DateTime<Utc>) -> Entry {
        let parts = [&self.asked_by, &self.document, &self.ground, &self.why];
        let text: Vec<&str> = parts.iter().map(|part| part.as_str()).filter(|part| !part.is_empty()).collect();
        Entry {
            key: self.key.clone(),
            became: self.cause.code(),
            text: text.join("\n"),
            person: self.by.person,
            ..Entry::new(case, kind, now)
        }
    }
}

/// What was made of the text as it was corrected before is not made of this one.
async fn stale_freshness(on: &impl ConnectionTrait, case: Uuid) -> Result<(), DbErr> {
    use crate::retractions::found::{Column as Of, Entity as Copies};
    let all = Copies::update_many().col_expr(Of::IsFresh, Expr::value(false)).filter(Of::Retraction.eq(case));
    all.exec(on).await.map(|_| ())
}

/// The case that a fact, or a press of the button, opened or joined already.
async fn answered(app: &App, key: &str) -> Result<Option<Uuid>, DbErr> {
    if let Some(case) = Entity::find().filter(Column::Key.eq(key)).one(&app.db).await? {
        return Ok(Some(case.id));
    }
    let line = entry::Entity::find().filter(entry::Column::Key.eq(key)).one(&app.db).await?;
    Ok(line.map(|line| line.retraction))
}

fn words(parts: &[&str]) -> String {
    vietnamese::fold(&parts.join(" ")).into_owned()
}
