//! The numbers that an account sends to, each with how its owner agreed (Decree 91/2020/NĐ-CP asks for consent that can be shown).

use std::collections::BTreeSet;

use sea_orm::ActiveValue::Set;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use crate::base::fact::Change;
use crate::base::{App, By, Fact, Who, new_id};
use crate::channels::Account;
use crate::channels::rights::{self, Verb};
use crate::channels::suggesting::tidy_line;
use crate::web::{Error, Obstacle};

/// Numbers of an account. What goes to more people goes by a better way than one message each.
pub const RECIPIENTS_MAX: u64 = 500;
const CONSENT_LETTERS_MAX: usize = 500;
/// Numbers that can not be read are repeated to the person so far.
const WRONG_SHOWN: usize = 10;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "channel_recipient")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub account: Uuid,
    /// `84…`
    pub number: String,
    /// How its owner agreed.
    #[sea_orm(column_type = "Text")]
    pub consent: String,
    pub added_by: Uuid,
    pub added_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Recipient = Model;

/// How many numbers an account has.
///
/// # Errors
/// The database failed.
pub async fn count(on: &impl ConnectionTrait, account: Uuid) -> Result<u64, DbErr> {
    Entity::find().filter(Column::Account.eq(account)).count(on).await
}

/// A mobile number of Vietnam as gateways want it, however it was typed; None when it is none.
#[must_use]
pub fn read(typed: &str) -> Option<String> {
    let mut digits: String = typed.chars().filter(|letter| !matches!(letter, ' ' | '.' | '-' | '(' | ')' | '\u{a0}')).collect();
    if let Some(rest) = digits.strip_prefix('+') {
        digits = rest.to_owned();
    } else if let Some(rest) = digits.strip_prefix('0') {
        digits = format!("84{rest}");
    }
    let rest = digits.strip_prefix("84")?;
    let is_mobile =
        rest.len() == 9 && rest.starts_with(['3', '5', '7', '8', '9']) && rest.bytes().all(|one| one.is_ascii_digit());
    is_mobile.then_some(digits)
}

/// `0901234567`: as it is written and read out in Vietnam, and so looked for on the page.
#[must_use]
pub fn national(number: &str) -> String {
    number.strip_prefix("84").map_or_else(|| number.to_owned(), |rest| format!("0{rest}"))
}

/// `8490•••••67`: enough to find it again in one's own list, not enough to call it.
#[must_use]
pub fn masked(number: &str) -> String {
    let end = number.len().saturating_sub(2);
    format!("{}•••••{}", number.get(..4).unwrap_or_default(), number.get(end..).unwrap_or_default())
}

impl Model {
    /// Those of an account, by their numbers.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, account: Uuid) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Account.eq(account)).order_by_asc(Column::Number).all(on).await
    }

    /// Adds numbers, one on each line or between commas. All of them, or none: who typed them sees which ones can not be read.
    ///
    /// # Errors
    /// Forbidden to others; refused with each obstacle at its field; or the database failed.
    pub async fn add(app: &App, who: &Who, account: &Account, typed: &str, consent: &str) -> Result<u64, Error> {
        rights::require(who, Verb::Keep, account.agency)?;
        let consent = tidy_line(consent);
        let (numbers, mut wrong) = read_all(typed);
        if consent.chars().filter(|letter| letter.is_alphanumeric()).count() < 3 {
            wrong.push(Obstacle::new("channel-recipients-need-consent").at("consent"));
        } else if consent.chars().count() > CONSENT_LETTERS_MAX {
            wrong.push(Obstacle::new("article-too-long").with("n", CONSENT_LETTERS_MAX).at("consent"));
        }
        let before: BTreeSet<String> = Self::of(&app.db, account.id).await?.into_iter().map(|one| one.number).collect();
        let fresh: Vec<&String> = numbers.difference(&before).collect();
        if u64::try_from(before.len() + fresh.len()).unwrap_or(u64::MAX) > RECIPIENTS_MAX {
            wrong.push(Obstacle::new("channel-recipients-many").with("n", RECIPIENTS_MAX).at("numbers"));
        }
        if !wrong.is_empty() {
            return Err(Error::Refused(wrong));
        }
        if fresh.is_empty() {
            return Ok(0);
        }
        let now = app.clock.now();
        let row = |number: &&String| ActiveModel {
            id: Set(new_id()),
            account: Set(account.id),
            number: Set((*number).clone()),
            consent: Set(consent.clone()),
            added_by: Set(who.person),
            added_at: Set(now),
        };
        let rows: Vec<ActiveModel> = fresh.iter().map(row).collect();
        let transaction = app.begin().await?;
        let once = OnConflict::columns([Column::Account, Column::Number]).do_nothing().to_owned();
        let added = Entity::insert_many(rows).on_conflict(once).exec_without_returning(&transaction).await?;
        note(app, &transaction, who, account, before.len()).await?;
        app.commit(transaction).await?;
        Ok(added)
    }

    /// Takes numbers off the list: who asks for it is off at once. What was sent to them stays in its delivery.
    ///
    /// # Errors
    /// Forbidden to others, or the database failed.
    pub async fn remove(app: &App, who: &Who, account: &Account, ids: &[Uuid]) -> Result<u64, Error> {
        rights::require(who, Verb::Keep, account.agency)?;
        if ids.is_empty() {
            return Ok(0);
        }
        let before = usize::try_from(count(&app.db, account.id).await?).unwrap_or_default();
        let transaction = app.begin().await?;
        let gone = Entity::delete_many().filter(Column::Account.eq(account.id)).filter(Column::Id.is_in(ids.iter().copied()));
        let gone = gone.exec(&transaction).await?.rows_affected;
        if gone > 0 {
            note(app, &transaction, who, account, before).await?;
        }
        app.commit(transaction).await?;
        Ok(gone)
    }
}

/// How many there were and are; no number stands in the ledger, which forgets nothing.
async fn note(app: &App, on: &impl ConnectionTrait, who: &Who, account: &Account, before: usize) -> Result<(), Error> {
    let after = count(on, account.id).await?;
    let changes = Change::of("recipients", &before.to_string(), &after.to_string()).into_iter().collect();
    app.record(on, account.id, Fact::ChannelAccountChanged { name: account.label(), changes }, &By::from(who)).await?;
    Ok(())
}

fn read_all(typed: &str) -> (BTreeSet<String>, Vec<Obstacle>) {
    let pieces = typed.split(['\n', ',', ';']).map(str::trim).filter(|piece| !piece.is_empty());
    let (mut numbers, mut bad, mut wrong) = (BTreeSet::new(), Vec::new(), Vec::new());
    for piece in pieces {
        match read(piece) {
            Some(number) => {
                numbers.insert(number);
            }
            None => bad.push(piece.chars().take(20).collect::<String>()),
        }
    }
    if !bad.is_empty() {
        let shown = bad.iter().take(WRONG_SHOWN).cloned().collect::<Vec<_>>().join(", ");
        wrong.push(Obstacle::new("channel-recipients-wrong").with("count", bad.len()).with("which", shown).at("numbers"));
    } else if numbers.is_empty() {
        wrong.push(Obstacle::new("channel-field-missing").at("numbers"));
    }
    (numbers, wrong)
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn a_number_is_read_however_it_was_typed() {
        for typed in ["0901234567", "+84 901 234 567", "84901234567", "090.123.4567", "(090) 123-4567"] {
            assert_eq!(read(typed).as_deref(), Some("84901234567"), "{typed}");
        }
        for typed in ["", "113", "02773851234", "+1 202 555 0100", "09012345678", "090123456a"] {
            assert_eq!(read(typed), None, "{typed}");
        }
        assert_eq!(masked("84901234567"), "8490•••••67");
        assert_eq!(national("84901234567"), "0901234567");
    }
}
