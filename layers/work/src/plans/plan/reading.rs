//! A file comes in and a draft is there: read, recognise, resolve the bodies named, keep it all in one transaction.
//! Bounds: 20 MB a file, 30 s a reading (120 s with OCR), two readings at once in a node.

use std::sync::LazyLock;
use std::time::Duration;

use official_document::{Document, Limits, ReadError};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{QuerySelect, QueryTrait, SqlErr};
use tokio::sync::Semaphore;

use super::{ActiveModel, Column, Entity, Model, State, capitals, relation, text};
use crate::base::{App, By, Fact, Who, digest, new_id};
use crate::people::Resolver;
use crate::plans::recognise::{self, Gazetteer, Recognition};
use crate::plans::{provision, secrecy, source};
use crate::web::{Error, Obstacle};

pub const FILE_BYTES_MAX: usize = 20 * 1024 * 1024;
const READING_TIMEOUT_S: u64 = 120;
/// Documents that are read at the same time: each may take a core and some memory.
pub(in crate::plans) static AT_ONCE: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(2));

/// A file as it was dropped in.
pub struct Upload {
    pub name: String,
    pub bytes: Vec<u8>,
    /// Recognise the letters of a scanned document.
    pub with_ocr: bool,
}

/// A document with what was recognised in it.
pub struct Reading {
    pub document: Document,
    pub recognition: Recognition,
}

impl Reading {
    /// What machines get: the contract of `lantoa plan read`. The reader's doubts go before the audit's.
    #[must_use]
    pub fn into_recognition(self) -> Recognition {
        let warnings = warnings(&self);
        Recognition { warnings, ..self.recognition }
    }
}

/// Why a file did not become a draft.
#[derive(Debug, thiserror::Error)]
pub enum Unread {
    #[error(transparent)]
    Document(#[from] ReadError),
    /// Rule 6: what is marked secret stays outside.
    #[error("secret: {0}")]
    Secret(String),
    #[error("took too long")]
    TimedOut,
}

/// Reads and recognises; pure and blocking.
///
/// # Errors
/// [`Unread`]
pub fn read(bytes: &[u8], name: &str, with_ocr: bool, gazetteer: &Gazetteer) -> Result<Reading, Unread> {
    let document = if with_ocr {
        official_document::ocr::read(bytes, name, &Limits::default())?
    } else {
        official_document::read(bytes, name, &Limits::default())?
    };
    if let Some(mark) = secrecy::of_document(&document) {
        return Err(Unread::Secret(mark));
    }
    let recognition = recognise::recognise(&document, gazetteer);
    Ok(Reading { document, recognition })
}

impl Model {
    /// Makes a draft of the file for an agency. The same file twice is refused with the way to the first.
    ///
    /// # Errors
    /// Refused with the reason in the person's words, or the database failed.
    pub async fn draft(app: &App, who: &Who, agency: Uuid, upload: Upload, amends: Option<Uuid>) -> Result<Uuid, Error> {
        let sha256 = digest::sha256(&upload.bytes);
        if let Some(twin) = twin(&app.db, &sha256, agency).await? {
            return Err(already(&twin));
        }
        let resolver = Resolver::load(&app.db).await?;
        let reading = read_aside(upload.name.clone(), upload.bytes.clone(), upload.with_ocr, resolver.names()).await?;
        let plan = new_plan(app, Some(who), agency, &reading, amends)?;
        let media = format!("{:?}", reading.document.source.media).to_lowercase();
        let source = source_row(app, &upload.name, &media, upload.bytes, plan.source);
        keep(app, &By::from(who), plan, source, &reading, &resolver).await
    }

    /// What people call it: type, number and subject.
    #[must_use]
    pub fn title(&self) -> String {
        let head = [self.type_name.as_str(), self.number.as_str()].join(" ");
        if head.trim().is_empty() { self.subject.clone() } else { head.trim().to_owned() }
    }
}

/// Writes source, plan, text and provisions with their parties, and the fact, in one transaction.
pub(super) async fn keep(
    app: &App,
    by: &By,
    plan: Model,
    source: source::ActiveModel,
    reading: &Reading,
    resolver: &Resolver,
) -> Result<Uuid, Error> {
    let id = plan.id;
    let file = source.name.clone().take().unwrap_or_default();
    let words = text::ActiveModel {
        plan: Set(id),
        document: Set(serde_json::to_string(&reading.document)?),
        headings: Set(serde_json::to_string(&reading.recognition.headings)?),
    };
    let day = plan.issued_on.unwrap_or_else(|| crate::base::time::local_date(app.clock.now()));
    let body = &reading.document.text;
    let issuer = capitals::issuer(&plan.issuer, &plan.number, body, resolver, day);
    let sha256 = source.sha256.clone().take().unwrap_or_default();
    let (agency, slug) = (plan.agency, claim(plan.agency, &sha256));
    let plan = Model { issuer, subject: capitals::in_a_sentence(&plan.subject, body), slug, ..plan };
    let plan = relation::doubted(app, plan, &reading.recognition.provisions).await?;
    let transaction = app.begin().await?;
    source::Entity::insert(source).exec_without_returning(&transaction).await?;
    if let Err(error) = Entity::insert(ActiveModel::from(plan)).exec_without_returning(&transaction).await {
        if !matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) {
            return Err(error.into());
        }
        transaction.rollback().await?;
        return Err(twin(&app.db, &sha256, agency).await?.map_or(Error::Stale, |twin| already(&twin)));
    }
    text::Entity::insert(words).exec_without_returning(&transaction).await?;
    provision::keep_all(&transaction, id, &reading.recognition, resolver, day).await?;
    let provisions = u32::try_from(reading.recognition.provisions.len()).unwrap_or(u32::MAX);
    app.record(&transaction, id, Fact::PlanRead { file, provisions }, by).await?;
    app.commit(transaction).await?;
    Ok(id)
}

/// The address of a draft, which nobody outside the desk can open: one for each agency and file, so that of two presses of the
/// button the database lets one through. Whoever is adopted or put aside gives it up.
fn claim(agency: Uuid, sha256: &str) -> String {
    format!("{}-{sha256}", agency.simple())
}

fn already(twin: &Model) -> Error {
    Error::Refused(vec![Obstacle::new("plan-read-already").with("name", twin.title())])
}

/// A plan of the same agency from the same bytes; another agency's is not told of.
async fn twin(on: &impl ConnectionTrait, sha256: &str, agency: Uuid) -> Result<Option<Model>, DbErr> {
    let sources = source::Entity::find().select_only().column(source::Column::Id).filter(source::Column::Sha256.eq(sha256));
    Entity::find()
        .filter(Column::Source.in_subquery(sources.into_query()))
        .filter(Column::Agency.eq(agency))
        .filter(Column::State.ne(State::Discarded))
        .one(on)
        .await
}

async fn read_aside(name: String, bytes: Vec<u8>, with_ocr: bool, names: Vec<String>) -> Result<Reading, Error> {
    let _turn = AT_ONCE.acquire().await?;
    let work = tokio::task::spawn_blocking(move || {
        read(&bytes, &name, with_ocr, &Gazetteer::with_bodies(names)).inspect_err(|unread| unread.log(&name))
    });
    match tokio::time::timeout(Duration::from_secs(READING_TIMEOUT_S), work).await {
        Ok(outcome) => outcome?.map_err(Unread::into_error),
        Err(_) => Err(Unread::TimedOut.into_error()),
    }
}

impl Unread {
    /// Says in the log what the reader met; the person is told cause and remedy only.
    pub fn log(&self, file: &str) {
        let Self::Document(error) = self else { return };
        tracing::warn!(file, code = error.code(), detail = error.detail().unwrap_or_default(), "a document could not be read");
    }

    fn into_error(self) -> Error {
        match self {
            // The reader says cause and remedy in Vietnamese itself.
            Self::Document(error) => Error::Refused(vec![Obstacle::new("plan-unread").with("cause", error.to_string())]),
            Self::Secret(mark) => Error::Refused(vec![Obstacle::new("plan-unread-secret").with("mark", mark)]),
            Self::TimedOut => Error::refused("plan-unread-timeout"),
        }
    }
}

/// The row of a file.
pub(super) fn source_row(app: &App, name: &str, media_type: &str, bytes: Vec<u8>, id: Uuid) -> source::ActiveModel {
    source::ActiveModel {
        id: Set(id),
        sha256: Set(digest::sha256(&bytes)),
        name: Set(name.into()),
        media_type: Set(media_type.into()),
        size_bytes: Set(i64::try_from(bytes.len()).unwrap_or(i64::MAX)),
        bytes: Set(bytes),
        at: Set(app.clock.now()),
    }
}

/// The row of a draft from what was read of its head.
pub(super) fn new_plan(
    app: &App,
    who: Option<&Who>,
    agency: Uuid,
    reading: &Reading,
    amends: Option<Uuid>,
) -> Result<Model, Error> {
    let facts = &reading.recognition.document;
    let words = |field: &Option<String>| field.clone().unwrap_or_default();
    let id = new_id();
    Ok(Model {
        id,
        slug: String::new(), // see `claim`
        agency,
        source: new_id(),
        state: State::Draft,
        type_name: words(&facts.type_name),
        number: words(&facts.symbol),
        issuer: words(&facts.issuer),
        place: words(&facts.place),
        issued_on: reading.document.header.issued_on,
        subject: words(&facts.subject),
        warnings: serde_json::to_string(&warnings(reading))?,
        amends,
        demo: false,
        progress_public: true,
        created_at: app.clock.now(),
        created_by: who.map(|who| who.person),
        adopted_at: None,
        adopted_by: None,
        version: 1,
    })
}

/// What the reader doubts goes before what the audit of the plan found.
fn warnings(reading: &Reading) -> Vec<recognise::Warning> {
    let reader = reading.document.warnings.iter().map(|warning| recognise::Warning {
        path: String::new(),
        kind: warning.code.clone(),
        message: warning.message.clone(),
    });
    reader.chain(reading.recognition.warnings.iter().cloned()).collect()
}
