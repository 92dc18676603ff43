//! What the assistant could not answer, as work for editors: the question without personal data, how often it came, and why it was not
//! answered. Nobody who asked is in it. What accuses somebody, insults, speaks to the machine or cries for help is not kept at all, also
//! where it is only a part of what was asked.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{PaginatorTrait, QueryOrder, QuerySelect, SqlErr};
use tokio::sync::Semaphore;
use vietnamese::personal::mask_harder;

use super::exact::intent;
use super::said::{How, Said};
use super::{origin, rejoinder};
use crate::base::{App, By, Fact, Role, Who, digest, new_id};
use crate::questions;
use crate::registers::rights;
use crate::web::{Error, cut};

/// Letters that are kept of a question.
const LETTERS: usize = 300;
/// More different questions than that are somebody's program; they are counted no more until some are settled.
const OPEN_MAX: u64 = 20_000;
/// So many are written down at once on a node: in a flood some are not counted, and nobody waits for a count.
static WRITING: Semaphore = Semaphore::const_new(4);

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "assistant_gap")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Of its words, so that the same question is one row however it is typed.
    #[sea_orm(unique)]
    pub key: String,
    /// Without personal data.
    #[sea_orm(column_type = "Text")]
    pub question: String,
    /// [`How::code`], or `unknown-number`.
    pub cause: String,
    pub count: i32,
    pub first_at: DateTimeUtc,
    pub last_at: DateTimeUtc,
    /// When somebody saw to it.
    pub settled_at: Option<DateTimeUtc>,
    pub settled_by: Option<Uuid>,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Gap = Model;

/// Who sees to them.
pub const EDITORS: &[Role] = &[Role::Coordinator, Role::Officer, Role::Reviewer, Role::Approver];

/// Who reads them: who may write an answer, and who oversees.
#[must_use]
pub fn may_see(who: &Who) -> bool {
    who.is_any(rights::OVERSEERS) || who.agency.is_some_and(|own| rights::writes(who, own))
}

/// Who opens the desk's page of the assistant: they, and who keeps the list of portals.
#[must_use]
pub fn may_open(who: &Who) -> bool {
    may_see(who) || origin::may_keep(who)
}

/// Why a question is work for editors; None where it is none.
fn cause(said: &Said) -> Option<&'static str> {
    match said.how {
        _ if !said.unknown_numbers.is_empty() => Some("unknown-number"),
        How::Near => Some("near"),
        How::Refused => Some("refused"),
        _ => None,
    }
}

/// Counts a question that was not answered. What fails here does not fail the answer. // recorded by nobody: a count is no act
pub async fn count(app: &App, said: &Said) {
    let Some(cause) = cause(said).filter(|_| rejoinder::decided(&said.asked).is_none()) else { return };
    let Ok(_turn) = WRITING.try_acquire() else { return };
    if let Err(error) = counted(app, &said.asked, cause).await {
        tracing::warn!(%error, "an unanswered question could not be counted");
    }
}

async fn counted(app: &App, asked: &str, cause: &str) -> Result<(), DbErr> {
    let question = cut(&mask_harder(&questions::checking::visible(asked)).text, LETTERS);
    let key = digest::sha256(intent::words(&question).join(" ").as_bytes())[..40].to_owned();
    let now = app.clock.now();
    let again = Entity::update_many()
        .col_expr(Column::Count, Expr::col(Column::Count).add(1))
        .col_expr(Column::LastAt, Expr::value(now))
        .filter(Column::Key.eq(key.as_str()));
    if again.exec(&app.db).await?.rows_affected > 0 {
        return Ok(());
    }
    let open = Entity::find().filter(Column::SettledAt.is_null()).count(&app.db).await?;
    if open >= OPEN_MAX {
        return Ok(());
    }
    let row = Model {
        id: new_id(),
        key,
        question,
        cause: cause.to_owned(),
        count: 1,
        first_at: now,
        last_at: now,
        settled_at: None,
        settled_by: None,
    };
    match Entity::insert(ActiveModel::from(row)).exec_without_returning(&app.db).await {
        // The same question at the same moment: it is there, and counted once too few.
        Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => Ok(()),
        outcome => outcome.map(|_| ()),
    }
}

impl Model {
    /// The question as it is shown: what was kept before more was hidden is hidden now.
    #[must_use]
    pub fn shown(&self) -> String {
        mask_harder(&self.question).text
    }

    /// Those that nobody saw to, the most frequent first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn open(on: &impl ConnectionTrait, (offset, limit): (u64, u64)) -> Result<Vec<Self>, DbErr> {
        let rows = Entity::find().filter(Column::SettledAt.is_null());
        let rows = rows.order_by_desc(Column::Count).order_by_desc(Column::LastAt).order_by_desc(Column::Id);
        rows.offset(offset).limit(limit).all(on).await
    }

    /// How many nobody saw to.
    ///
    /// # Errors
    /// The database failed.
    pub async fn open_count(on: &impl ConnectionTrait) -> Result<u64, DbErr> {
        Entity::find().filter(Column::SettledAt.is_null()).count(on).await
    }

    /// Somebody saw to it: an answer was written, a page mended, or it needs none. Why is with the fact.
    ///
    /// # Errors
    /// Forbidden; stale when somebody was quicker; or the database failed.
    pub async fn settle(app: &App, who: &Who, id: Uuid, why: &str) -> Result<(), Error> {
        if !who.is_any(EDITORS) {
            return Err(Error::Forbidden);
        }
        let gap = Entity::find_by_id(id).one(&app.db).await?.ok_or(Error::NotFound)?;
        let transaction = app.begin().await?;
        let done = Entity::update_many()
            .col_expr(Column::SettledAt, Expr::value(app.clock.now()))
            .col_expr(Column::SettledBy, Expr::value(who.person))
            .filter(Column::Id.eq(id))
            .filter(Column::SettledAt.is_null());
        if done.exec(&transaction).await?.rows_affected == 0 {
            return Err(Error::Stale);
        }
        let count = u32::try_from(gap.count).unwrap_or_default();
        let by = By::from(who).because(cut(why.trim(), 500));
        app.record(&transaction, id, Fact::AssistantGapSettled { count }, &by).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}
