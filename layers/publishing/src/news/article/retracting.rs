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

/// What becomes of a translation that is out when the text that it translates goes. Nobody but an editor knows whether what was
/// wrong is wrong in both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It goes too, for the same reason.
    Goes,
    /// It stays, and leads to its source no more.
    Stays,
}

impl Fate {
    pub const ALL: [Self; 2] = [Self::Goes, Self::Stays];

    /// The word in forms and Fluent keys.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Goes => "goes",
            Self::Stays => "stays",
        }
    }

    /// Reads what [`Fate::code`] wrote.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// Why something goes, and what becomes of its translation.
#[derive(Clone, Copy, Debug)]
pub struct Going<'a> {
    pub why: &'a str,
    pub fate: Option<Fate>,
}

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
        // How an older translation was made is not asked in the form of a correction.
        wrong.extend(row.lacking_fields());
        if wrong.is_empty() { Ok((row, what?)) } else { Err(Error::Refused(wrong)) }
    }

    /// Its translation that is out, where it is the source.
    ///
    /// # Errors
    /// The database failed.
    pub async fn translation_out(&self, on: &impl ConnectionTrait) -> Result<Option<Self>, DbErr> {
        if self.is_translation() {
            return Ok(None);
        }
        let siblings = Self::of_work(on, self.work).await?;
        Ok(siblings.into_iter().find(|one| one.id != self.id && one.state.is_public()))
    }

    /// What goes: the article, and its translation where that goes too.
    async fn going(
        self,
        app: &App,
        going: Going<'_>,
        (field, missing): (&'static str, &'static str),
    ) -> Result<(Vec<Self>, String), Error> {
        let why = reason(going.why, field, missing);
        let translation = self.translation_out(&app.db).await?;
        let mut wrong = match &why {
            Err(Error::Refused(obstacles)) => obstacles.clone(),
            _ => Vec::new(),
        };
        if let (Some(other), None) = (&translation, going.fate) {
            wrong.push(Obstacle::new("article-needs-fate").with("name", &other.title).at("fate"));
        }
        if !wrong.is_empty() {
            return Err(Error::Refused(wrong));
        }
        let too = translation.filter(|_| going.fate == Some(Fate::Goes));
        Ok((std::iter::once(self).chain(too).collect(), why?))
    }

    /// Withdraws it: its page stays and says why; it is on no list.
    ///
    /// # Errors
    /// Forbidden to others; refused without a reason, or while it is not said what becomes of a translation that is out; stale
    /// when it is not out or somebody was quicker; or the database failed.
    pub async fn withdraw(app: &App, who: &Who, id: Uuid, going: Going<'_>, seen: i32) -> Result<(), Error> {
        let row = Self::find(&app.db, id).await?;
        rights::require(who, Verb::Withdraw, row.agency)?;
        if row.version != seen || !row.state.is_public() {
            return Err(Error::Stale);
        }
        let (rows, why) = row.going(app, going, ("withdrawal", "article-needs-withdrawal")).await?;
        Self::leave(app, who, rows, State::Withdrawn, &why).await
    }

    /// Takes it down: its address answers 410, and it is gone from lists, feeds and the sitemap with this transaction.
    ///
    /// # Errors
    /// Forbidden to others; refused without a reason, or while it is not said what becomes of a translation that is out; stale
    /// when there is nothing to take down or somebody was quicker; or the database failed.
    pub async fn take_down(app: &App, who: &Who, id: Uuid, going: Going<'_>, seen: i32) -> Result<(), Error> {
        let row = Self::find(&app.db, id).await?;
        rights::require(who, Verb::TakeDown, row.agency)?;
        if row.version != seen || !row.state.is_readable() {
            return Err(Error::Stale);
        }
        let (rows, why) = row.going(app, going, ("takedown", "article-needs-takedown")).await?;
        Self::leave(app, who, rows, State::TakenDown, &why).await
    }

    /// All of these in one transaction, each with its fact.
    async fn leave(app: &App, who: &Who, rows: Vec<Self>, state: State, why: &str) -> Result<(), Error> {
        let now = app.clock.now();
        let transaction = app.begin().await?;
        for row in rows {
            let (id, seen, title) = (row.id, row.version, row.title.clone());
            let row = Self { state, listed_at: None, notice: why.to_owned(), noticed_at: Some(now), changed_at: now, ..row };
            offered::take_back(&transaction, id).await?;
            row.note_uses(app, &transaction, &By::from(who)).await?;
            row.put(&transaction, seen).await?;
            let fact = match state {
                State::Withdrawn => Fact::ArticleWithdrawn { title },
                _ => Fact::ArticleTakenDown { title },
            };
            app.record(&transaction, id, fact, &By::from(who).because(why)).await?;
        }
        app.commit(transaction).await?;
        Ok(())
    }
}
