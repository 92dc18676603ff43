//! Connecting an account and keeping it. Its secrets are written and never shown; a new token brings a dead account back to life.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::Iterable;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::{Account, ActiveModel, Column, Entity, Missed, State, Values, sealed, stopping};
use crate::base::fact::Change;
use crate::base::{App, By, Fact, Who};
use crate::channels::platform::{API, Input, Platform};
use crate::channels::rights::{self, Verb};
use crate::channels::suggesting;
use crate::web::{Error, Obstacle};
use crate::webhooks::address;

/// The settings that say where on a platform messages stand.
const PLACES: [&str; 2] = ["page", "chat"];
const NAME_LETTERS_MAX: usize = 120;
const VALUE_LETTERS_MAX: usize = 4_000;
/// The most accounts of an agency.
const ACCOUNTS_MAX: u64 = 50;
/// How late is late unless somebody says.
pub const MISSED_AFTER_MIN: i32 = 30;
/// From a minute to a week.
const MISSED_MIN_MAX: i32 = 7 * 24 * 60;
const PER_MINUTE_MAX: i32 = 600;

/// An account as it is wanted; fields as typed.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Made by the form, the same for every press of the button.
    pub id: Uuid,
    pub name: String,
    /// Settings and secrets by their field. An empty secret of an account that is there stays as it is.
    pub values: Values,
    pub missed: String,
    pub missed_after_min: String,
    pub per_minute: String,
    pub version: i32,
}

/// What was typed, read.
struct Read {
    name: String,
    settings: Values,
    /// Those that were typed.
    secrets: Values,
    missed: Missed,
    missed_after_min: i32,
    per_minute: i32,
}

fn read(wanted: &Wanted, platform: &Platform, is_new: bool, private: bool) -> Result<Read, Error> {
    let name = suggesting::tidy_line(&wanted.name);
    let mut wrong = Vec::new();
    if !name.chars().any(char::is_alphanumeric) {
        wrong.push(Obstacle::new("channel-account-needs-name").at("name"));
    } else if name.chars().count() > NAME_LETTERS_MAX {
        wrong.push(Obstacle::new("article-too-long").with("n", NAME_LETTERS_MAX).at("name"));
    }
    let (mut settings, secrets) = values(wanted, platform, is_new, &mut wrong);
    wrong.extend(lookup_is_public(&settings));
    wrong.extend(platform.wrong(&settings, private));
    match wanted.values.get(API).map(|api| api.trim()).filter(|api| !api.is_empty() && platform.has_api()) {
        None => {}
        Some(typed) => match address::read(typed, private) {
            Ok((api, _)) => {
                settings.insert(API.into(), api.trim_end_matches('/').to_owned());
            }
            Err(obstacle) => wrong.push(obstacle.at(API)),
        },
    }
    let missed = Missed::from_code(&wanted.missed).unwrap_or_default();
    let missed_after_min = number(&wanted.missed_after_min, MISSED_AFTER_MIN, MISSED_MIN_MAX);
    let per_minute = number(&wanted.per_minute, platform.per_minute, PER_MINUTE_MAX);
    for (field, value, most) in
        [("missed_after_min", missed_after_min, MISSED_MIN_MAX), ("per_minute", per_minute, PER_MINUTE_MAX)]
    {
        if value.is_none() {
            wrong.push(Obstacle::new("channel-number-between").with("n", most).at(field));
        }
    }
    match (missed_after_min, per_minute) {
        (Some(missed_after_min), Some(per_minute)) if wrong.is_empty() => {
            Ok(Read { name, settings, secrets, missed, missed_after_min, per_minute })
        }
        _ => Err(Error::Refused(wrong)),
    }
}

/// Settings and secrets that were typed; what is wrong with each is said at its field.
fn values(wanted: &Wanted, platform: &Platform, is_new: bool, wrong: &mut Vec<Obstacle>) -> (Values, Values) {
    let (mut settings, mut secrets) = (Values::new(), Values::new());
    for field in platform.fields {
        let value = wanted.values.get(field.name).map(|typed| typed.trim().replace('\0', "")).unwrap_or_default();
        if value.is_empty() {
            if !field.optional && (is_new || !field.secret) {
                wrong.push(Obstacle::new("channel-field-missing").at(field.name));
            }
            continue;
        }
        if value.chars().count() > VALUE_LETTERS_MAX {
            wrong.push(Obstacle::new("article-too-long").with("n", VALUE_LETTERS_MAX).at(field.name));
        }
        if matches!(field.input, Input::Choice(words) if !words.contains(&value.as_str())) {
            wrong.push(Obstacle::new("channel-field-choice").at(field.name));
        }
        let to = if field.secret { &mut secrets } else { &mut settings };
        to.insert(field.name.into(), value);
    }
    (settings, secrets)
}

/// A whole number from 1 on; the usual one where nothing was typed.
fn number(typed: &str, usual: i32, most: i32) -> Option<i32> {
    let typed = typed.trim();
    if typed.is_empty() { Some(usual) } else { typed.parse().ok().filter(|number| (1..=most).contains(number)) }
}

impl Account {
    /// Connects an account.
    ///
    /// # Errors
    /// Forbidden to others; refused with each obstacle at its field; or the database failed.
    pub async fn add(app: &App, who: &Who, platform: &Platform, wanted: &Wanted) -> Result<(), Error> {
        let agency = rights::own_agency(who)?;
        rights::require(who, Verb::Keep, agency)?;
        let read = read(wanted, platform, true, app.config.channels_private)?;
        if Entity::find().filter(Column::Agency.eq(agency)).count(&app.db).await? >= ACCOUNTS_MAX {
            let many = Obstacle::new("channel-accounts-many").with("n", ACCOUNTS_MAX).at("name");
            return Err(Error::Refused(vec![many]));
        }
        require_own_app(&app.db, (agency, wanted.id), platform, &read).await?;
        let now = app.clock.now();
        let row = fresh(app, (agency, who.person), platform, (wanted.id, &read), now)?;
        let name = row.label();
        let transaction = app.begin().await?;
        let once = OnConflict::column(Column::Id).do_nothing().to_owned();
        let inserted = Entity::insert(ActiveModel::from(row)).on_conflict(once).exec_without_returning(&transaction).await?;
        if inserted == 0 {
            return Err(Error::refused("channel-account-is-made"));
        }
        let fact = Fact::ChannelAccountAdded { name, platform: platform.code().into() };
        app.record(&transaction, wanted.id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Changes what is known of it. A secret that is typed replaces the one before; one that lets us in lets a dead account live.
    ///
    /// # Errors
    /// Forbidden to others; refused with each obstacle at its field, also when it would lead elsewhere while copies are out by it;
    /// stale when somebody was quicker; or the database failed.
    pub async fn change(app: &App, who: &Who, id: Uuid, wanted: &Wanted) -> Result<(), Error> {
        let before = Self::find_for(app, who, id).await?;
        rights::require(who, Verb::Keep, before.agency)?;
        let platform = before.platform().ok_or(Error::NotFound)?;
        let read = read(wanted, platform, false, app.config.channels_private)?;
        require_typed_again(&before, &read, platform)?;
        require_same_place(&app.db, &before, &read).await?;
        require_own_app(&app.db, (before.agency, id), platform, &read).await?;
        let mut secrets = before.secrets(app).unwrap_or_default();
        let lets_in = platform.lets_in(&read.secrets);
        if lets_in {
            // What was made of the old ones goes with them.
            secrets.retain(|name, _| platform.fields.iter().any(|field| field.secret && field.name == name.as_str()));
        }
        secrets.extend(read.secrets.clone());
        let revives = before.state == State::Dead && lets_in;
        let state = if revives { State::Active } else { before.state };
        let changes = changes(&before, &read, state);
        if changes.is_empty() {
            return Ok(());
        }
        let row = ActiveModel {
            name: Set(read.name),
            settings: Set(serde_json::to_string(&read.settings)?),
            secrets: Set(sealed(app, id, &secrets)?),
            missed: Set(read.missed),
            missed_after_min: Set(read.missed_after_min),
            per_minute: Set(read.per_minute),
            state: Set(state),
            why: Set(if revives { String::new() } else { before.why.clone() }),
            since: Set(if revives { app.clock.now() } else { before.since }),
            version: Set(before.version + 1),
            ..Default::default()
        };
        let by = By::from(who);
        let transaction = app.begin().await?;
        let same = Entity::update_many().set(row).filter(Column::Id.eq(id)).filter(Column::Version.eq(wanted.version));
        // A token may just have been renewed: the pair that was used up must not come back.
        let same = same.filter(Column::Secrets.eq(&before.secrets));
        if same.exec(&transaction).await?.rows_affected == 0 {
            return Err(Error::Stale);
        }
        app.record(&transaction, id, Fact::ChannelAccountChanged { name: before.label(), changes }, &by).await?;
        if revives {
            stopping::settle_waiting(app, &transaction, &before, State::Active, &by).await?;
        }
        app.commit(transaction).await?;
        Ok(())
    }
}

/// What is looked up is forwarded there for a moment: readers would see it twice.
fn lookup_is_public(settings: &Values) -> Option<Obstacle> {
    let (chat, lookup) = (settings.get("chat")?, settings.get("lookup_chat")?);
    chat.eq_ignore_ascii_case(lookup).then(|| Obstacle::new("channel-lookup-is-chat").at("lookup_chat"))
}

/// Secrets are written and never shown, to nobody: they are not sent to another address than the one they were typed for.
fn require_typed_again(before: &Account, read: &Read, platform: &Platform) -> Result<(), Error> {
    let settings = before.settings();
    let moves = platform.addresses.iter().any(|name| settings.get(*name) != read.settings.get(*name));
    let kept = platform.fields.iter().any(|field| field.secret && !field.optional && !read.secrets.contains_key(field.name));
    let at = platform.addresses.first().copied().unwrap_or(API);
    let again = || Error::Refused(vec![Obstacle::new("channel-api-secrets").at(at)]);
    if moves && kept { Err(again()) } else { Ok(()) }
}

/// Where its copies stand is found by these settings alone: while there are any, they stay.
async fn require_same_place(on: &impl ConnectionTrait, before: &Account, read: &Read) -> Result<(), Error> {
    let settings = before.settings();
    let value = |values: &Values, field: &str| values.get(field).map(|value| value.to_lowercase()).unwrap_or_default();
    let moved = PLACES.into_iter().find(|field| value(&settings, field) != value(&read.settings, field));
    let Some(field) = moved else { return Ok(()) };
    use crate::channels::delivery::{Column as Of, Entity as Deliveries, State as Way};
    let out = Way::iter().filter(|way| way.may_be_out());
    let copies = Deliveries::find().filter(Of::Account.eq(before.id)).filter(Of::State.is_in(out)).count(on).await?;
    let refused = Obstacle::new("channel-account-has-copies").with("count", copies).at(field);
    if copies == 0 { Ok(()) } else { Err(Error::Refused(vec![refused])) }
}

/// An app of Zalo's has one refresh token, which works once: what one account renews, the other would not get.
async fn require_own_app(
    on: &impl ConnectionTrait,
    (agency, id): (Uuid, Uuid),
    platform: &Platform,
    read: &Read,
) -> Result<(), Error> {
    let other = match platform.is {
        platforms::Platform::Zalo => platforms::Platform::Zns,
        platforms::Platform::Zns => platforms::Platform::Zalo,
        _ => return Ok(()),
    };
    let others = Entity::find().filter(Column::Agency.eq(agency)).filter(Column::Platform.eq(other.name()));
    let others = others.filter(Column::Id.ne(id)).all(on).await?;
    let shares = |one: &&Account| one.settings().get("app_id") == read.settings.get("app_id");
    let shared = |one: &Account| Obstacle::new("channel-app-shared").with("channel", one.label()).at("app_id");
    others.iter().find(shares).map_or(Ok(()), |one| Err(Error::Refused(vec![shared(one)])))
}

fn fresh(
    app: &App,
    (agency, person): (Uuid, Uuid),
    platform: &Platform,
    (id, read): (Uuid, &Read),
    now: DateTime<Utc>,
) -> Result<Account, Error> {
    Ok(Account {
        id,
        agency,
        platform: platform.code().into(),
        name: read.name.clone(),
        settings: serde_json::to_string(&read.settings)?,
        secrets: sealed(app, id, &read.secrets)?,
        state: State::Active,
        why: String::new(),
        since: now,
        missed: read.missed,
        missed_after_min: read.missed_after_min,
        per_minute: read.per_minute,
        burst: platform.burst,
        tokens_milli: i64::from(platform.burst) * 1_000,
        refilled_at: now,
        busy_until: None,
        succeeded_at: None,
        asked_at: None,
        made_by: person,
        made_at: now,
        version: 1,
    })
}

/// Each field by its name. Of secrets that they changed, nothing else.
fn changes(before: &Account, read: &Read, state: State) -> Vec<Change> {
    let settings = before.settings();
    let mut names: Vec<&String> = settings.keys().chain(read.settings.keys()).collect();
    names.sort();
    names.dedup();
    let value = |values: &Values, name: &str| values.get(name).cloned().unwrap_or_default();
    let of_settings = names.into_iter().map(|name| Change::of("settings", &value(&settings, name), &value(&read.settings, name)));
    let secret = (!read.secrets.is_empty()).then(|| Change { field: "secrets".into(), from: String::new(), to: String::new() });
    [
        Change::of("name", &before.name, &read.name),
        Change::of("missed", &before.missed.code(), &read.missed.code()),
        Change::of("missed_after_min", &before.missed_after_min.to_string(), &read.missed_after_min.to_string()),
        Change::of("per_minute", &before.per_minute.to_string(), &read.per_minute.to_string()),
        Change::of("state", &before.state.to_value(), &state.to_value()),
        secret,
    ]
    .into_iter()
    .chain(of_settings)
    .flatten()
    .collect()
}
