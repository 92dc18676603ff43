//! Writing: the first draft, each save (a revision), a translation, and an earlier text brought back.

use std::collections::HashSet;

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::{ActiveModel, Article, Column, Entity, Language, Model, State, Translated, fresh_slug, slug_of};
use crate::base::{App, By, Fact, Who, new_id, time};
use crate::duties::duty;
use crate::news::draft::Draft;
use crate::news::kind::{Kind, Tag};
use crate::news::lock;
use crate::news::place::{self, PLACES_MAX};
use crate::news::revision::{self, Revision};
use crate::news::rights::{self, Verb};
use crate::news::section::Section;
use crate::news::step::Act;
use crate::news::target::{self, TARGETS_MAX};
use crate::news::topic;
use crate::news::{clean, decision};
use crate::people::agency::brief::Known;
use crate::plans::secrecy;
use crate::web::{Error, Obstacle};

pub const TITLE_LETTERS_MAX: usize = 200;
pub const SUMMARY_LETTERS_MAX: usize = 600;
pub const TEXT_LETTERS_MAX: usize = 200_000;
pub const LINE_LETTERS_MAX: usize = 500;
/// Within the route's limit of a body: four bytes a letter at most, percent-encoded threefold.
const ADDRESS_BYTES_MAX: usize = 1_000;

/// An article as it is wanted: what the form says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    pub section: Option<Uuid>,
    pub kind: String,
    pub language: Language,
    /// Of a translation: how it was made, and who checked what a machine did.
    pub translated: Option<Translated>,
    pub checked_by: String,
    pub title: String,
    pub summary: String,
    pub text: String,
    pub media_url: String,
    pub media_alt: String,
    pub media_credit: String,
    pub audiences: Vec<String>,
    pub messages: Vec<String>,
    /// Other agencies whose portals show it.
    pub places: Vec<Uuid>,
    /// Duties it is evidence for.
    pub duties: Vec<Uuid>,
    pub schedule_at: Option<DateTimeUtc>,
    pub embargo_until: Option<DateTimeUtc>,
    pub expires_on: Option<NaiveDate>,
    /// What was done, for who reads the revisions.
    pub note: String,
}

/// Composed, one line, without what steers a database.
#[must_use]
pub fn line(text: &str) -> String {
    vietnamese::normalise::squeeze_spaces(&vietnamese::normalise(text).replace('\0', "")).into_owned()
}

impl Wanted {
    /// With its texts as they are kept.
    #[must_use]
    pub fn composed(&self) -> Self {
        Self {
            title: line(&self.title),
            summary: line(&self.summary),
            text: vietnamese::normalise(self.text.trim()).replace("\r\n", "\n").replace('\0', ""),
            media_url: self.media_url.trim().to_owned(),
            media_alt: line(&self.media_alt),
            media_credit: line(&self.media_credit),
            note: line(&self.note),
            checked_by: line(&self.checked_by),
            audiences: Tag::known(Tag::audiences(), &self.audiences),
            messages: Tag::known(Tag::messages(), &self.messages),
            ..self.clone()
        }
    }

    /// What is wrong with it as a draft: little is asked before it is handed in.
    fn obstacles(&self, agency: Uuid, section: Option<&Section>, now: DateTimeUtc) -> Vec<Obstacle> {
        let mut wrong = Vec::new();
        let mut say = |so: bool, key: &'static str, field: &'static str| {
            if so {
                wrong.push(Obstacle::new(key).at(field));
            }
        };
        say(slug_of(&self.title).is_none(), "article-needs-title", "title");
        say(section.is_none_or(|section| !section.takes(agency)), "article-needs-section", "section");
        say(Kind::of(&self.kind).is_none(), "article-needs-kind", "kind");
        let no_address = |text: &str| !text.is_empty() && !is_address(text);
        say(no_address(&self.media_url), "article-no-address", "media_url");
        say(self.schedule_at.is_some() && self.embargo_until.is_some(), "article-schedule-or-embargo", "schedule_at");
        let over = |last: NaiveDate, at: Option<DateTimeUtc>| at.is_some_and(|at| last < time::local_date(at));
        say(
            self.expires_on.is_some_and(|last| over(last, self.schedule_at.or(Some(now)))),
            "article-expires-before",
            "expires_on",
        );
        say(self.places.len() > PLACES_MAX, "article-too-many-places", "places");
        say(self.duties.len() > TARGETS_MAX, "article-too-many-duties", "duties");
        if self.schedule_at.is_some_and(|at| at <= now) {
            wrong.push(Obstacle::new("article-schedule-past").with("now", time::minute(now)).at("schedule_at"));
        }
        let limits = [
            ("title", &self.title, TITLE_LETTERS_MAX),
            ("summary", &self.summary, SUMMARY_LETTERS_MAX),
            ("text", &self.text, TEXT_LETTERS_MAX),
            ("media_alt", &self.media_alt, LINE_LETTERS_MAX),
            ("media_credit", &self.media_credit, LINE_LETTERS_MAX),
            ("note", &self.note, LINE_LETTERS_MAX),
            ("checked_by", &self.checked_by, LINE_LETTERS_MAX),
        ];
        for (field, text, most) in limits {
            if text.chars().count() > most {
                wrong.push(Obstacle::new("article-too-long").with("n", most).at(field));
            }
            wrong.extend(secrecy::of_text(text).map(|mark| Obstacle::new("answer-secret").with("mark", mark).at(field)));
        }
        wrong
    }

    /// Puts it into the row.
    fn onto(&self, row: &mut Model, section: &Section) -> Result<(), Error> {
        row.section = section.id;
        row.kind.clone_from(&self.kind);
        row.translated = self.translated;
        row.checked_by.clone_from(&self.checked_by);
        row.title.clone_from(&self.title);
        row.summary.clone_from(&self.summary);
        row.body = clean::body(&self.text);
        row.source = if clean::is_html(&self.text) { String::new() } else { self.text.clone() };
        row.words = words(&self.title, &self.summary);
        row.media_url.clone_from(&self.media_url);
        row.media_alt.clone_from(&self.media_alt);
        row.media_credit.clone_from(&self.media_credit);
        row.audiences = serde_json::to_string(&self.audiences)?;
        row.messages = serde_json::to_string(&self.messages)?;
        row.schedule_at = self.schedule_at;
        row.embargo_until = self.embargo_until;
        row.expires_on = self.expires_on;
        Ok(())
    }
}

/// What is searched on the desk.
#[must_use]
pub fn words(title: &str, summary: &str) -> String {
    vietnamese::fold(&format!("{title} {summary}")).into_owned()
}

/// An address on the web, or a page of our own.
#[must_use]
pub fn is_address(text: &str) -> bool {
    if text.len() > ADDRESS_BYTES_MAX {
        return false;
    }
    if text.starts_with('/') && !text.starts_with("//") {
        return text.bytes().all(|byte| byte > 32 && byte != b'\\' && byte != 127);
    }
    let parsed = reqwest::Url::parse(text).ok();
    parsed.is_some_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host() && url.username().is_empty())
}

/// A draft that says nothing yet.
#[must_use]
pub fn blank(agency: Uuid, section: Uuid, language: Language, author: Option<Uuid>, now: DateTimeUtc) -> Model {
    let id = new_id();
    Model {
        id,
        external_id: None,
        work: id,
        language,
        translated: None,
        checked_by: String::new(),
        agency,
        section,
        kind: Kind::all()[0].code.clone(),
        slug: String::new(),
        title: String::new(),
        summary: String::new(),
        body: String::new(),
        source: String::new(),
        words: String::new(),
        media_url: String::new(),
        media_alt: String::new(),
        media_credit: String::new(),
        audiences: "[]".into(),
        messages: "[]".into(),
        state: State::Draft,
        steps: "[]".into(),
        step: 0,
        step_due_at: None,
        schedule_at: None,
        embargo_until: None,
        expires_on: None,
        missed_at: None,
        author,
        editor: author,
        revision: 1,
        published_revision: None,
        created_at: now,
        published_at: None,
        listed_at: None,
        changed_at: now,
        notice: String::new(),
        noticed_at: None,
        demo: false,
        version: 1,
    }
}

impl Article {
    /// Begins an article of the person's agency; `of`: as the translation of that one. Returns its id.
    ///
    /// # Errors
    /// Forbidden to who does not write there; refused with what is wrong; or the database failed.
    pub async fn begin(app: &App, who: &Who, wanted: &Wanted, of: Option<Uuid>) -> Result<Uuid, Error> {
        let agency = who.agency.filter(|own| rights::may(who, Verb::Write, *own)).ok_or(Error::Forbidden)?;
        let wanted = wanted.composed();
        let now = app.clock.now();
        let agencies = Known::now(app).await?;
        let transaction = app.begin().await?;
        let sections = Section::all(&transaction).await?;
        let section = sections.iter().find(|one| Some(one.id) == wanted.section);
        let mut wrong = wanted.obstacles(agency, section, now);
        let mut row = blank(agency, Uuid::nil(), wanted.language, Some(who.person), now);
        if let Some(of) = of {
            let siblings = Self::siblings_for(&transaction, of, agency).await?;
            row.work = siblings.first().map_or(row.id, |one| one.work);
            if siblings.iter().any(|one| one.language == wanted.language) {
                wrong.push(Obstacle::new("article-translated-already").at("language"));
            }
        }
        let (Some(section), true) = (section, wrong.is_empty()) else { return Err(Error::Refused(wrong)) };
        wanted.onto(&mut row, section)?;
        wrong.extend(row.illustrate(app, &transaction, who, &[]).await?);
        if !wrong.is_empty() {
            return Err(Error::Refused(wrong));
        }
        row.slug = fresh_slug(&transaction, &row.title, None).await?;
        row.note_uses(app, &transaction, &By::from(who)).await?;
        let (id, title) = (row.id, row.title.clone());
        let first = Revision::of(&row, wanted.note.clone(), Some(who.person), now);
        // Somebody else may be beginning the same translation at this moment: one of the two is told.
        let once = OnConflict::columns([Column::Work, Column::Language]).do_nothing().to_owned();
        if Entity::insert(ActiveModel::from(row)).on_conflict(once).exec_without_returning(&transaction).await? == 0 {
            return Err(Error::Refused(vec![Obstacle::new("article-translated-already").at("language")]));
        }
        first.keep(&transaction).await?;
        wanted.around(&transaction, id, agency, &agencies).await?;
        lock::Model::hold(app, &transaction, who, id).await?;
        app.record(&transaction, id, Fact::ArticleDrafted { title }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(id)
    }

    /// The article and its translations, where it is that agency's.
    async fn siblings_for(on: &impl ConnectionTrait, of: Uuid, agency: Uuid) -> Result<Vec<Self>, Error> {
        let original = Self::find(on, of).await?;
        if original.agency == agency { Ok(Self::of_work(on, original.work).await?) } else { Err(Error::Hidden(of)) }
    }

    /// Saves what was written as the next revision, when nobody saved since `seen`.
    ///
    /// # Errors
    /// Hidden from others; refused with what is wrong, or when it is not open to writing; stale when somebody was quicker or
    /// holds the lock; or the database failed.
    pub async fn save(app: &App, who: &Who, id: Uuid, wanted: &Wanted, seen: i32) -> Result<(), Error> {
        let wanted = wanted.composed();
        let now = app.clock.now();
        let agencies = Known::now(app).await?;
        let transaction = app.begin().await?;
        let before = Self::find(&transaction, id).await?;
        if !before.may_be_written_by(who) {
            return Err(if rights::sees(who, &before) { Error::refused("article-not-open") } else { Error::Hidden(id) });
        }
        if before.version != seen || !lock::Model::hold(app, &transaction, who, id).await? {
            return Err(Error::Stale);
        }
        let sections = Section::all(&transaction).await?;
        let section = sections.iter().find(|one| Some(one.id) == wanted.section);
        let wrong = wanted.obstacles(before.agency, section, now);
        let (Some(section), true) = (section, wrong.is_empty()) else { return Err(Error::Refused(wrong)) };
        let mut row = before.clone();
        wanted.onto(&mut row, section)?;
        let wrong = row.illustrate(app, &transaction, who, &before.assets()).await?;
        if !wrong.is_empty() {
            return Err(Error::Refused(wrong));
        }
        // The address follows the title until the first reader may have it.
        if row.published_at.is_none() && row.title != before.title {
            row.slug = fresh_slug(&transaction, &row.title, Some(id)).await?;
        }
        row.revision += 1;
        row.editor = Some(who.person);
        row.changed_at = now;
        Revision::of(&row, wanted.note.clone(), Some(who.person), now).keep(&transaction).await?;
        let fact = Fact::ArticleEdited { title: row.title.clone(), revision: row.revision };
        row.note_uses(app, &transaction, &By::from(who)).await?;
        row.put(&transaction, seen).await?;
        wanted.around(&transaction, id, before.agency, &agencies).await?;
        Draft::forget(&transaction, id).await?;
        app.record(&transaction, id, fact, &By::from(who).because(wanted.note)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Brings the text of an earlier revision back, as the next one.
    ///
    /// # Errors
    /// As [`Article::save`]; not found when there is no such revision.
    pub async fn restore(app: &App, who: &Who, id: Uuid, number: i32, seen: i32) -> Result<(), Error> {
        let now = app.clock.now();
        let transaction = app.begin().await?;
        let before = Self::find(&transaction, id).await?;
        if !before.may_be_written_by(who) {
            return Err(if rights::sees(who, &before) { Error::refused("article-not-open") } else { Error::Hidden(id) });
        }
        if before.version != seen || !lock::Model::hold(app, &transaction, who, id).await? {
            return Err(Error::Stale);
        }
        let old: revision::Model = Revision::find(&transaction, id, number).await?;
        let row = Self {
            words: words(&old.title, &old.summary),
            title: old.title,
            summary: old.summary,
            body: old.body,
            source: old.source,
            revision: before.revision + 1,
            editor: Some(who.person),
            changed_at: now,
            ..before
        };
        Revision::of(&row, String::new(), Some(who.person), now).keep(&transaction).await?;
        let fact = Fact::ArticleRestored { from: number, revision: row.revision };
        row.note_uses(app, &transaction, &By::from(who)).await?;
        row.put(&transaction, seen).await?;
        Draft::forget(&transaction, id).await?;
        app.record(&transaction, id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Whether the person may change the text now: who writes in its agency while it is open; at a step of editing, who has
    /// that step.
    #[must_use]
    pub fn may_be_written_by(&self, who: &Who) -> bool {
        if self.state.is_open() {
            return rights::may(who, Verb::Write, self.agency);
        }
        self.awaited().is_some_and(|step| step.act == Act::Edit && step.is_of(who, self.agency))
    }

    /// Writes the row where nobody did since `seen`. // recorded by the verb that changed it, in the same transaction
    ///
    /// # Errors
    /// Stale when somebody was quicker, or the database failed.
    pub(in crate::news) async fn put(self, on: &impl ConnectionTrait, seen: i32) -> Result<(), Error> {
        let id = self.id;
        let row = ActiveModel::from(Self { version: seen + 1, ..self }).reset_all();
        let same = Entity::update_many().set(row).filter(Column::Id.eq(id)).filter(Column::Version.eq(seen));
        if same.exec(on).await?.rows_affected == 0 { Err(Error::Stale) } else { Ok(()) }
    }

    /// Who decided on it so far may look it up there.
    ///
    /// # Errors
    /// The database failed.
    pub async fn decisions(&self, on: &impl ConnectionTrait) -> Result<Vec<decision::Decision>, DbErr> {
        decision::Model::of(on, self.id).await
    }
}

impl Wanted {
    /// Where else it is shown, and what it is about: known agencies besides its own, duties that there are, and the
    /// provisions behind them.
    async fn around(&self, on: &impl ConnectionTrait, id: Uuid, own: Uuid, agencies: &Known) -> Result<(), DbErr> {
        let mut seen = HashSet::new();
        let places = self.places.iter().filter(|place| **place != own && agencies.contains_key(*place) && seen.insert(**place));
        place::set(on, id, &places.copied().collect::<Vec<_>>()).await?;
        let known = duty::Entity::find().filter(duty::Column::Id.is_in(self.duties.iter().copied())).all(on).await?;
        let duties: Vec<Uuid> = known.iter().map(|duty| duty.id).collect();
        let provisions: Vec<Uuid> = known.iter().filter_map(|duty| duty.provision).collect();
        topic::set(on, id, &self.messages).await?;
        target::set(on, id, &duties, &provisions).await
    }
}
