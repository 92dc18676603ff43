//! Recomputes the seals bit by bit, over and over, so that a page can say whether the ledger holds without
//! reading all of it. One row remembers how far the round under way has come and what the last whole one found.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, QueryOrder};

use super::{App, Verdict, examine};
use crate::base::Chore;

const EVERY_S: i64 = 60;
/// Facts read in one go of the chore: a million facts are looked through within the hour.
pub const FACTS_A_TURN: u64 = 20_000;
const ONLY: i32 = 1;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "seal_check")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// The seal to look at next.
    pub next: i64,
    /// The chain value of the one before it.
    pub chain: String,
    pub facts: i64,
    /// Numbers of seals found broken in this round, with commas.
    #[sea_orm(column_type = "Text")]
    pub broken: String,
    pub found_seals: Option<i64>,
    pub found_facts: Option<i64>,
    #[sea_orm(column_type = "Text", nullable)]
    pub found_broken: Option<String>,
    pub found_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// What is known of the whole chain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// What the last whole round found, and when it ended; None before the first.
    pub last: Option<(Verdict, DateTimeUtc)>,
    /// Broken seals that the round under way has met so far.
    pub broken_now: Vec<i64>,
}

impl Known {
    /// The numbers of all seals known to be broken.
    #[must_use]
    pub fn broken(&self) -> Vec<i64> {
        let mut all: Vec<i64> = self.last.iter().flat_map(|(verdict, _)| verdict.broken.clone()).collect();
        all.extend(&self.broken_now);
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// Looks through the seals, over and over.
#[must_use]
pub fn chore() -> Chore {
    Chore {
        name: "check-seals",
        every_s: EVERY_S,
        work: |app| {
            Box::pin(async move {
                let known = check(app, FACTS_A_TURN).await?;
                let broken = known.broken();
                anyhow::ensure!(broken.is_empty(), "the ledger does not fit its seals {broken:?}; see lantoa doctor");
                Ok(())
            })
        },
    }
}

/// Looks at the next seals, until about that many facts were read or the chain ends.
///
/// # Errors
/// The database failed.
pub async fn check(app: &App, facts_max: u64) -> Result<Known, DbErr> {
    let mut round = round(&app.db).await?;
    let mut read = 0;
    while read < facts_max {
        let next = super::Entity::find().filter(super::Column::Number.gte(round.next)).order_by_asc(super::Column::Number);
        let Some(seal) = next.one(&app.db).await? else {
            round.end(app.clock.now());
            break;
        };
        let (holds, facts) = examine(&app.db, &seal, &round.chain).await?;
        if !holds || seal.number != round.next {
            round.broken = format!("{},{}", round.broken, seal.number);
        }
        read += facts.max(1);
        round.facts += i64::try_from(facts).unwrap_or_default();
        (round.next, round.chain) = (seal.number + 1, seal.chain);
    }
    round.keep(&app.db).await?;
    Ok(round.known())
}

/// What is known so far, without looking.
///
/// # Errors
/// The database failed.
pub async fn known(on: &impl ConnectionTrait) -> Result<Known, DbErr> {
    Ok(round(on).await?.known())
}

async fn round(on: &impl ConnectionTrait) -> Result<Model, DbErr> {
    let kept = Entity::find_by_id(ONLY).one(on).await?;
    Ok(kept.unwrap_or(Model {
        id: ONLY,
        next: 1,
        chain: String::new(),
        facts: 0,
        broken: String::new(),
        found_seals: None,
        found_facts: None,
        found_broken: None,
        found_at: None,
    }))
}

impl Model {
    /// The chain ends here: what the round found stands, and the next one begins.
    fn end(&mut self, now: DateTimeUtc) {
        self.found_seals = Some(self.next - 1);
        self.found_facts = Some(self.facts);
        self.found_broken = Some(std::mem::take(&mut self.broken));
        self.found_at = Some(now);
        (self.next, self.facts) = (1, 0);
        self.chain.clear();
    }

    async fn keep(&self, on: &impl ConnectionTrait) -> Result<(), DbErr> {
        let columns = [
            Column::Next,
            Column::Chain,
            Column::Facts,
            Column::Broken,
            Column::FoundSeals,
            Column::FoundFacts,
            Column::FoundBroken,
            Column::FoundAt,
        ];
        let row = ActiveModel { id: Set(ONLY), ..self.clone().into() };
        let over = OnConflict::column(Column::Id).update_columns(columns).to_owned();
        Entity::insert(row).on_conflict(over).exec_without_returning(on).await.map(|_| ())
    }

    fn known(&self) -> Known {
        let last = self.found_at.map(|at| {
            let verdict = Verdict {
                seals: self.found_seals.unwrap_or_default().unsigned_abs(),
                facts: self.found_facts.unwrap_or_default().unsigned_abs(),
                broken: numbers(self.found_broken.as_deref().unwrap_or_default()),
            };
            (verdict, at)
        });
        Known { last, broken_now: numbers(&self.broken) }
    }
}

fn numbers(text: &str) -> Vec<i64> {
    text.split(',').filter_map(|number| number.parse().ok()).collect()
}
