//! Whether the platform lets an account in: a question that changes nothing over there, asked when a person presses the button, and in
//! time before something goes out (see [`super::asking`]).
//! // recorded by nobody: nothing is changed but the lock, and a token that renews itself

use std::collections::BTreeSet;
use std::time::Duration;

use chrono::TimeDelta;
use platforms::{Line, Refusal, Why, facebook, telegram, tiktok, youtube, zalo, zns};
use sea_orm::Condition;
use sea_orm::entity::prelude::*;

use super::{Account, Column, Entity, renewing};
use crate::base::{App, Who};
use crate::channels::rights::{self, Verb};
use crate::channels::speaking::Speaker;
use crate::web::Error;

/// The lock is held so long at most.
const LOCK_S: i64 = 90;
const ASKED_S: u64 = 45;

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Checked {
    /// The platform lets it in, under this name (empty: it gives none).
    Good(String),
    Refused(Refusal),
    /// It can not be asked without sending something: only our own settings were looked at.
    Unasked,
    /// The template of the account may not be sent: what the platform calls its state.
    NotApproved(String),
    /// The template has these places over there, and other ones in our settings.
    Differs(String),
    /// Something is being sent by it just now.
    Busy,
}

impl Account {
    /// Asks the platform.
    ///
    /// # Errors
    /// Not found, hidden, forbidden to others; or the database failed.
    pub async fn check(app: &App, who: &Who, id: Uuid) -> Result<Checked, Error> {
        let account = Self::find_for(app, who, id).await?;
        rights::require(who, Verb::Keep, account.agency)?;
        Ok(Self::asked(app, id).await?.0)
    }

    /// Asks the platform, whoever wants to know; with the account that it was asked with.
    ///
    /// # Errors
    /// Not found, or the database failed.
    pub(super) async fn asked(app: &App, id: Uuid) -> Result<(Checked, Self), Error> {
        let now = app.clock.now();
        let until = now + TimeDelta::seconds(LOCK_S);
        // A token that works once is renewed by one at a time.
        let free = Condition::any().add(Column::BusyUntil.is_null()).add(Column::BusyUntil.lt(now));
        let lock = Entity::update_many().col_expr(Column::BusyUntil, Expr::value(until)).filter(Column::Id.eq(id)).filter(free);
        if lock.exec(&app.db).await?.rows_affected == 0 {
            let account = Entity::find_by_id(id).one(&app.db).await?.ok_or(Error::NotFound)?;
            return Ok((Checked::Busy, account));
        }
        // As it is under the lock.
        let account = Entity::find_by_id(id).one(&app.db).await?.ok_or(Error::NotFound)?;
        let asked = tokio::time::timeout(Duration::from_secs(ASKED_S), ask(app, account.clone())).await;
        let freed = Entity::update_many()
            .col_expr(Column::BusyUntil, Expr::value(Option::<DateTimeUtc>::None))
            .col_expr(Column::AskedAt, Expr::value(now))
            .filter(Column::Id.eq(id))
            .filter(Column::BusyUntil.eq(until))
            .exec(&app.db)
            .await;
        let says = format!("no answer within {ASKED_S} s");
        let late = || Ok((Checked::Refused(Refusal { why: Why::Unavailable, says, again_after: None }), account));
        let checked = asked.unwrap_or_else(|_| late());
        freed?;
        checked
    }
}

async fn ask(app: &App, account: Account) -> Result<(Checked, Account), Error> {
    let account = match renewing::renewed(app, account.clone()).await? {
        Ok(renewed) => renewed,
        Err(refusal) => return Ok((Checked::Refused(refusal), account)),
    };
    let checked = ask_with(app, &account).await?;
    Ok((checked, account))
}

async fn ask_with(app: &App, account: &Account) -> Result<Checked, Error> {
    let speaker = Speaker::open(app, account, Uuid::nil())?;
    let (opened, line) = speaker.parts();
    let named = match opened {
        platforms::Account::Telegram(bot) => telegram::me(line, bot).await,
        platforms::Account::Facebook(page) => facebook::page(line, page).await,
        platforms::Account::YouTube(channel) => youtube::channel(line, channel).await,
        platforms::Account::TikTok(creator) => tiktok::creator(line, creator).await.map(|it| format!("@{}", it.username)),
        // Its token was renewed, which only an account that is let in can.
        platforms::Account::Zalo(_) => Ok(String::new()),
        platforms::Account::Sms(_) => return Ok(Checked::Unasked),
        platforms::Account::Zns(notices) => return Ok(of_template(line, notices).await.unwrap_or_else(Checked::Refused)),
    };
    Ok(named.map_or_else(Checked::Refused, Checked::Good))
}

/// Whether the template may be sent and is the one of our settings; its name, with how many notices are left of today's.
async fn of_template<L: Line>(line: &L, notices: &zns::Account) -> Result<Checked, Refusal> {
    let approved = zns::approved(line, notices).await?;
    if approved.status != zalo::ENABLED {
        return Ok(Checked::NotApproved(approved.status));
    }
    let ours: BTreeSet<String> = notices.template.places().into_iter().map(|place| place.name).collect();
    let theirs: BTreeSet<String> = approved.places.iter().cloned().collect();
    if ours != theirs {
        return Ok(Checked::Differs(approved.places.join(", ")));
    }
    Ok(Checked::Good(match zns::left_today(line, notices).await? {
        Some((left, all)) => format!("{} · {left} / {all}", approved.name),
        None => approved.name,
    }))
}
