//! Writing: beginning a publication, what it is called, and its sections: added, written, moved, removed.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;

use super::{ActiveModel, Entity, Model, Publication, State, fresh_slug};
use crate::base::{App, By, Fact, Who, new_id};
use crate::news::article::writing::{SUMMARY_LETTERS_MAX, TEXT_LETTERS_MAX, TITLE_LETTERS_MAX, line, words};
use crate::news::article::{Language, slug_of};
use crate::news::draft::Draft;
use crate::news::lock;
use crate::news::rights::{self, Verb};
use crate::publications::section::{self, Section};
use crate::publications::{kind, picturing, reading};
use crate::web::{Error, Obstacle};

/// The longest note of a change, letters.
pub const NOTE_LETTERS_MAX: usize = 600;
/// The longest anchor, letters.
pub const ANCHOR_LETTERS_MAX: usize = 60;
/// The most sections of one publication.
pub const SECTIONS_MAX: usize = 200;

/// A publication as it is wanted: what its form says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    pub title: String,
    pub summary: String,
    pub kind: String,
    pub language: Language,
    pub cover: Option<Uuid>,
}

/// A section as it is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    pub title: String,
    /// Empty: made from the title.
    pub anchor: String,
    pub text: String,
    /// What was changed since the last edition.
    pub note: String,
    /// Its text read aloud.
    pub audio: Option<Uuid>,
}

fn too_long(limits: &[(&'static str, &str, usize)]) -> Vec<Obstacle> {
    let long = limits.iter().filter(|(_, text, most)| text.chars().count() > *most);
    long.map(|(field, _, most)| Obstacle::new("article-too-long").with("n", most).at(field)).collect()
}

impl Wanted {
    fn composed(&self) -> Self {
        Self { title: line(&self.title), summary: line(&self.summary), ..self.clone() }
    }

    fn obstacles(&self) -> Vec<Obstacle> {
        let mut wrong = too_long(&[("title", &self.title, TITLE_LETTERS_MAX), ("summary", &self.summary, SUMMARY_LETTERS_MAX)]);
        if slug_of(&self.title).is_none() {
            wrong.push(Obstacle::new("publication-needs-title").at("title"));
        }
        if kind::of(&self.kind).is_none() {
            wrong.push(Obstacle::new("publication-needs-kind").at("kind"));
        }
        wrong
    }
}

impl Wanted {
    /// A draft without an address.
    fn drafted(self, id: Uuid, agency: Uuid, author: Uuid, now: DateTimeUtc) -> Result<Model, Error> {
        Ok(Model {
            id,
            work: id,
            language: self.language,
            agency,
            kind: self.kind,
            slug: String::new(),
            words: words(&self.title, &self.summary),
            title: self.title,
            summary: self.summary,
            cover: self.cover,
            state: State::Draft,
            edition: 0,
            writers: serde_json::to_string(&[author])?,
            author: Some(author),
            created_at: now,
            changed_at: now,
            published_at: None,
            notice: String::new(),
            noticed_at: None,
            withdrawn_upto: 0,
            withdrawn_why: String::new(),
            withdrawn_at: None,
            demo: false,
            version: 1,
        })
    }
}

impl Text {
    fn composed(&self) -> Self {
        Self {
            title: line(&self.title),
            anchor: self.anchor.trim().to_owned(),
            text: vietnamese::normalise(self.text.trim()).replace("\r\n", "\n").replace('\0', ""),
            note: vietnamese::normalise(self.note.trim()).replace("\r\n", "\n").replace('\0', ""),
            audio: self.audio,
        }
    }

    fn obstacles(&self) -> Vec<Obstacle> {
        let limits = [
            ("title", self.title.as_str(), TITLE_LETTERS_MAX),
            ("text", &self.text, TEXT_LETTERS_MAX),
            ("note", &self.note, NOTE_LETTERS_MAX),
        ];
        let mut wrong = too_long(&limits);
        if slug_of(&self.title).is_none() {
            wrong.push(Obstacle::new("publication-section-needs-title").at("title"));
        }
        if !self.anchor.is_empty() && !is_anchor(&self.anchor) {
            let offered = slug_of(&self.anchor).or_else(|| slug_of(&self.title)).unwrap_or_default();
            wrong.push(Obstacle::new("publication-anchor-letters").with("name", offered).at("anchor"));
        }
        if section::is_reserved(&self.anchor) {
            wrong.push(Obstacle::new("publication-anchor-reserved").with("name", format!("muc-{}", self.anchor)).at("anchor"));
        }
        wrong
    }

    /// The anchor that was typed, or one made from the title that no other section has.
    fn anchor_among(&self, others: &[Section]) -> String {
        if !self.anchor.is_empty() {
            return self.anchor.clone();
        }
        let base: String = slug_of(&self.title).unwrap_or_else(|| "muc".into()).chars().take(ANCHOR_LETTERS_MAX - 4).collect();
        let base = base.trim_end_matches('-').to_owned();
        let is_free = |anchor: &String| !section::is_reserved(anchor) && others.iter().all(|one| one.anchor != *anchor);
        let numbered = (2..).map(|number| format!("{base}-{number}"));
        std::iter::once(base.clone()).chain(numbered).find(is_free).unwrap_or(base)
    }
}

/// Small letters without marks, digits and hyphens between them.
fn is_anchor(text: &str) -> bool {
    text.len() <= ANCHOR_LETTERS_MAX && vietnamese::slug(text).as_deref() == Some(text)
}

/// Which way a section goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Up,
    Down,
}

impl Publication {
    /// Begins a publication of the person's agency; `of`: as the translation of that one. Returns its id.
    ///
    /// # Errors
    /// Forbidden to who does not write there; refused with what is wrong; or the database failed.
    pub async fn begin(app: &App, who: &Who, wanted: &Wanted, of: Option<Uuid>) -> Result<Uuid, Error> {
        let agency = who.agency.filter(|own| rights::may(who, Verb::Write, *own)).ok_or(Error::Forbidden)?;
        let wanted = wanted.composed();
        let mut wrong = wanted.obstacles();
        let transaction = app.begin().await?;
        let (id, now) = (new_id(), app.clock.now());
        let work = match of {
            Some(of) => {
                let original = Self::find(&transaction, of).await?;
                if original.agency != agency {
                    return Err(Error::Hidden(of));
                }
                let taken = Entity::find().filter(super::Column::Work.eq(original.work));
                if taken.filter(super::Column::Language.eq(wanted.language)).one(&transaction).await?.is_some() {
                    wrong.push(Obstacle::new("publication-translated-already").at("language"));
                }
                original.work
            }
            None => id,
        };
        if !wrong.is_empty() {
            return Err(Error::Refused(wrong));
        }
        let slug = fresh_slug(&transaction, &wanted.title, None).await?;
        let row = Model { work, slug, ..wanted.drafted(id, agency, who.person, now)? };
        let title = row.title.clone();
        picturing::settle(app, &transaction, who, &row, &[]).await?;
        Entity::insert(ActiveModel::from(row)).exec_without_returning(&transaction).await?;
        app.record(&transaction, id, Fact::PublicationDrafted { title }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(id)
    }

    /// Changes what it is: title, summary, kind, cover.
    ///
    /// # Errors
    /// Forbidden to others; refused with what is wrong; stale when somebody was quicker; or the database failed.
    pub async fn change(app: &App, who: &Who, id: Uuid, wanted: &Wanted, seen: i32) -> Result<(), Error> {
        let wanted = wanted.composed();
        let wrong = wanted.obstacles();
        let transaction = app.begin().await?;
        let mut row = Self::find_to_write(&transaction, who, id, seen).await?;
        if !wrong.is_empty() {
            return Err(Error::Refused(wrong));
        }
        // The address follows the title until the first reader may have it.
        if row.edition == 0 && row.title != wanted.title {
            row.slug = fresh_slug(&transaction, &wanted.title, Some(id)).await?;
        }
        row.words = words(&wanted.title, &wanted.summary);
        (row.title, row.summary, row.kind, row.cover) = (wanted.title, wanted.summary, wanted.kind, wanted.cover);
        let sections = Section::all(&transaction, id).await?;
        picturing::settle(app, &transaction, who, &row, &sections).await?;
        row.written(app, &transaction, who, seen, "").await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// The row, when the person may write and saw it as it is.
    async fn find_to_write(on: &impl ConnectionTrait, who: &Who, id: Uuid, seen: i32) -> Result<Self, Error> {
        let row = Self::find(on, id).await?;
        rights::require(who, Verb::Write, row.agency)?;
        if row.version != seen {
            return Err(Error::Stale);
        }
        if row.state.is_open() { Ok(row) } else { Err(Error::refused("publication-not-open")) }
    }

    /// Notes that it was written, in the transaction that did.
    async fn written(mut self, app: &App, on: &impl ConnectionTrait, who: &Who, seen: i32, what: &str) -> Result<(), Error> {
        let mut writers = self.writers();
        if !writers.contains(&who.person) {
            writers.push(who.person);
        }
        self.writers = serde_json::to_string(&writers)?;
        self.changed_at = app.clock.now();
        if matches!(self.state, State::Published | State::Withdrawn) {
            self.state = State::Draft;
        }
        let (id, title) = (self.id, self.title.clone());
        self.put(on, seen).await?;
        app.record(on, id, Fact::PublicationEdited { title, what: what.into() }, &By::from(who)).await?;
        Ok(())
    }

    /// Adds a section behind the others. Returns its id.
    ///
    /// # Errors
    /// As [`Publication::change`].
    pub async fn add_section(app: &App, who: &Who, id: Uuid, text: &Text, seen: i32) -> Result<Uuid, Error> {
        let text = text.composed();
        let mut wrong = text.obstacles();
        let transaction = app.begin().await?;
        let row = Self::find_to_write(&transaction, who, id, seen).await?;
        let mut sections = Section::all(&transaction, id).await?;
        if sections.len() >= SECTIONS_MAX {
            wrong.push(Obstacle::new("publication-too-many-sections").with("n", SECTIONS_MAX).at("title"));
        }
        if !wrong.is_empty() {
            return Err(Error::Refused(wrong));
        }
        let added = Section {
            id: new_id(),
            publication: id,
            position: sections.last().map_or(0, |last| last.position + 1),
            anchor: text.anchor_among(&sections),
            body: reading::body(&text.text),
            title: text.title,
            source: text.text,
            note: text.note,
            audio: text.audio,
            changed_at: app.clock.now(),
            version: 1,
        };
        let (section, title) = (added.id, added.title.clone());
        sections.push(added.clone());
        picturing::settle(app, &transaction, who, &row, &sections).await?;
        section::Entity::insert(section::ActiveModel::from(added)).exec_without_returning(&transaction).await?;
        row.written(app, &transaction, who, seen, &title).await?;
        app.commit(transaction).await?;
        Ok(section)
    }

    /// Writes a section, when nobody did since the version that was seen.
    ///
    /// # Errors
    /// As [`Publication::change`]; stale when somebody wrote this section meanwhile, or is writing it: another section does not
    /// matter.
    pub async fn write_section(app: &App, who: &Who, (id, section): (Uuid, Uuid), text: &Text, seen: i32) -> Result<(), Error> {
        let text = text.composed();
        let wrong = text.obstacles();
        let transaction = app.begin().await?;
        let row = Self::find(&transaction, id).await?;
        rights::require(who, Verb::Write, row.agency)?;
        let mut sections = Section::all(&transaction, id).await?;
        let place = sections.iter().position(|one| one.id == section).ok_or(Error::NotFound)?;
        if sections[place].version != seen {
            return Err(Error::Stale);
        }
        if !row.state.is_open() {
            return Err(Error::refused("publication-not-open"));
        }
        if !lock::Model::hold(app, &transaction, who, section).await? {
            return Err(Error::Stale);
        }
        if !wrong.is_empty() {
            return Err(Error::Refused(wrong));
        }
        let mut others = sections.clone();
        others.remove(place);
        let now = Section {
            anchor: text.anchor_among(&others),
            body: reading::body(&text.text),
            title: text.title,
            source: text.text,
            note: text.note,
            audio: text.audio,
            changed_at: app.clock.now(),
            version: seen + 1,
            ..sections[place].clone()
        };
        let title = now.title.clone();
        sections[place] = now.clone();
        picturing::settle(app, &transaction, who, &row, &sections).await?;
        let same = section::Entity::update_many()
            .set(section::ActiveModel::from(now).reset_all())
            .filter(section::Column::Id.eq(section))
            .filter(section::Column::Version.eq(seen));
        if same.exec(&transaction).await?.rows_affected == 0 {
            return Err(Error::Stale);
        }
        Draft::forget(&transaction, section).await?;
        lock::Model::release(&transaction, section).await?;
        let version = row.version;
        row.written(app, &transaction, who, version, &title).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Moves a section one place up or down; at the end of the way nothing happens.
    ///
    /// # Errors
    /// As [`Publication::change`].
    pub async fn move_section(app: &App, who: &Who, (id, section): (Uuid, Uuid), way: Way, seen: i32) -> Result<(), Error> {
        let transaction = app.begin().await?;
        let row = Self::find_to_write(&transaction, who, id, seen).await?;
        let sections = Section::all(&transaction, id).await?;
        let place = sections.iter().position(|one| one.id == section).ok_or(Error::NotFound)?;
        let to = if way == Way::Up { place.checked_sub(1) } else { Some(place + 1).filter(|to| *to < sections.len()) };
        let Some(to) = to else { return Ok(()) };
        for (position, one) in [(sections[to].position, &sections[place]), (sections[place].position, &sections[to])] {
            let placed = section::ActiveModel { position: Set(position), ..Default::default() };
            section::Entity::update_many().set(placed).filter(section::Column::Id.eq(one.id)).exec(&transaction).await?;
        }
        row.written(app, &transaction, who, seen, "").await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Removes a section from what is written; editions keep theirs.
    ///
    /// # Errors
    /// As [`Publication::change`]; refused while a colleague writes it.
    pub async fn remove_section(app: &App, who: &Who, (id, section): (Uuid, Uuid), seen: i32) -> Result<(), Error> {
        let transaction = app.begin().await?;
        let row = Self::find_to_write(&transaction, who, id, seen).await?;
        let mut sections = Section::all(&transaction, id).await?;
        let place = sections.iter().position(|one| one.id == section).ok_or(Error::NotFound)?;
        if lock::Model::of_another(app, &transaction, who, section).await?.is_some() {
            return Err(Error::refused("publication-section-is-written"));
        }
        let gone = sections.remove(place);
        Draft::forget(&transaction, section).await?;
        lock::Model::release(&transaction, section).await?;
        section::Entity::delete_by_id(section).exec(&transaction).await?;
        let up = section::Entity::update_many()
            .col_expr(section::Column::Position, Expr::col(section::Column::Position).sub(1))
            .filter(section::Column::Publication.eq(id))
            .filter(section::Column::Position.gt(gone.position));
        up.exec(&transaction).await?;
        picturing::settle(app, &transaction, who, &row, &sections).await?;
        row.written(app, &transaction, who, seen, &gone.title).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}
