//! Whether the addresses that answers lead to still open. Pages move and sites are closed: a link that proved something in
//! March may prove nothing in December, and whoever handed it in should know before an auditor asks.
//!
//! Each address is asked once a week, by its head alone, and only where the operator allowed it (`check_links`). It counts as
//! lost after three attempts on different days that brought no page; one bad evening of a site is no loss.

use std::collections::HashMap;

use axum::http::{Method, Request, StatusCode};
use chrono::TimeDelta;
use futures_util::StreamExt;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Alias, Func, OnConflict, Query};
use sea_orm::{QueryOrder, QuerySelect};

use super::{answer, proof, slot};
use crate::base::outgoing::{self, Unanswered};
use crate::base::{App, By, Chore, Fact};

const EVERY_S: i64 = 600;
/// Of one turn; a week has a thousand turns.
const ADDRESSES_OF_A_TURN: u64 = 60;
const AT_ONCE: usize = 6;
const AGAIN_D: i64 = 7;
const DOUBTFUL_AGAIN_D: i64 = 1;
const FAILURES_UNTIL_LOST: i32 = 3;

/// What came of asking for an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum State {
    /// Not asked yet.
    Waiting,
    /// It answered, or led on to another page.
    Open,
    /// It answered and wants a sign-in: nothing is known of the page.
    Guarded,
    /// No page, not often enough to call it lost.
    Doubtful,
    Lost,
}

/// An address, by the hash that its proofs have.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "link_check")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub sha256: String,
    #[sea_orm(column_type = "Text")]
    pub address: String,
    pub host: String,
    pub state: State,
    pub next_at: DateTimeUtc,
    pub asked_at: Option<DateTimeUtc>,
    /// When it last opened.
    pub opened_at: Option<DateTimeUtc>,
    /// In a row.
    pub failures: i32,
    /// A status of HTTP, or a word: `timed-out`, `not-reached`, `private`.
    #[sea_orm(nullable)]
    pub cause: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type LinkCheck = Model;

/// What an address answered.
struct Said {
    state: State,
    cause: Option<String>,
}

impl Model {
    /// What is known of these proofs' addresses, by their hashes. Without a link it asks the database nothing.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, hashes: Vec<String>) -> Result<HashMap<String, Self>, DbErr> {
        if hashes.is_empty() {
            return Ok(HashMap::new());
        }
        let found = Entity::find().filter(Column::Sha256.is_in(hashes)).filter(Column::State.ne(State::Waiting)).all(on).await?;
        Ok(found.into_iter().map(|check| (check.sha256.clone(), check)).collect())
    }
}

/// Takes an address among those that are asked, for a capability that keeps proofs of its own; what is there stays as it stands.
/// // recorded by the verb that adds the proof, with the address
///
/// # Errors
/// The database failed.
pub async fn watch(app: &App, on: &impl ConnectionTrait, sha256: &str, address: &str) -> Result<(), DbErr> {
    let row = waiting(app, sha256.to_owned(), address.to_owned());
    let once = OnConflict::column(Column::Sha256).do_nothing().to_owned();
    Entity::insert(row).on_conflict(once).exec_without_returning(on).await.map(|_| ())
}

fn waiting(app: &App, sha256: String, address: String) -> ActiveModel {
    ActiveModel {
        sha256: Set(sha256),
        host: Set(host(&address)),
        address: Set(address),
        state: Set(State::Waiting),
        next_at: Set(app.clock.now()),
        failures: Set(0),
        ..Default::default()
    }
}

/// Asks for the addresses whose time has come.
#[must_use]
pub fn chore() -> Chore {
    Chore { name: "check-links", every_s: EVERY_S, work: |app| Box::pin(check(app)) }
}

async fn check(app: &App) -> anyhow::Result<()> {
    if !app.config.check_links {
        return Ok(());
    }
    enlist(app).await?;
    // One address of a site in a turn: a small site is not hurried by us, and a large one keeps nobody waiting.
    let is_due = || Column::NextAt.lte(app.clock.now());
    let one_a_site = Query::select()
        .expr(Func::min(Expr::col(Column::Sha256)))
        .from(Entity)
        .and_where(is_due())
        .group_by_col(Column::Host)
        .take();
    let due = Entity::find().filter(is_due()).filter(Column::Sha256.in_subquery(one_a_site));
    let due = due.order_by_asc(Column::NextAt).limit(ADDRESSES_OF_A_TURN).all(&app.db).await?;
    let private = app.config.webhooks_private;
    let asked =
        futures_util::stream::iter(due.into_iter().map(|check| async move { (ask(&check.address, private).await, check) }));
    let answers: Vec<(Said, Model)> = asked.buffer_unordered(AT_ONCE).collect().await;
    for (said, check) in answers {
        settle(app, check, said).await?;
    }
    Ok(())
}

/// Makes a row for each address that was handed in and has none. // recorded by Answer::submit, with the address
async fn enlist(app: &App) -> Result<(), DbErr> {
    let known = Query::select().column(Column::Sha256).from(Entity).take();
    let new: Vec<(String, String)> = proof::Entity::find()
        .select_only()
        .column(proof::Column::Sha256)
        .column_as(proof::Column::Address.min(), Alias::new("address").to_string())
        .filter(proof::Column::Kind.eq(proof::Kind::Link))
        .filter(is_handed_in())
        .filter(proof::Column::Sha256.not_in_subquery(known))
        .group_by(proof::Column::Sha256)
        .limit(ADDRESSES_OF_A_TURN * 10)
        .into_tuple()
        .all(&app.db)
        .await?;
    if new.is_empty() {
        return Ok(());
    }
    let rows = new.into_iter().map(|(sha256, address)| waiting(app, sha256, address));
    let once = OnConflict::column(Column::Sha256).do_nothing().to_owned();
    Entity::insert_many(rows).on_conflict(once).exec_without_returning(&app.db).await.map(|_| ())
}

async fn ask(address: &str, private: bool) -> Said {
    match tell(Method::HEAD, address, private).await {
        // Some servers know no HEAD; what they say to it says nothing of the page.
        Ok(StatusCode::METHOD_NOT_ALLOWED | StatusCode::NOT_IMPLEMENTED | StatusCode::BAD_REQUEST | StatusCode::NOT_FOUND) => {
            said(tell(Method::GET, address, private).await)
        }
        other => said(other),
    }
}

async fn tell(method: Method, address: &str, private: bool) -> Result<StatusCode, Unanswered> {
    let request = Request::builder().method(method).uri(address).body(Vec::new());
    outgoing::tell(request.map_err(|error| Unanswered::NotReached(error.to_string()))?, private).await
}

fn said(answer: Result<StatusCode, Unanswered>) -> Said {
    let (state, cause) = match answer {
        Ok(status) if status.is_success() || status.is_redirection() => (State::Open, None),
        Ok(status @ (StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::TOO_MANY_REQUESTS)) => {
            (State::Guarded, Some(status.as_u16().to_string()))
        }
        Ok(status) => (State::Doubtful, Some(status.as_u16().to_string())),
        // What only we can reach is nobody's proof on the open net, and not for us to knock at.
        Err(Unanswered::Private) => (State::Guarded, Some("private".into())),
        Err(Unanswered::TimedOut) => (State::Doubtful, Some("timed-out".into())),
        Err(Unanswered::TooLarge | Unanswered::NotReached(_)) => (State::Doubtful, Some("not-reached".into())),
    };
    Said { state, cause }
}

/// Writes down what an address answered; a loss and a return are told to whoever handed it in.
async fn settle(app: &App, check: Model, said: Said) -> anyhow::Result<()> {
    let now = app.clock.now();
    let was = check.state == State::Lost;
    let failures = if said.state == State::Doubtful { check.failures + 1 } else { 0 };
    // A page that was lost and now wants a sign-in is not found again.
    let is_lost = failures >= FAILURES_UNTIL_LOST || (was && said.state != State::Open);
    let state = if is_lost { State::Lost } else { said.state };
    let again = if state == State::Doubtful { DOUBTFUL_AGAIN_D } else { AGAIN_D };
    let transaction = app.begin().await?;
    let changed = Entity::update_many()
        .col_expr(Column::State, Expr::value(state))
        .col_expr(Column::NextAt, Expr::value(now + TimeDelta::days(again)))
        .col_expr(Column::AskedAt, Expr::value(now))
        .col_expr(Column::OpenedAt, Expr::value(if state == State::Open { Some(now) } else { check.opened_at }))
        .col_expr(Column::Failures, Expr::value(failures))
        .col_expr(Column::Cause, Expr::value(said.cause))
        .filter(Column::Sha256.eq(&check.sha256))
        // Another node may have been quicker.
        .filter(Column::NextAt.eq(check.next_at))
        .exec(&transaction)
        .await?;
    if changed.rows_affected > 0 && was != is_lost {
        for slot in slots_with(&transaction, &check.sha256).await? {
            let host = check.host.clone();
            let fact = if is_lost { Fact::ProofLinkLost { host } } else { Fact::ProofLinkFound { host } };
            app.record(&transaction, slot, fact, &By::system()).await?;
        }
    }
    Ok(app.commit(transaction).await?)
}

/// Proofs of answers that hold: who replaced a dead link is not told of it again.
fn is_handed_in() -> Expr {
    Expr::exists(answer::newest_with(Expr::col((proof::Entity, proof::Column::Answer))))
}

/// The slots, still owed or done, whose newest answers lead to the address.
async fn slots_with(on: &impl ConnectionTrait, sha256: &str) -> Result<Vec<Uuid>, DbErr> {
    let held = Query::select().column(slot::Column::Id).from(slot::Entity).and_where(slot::Column::VoidedOn.is_null()).take();
    let handed_in = proof::Entity::find().filter(proof::Column::Sha256.eq(sha256)).filter(is_handed_in());
    let handed_in = handed_in.filter(proof::Column::Slot.in_subquery(held));
    handed_in.select_only().column(proof::Column::Slot).distinct().into_tuple().all(on).await
}

fn host(address: &str) -> String {
    let url = reqwest::Url::parse(address).ok();
    url.as_ref().and_then(reqwest::Url::host_str).unwrap_or(address).to_owned()
}
