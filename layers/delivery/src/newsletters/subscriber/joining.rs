//! Subscribing, in two steps: who asks is written to, and whoever opens that letter says that it is theirs and wanted. The page answers
//! the same whether an address is known, new or not written to: nobody learns from it who reads what.

use chrono::TimeDelta;
use letters::Address;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;

use super::{ActiveModel, Column, Entity, State, Subscriber};
use crate::base::installation_key::InstallationKey;
use crate::base::mail::{Mail, Wanted as WantedMail};
use crate::base::{App, By, Fact, new_id};
use crate::newsletters::newsletter::{self, Newsletter};
use crate::newsletters::token::{self, Purpose};
use crate::newsletters::{consent, suppression};
use crate::web::{Error, Obstacle};

/// How long the link of a letter of confirmation works.
const CONFIRM_DAYS: i64 = 7;
/// A mailbox gets no second letter within this time, whoever asks.
const ASK_AGAIN_S: i64 = 600;
/// Nor more letters a day than that, of all newsletters together: whoever types a stranger's address must not fill their mailbox.
const ASKED_OF_ONE_MAX: u64 = 10;
/// Letters of confirmation an hour over the whole house: more is somebody's program, and mailboxes of strangers.
const ASKED_PER_HOUR_MAX: u64 = 2_000;
const NAME_LETTERS_MAX: usize = 100;

/// Somebody asks for newsletters.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub address: String,
    pub name: String,
    /// Whether they ticked that they agree.
    pub agreed: bool,
}

/// Asks for a newsletter. What is answered does not depend on who is known.
///
/// # Errors
/// Refused at its field where the address is none or nothing was agreed to; too many ask; or the database failed.
pub async fn ask(app: &App, newsletter: &Newsletter, asked: &Asked) -> Result<(), Error> {
    let address = address(app, newsletter, asked)?;
    let now = app.clock.now();
    let lately = Entity::find().filter(Column::State.eq(State::Pending)).filter(Column::AskedAt.gt(now - TimeDelta::hours(1)));
    if lately.count(&app.db).await? > ASKED_PER_HOUR_MAX {
        return Err(Error::TooMany(600));
    }
    let key = token::address_key(&InstallationKey::of(app)?, &address);
    let same = Entity::find().filter(Column::Newsletter.eq(newsletter.id)).filter(Column::AddressKey.eq(&key));
    let there = same.one(&app.db).await?;
    if let Some(there) = &there
        && (there.state == State::Active
            || (there.state == State::Pending && now - there.asked_at < TimeDelta::seconds(ASK_AGAIN_S)))
    {
        return Ok(());
    }
    if consent::asked_since(&app.db, &key, now - TimeDelta::days(1)).await? >= ASKED_OF_ONE_MAX {
        return Ok(()); // the same answer, as always
    }
    let row = Subscriber {
        id: there.as_ref().map_or_else(new_id, |there| there.id),
        newsletter: newsletter.id,
        address_key: key,
        address: address.to_string(),
        name: letters::header::one_line(&asked.name).chars().take(NAME_LETTERS_MAX).collect(),
        state: State::Pending,
        origin: "page".into(),
        asked_at: now,
        confirmed_at: None,
        left_at: None,
        left_how: String::new(),
        soft_bounces: 0,
        soft_at: None,
        text_version: newsletter.text_version,
    };
    keep(app, newsletter, row, there.is_some()).await
}

/// The address, when it is one and a letter can go there.
fn address(app: &App, newsletter: &Newsletter, asked: &Asked) -> Result<Address, Error> {
    let address = Address::read(&asked.address);
    let mut wrong = Vec::new();
    if let Err(error) = address {
        wrong.push(Obstacle::new(malformed(error)).at("address"));
    }
    if !asked.agreed {
        wrong.push(Obstacle::new("subscribe-needs-agreement").at("agreed"));
    }
    if newsletter.state != newsletter::State::Open {
        wrong.push(Obstacle::new("subscribe-closed"));
    }
    if app.config.smtp.is_none() {
        wrong.push(Obstacle::new("subscribe-no-mail"));
    }
    match address {
        Ok(address) if wrong.is_empty() => Ok(address),
        _ => Err(Error::Refused(wrong)),
    }
}

/// Writes the row and plans the letter of confirmation, in one transaction.
async fn keep(app: &App, newsletter: &Newsletter, row: Subscriber, is_there: bool) -> Result<(), Error> {
    let by = By::system();
    let link = token::of(&InstallationKey::of(app)?, Purpose::Confirm, row.id);
    let l = newsletter.locale();
    let href = format!("{}/ban-tin/xac-nhan/{link}", app.config.public_url());
    let words = [("name", newsletter.name.clone()), ("days", CONFIRM_DAYS.to_string())];
    let text = format!("{}\n\n{href}\n\n{}", l.with("confirm-letter-text", &words), l.t("confirm-letter-not-you"));
    let mail = WantedMail {
        about: row.id,
        topic: "newsletter-confirm",
        recipient: row.address.clone(),
        name: row.name.clone(),
        subject: l.t1("confirm-letter-subject", "name", &newsletter.name),
        text,
        expires_at: row.asked_at + TimeDelta::days(CONFIRM_DAYS),
    };
    let transaction = app.begin().await?;
    let id = row.id;
    if is_there {
        let model = ActiveModel::from(row).reset_all();
        let still = Entity::update_many().set(model).filter(Column::Id.eq(id)).filter(Column::State.ne(State::Active));
        if still.exec(&transaction).await?.rows_affected == 0 {
            return Ok(()); // they confirmed meanwhile
        }
    } else {
        let once = sea_orm::sea_query::OnConflict::columns([Column::Newsletter, Column::AddressKey]).do_nothing().to_owned();
        let inserted = Entity::insert(ActiveModel::from(row)).on_conflict(once).exec_without_returning(&transaction).await?;
        if inserted == 0 {
            return Ok(()); // the same was asked twice at once
        }
    }
    consent::note(app, &transaction, newsletter, id, "asked", &by).await?;
    Mail::plan(app, &transaction, mail, &by).await?;
    app.record(&transaction, newsletter.id, Fact::SubscriberAsked { name: newsletter.name.clone() }, &by).await?;
    app.commit(transaction).await?;
    Ok(())
}

/// They say that it is theirs and wanted. The second time does nothing.
///
/// # Errors
/// Not found when the link is not ours; refused when it is too old; or the database failed.
pub async fn confirm(app: &App, link: &str) -> Result<(Subscriber, Newsletter), Error> {
    let subscriber = Subscriber::of_link(app, Purpose::Confirm, link).await?;
    let newsletter = Newsletter::find(&app.db, subscriber.newsletter).await?;
    if subscriber.state == State::Active {
        return Ok((subscriber, newsletter));
    }
    let now = app.clock.now();
    // An old letter does not bring back who left since.
    if subscriber.state != State::Pending || now - subscriber.asked_at > TimeDelta::days(CONFIRM_DAYS) {
        return Err(Error::refused("confirm-too-old"));
    }
    let by = By::system();
    let transaction = app.begin().await?;
    let done = Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Active))
        .col_expr(Column::ConfirmedAt, Expr::value(now))
        .col_expr(Column::SoftBounces, Expr::value(0))
        .filter(Column::Id.eq(subscriber.id))
        .filter(Column::State.eq(State::Pending))
        .exec(&transaction)
        .await?;
    if done.rows_affected == 1 {
        suppression::lift(&transaction, &subscriber.address_key).await?;
        consent::note(app, &transaction, &newsletter, subscriber.id, "confirmed", &by).await?;
        app.record(&transaction, newsletter.id, Fact::SubscriberJoined { name: newsletter.name.clone() }, &by).await?;
        app.commit(transaction).await?;
    }
    Ok((subscriber, newsletter))
}

/// Requests that nobody confirmed are forgotten, address and all. // recorded by nothing: it was never agreed to
///
/// # Errors
/// The database failed.
pub async fn forget_unconfirmed(app: &App) -> Result<u64, DbErr> {
    let before = app.clock.now() - TimeDelta::days(CONFIRM_DAYS * 2);
    let old = Entity::delete_many().filter(Column::State.eq(State::Pending)).filter(Expr::col(Column::AskedAt).lt(before));
    Ok(old.exec(&app.db).await?.rows_affected)
}

/// The words for what is wrong with an address.
#[must_use]
pub const fn malformed(error: letters::Malformed) -> &'static str {
    match error {
        letters::Malformed::Empty => "address-empty",
        letters::Malformed::At => "address-at",
        letters::Malformed::Local => "address-local",
        letters::Malformed::Domain => "address-domain",
        letters::Malformed::Long => "address-long",
    }
}

/// Whoever holds a letter of a mailbox adds another newsletter to it: no second letter is needed to know that it is theirs.
///
/// # Errors
/// The database failed.
pub async fn add(app: &App, newsletter: &Newsletter, known: &Subscriber) -> Result<(), Error> {
    let now = app.clock.now();
    let same = Entity::find().filter(Column::Newsletter.eq(newsletter.id)).filter(Column::AddressKey.eq(&known.address_key));
    let there = same.one(&app.db).await?;
    let row = Subscriber {
        id: there.as_ref().map_or_else(new_id, |there| there.id),
        newsletter: newsletter.id,
        state: State::Active,
        origin: "page".into(),
        asked_at: now,
        confirmed_at: Some(now),
        left_at: None,
        left_how: String::new(),
        text_version: newsletter.text_version,
        ..known.clone()
    };
    let (by, id) = (By::system(), row.id);
    let transaction = app.begin().await?;
    let written = if there.is_some() {
        let model = ActiveModel::from(row).reset_all();
        let still = Entity::update_many().set(model).filter(Column::Id.eq(id)).filter(Column::State.ne(State::Active));
        still.exec(&transaction).await?.rows_affected
    } else {
        let once = sea_orm::sea_query::OnConflict::columns([Column::Newsletter, Column::AddressKey]).do_nothing().to_owned();
        Entity::insert(ActiveModel::from(row)).on_conflict(once).exec_without_returning(&transaction).await?
    };
    if written == 0 {
        return Ok(());
    }
    suppression::lift(&transaction, &known.address_key).await?;
    consent::note(app, &transaction, newsletter, id, "confirmed", &by).await?;
    app.record(&transaction, newsletter.id, Fact::SubscriberJoined { name: newsletter.name.clone() }, &by).await?;
    app.commit(transaction).await?;
    Ok(())
}
