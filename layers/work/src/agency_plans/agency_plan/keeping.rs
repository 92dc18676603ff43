//! Writing a draft of an agency's plan: made, changed, its document kept, taken away again.

use std::collections::HashSet;

use sea_orm::SqlErr;
use sea_orm::entity::prelude::*;

use super::draft::Content;
use super::{ActiveModel, Column, Entity, FILE_BYTES_MAX, Model, State, covered, file};
use crate::base::{App, By, Fact, Who, digest, new_id};
use crate::duties::proof::sort::{self, Sort};
use crate::duties::{held, proof};
use crate::plans::secrecy;
use crate::web::{Error, Obstacle};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;

/// What a plan is written in, or a scan of it.
const TAKEN: [Sort; 6] = [sort::PDF, sort::PNG, sort::JPEG, sort::WORD, sort::WORKBOOK, sort::TEXT];

/// A document as it was dropped in.
#[derive(Clone, Debug, Default)]
pub struct Upload {
    pub name: String,
    pub bytes: Vec<u8>,
}

impl Upload {
    /// What the bytes are, when that is a document; None when there is no file.
    ///
    /// # Errors
    /// Something else, marked secret, or more than is taken.
    async fn media_type(&self) -> Result<Option<&'static str>, Error> {
        if self.bytes.is_empty() {
            return Ok(None);
        }
        if self.bytes.len() > FILE_BYTES_MAX {
            return Err(Error::TooLarge(FILE_BYTES_MAX as u64 / 1024 / 1024));
        }
        if let Some(mark) = secrecy::of_file(self.bytes.clone(), self.name.clone()).await {
            return Err(Error::Refused(vec![Obstacle::new("proof-secret").with("mark", mark).at("file")]));
        }
        match sort::of(&self.name, &self.bytes).filter(|sort| TAKEN.contains(sort)) {
            Some(sort) => Ok(Some(sort.media)),
            None => Err(Error::Refused(vec![Obstacle::new("agency-plan-file-foreign").at("file")])),
        }
    }
}

impl Model {
    /// Makes a draft for the person's agency, with the id that the form brought. The same press again is the same draft.
    ///
    /// # Errors
    /// Forbidden without the role; refused when the file is none that is taken; stale when that id is taken by another
    /// content, or by another press in the same instant; or the database failed.
    pub async fn begin(app: &App, who: &Who, (id, plan): (Uuid, Uuid), content: &Content, upload: &Upload) -> Result<(), Error> {
        let agency = who.agency.filter(|agency| Self::may_write(who, *agency)).ok_or(Error::Forbidden)?;
        let row = Self {
            id,
            agency,
            plan,
            state: State::Draft,
            number: content.number.clone(),
            title: content.title.clone(),
            issued_on: content.issued_on,
            from_year: content.from_year,
            until_year: content.until_year,
            note: content.note.clone(),
            file_sha256: None,
            file_name: String::new(),
            file_type: String::new(),
            file_size_bytes: 0,
            replaced_by: None,
            created_by: who.person,
            created_at: app.clock.now(),
            issued_at: None,
            version: 1,
        };
        let media = upload.media_type().await?;
        let transaction = app.begin().await?;
        if let Some(there) = Entity::find_by_id(id).one(&transaction).await? {
            let same = there.agency == agency && there.is_same(&transaction, plan, content, upload).await?;
            return if same { Ok(()) } else { Err(Error::Stale) };
        }
        let fact = Fact::AgencyPlanDrafted { name: row.name() };
        let mut row = ActiveModel::from(row);
        if let Some(media) = media {
            keep_file(&transaction, &mut row, upload, media).await?;
        }
        if let Err(error) = Entity::insert(row).exec_without_returning(&transaction).await {
            return Err(match error.sql_err() {
                Some(SqlErr::UniqueConstraintViolation(_)) => Error::Stale,
                _ => error.into(),
            });
        }
        cover(&transaction, (id, plan, agency), &content.duties).await?;
        app.record(&transaction, id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Whether it holds what another press of the same form brought.
    ///
    /// # Errors
    /// The database failed.
    pub async fn is_same(
        &self,
        on: &impl ConnectionTrait,
        plan: Uuid,
        content: &Content,
        upload: &Upload,
    ) -> Result<bool, DbErr> {
        let kept = (&self.number, &self.title, self.issued_on, (self.from_year, self.until_year), &self.note);
        let given = (&content.number, &content.title, content.issued_on, (content.from_year, content.until_year), &content.note);
        let file = (!upload.bytes.is_empty()).then(|| digest::sha256(&upload.bytes));
        if self.plan != plan || kept != given || file != self.file_sha256 {
            return Ok(false);
        }
        let covered: HashSet<Uuid> = Self::duties(on, &[self.id]).await?.iter().map(|row| row.duty).collect();
        let held = held::by(on, plan, self.agency, None).await?;
        let given = held.iter().map(|held| held.duty).filter(|duty| content.duties.contains(duty));
        Ok(given.collect::<HashSet<Uuid>>() == covered)
    }

    /// Changes a draft; a file takes the place of the one before.
    ///
    /// # Errors
    /// Forbidden without the role; refused when it is no draft; stale when a colleague changed it; or the database failed.
    pub async fn change(&self, app: &App, who: &Who, seen: i32, content: &Content, upload: &Upload) -> Result<(), Error> {
        self.obstacles_to_writing(who)?;
        let media = upload.media_type().await?;
        let transaction = app.begin().await?;
        let mut row = ActiveModel {
            number: Set(content.number.clone()),
            title: Set(content.title.clone()),
            issued_on: Set(content.issued_on),
            from_year: Set(content.from_year),
            until_year: Set(content.until_year),
            note: Set(content.note.clone()),
            version: Set(seen + 1),
            ..Default::default()
        };
        if let Some(media) = media {
            keep_file(&transaction, &mut row, upload, media).await?;
        }
        let done = Entity::update_many()
            .set(row)
            .filter(Column::Id.eq(self.id))
            .filter(Column::State.eq(State::Draft))
            .filter(Column::Version.eq(seen))
            .exec(&transaction)
            .await?;
        if done.rows_affected == 0 {
            return Err(Error::Stale);
        }
        covered::Entity::delete_many().filter(covered::Column::AgencyPlan.eq(self.id)).exec(&transaction).await?;
        cover(&transaction, (self.id, self.plan, self.agency), &content.duties).await?;
        app.record(&transaction, self.id, Fact::AgencyPlanEdited { name: self.name() }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Takes a draft away; its document goes with it unless another plan has the same.
    ///
    /// # Errors
    /// As [`Model::change`].
    pub async fn remove(&self, app: &App, who: &Who, seen: i32) -> Result<(), Error> {
        self.obstacles_to_writing(who)?;
        let transaction = app.begin().await?;
        let done = Entity::delete_many()
            .filter(Column::Id.eq(self.id))
            .filter(Column::State.eq(State::Draft))
            .filter(Column::Version.eq(seen))
            .exec(&transaction)
            .await?;
        if done.rows_affected == 0 {
            return Err(Error::Stale);
        }
        covered::Entity::delete_many().filter(covered::Column::AgencyPlan.eq(self.id)).exec(&transaction).await?;
        if let Some(sha256) = &self.file_sha256
            && Entity::find().filter(Column::FileSha256.eq(sha256)).one(&transaction).await?.is_none()
        {
            file::Entity::delete_by_id(sha256.clone()).exec(&transaction).await?;
        }
        app.record(&transaction, self.id, Fact::AgencyPlanRemoved { name: self.name() }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    pub(super) fn obstacles_to_writing(&self, who: &Who) -> Result<(), Error> {
        if !Self::may_write(who, self.agency) {
            return Err(Error::Forbidden);
        }
        if self.state != State::Draft { Err(Error::refused("agency-plan-is-no-draft")) } else { Ok(()) }
    }
}

async fn keep_file(on: &impl ConnectionTrait, row: &mut ActiveModel, upload: &Upload, media: &str) -> Result<(), DbErr> {
    let sha256 = digest::sha256(&upload.bytes);
    let stored = file::ActiveModel { sha256: Set(sha256.clone()), bytes: Set(upload.bytes.clone()) };
    let once = OnConflict::column(file::Column::Sha256).do_nothing().to_owned();
    file::Entity::insert(stored).on_conflict(once).exec_without_returning(on).await?;
    row.file_sha256 = Set(Some(sha256));
    row.file_name = Set(proof::file_name(&upload.name));
    row.file_type = Set(media.to_owned());
    row.file_size_bytes = Set(i64::try_from(upload.bytes.len()).unwrap_or(i64::MAX));
    Ok(())
}

/// Only duties that the agency holds are covered; others that a form names are left out.
async fn cover(on: &impl ConnectionTrait, (id, plan, agency): (Uuid, Uuid, Uuid), duties: &[Uuid]) -> Result<(), DbErr> {
    let held = held::by(on, plan, agency, None).await?;
    let rows: Vec<covered::ActiveModel> = held
        .iter()
        .filter(|held| duties.contains(&held.duty))
        .map(|held| covered::ActiveModel { id: Set(new_id()), agency_plan: Set(id), duty: Set(held.duty) })
        .collect();
    if !rows.is_empty() {
        covered::Entity::insert_many(rows).exec_without_returning(on).await?;
    }
    Ok(())
}
