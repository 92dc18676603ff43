//! A signed paper (số, ký hiệu, PDF) bound to the data of the version that it certifies: by the code printed in its footer,
//! the first letters of the hash of that data. A scan has no text to be read, a person has eyes.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, QueryOrder};

use super::canonical::{self, CODE_LETTERS};
use super::values;
use crate::base::{App, By, Fact, Who, digest, new_id, time};
use crate::duties::answer::Answer;
use crate::duties::answer::submitting::says_nothing;
use crate::duties::proof::{self, FILE_BYTES_MAX, Proof};
use crate::duties::slot::Slot;
use crate::duties::standing;
use crate::plans::secrecy;
use crate::web::{Error, Obstacle};

const NUMBER_LETTERS_MAX: usize = 60;
const REASON_LETTERS_MAX: usize = 2_000;

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
    /// The paper whose place it took, which stays listed.
    pub replaces: Option<Uuid>,
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
    /// Id of the paper whose place it takes; empty when it takes none.
    pub replaces: String,
    /// Why that one is replaced.
    pub reason: String,
}

/// What of it was read.
struct Read {
    number: String,
    signed_on: NaiveDate,
    replaces: Option<Uuid>,
}

impl Given {
    /// The number, the day and what is replaced, or each mistake at its field.
    fn read(&self, today: NaiveDate) -> Result<Read, Vec<Obstacle>> {
        let mut wrong = Vec::new();
        let number = vietnamese::normalise(self.number.trim()).replace('\0', "");
        if !number.chars().any(|letter| letter.is_ascii_digit()) || number.chars().count() > NUMBER_LETTERS_MAX {
            wrong.push(Obstacle::new("certificate-number-wrong").at("number"));
        }
        let day = crate::people::agency::draft::value::day(&self.signed_on);
        if day.is_err() {
            wrong.push(Obstacle::new("certificate-day-wrong").at("signed_on"));
        }
        let signed_on = day.unwrap_or(today);
        if signed_on > today {
            wrong.push(Obstacle::new("certificate-day-to-come").at("signed_on"));
        }
        if self.code().len() < CODE_LETTERS {
            wrong.push(Obstacle::new("certificate-code-short").with("n", CODE_LETTERS).at("code"));
        }
        if proof::media_type(&self.bytes) != "application/pdf" {
            wrong.push(Obstacle::new("certificate-no-pdf").at("paper"));
        }
        let replaces: Option<Uuid> = self.replaces.parse().ok();
        if !self.replaces.is_empty() && replaces.is_none() {
            wrong.push(Obstacle::new("certificate-replaces-unknown").at("number"));
        }
        if replaces.is_some() && (says_nothing(&self.reason) || self.reason.chars().count() > REASON_LETTERS_MAX) {
            wrong.push(Obstacle::new("certificate-without-reason").with("n", REASON_LETTERS_MAX).at("reason"));
        }
        if wrong.is_empty() { Ok(Read { number, signed_on, replaces }) } else { Err(wrong) }
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

    /// Whether a later paper took its place, of the papers of its slot.
    #[must_use]
    pub fn is_replaced(&self, papers: &[Self]) -> bool {
        papers.iter().any(|other| other.replaces == Some(self.id))
    }

    /// Binds a signed paper to the version whose code it bears, perhaps in the place of another, which stays listed. The same
    /// paper again is no error, and done once.
    ///
    /// # Errors
    /// Hidden from others; refused when something is missing, no version bears that code, it was signed before that version was
    /// handed in, or it is bound already with another day.
    pub async fn bind(app: &App, who: &Who, slot: &Slot, given: Given) -> Result<(), Error> {
        if !slot.in_charge(app).await?.may_answer(who) {
            return Err(Error::Hidden(slot.id));
        }
        if given.bytes.len() > FILE_BYTES_MAX {
            return Err(Error::TooLarge(FILE_BYTES_MAX as u64 / 1024 / 1024));
        }
        let Read { number, signed_on, replaces } = given.read(time::local_date(app.clock.now())).map_err(Error::Refused)?;
        let name = proof::file_name(&given.name);
        if let Some(mark) = secrecy::of_file(given.bytes.clone(), name.clone()).await {
            return Err(Error::Refused(vec![Obstacle::new("proof-secret").with("mark", mark).at("paper")]));
        }
        let transaction = app.begin().await?;
        let slot = &Slot::locked(&transaction, slot.id).await?;
        let (answer, data_sha256) = certified(&transaction, slot, &given).await?;
        if signed_on < answer.on_day {
            let early = Obstacle::new("certificate-day-early").with("version", answer.version);
            return Err(Error::Refused(vec![early.with("day", time::day(answer.on_day)).at("signed_on")]));
        }
        let paper = Self {
            id: new_id(),
            slot: slot.id,
            answer: answer.id,
            data_sha256,
            number,
            signed_on,
            name,
            size_bytes: i64::try_from(given.bytes.len()).unwrap_or(i64::MAX),
            sha256: digest::sha256(&given.bytes),
            person: who.person,
            at: app.clock.now(),
            replaces,
        };
        if paper.is_bound(&Self::of(&transaction, slot.id).await?)? {
            return Ok(());
        }
        let by = By::from(who).because(given.reason.trim());
        paper.keep(app, &transaction, given.bytes, (answer.version.unsigned_abs(), &by)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Whether it is bound already, just so.
    ///
    /// # Errors
    /// Refused when it is bound with another day, or takes the place of a paper that is not there or was replaced before.
    fn is_bound(&self, papers: &[Self]) -> Result<bool, Error> {
        let same = |paper: &&Self| {
            let bound = paper.sha256 == self.sha256 && paper.answer == self.answer && paper.number == self.number;
            bound && !paper.is_replaced(papers)
        };
        if papers.iter().filter(same).any(|paper| paper.signed_on == self.signed_on) {
            return Ok(true);
        }
        if let Some(other) = papers.iter().find(same).filter(|paper| self.replaces != Some(paper.id)) {
            let differs = Obstacle::new("certificate-day-differs").with("day", time::day(other.signed_on));
            return Err(Error::Refused(vec![differs.at("signed_on")]));
        }
        let old = self.replaces.map(|id| papers.iter().find(|paper| paper.id == id));
        let refused = |key| Err(Error::Refused(vec![Obstacle::new(key).at("number")]));
        match old {
            Some(None) => refused("certificate-replaces-unknown"),
            Some(Some(old)) if old.is_replaced(papers) => refused("certificate-replaced-already"),
            _ => Ok(false),
        }
    }

    /// Keeps it with its bytes, and says so.
    async fn keep(self, app: &App, on: &impl ConnectionTrait, bytes: Vec<u8>, (version, by): (u32, &By)) -> Result<(), Error> {
        let stored = file::ActiveModel { sha256: Set(self.sha256.clone()), bytes: Set(bytes) };
        let once = OnConflict::column(file::Column::Sha256).do_nothing().to_owned();
        file::Entity::insert(stored).on_conflict(once).exec_without_returning(on).await?;
        let fact = Fact::DocumentBound { version, number: self.number.clone(), sha256: self.sha256.clone() };
        let slot = self.slot;
        Entity::insert(ActiveModel::from(self)).exec_without_returning(on).await?;
        app.record(on, slot, fact, by).await?;
        Ok(())
    }
}

/// The version whose data bears the code of the paper, the newest first, with the hash of that data.
async fn certified(on: &impl ConnectionTrait, slot: &Slot, given: &Given) -> Result<(Answer, String), Error> {
    let story = standing::story(on, slot.id).await?;
    let filled = values::of(on, &[slot.id]).await?;
    let proofs = Proof::of(on, slot.id).await?;
    let code = given.code();
    let hash = |answer: Answer| {
        let hash = canonical::sha256(slot, &answer, filled.get(&answer.id), &proofs);
        (answer, hash)
    };
    let bound = story.answers.into_iter().rev().map(hash).find(|(_, hash)| hash.starts_with(&code));
    let unknown = || Obstacle::new("certificate-code-unknown").with("code", &given.code).at("code");
    bound.ok_or_else(|| Error::Refused(vec![unknown()]))
}
