//! Coming out: what is written is frozen as the next edition. And going: the pages stay and say why.

use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use super::{Publication, State};
use crate::base::digest::sha256;
use crate::base::{App, By, Fact, Who, new_id, time};
use crate::news::article::Language;
use crate::news::article::reviewing::reason;
use crate::news::rights::{self, Verb};
use crate::people::agency::brief::Known;
use crate::publications::edition::frozen::{self, Change, Frozen};
use crate::publications::edition::{self, Edition};
use crate::publications::obstacles::Ready;
use crate::publications::picturing;
use crate::publications::section::{self, Section};
use crate::web::{Error, Lang, Locale};

impl Publication {
    /// Freezes what is written as the next edition, and brings it out. Returns its number.
    ///
    /// # Errors
    /// Forbidden to others; refused with what stands against it; stale when it is not approved or somebody was quicker; or the
    /// database failed.
    pub async fn publish(app: &App, who: &Who, id: Uuid, seen: i32) -> Result<i32, Error> {
        let row = Self::find(&app.db, id).await?;
        rights::require(who, Verb::Publish, row.agency)?;
        if row.version != seen || row.state != State::Approved {
            return Err(Error::Stale);
        }
        let ready = Ready::of(app, &row).await?;
        if !ready.obstacles.is_empty() {
            return Err(Error::Refused(ready.obstacles.into_iter().map(|one| one.obstacle).collect()));
        }
        row.comes_out(app, &By::from(who), &ready, seen).await
    }

    /// Makes the edition public in one transaction: its rows, what it uses of the library, the fact.
    ///
    /// # Errors
    /// Refused when a picture may not be used after all; stale when somebody was quicker; or the database failed.
    pub(in crate::publications) async fn comes_out(mut self, app: &App, by: &By, ready: &Ready, seen: i32) -> Result<i32, Error> {
        let now = app.clock.now();
        let number = self.edition + 1;
        let owner = Known::now(app).await?.get(&self.agency).map(|body| body.name.clone()).unwrap_or_default();
        let transaction = app.begin().await?;
        let id = new_id();
        let frozen = frozen_of(id, ready);
        let edition = self.edition_of(app, id, (number, &owner), ready, by)?;
        let edition = Edition { hash: hash(&edition, &frozen), ..edition };
        edition::Entity::insert(edition::ActiveModel::from(edition)).exec_without_returning(&transaction).await?;
        let rows = frozen.into_iter().map(frozen::ActiveModel::from);
        frozen::Entity::insert_many(rows).exec_without_returning(&transaction).await?;
        // What was changed is said; the next edition has changes of its own.
        let said = section::ActiveModel { note: Set(String::new()), ..Default::default() };
        section::Entity::update_many().set(said).filter(section::Column::Publication.eq(self.id)).exec(&transaction).await?;
        self.state = State::Published;
        self.edition = number;
        self.writers = "[]".into();
        self.notice = String::new();
        self.published_at = Some(now);
        self.changed_at = now;
        picturing::settle_all(app, &transaction, &self, &ready.sections, by).await?;
        let fact = Fact::PublicationPublished { title: self.title.clone(), slug: self.slug.clone(), edition: number };
        let about = self.id;
        self.put(&transaction, seen).await?;
        app.record(&transaction, about, fact, by).await?;
        app.commit(transaction).await?;
        Ok(number)
    }

    fn edition_of(&self, app: &App, id: Uuid, (number, owner): (i32, &str), ready: &Ready, by: &By) -> Result<Edition, Error> {
        let now = app.clock.now();
        let kept: Vec<Uuid> = ready.sections.iter().map(|one| one.id).collect();
        let removed: Vec<&str> =
            ready.last.iter().filter(|one| !kept.contains(&one.section)).map(|one| one.title.as_str()).collect();
        Ok(Edition {
            id,
            publication: self.id,
            number,
            title: self.title.clone(),
            summary: self.summary.clone(),
            kind: self.kind.clone(),
            owner: owner.to_owned(),
            cover: self.cover,
            pictures: serde_json::to_string(&ready.pictures)?,
            imprint: serde_json::to_string(&self.imprint(app, number, owner))?,
            removed: serde_json::to_string(&removed)?,
            hash: String::new(),
            person: by.person,
            at: now,
        })
    }

    /// The facts behind the cover (Law on Publishing 19/2012/QH13, article 27: whose it is, where, who answers for it, when).
    fn imprint(&self, app: &App, number: i32, owner: &str) -> Vec<(String, String)> {
        let l = Locale(if self.language == Language::En { Lang::En } else { Lang::Vi });
        let site = app.site();
        let day = time::day(time::local_date(app.clock.now()));
        let address = format!("{}{}", app.config.public_url(), self.edition_path(number));
        let facts = [
            ("publication-imprint-agency", owner.to_owned()),
            ("publication-imprint-owner", site.owner),
            ("publication-imprint-responsible", site.responsible),
            ("publication-imprint-address", site.address),
            ("publication-imprint-phone", site.phone),
            ("publication-imprint-email", site.email),
            ("publication-imprint-edition", l.t2("publication-edition-of", "n", number, "day", day)),
            ("publication-imprint-web", address),
        ];
        facts.into_iter().filter(|(_, words)| !words.is_empty()).map(|(key, words)| (l.t(key), words)).collect()
    }

    /// Withdraws what is out: the pages of these editions stay and say why, their text is not shown. It may be written on, and
    /// come out again as the next edition.
    ///
    /// # Errors
    /// Forbidden to others; refused without a reason; stale when it is not out or somebody was quicker; or the database failed.
    pub async fn withdraw(app: &App, who: &Who, id: Uuid, why: &str, seen: i32) -> Result<(), Error> {
        let mut row = Self::find(&app.db, id).await?;
        rights::require(who, Verb::Withdraw, row.agency)?;
        if row.version != seen || !row.is_out() {
            return Err(Error::Stale);
        }
        let why = reason(why, "withdrawal", "article-needs-withdrawal")?;
        let now = app.clock.now();
        row.state = State::Withdrawn;
        row.published_at = None;
        row.withdrawn_upto = row.edition;
        row.withdrawn_why.clone_from(&why);
        row.withdrawn_at = Some(now);
        row.notice = String::new();
        row.changed_at = now;
        let transaction = app.begin().await?;
        let sections = Section::all(&transaction, id).await?;
        let by = By::from(who).because(why);
        picturing::settle_all(app, &transaction, &row, &sections, &by).await?;
        let fact = Fact::PublicationWithdrawn { title: row.title.clone() };
        row.put(&transaction, seen).await?;
        app.record(&transaction, id, fact, &by).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}

/// The sections as they are frozen, each with how it stands to the edition before.
#[must_use]
pub fn frozen_of(edition: Uuid, ready: &Ready) -> Vec<Frozen> {
    let last: HashMap<Uuid, &Frozen> = ready.last.iter().map(|one| (one.section, one)).collect();
    let first = ready.last.is_empty();
    let each = ready.sections.iter().zip(0..).map(|(section, position)| {
        let hash = section.hash();
        let change = match last.get(&section.id) {
            Some(before) if before.hash == hash => Change::Same,
            Some(_) => Change::Changed,
            None if first => Change::Same,
            None => Change::Added,
        };
        Frozen {
            id: new_id(),
            edition,
            section: section.id,
            position,
            anchor: section.anchor.clone(),
            title: section.title.clone(),
            body: section.body.clone(),
            change,
            note: if change == Change::Changed { section.note.clone() } else { String::new() },
            audio: section.audio,
            hash,
        }
    });
    each.collect()
}

/// Of everything that an edition says.
fn hash(edition: &Edition, sections: &[Frozen]) -> String {
    let audio = |one: &Frozen| one.audio.map(|id| id.to_string()).unwrap_or_default();
    let said = |one: &Frozen| format!("{}\n{}\n{}\n{}\n{}", one.anchor, one.hash, one.change.to_value(), one.note, audio(one));
    let sections: Vec<String> = sections.iter().map(said).collect();
    let parts = [
        &edition.title,
        &edition.summary,
        &edition.owner,
        &edition.pictures,
        &edition.imprint,
        &edition.removed,
        &sections.join("\n"),
    ];
    sha256(parts.map(String::as_str).join("\n\n").as_bytes())
}
