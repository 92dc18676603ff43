//! A call of a platform that was believed, as it came. The same one again is the same row. // recorded by itself

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait, OnConflict};

use super::said::Said;
use crate::base::{App, new_id};
use crate::channels::Account;
use crate::channels::delivery::{self, State};

/// Deliveries of an account that one call may wake.
const WOKEN_MAX: u64 = 20;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "channel_arrival")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub account: Uuid,
    pub agency: Uuid,
    /// The platform's own number of the event, or the digest of the body.
    pub mark: String,
    /// The platform's name of the event.
    #[sea_orm(column_type = "Text")]
    pub event: String,
    #[sea_orm(column_type = "Text")]
    pub body: String,
    pub at: DateTimeUtc,
    /// When it came the last time, and how often it did.
    pub last_at: DateTimeUtc,
    pub times: i32,
    /// How many deliveries were asked for because of it.
    pub woke: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Arrival = Model;

impl Model {
    /// Keeps it, once; the first time, those deliveries are asked for at once that it may be about.
    ///
    /// # Errors
    /// The database failed: the platform sends it again.
    pub async fn keep(app: &App, account: &Account, said: Said, body: &str) -> Result<(), DbErr> {
        let now = app.clock.now();
        let transaction = app.begin().await?;
        let row = ActiveModel {
            id: Set(new_id()),
            account: Set(account.id),
            agency: Set(account.agency),
            mark: Set(said.mark.clone()),
            event: Set(said.event.clone()),
            body: Set(body.to_owned()),
            at: Set(now),
            last_at: Set(now),
            times: Set(1),
            woke: Set(0),
        };
        let once = OnConflict::columns([Column::Account, Column::Mark]).do_nothing().to_owned();
        let is_new = Entity::insert(row).on_conflict(once).exec_without_returning(&transaction).await? > 0;
        let mut this = Entity::update_many().filter(Column::Account.eq(account.id)).filter(Column::Mark.eq(&said.mark));
        if is_new {
            let woke = wake(app, &transaction, account, &said).await?;
            this = this.col_expr(Column::Woke, Expr::value(i32::try_from(woke).unwrap_or(i32::MAX)));
        } else {
            this = this.col_expr(Column::Times, Expr::col(Column::Times).add(1)).col_expr(Column::LastAt, Expr::value(now));
        }
        this.exec(&transaction).await?;
        app.commit(transaction).await
    }
}

/// Lets the account's deliveries be asked for now whose outcome is not certain: those that it names, or all where it tells of a post
/// without naming one we know. Their states stay as they are: what they become, the platform says when it is asked.
async fn wake(app: &App, on: &impl ConnectionTrait, account: &Account, said: &Said) -> Result<u64, DbErr> {
    use delivery::Column as Of;
    let open = delivery::Entity::find()
        .filter(Of::Account.eq(account.id))
        .filter(Of::State.is_in([State::Accepted, State::Unknown]))
        .filter(Of::LeasedUntil.is_null());
    let rows = sea_orm::QuerySelect::limit(open, WOKEN_MAX).all(on).await?;
    let is_named = |row: &delivery::Delivery| {
        [&row.handle, &row.external_id].into_iter().any(|id| !id.is_empty() && said.names.contains(id))
    };
    let named: Vec<Uuid> = rows.iter().filter(|row| is_named(row)).map(|row| row.id).collect();
    let ids = match (named.is_empty(), said.is_of_a_post) {
        (false, _) => named,
        (true, true) => rows.iter().map(|row| row.id).collect(),
        (true, false) => return Ok(0),
    };
    let now = app.clock.now();
    let woken = delivery::Entity::update_many()
        .col_expr(Of::RunAt, Expr::value(now))
        .col_expr(Of::Version, Expr::col(Of::Version).add(1))
        .filter(Of::Id.is_in(ids))
        .filter(Of::State.is_in([State::Accepted, State::Unknown]))
        .filter(Of::LeasedUntil.is_null());
    Ok(woken.exec(on).await?.rows_affected)
}
