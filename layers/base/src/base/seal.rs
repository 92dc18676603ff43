//! Seals facts in chained Merkle batches (RFC 9162, section 2.1: leaf and node hashes), so that a fact that
//! was changed, removed or slipped in afterwards shows.

pub mod checking;

use std::collections::HashMap;

use chrono::TimeDelta;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait, Query};
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect, TransactionTrait};
use sha2::{Digest, Sha256};

use super::{App, fact};

/// Facts younger than this are left for the next seal: a slower transaction may still be writing before them.
const SETTLE_S: i64 = 10;
/// A transaction may commit so long after the time in its facts, and still be sealed within the minute.
const LATE_S: i64 = 3_600;
const BATCH: u64 = 5_000;

/// One sealed batch.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "seal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    /// Merkle root over the batch, hexadecimal.
    pub root: String,
    /// SHA-256 over the chain value of the seal before and this root, hexadecimal.
    pub chain: String,
    pub facts: i64,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

pub mod entry {
    use sea_orm::entity::prelude::*;

    /// Which batch a fact is in, and where.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "sealed_fact")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub fact: Uuid,
        pub seal: i64,
        pub position: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

type Hash = [u8; 32];

/// Seals the facts that have settled; does nothing when there are none.
///
/// # Errors
/// The database failed.
pub async fn seal(app: &App) -> anyhow::Result<()> {
    let now = app.clock.now();
    let facts = settled(app, now).await?;
    if facts.is_empty() {
        return Ok(());
    }
    let root = merkle_root(facts.iter().map(leaf).collect());
    let transaction = app.begin().await?;
    let last = Entity::find().order_by_desc(Column::Number).one(&transaction).await?;
    let number = last.as_ref().map_or(1, |seal| seal.number + 1);
    let chain = chain(last.as_ref().map_or("", |seal| &seal.chain), &hex(&root));
    let seal = Model { number, root: hex(&root), chain, facts: facts.len().try_into()?, at: now };
    // A second node that seals at once fails on the number's uniqueness, and tries again next time.
    Entity::insert(ActiveModel::from(seal)).exec_without_returning(&transaction).await?;
    let entries = (0_i64..).zip(&facts).map(|(position, fact)| entry::ActiveModel {
        fact: Set(fact.id),
        seal: Set(number),
        position: Set(position),
    });
    for chunk in entries.collect::<Vec<_>>().chunks(500) {
        entry::Entity::insert_many(chunk.to_vec()).exec_without_returning(&transaction).await?;
    }
    app.commit(transaction).await?;
    Ok(())
}

/// The facts that wait for a seal, the oldest first. They are looked for from a while before the newest that has one, by
/// the index of times, so that a minute costs the same in a ledger of ten million. A fact that came with an older time (a
/// clock was set back) is found by the first seal of each day, which looks through everything.
async fn settled(app: &App, now: DateTimeUtc) -> Result<Vec<fact::Model>, DbErr> {
    let sealed = Query::select()
        .expr(Expr::val(1))
        .from(entry::Entity)
        .and_where(Expr::col((entry::Entity, entry::Column::Fact)).eq(Expr::col((fact::Entity, fact::Column::Id))))
        .to_owned();
    let mut waiting =
        fact::Entity::find().filter(fact::Column::At.lt(now - TimeDelta::seconds(SETTLE_S))).filter(Expr::exists(sealed).not());
    if let Some(newest) = newest_sealed_today(&app.db, now).await? {
        waiting = waiting.filter(fact::Column::At.gte(newest - TimeDelta::seconds(LATE_S)));
    }
    waiting.order_by_asc(fact::Column::Id).limit(BATCH).all(&app.db).await
}

/// When the newest sealed fact happened; None when nothing was sealed yet today.
async fn newest_sealed_today(on: &impl ConnectionTrait, now: DateTimeUtc) -> Result<Option<DateTimeUtc>, DbErr> {
    let last = Entity::find().order_by_desc(Column::Number).one(on).await?;
    let Some(last) = last.filter(|seal| seal.at.date_naive() == now.date_naive()) else { return Ok(None) };
    let newest = entry::Entity::find().filter(entry::Column::Seal.eq(last.number)).order_by_desc(entry::Column::Position);
    let Some(newest) = newest.one(on).await? else { return Ok(None) };
    Ok(fact::Entity::find_by_id(newest.fact).one(on).await?.map(|fact| fact.at))
}

/// What a check of the whole chain found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    pub seals: u64,
    pub facts: u64,
    /// Numbers of seals that no longer fit their facts or their place in the chain.
    pub broken: Vec<i64>,
}

/// Recomputes every seal from the facts.
///
/// # Errors
/// The database failed.
pub async fn verify(app: &App) -> Result<Verdict, DbErr> {
    let snapshot = app.db.begin().await?;
    let mut verdict = Verdict::default();
    let mut before = String::new();
    for seal in Entity::find().order_by_asc(Column::Number).all(&snapshot).await? {
        let (holds, facts) = examine(&snapshot, &seal, &before).await?;
        if !holds {
            verdict.broken.push(seal.number);
        }
        verdict.seals += 1;
        verdict.facts += facts;
        before = seal.chain;
    }
    Ok(verdict)
}

/// Recomputes one seal from its facts and the chain value of the one before: whether it fits, and how many facts it has.
async fn examine(on: &impl ConnectionTrait, seal: &Model, before: &str) -> Result<(bool, u64), DbErr> {
    let entries =
        entry::Entity::find().filter(entry::Column::Seal.eq(seal.number)).order_by_asc(entry::Column::Position).all(on).await?;
    let ids: Vec<Uuid> = entries.iter().map(|entry| entry.fact).collect();
    let mut facts = HashMap::new();
    for chunk in ids.chunks(500) {
        let rows = fact::Entity::find().filter(fact::Column::Id.is_in(chunk.to_vec())).all(on).await?;
        facts.extend(rows.into_iter().map(|fact| (fact.id, leaf(&fact))));
    }
    let leaves: Vec<Hash> = ids.iter().filter_map(|id| facts.get(id).copied()).collect();
    let counted = i64::try_from(leaves.len()).unwrap_or(-1);
    let root = hex(&merkle_root(leaves));
    let holds = counted == seal.facts && root == seal.root && chain(before, &root) == seal.chain;
    Ok((holds, ids.len() as u64))
}

/// In which seal each of these facts is; those that still wait are left out.
///
/// # Errors
/// The database failed.
pub async fn of(on: &impl ConnectionTrait, facts: &[Uuid]) -> Result<HashMap<Uuid, i64>, DbErr> {
    let mut found = HashMap::new();
    for chunk in facts.chunks(500) {
        let entries = entry::Entity::find().filter(entry::Column::Fact.is_in(chunk.to_vec())).all(on).await?;
        found.extend(entries.into_iter().map(|entry| (entry.fact, entry.seal)));
    }
    Ok(found)
}

fn leaf(fact: &fact::Model) -> Hash {
    let text = |id: Option<Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
    let mut hash = Sha256::new_with_prefix([0]);
    for field in [
        fact.id.to_string(),
        fact.body.clone(),
        fact.about.to_string(),
        text(fact.person),
        text(fact.agency),
        fact.at.timestamp_millis().to_string(),
        fact.why.clone().unwrap_or_default(),
    ] {
        // Length first, so that no two different rows write the same bytes.
        hash.update((field.len() as u64).to_be_bytes());
        hash.update(field.as_bytes());
    }
    hash.finalize().into()
}

fn merkle_root(mut level: Vec<Hash>) -> Hash {
    if level.is_empty() {
        return Sha256::digest([]).into();
    }
    while level.len() > 1 {
        level = level.chunks(2).map(|pair| if let [left, right] = pair { node(left, right) } else { pair[0] }).collect();
    }
    level[0]
}

fn node(left: &Hash, right: &Hash) -> Hash {
    let mut hash = Sha256::new_with_prefix([1]);
    hash.update(left);
    hash.update(right);
    hash.finalize().into()
}

fn chain(before: &str, root: &str) -> String {
    let hash: Hash = Sha256::digest(format!("{before}{root}")).into();
    hex(&hash)
}

fn hex(hash: &Hash) -> String {
    hash.iter().fold(String::with_capacity(64), |mut text, byte| {
        use std::fmt::Write;
        let _ = write!(text, "{byte:02x}");
        text
    })
}
