//! A signed paper (số, ký hiệu, PDF) bound to the data of the version that it certifies: by the code printed in its footer,
//! the first letters of the hash of that data. A scan has no text to be read, a person has eyes.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, QueryOrder};

use super::canonical::{self, CODE_LETTERS};
use super::values;
use crate::base::{App, By, Fact, Who, digest, new_id, time};
use crate::duties::proof::{self, FILE_BYTES_MAX, Proof};
use crate::duties::slot::Slot;
use crate::duties::standing;
use crate::plans::secrecy;
use crate::web::{Error, Obstacle};

const NUMBER_LETTERS_MAX: usize = 60;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "certificate")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub slot: Uuid,
    /// The version whose data it certifies.
    pub answer: Uuid,
    /// Of the canonical data of that version.
    pub data_sha256: String,
    /// Số, ký hiệu: `125/BC-SXD`.
    pub number: String,
    pub signed_on: Date,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    pub size_bytes: i64,
    /// Of the file's bytes.
    pub sha256: String,
    pub person: Uuid,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Certificate = Model;

/// The bytes of the papers, each kept once.
pub mod file {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "certificate_file")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub sha256: String,
        pub bytes: Vec<u8>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// What comes with a signed paper.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// Số, ký hiệu.
    pub number: String,
    /// As typed.
    pub signed_on: String,
    /// The code in the footer of the paper.
    pub code: String,
    pub name: String,
    pub bytes: Vec<u8>,
}

impl Given {
    /// The number and day, or each mistake at its field.
    fn read(&self, today: NaiveDate) -> Result<(String, NaiveDate), Vec<Obstacle>> {
        let mut wrong = Vec::new();
        let number = vietnamese::normalise(self.number.trim()).replace('\0', "");
        if !number.chars().any(|letter| letter.is_ascii_digit()) || number.chars().count() > NUMBER_LETTERS_MAX {
            wrong.push(Obstacle::new("certificate-number-wrong").at("number"));
        }
        let day = crate::people::agency::draft::value::day(&self.signed_on);
        if day.is_err() {
            wrong.push(Obstacle::new("certificate-day-wrong").at("signed_on"));
        }
        let day = day.unwrap_or(today);
        if day > today {
            wrong.push(Obstacle::new("certificate-day-to-come").at("signed_on"));
        }
        if self.code().len() < CODE_LETTERS {
            wrong.push(Obstacle::new("certificate-code-short").with("n", CODE_LETTERS).at("code"));
        }
        if proof::media_type(&self.bytes) != "application/pdf" {
            wrong.push(Obstacle::new("certificate-no-pdf").at("paper"));
        }
        if wrong.is_empty() { Ok((number, day)) } else { Err(wrong) }
    }

    /// The code without the spaces that people type.
    fn code(&self) -> String {
        self.code.chars().filter(char::is_ascii_hexdigit).map(|letter| letter.to_ascii_lowercase()).collect()
    }
}

impl Model {
    /// The papers of a slot, the newest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, slot: Uuid) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Slot.eq(slot)).order_by_desc(Column::Id).all(on).await
    }

    /// A paper of that slot, with its bytes.
    ///
    /// # Errors
    /// Not found, or the database failed.
    pub async fn find(on: &impl ConnectionTrait, slot: Uuid, id: Uuid) -> Result<(Self, Vec<u8>), Error> {
        let paper = Entity::find_by_id(id).filter(Column::Slot.eq(slot)).one(on).await?.ok_or(Error::NotFound)?;
        let stored = file::Entity::find_by_id(paper.sha256.clone()).one(on).await?.ok_or(Error::NotFound)?;
        Ok((paper, stored.bytes))
    }

    /// Binds a signed paper to the version whose code it bears. The same paper again is no error, and done once.
    ///
    /// # Errors
    /// Hidden from others; refused when something is missing or no version bears that code.
    pub async fn bind(app: &App, who: &Who, slot: &Slot, given: Given) -> Result<(), Error> {
        if !slot.in_charge(app).await?.may_answer(who) {
            return Err(Error::Hidden(slot.id));
        }
        if given.bytes.len() > FILE_BYTES_MAX {
            return Err(Error::TooLarge(FILE_BYTES_MAX as u64 / 1024 / 1024));
        }
        let (number, signed_on) = given.read(time::local_date(app.clock.now())).map_err(Error::Refused)?;
        let name = proof::file_name(&given.name);
        if let Some(mark) = secrecy::of_file(given.bytes.clone(), name.clone()).await {
            return Err(Error::Refused(vec![Obstacle::new("proof-secret").with("mark", mark).at("paper")]));
        }
        let transaction = app.begin().await?;
        let slot = &Slot::locked(&transaction, slot.id).await?;
        let story = standing::story(&transaction, slot.id).await?;
        let filled = values::of(&transaction, &[slot.id]).await?;
        let proofs = Proof::of(&transaction, slot.id).await?;
        let code = given.code();
        let hash = |answer: &crate::duties::answer::Answer| canonical::sha256(slot, answer, filled.get(&answer.id), &proofs);
        let bound = story.answers.iter().rev().map(|answer| (answer, hash(answer))).find(|(_, hash)| hash.starts_with(&code));
        let Some((answer, data_sha256)) = bound else {
            return Err(Error::Refused(vec![Obstacle::new("certificate-code-unknown").with("code", &given.code).at("code")]));
        };
        let sha256 = digest::sha256(&given.bytes);
        let known = Self::of(&transaction, slot.id).await?;
        if known.iter().any(|paper| paper.sha256 == sha256 && paper.answer == answer.id && paper.number == number) {
            return Ok(());
        }
        let stored = file::ActiveModel { sha256: Set(sha256.clone()), bytes: Set(given.bytes.clone()) };
        let once = OnConflict::column(file::Column::Sha256).do_nothing().to_owned();
        file::Entity::insert(stored).on_conflict(once).exec_without_returning(&transaction).await?;
        let row = Self {
            id: new_id(),
            slot: slot.id,
            answer: answer.id,
            data_sha256,
            number: number.clone(),
            signed_on,
            name,
            size_bytes: i64::try_from(given.bytes.len()).unwrap_or(i64::MAX),
            sha256: sha256.clone(),
            person: who.person,
            at: app.clock.now(),
        };
        Entity::insert(ActiveModel::from(row)).exec_without_returning(&transaction).await?;
        let fact = Fact::DocumentBound { version: answer.version.unsigned_abs(), number, sha256 };
        app.record(&transaction, slot.id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}
