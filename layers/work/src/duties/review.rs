//! A review: another body accepts an answer or sends it back. It edits nothing of what it reviews.

use std::collections::{BTreeMap, HashMap};

use sea_orm::entity::prelude::*;
use sea_orm::{JoinType, QueryOrder, QuerySelect, SqlErr};
use serde::{Deserialize, Serialize};

use super::answer::submitting::says_nothing;
use super::answer::{self, Answer};
use super::oversight::Reviewers;
use super::slot::{self, InCharge, Slot};
use crate::base::{App, By, Fact, Role, Who, new_id};
use crate::web::{Error, Obstacle};

const LETTERS_MAX: usize = 4_000;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "review")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub slot: Uuid,
    /// An answer is reviewed once; a correction is another answer.
    #[sea_orm(unique)]
    pub answer: Uuid,
    pub verdict: Verdict,
    /// [`Remarks`] as JSON.
    #[sea_orm(column_type = "Text")]
    pub remarks: String,
    /// The body that reviewed.
    pub agency: Uuid,
    pub person: Uuid,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Review = Model;

/// What a review says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum Verdict {
    Accept,
    /// Counts as not done.
    Return,
}

/// What is said to the fields of an answer, and to the whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Remarks {
    pub whole: String,
    pub text: String,
    pub figures: String,
    pub proofs: String,
    /// To single fields of the duty's form, by what they ask.
    pub fields: BTreeMap<String, String>,
}

impl Remarks {
    /// Those that say something, with the Fluent key of what they are about.
    #[must_use]
    pub fn said(&self) -> Vec<(&'static str, &str)> {
        let all = [
            ("remark-whole", &self.whole),
            ("remark-text", &self.text),
            ("remark-figures", &self.figures),
            ("remark-proofs", &self.proofs),
        ];
        all.into_iter().filter(|(_, words)| !says_nothing(words)).map(|(key, words)| (key, words.as_str())).collect()
    }

    /// Whether nothing is said to anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.said().is_empty() && self.fields.is_empty()
    }

    /// Whether a remark is longer than is kept.
    fn is_too_long(&self) -> bool {
        let fields = self.fields.values().map(String::as_str);
        self.said().into_iter().map(|(_, words)| words).chain(fields).any(|words| words.chars().count() > LETTERS_MAX)
    }
}

/// Whether the person may review what was answered for a slot, as one of its reviewers: never their own body's.
#[must_use]
pub fn may_review(who: &Who, in_charge: &InCharge, reviewers: &Reviewers) -> bool {
    let own = who.agency.is_none() || in_charge.is_own(who);
    !own && (who.is(Role::Coordinator) || who.is(Role::Leader) || reviewers.has(who))
}

/// That a version was sent back.
#[derive(Clone, Copy, Debug)]
pub struct SentBack {
    pub version: i32,
    pub at: DateTimeUtc,
}

impl Model {
    /// The reviews of these slots, earliest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, slots: &[Uuid]) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Slot.is_in(slots.iter().copied())).order_by_asc(Column::At).all(on).await
    }

    /// The slots whose latest answer was sent back, each with the review that did and the answer's version.
    ///
    /// # Errors
    /// The database failed.
    pub async fn sent_back(on: &impl ConnectionTrait) -> Result<Vec<(Slot, SentBack)>, DbErr> {
        let its_answer = Entity::belongs_to(answer::Entity).from(Column::Answer).to(answer::Column::Id);
        let rows: Vec<(Uuid, i32, DateTimeUtc)> = Entity::find()
            .select_only()
            .columns([Column::Slot])
            .column(answer::Column::Version)
            .column(Column::At)
            .join(JoinType::InnerJoin, its_answer.into())
            .filter(Column::Verdict.eq(Verdict::Return))
            .filter(answer::is_newest())
            .into_tuple()
            .all(on)
            .await?;
        let mut back: HashMap<Uuid, SentBack> =
            rows.into_iter().map(|(slot, version, at)| (slot, SentBack { version, at })).collect();
        let ids: Vec<Uuid> = back.keys().copied().collect();
        let slots = slot::Entity::find().filter(slot::Column::Id.is_in(ids)).filter(slot::Column::VoidedOn.is_null());
        let slots = slots.order_by_asc(slot::Column::DueOn).order_by_asc(slot::Column::Id).all(on).await?;
        Ok(slots.into_iter().filter_map(|slot| back.remove(&slot.id).map(|review| (slot, review))).collect())
    }

    /// What it says.
    #[must_use]
    pub fn remarks(&self) -> Remarks {
        serde_json::from_str(&self.remarks).unwrap_or_default()
    }

    /// Reviews the latest answer of a slot.
    ///
    /// # Errors
    /// Forbidden to the body that answered; refused when returned without a word; stale when it was reviewed already or
    /// a newer answer came.
    pub async fn give(
        app: &App,
        who: &Who,
        slot: &Slot,
        standing_body: Uuid,
        (answer, verdict, remarks): (Uuid, Verdict, Remarks),
    ) -> Result<(), Error> {
        let in_charge = slot.in_charge(app).await?;
        let reviewers = Reviewers::of(app, who, slot, standing_body).await?;
        let Some(agency) = who.agency.filter(|_| may_review(who, &in_charge, &reviewers)) else {
            return Err(Error::Forbidden);
        };
        if verdict == Verdict::Return && remarks.is_empty() {
            return Err(Error::Refused(vec![Obstacle::new("review-without-words").at("whole")]));
        }
        if remarks.is_too_long() {
            return Err(Error::refused("answer-too-long"));
        }
        let transaction = app.begin().await?;
        let slot = &Slot::locked(&transaction, slot.id).await?;
        let answers = Answer::of(&transaction, &[slot.id]).await?;
        if slot.voided_on.is_some() || answers.last().is_none_or(|last| last.id != answer) {
            return Err(Error::Stale);
        }
        // They, or the body that answered, may have come to the reviewing side since.
        if answers.last().is_some_and(|last| last.person == who.person || last.agency == agency) {
            return Err(Error::Forbidden);
        }
        let row = Self {
            id: new_id(),
            slot: slot.id,
            answer,
            verdict,
            remarks: serde_json::to_string(&remarks)?,
            agency,
            person: who.person,
            at: app.clock.now(),
        };
        if let Err(error) = Entity::insert(ActiveModel::from(row)).exec_without_returning(&transaction).await {
            return Err(match error.sql_err() {
                Some(SqlErr::UniqueConstraintViolation(_)) => Error::Stale,
                _ => error.into(),
            });
        }
        let version = answers.last().map_or(0, |last| last.version.unsigned_abs());
        let fact = match verdict {
            Verdict::Accept => Fact::AnswerAccepted { version },
            Verdict::Return => Fact::AnswerReturned { version },
        };
        app.record(&transaction, slot.id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}
