//! Writing a batch: a few statements of many rows in one transaction, however many articles.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::record::Record;
use super::{Done, Told};
use crate::base::digest::sha256;
use crate::base::{App, By, Fact, time};
use crate::news::article::writing::{TITLE_LETTERS_MAX, blank, words};
use crate::news::article::{self, Article, Column, Entity, State, slug_of};
use crate::news::revision::{self, Revision};
use crate::news::section::Section;
use crate::news::section::editing::Wanted;
use crate::news::step::Step;
use crate::people::resolve::{Resolution, Resolver};
use crate::web::{Error, Obstacle};

/// Rows of one statement: SQLite takes 32,766 values, an article has some forty.
const ROWS: usize = 600;

/// What they are called elsewhere, in the order of the file, and each with its agency.
type Taken = (Vec<String>, HashMap<String, (Record, Uuid)>);

/// What a run knows: the names of agencies and sections, and what it met of them.
pub struct Batch {
    resolver: std::sync::Arc<Resolver>,
    agencies: HashMap<String, Option<Uuid>>,
    /// By the key of the name, the province's.
    sections: HashMap<String, Uuid>,
    /// The number of the line that each `external_id` was met in last, by a hash: a million names would not be small.
    met: HashMap<u64, u64>,
}

impl Batch {
    /// Reads the names.
    ///
    /// # Errors
    /// The database failed.
    pub async fn new(app: &App) -> Result<Self, DbErr> {
        let sections = Section::all(&app.db).await?.into_iter().filter(|one| one.agency.is_none());
        let sections = sections.map(|one| (vietnamese::key(&one.name).to_string(), one.id)).collect();
        Ok(Self { resolver: Resolver::of(app).await?, agencies: HashMap::new(), sections, met: HashMap::new() })
    }

    /// The agency of a code or a name.
    fn agency(&mut self, app: &App, name: &str) -> Option<Uuid> {
        if let Some(known) = self.agencies.get(name) {
            return *known;
        }
        let today = time::local_date(app.clock.now());
        let by_name = || match self.resolver.resolve(name, today) {
            Resolution::Agency(id) => Some(id),
            _ => None,
        };
        let found = self.resolver.by_code(name).map(|life| life.id).or_else(by_name);
        self.agencies.insert(name.to_owned(), found);
        found
    }

    async fn section(&mut self, app: &App, on: &impl ConnectionTrait, name: &str) -> Result<Uuid, Error> {
        let key = vietnamese::key(name).to_string();
        if let Some(known) = self.sections.get(&key) {
            return Ok(*known);
        }
        let wanted = Wanted { name: name.to_owned(), steps: Step::usual(), position: 100, ..Wanted::default() };
        let id = Section::put(app, on, &wanted, false, &By::system()).await?;
        self.sections.insert(key, id);
        Ok(id)
    }

    /// Those that can be written, once each: of the same article twice, the later line holds, and that is said.
    fn take(&mut self, app: &App, records: Vec<(u64, Record)>, done: &mut Done, tell: &mut impl FnMut(Told<'_>)) -> Taken {
        let mut order = Vec::with_capacity(records.len());
        let mut kept: HashMap<String, (Record, Uuid)> = HashMap::with_capacity(records.len());
        for (number, record) in records {
            let Some(agency) = self.agency(app, &record.agency) else {
                done.wrong += 1;
                tell(Told::Wrong(number, &Obstacle::new("import-unknown-agency").with("name", &record.agency)));
                continue;
            };
            if record.is_cut {
                tell(Told::Noted(number, &Obstacle::new("import-title-cut").with("n", TITLE_LETTERS_MAX)));
            }
            if let Some(earlier) = self.met.insert(short(&record.external_id), number) {
                tell(Told::Noted(number, &Obstacle::new("import-again").with("name", &record.external_id).with("n", earlier)));
            }
            let id = record.external_id.clone();
            if kept.insert(id.clone(), (record, agency)).is_some() {
                done.same += 1;
            } else {
                order.push(id);
            }
        }
        (order, kept)
    }

    /// Writes these, and counts what came of each.
    ///
    /// # Errors
    /// The database failed: nothing of the batch is in.
    pub async fn write(
        &mut self,
        app: &App,
        records: Vec<(u64, Record)>,
        done: &mut Done,
        tell: &mut impl FnMut(Told<'_>),
    ) -> Result<(), Error> {
        let now = app.clock.now();
        let (order, mut kept) = self.take(app, records, done, tell);
        let transaction = app.begin().await?;
        let there = there(&transaction, kept.keys().cloned().collect()).await?;
        let mut slugs = taken(&transaction, kept.values().map(|(record, _)| record)).await?;
        let (mut rows, mut counted) = (Vec::new(), Done::default());
        for external_id in order {
            let Some((record, agency)) = kept.remove(&external_id) else { continue };
            let section = self.section(app, &transaction, &record.section).await?;
            let placed = (section, agency);
            match there.get(&external_id) {
                Some(old) if !is_ours(old) => counted.kept += 1,
                Some(old) if is_same(old, &record, placed) => counted.same += 1,
                Some(old) => {
                    counted.changed += 1;
                    rows.push(changed(old, &record, placed, now));
                }
                None => {
                    counted.created += 1;
                    let slug = free(&record, &mut slugs);
                    rows.push(created(external_id, &record, placed, slug, now));
                }
            }
        }
        let articles: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        let first = articles.iter().min().copied().unwrap_or_default();
        put(app, &transaction, rows, &there, now).await?;
        if counted.created + counted.changed > 0 {
            let fact = Fact::ArticlesImported { created: counted.created, changed: counted.changed, articles };
            app.record(&transaction, first, fact, &By::system().because("lantoa import articles")).await?;
        }
        app.commit(transaction).await?;
        done.add(&counted);
        Ok(())
    }
}

fn short(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}

/// Those that are there, by what they are called elsewhere.
async fn there(on: &impl ConnectionTrait, ids: Vec<String>) -> Result<HashMap<String, Article>, DbErr> {
    let found = Entity::find().filter(Column::ExternalId.is_in(ids)).all(on).await?;
    Ok(found.into_iter().filter_map(|one| Some((one.external_id.clone()?, one))).collect())
}

/// Which addresses of these titles are taken.
async fn taken(on: &impl ConnectionTrait, records: impl Iterator<Item = &Record>) -> Result<HashSet<String>, DbErr> {
    let wanted: HashSet<String> = records.filter_map(|record| slug_of(&record.title)).collect();
    let of = Entity::find().select_only().column(Column::Slug).filter(Column::Slug.is_in(wanted));
    Ok(of.into_tuple::<String>().all(on).await?.into_iter().collect())
}

/// An address that is free: the title's, or the title's with a few letters that its own name elsewhere gives.
fn free(record: &Record, taken: &mut HashSet<String>) -> String {
    let base = slug_of(&record.title).unwrap_or_else(|| "tin".into());
    let slug = if taken.contains(&base) { format!("{base}-{}", &sha256(record.external_id.as_bytes())[..10]) } else { base };
    taken.insert(slug.clone());
    slug
}

/// Nobody worked on it here, and it is out.
fn is_ours(article: &Article) -> bool {
    article.editor.is_none() && article.state == State::Published
}

fn is_same(old: &Article, record: &Record, (section, agency): (Uuid, Uuid)) -> bool {
    old.title == record.title
        && old.summary == record.summary
        && old.body == record.body
        && old.section == section
        && old.agency == agency
        && old.language == record.language
        && (!record.is_dated || old.published_at == Some(record.published_at))
}

fn written(row: Article, record: &Record) -> Article {
    let published_at = if record.is_dated { Some(record.published_at) } else { row.published_at.or(Some(record.published_at)) };
    Article {
        title: record.title.clone(),
        summary: record.summary.clone(),
        body: record.body.clone(),
        words: words(&record.title, &record.summary),
        published_at,
        listed_at: published_at,
        published_revision: Some(row.revision),
        ..row
    }
}

fn created(external_id: String, record: &Record, (section, agency): (Uuid, Uuid), slug: String, now: DateTimeUtc) -> Article {
    let row = blank(agency, section, record.language, None, now);
    written(Article { external_id: Some(external_id), slug, state: State::Published, ..row }, record)
}

fn changed(old: &Article, record: &Record, (section, agency): (Uuid, Uuid), now: DateTimeUtc) -> Article {
    let row = Article {
        section,
        agency,
        language: record.language,
        revision: old.revision + 1,
        version: old.version + 1,
        changed_at: now,
        ..old.clone()
    };
    written(row, record)
}

/// Writes the articles and a revision of each, and notes in the library what they use of it. // recorded by Batch::write
async fn put(
    app: &App,
    on: &impl ConnectionTrait,
    rows: Vec<Article>,
    there: &HashMap<String, Article>,
    now: DateTimeUtc,
) -> Result<(), Error> {
    use Column::{
        Agency, Body, ChangedAt, Language, ListedAt, PublishedAt, PublishedRevision, Revision as Number, Section, Summary, Title,
        Version, Words,
    };
    let columns = [
        Title,
        Summary,
        Body,
        Words,
        Section,
        Agency,
        Language,
        PublishedAt,
        ListedAt,
        PublishedRevision,
        Number,
        Version,
        ChangedAt,
    ];
    for some in rows.chunks(ROWS) {
        let over = OnConflict::column(Column::Id).update_columns(columns).to_owned();
        let articles = some.iter().cloned().map(article::ActiveModel::from);
        Entity::insert_many(articles).on_conflict(over).exec_without_returning(on).await?;
        let revisions = some.iter().map(|row| Revision::of(row, String::new(), None, now)).map(revision::ActiveModel::from);
        revision::Entity::insert_many(revisions).exec_without_returning(on).await?;
    }
    // Articles without pictures of the library, before and now, are most of them: nothing is asked for these.
    let before: HashSet<Uuid> = there.values().filter(|old| !old.assets().is_empty()).map(|old| old.id).collect();
    let by = By::system().because("lantoa import articles");
    for row in rows.iter().filter(|row| before.contains(&row.id) || !row.assets().is_empty()) {
        row.note_uses(app, on, &by).await?;
    }
    Ok(())
}
