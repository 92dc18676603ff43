//! What may be done with what is out: correct it in sight of everyone, withdraw it with the reason on its page, take it down.

use sea_orm::entity::prelude::*;

use super::reviewing::reason;
use super::writing::{SUMMARY_LETTERS_MAX, TEXT_LETTERS_MAX, TITLE_LETTERS_MAX, words};
use super::{Article, State};
use crate::base::{App, By, Fact, Who};
use crate::duties::offered;
use crate::news::revision::Revision;
use crate::news::rights::{self, Verb};
use crate::news::{clean, draft};
use crate::web::{Error, Obstacle};

impl Article {
    /// Corrects the text that is out. It stays where it is, and says what was corrected.
    ///
    /// # Errors
    /// Forbidden to others; refused when nothing changed, something is missing, or it is not said what was corrected; stale
    /// when it is not out or somebody was quicker; or the database failed.
    pub async fn correct(app: &App, who: &Who, id: Uuid, typed: &draft::Typed, what: &str, seen: i32) -> Result<(), Error> {
        let before = Self::find(&app.db, id).await?;
        rights::require(who, Verb::Correct, before.agency)?;
        if !before.state.is_public() || before.version != seen {
            return Err(Error::Stale);
        }
        let now = app.clock.now();
        let (row, what) = before.corrected(typed, what)?;
        let mut row = Self { editor: Some(who.person), changed_at: now, noticed_at: Some(now), ..row };
        let transaction = app.begin().await?;
        let mut wrong = row.illustrate(app, &transaction, who, &before.assets()).await?;
        if wrong.is_empty() {
            wrong = row.lacking_files(&transaction).await?;
        }
        if !wrong.is_empty() {
            return Err(Error::Refused(wrong));
        }
        row.note_uses(app, &transaction, &By::from(who)).await?;
        Revision::of(&row, what.clone(), Some(who.person), now).keep(&transaction).await?;
        let fact = Fact::ArticleCorrected { title: row.title.clone(), revision: row.revision };
        row.put(&transaction, seen).await?;
        app.record(&transaction, id, fact, &By::from(who).because(what)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    fn corrected(&self, typed: &draft::Typed, what: &str) -> Result<(Self, String), Error> {
        let title = vietnamese::normalise::squeeze_spaces(&vietnamese::normalise(&typed.title)).into_owned();
        let summary = vietnamese::normalise::squeeze_spaces(&vietnamese::normalise(&typed.summary)).into_owned();
        let text = vietnamese::normalise(typed.text.trim()).replace("\r\n", "\n").replace('\0', "");
        let mut wrong = Vec::new();
        for (field, given, most) in
            [("title", &title, TITLE_LETTERS_MAX), ("summary", &summary, SUMMARY_LETTERS_MAX), ("text", &text, TEXT_LETTERS_MAX)]
        {
            if given.chars().count() > most {
                wrong.push(Obstacle::new("article-too-long").with("n", most).at(field));
            }
        }
        if super::slug_of(&title).is_none() {
            wrong.push(Obstacle::new("article-needs-title").at("title"));
        }
        let what = reason(what, "correction", "article-needs-correction");
        if let Err(Error::Refused(obstacles)) = &what {
            wrong.extend(obstacles.iter().cloned());
        }
        let body = clean::body(&text);
        let source = if clean::is_html(&text) { String::new() } else { text };
        let row = Self {
            words: words(&title, &summary),
            title,
            summary,
            body,
            source,
            state: State::Corrected,
            revision: self.revision + 1,
            published_revision: Some(self.revision + 1),
            notice: what.as_ref().cloned().unwrap_or_default(),
            ..self.clone()
        };
        if row.title == self.title && row.summary == self.summary && row.body == self.body {
            wrong.push(Obstacle::new("article-nothing-corrected").at("text"));
        }
        wrong.extend(row.obstacles_to_submitting());
        if wrong.is_empty() { Ok((row, what?)) } else { Err(Error::Refused(wrong)) }
    }

    /// Withdraws it: its page stays and says why; it is on no list.
    ///
    /// # Errors
    /// Forbidden to others; refused without a reason; stale when it is not out or somebody was quicker; or the database failed.
    pub async fn withdraw(app: &App, who: &Who, id: Uuid, why: &str, seen: i32) -> Result<(), Error> {
        let row = Self::find(&app.db, id).await?;
        rights::require(who, Verb::Withdraw, row.agency)?;
        if !row.state.is_public() {
            return Err(Error::Stale);
        }
        let why = reason(why, "withdrawal", "article-needs-withdrawal")?;
        let fact = Fact::ArticleWithdrawn { title: row.title.clone() };
        row.leaves(app, who, State::Withdrawn, (why, fact), seen).await
    }

    /// Takes it down: its address answers 410, and it is gone from lists, feeds and the sitemap with this transaction.
    ///
    /// # Errors
    /// Forbidden to others; refused without a reason; stale when there is nothing to take down or somebody was quicker; or
    /// the database failed.
    pub async fn take_down(app: &App, who: &Who, id: Uuid, why: &str, seen: i32) -> Result<(), Error> {
        let row = Self::find(&app.db, id).await?;
        rights::require(who, Verb::TakeDown, row.agency)?;
        if !row.state.is_readable() {
            return Err(Error::Stale);
        }
        let why = reason(why, "takedown", "article-needs-takedown")?;
        let fact = Fact::ArticleTakenDown { title: row.title.clone() };
        row.leaves(app, who, State::TakenDown, (why, fact), seen).await
    }

    async fn leaves(mut self, app: &App, who: &Who, state: State, (why, fact): (String, Fact), seen: i32) -> Result<(), Error> {
        let (id, now) = (self.id, app.clock.now());
        self.state = state;
        self.listed_at = None;
        self.notice.clone_from(&why);
        self.noticed_at = Some(now);
        self.changed_at = now;
        let transaction = app.begin().await?;
        offered::take_back(&transaction, id).await?;
        self.note_uses(app, &transaction, &By::from(who)).await?;
        self.put(&transaction, seen).await?;
        app.record(&transaction, id, fact, &By::from(who).because(why)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}
