//! One account: connecting it, what is known of it, stopping it for a while. Secrets are written here and never shown.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sea_orm::Iterable;
use serde::Deserialize;
use uuid::Uuid;

use super::one;
use crate::base::{App, Who, fact, new_id, time};
use crate::channels::account::keeping::{MISSED_AFTER_MIN, Wanted};
use crate::channels::account::{Missed, State, Values};
use crate::channels::inbound::hearing;
use crate::channels::mailing::recipient;
use crate::channels::platform::{API, Field, Input, PLATFORMS, Platform};
use crate::channels::rights::{Verb, may, own_agency, require};
use crate::channels::{Account, allowance, broadcasting, preflight};
use crate::people::agency::brief::Known;
use crate::people::telling::Events;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Page, Path, Result, Said, Shell};

const HISTORY_MAX: u64 = 30;

#[derive(Template)]
#[template(path = "channels/staff/account.html")]
pub struct AccountPage {
    l: Locale,
    shell: Shell,
    /// None while one is connected.
    account: Option<Account>,
    /// None while it is not said on which.
    platform: Option<&'static Platform>,
    given: Wanted,
    keeps: bool,
    errors: Mistakes,
    conflict: bool,
    events: Events,
    /// What the platform was just asked came to: a kind of notice and words, and the platform's own.
    pub checked: Option<(&'static str, String)>,
    pub checked_says: String,
    /// What is used of the day's quota, and of the month's broadcasts.
    allowances: Vec<(String, String)>,
    /// How many numbers it sends to; None where it sends to none.
    recipients: Option<u64>,
    /// Where the platform is told to call; empty where it calls nobody.
    webhook: String,
}

impl AccountPage {
    fn platforms(&self) -> &'static [Platform] {
        PLATFORMS
    }

    /// What a platform is, in a line.
    fn note(&self, platform: &Platform) -> String {
        self.l.t(&format!("channel-platform-{}", platform.code()))
    }

    fn fields(&self) -> &'static [Field] {
        self.platform.map_or(&[], |platform| platform.fields)
    }

    fn label(&self, field: &Field) -> String {
        self.platform.map(|platform| self.l.t(&platform.field_key(field.name))).unwrap_or_default()
    }

    fn help(&self, field: &Field) -> String {
        let help =
            self.platform.map(|platform| self.l.t(&format!("{}-help", platform.field_key(field.name)))).unwrap_or_default();
        if field.secret && self.account.is_some() { format!("{help} {}", self.l.t("channel-secret-kept")) } else { help }
    }

    /// What stands in a field: of secrets nothing, ever.
    fn value(&self, name: &str) -> String {
        let secret = self.fields().iter().any(|field| field.name == name && field.secret);
        if secret { String::new() } else { self.given.values.get(name).cloned().unwrap_or_default() }
    }

    fn is_optional(&self, field: &Field) -> bool {
        field.optional || (field.secret && self.account.is_some())
    }

    fn checked_tone(&self) -> &'static str {
        self.checked.as_ref().map_or("", |(tone, _)| tone)
    }

    fn checked_words(&self) -> String {
        self.checked.as_ref().map(|(_, words)| words.clone()).unwrap_or_default()
    }

    fn is_area(&self, field: &Field) -> bool {
        field.input == Input::Area
    }

    /// The words to choose from; none where it is typed.
    fn choices(&self, field: &Field) -> Vec<(&'static str, String)> {
        let (Input::Choice(words), Some(platform)) = (field.input, self.platform) else { return Vec::new() };
        words.iter().map(|word| (*word, self.l.t(&format!("{}-{word}", platform.field_key(field.name))))).collect()
    }

    fn policies(&self) -> Vec<(String, String)> {
        Missed::iter().map(|one| (one.code(), self.l.t(&one.key()))).collect()
    }

    fn heading(&self) -> String {
        match (&self.account, self.platform) {
            (Some(account), _) => account.name.clone(),
            (None, Some(platform)) => self.l.t1("channel-account-new-on", "name", platform.brand),
            (None, None) => self.l.t("channel-account-new"),
        }
    }

    fn action(&self) -> String {
        self.account.as_ref().map_or_else(|| "/desk/channels/accounts".into(), |account| Account::path(account.id))
    }

    fn api_default(&self) -> &'static str {
        self.platform.map_or("", |platform| platform.api)
    }

    fn since(&self) -> String {
        self.account.as_ref().map(|account| time::minute(account.since)).unwrap_or_default()
    }

    fn is_paused(&self) -> bool {
        self.account.as_ref().is_some_and(|account| account.state == State::Paused)
    }

    fn is_dead(&self) -> bool {
        self.account.as_ref().is_some_and(|account| account.state == State::Dead)
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    platform: String,
}

/// `GET /desk/channels/accounts/new`
pub async fn new(who: Signed, shell: Shell, Query(ask): Query<Ask>) -> Result<Page<AccountPage>> {
    require(&who, Verb::Keep, own_agency(&who)?)?;
    let platform = Platform::of_code(&ask.platform);
    let given = Wanted {
        id: new_id(),
        missed: Missed::Ask.code(),
        missed_after_min: MISSED_AFTER_MIN.to_string(),
        per_minute: platform.map(|one| one.per_minute.to_string()).unwrap_or_default(),
        values: platform.map(initial).unwrap_or_default(),
        ..Wanted::default()
    };
    Ok(Page(blank(shell, platform, given)))
}

fn initial(platform: &'static Platform) -> Values {
    let given = platform.fields.iter().filter(|field| !field.initial.is_empty());
    given.map(|field| (field.name.to_owned(), field.initial.to_owned())).collect()
}

fn blank(shell: Shell, platform: Option<&'static Platform>, given: Wanted) -> AccountPage {
    AccountPage {
        l: shell.l,
        shell,
        account: None,
        platform,
        given,
        keeps: true,
        errors: Mistakes::default(),
        conflict: false,
        events: Events::default(),
        checked: None,
        checked_says: String::new(),
        allowances: Vec::new(),
        recipients: None,
        webhook: String::new(),
    }
}

/// `POST /desk/channels/accounts`
pub async fn add(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let platform = Platform::of_code(one(&fields, "platform")).ok_or_else(|| Error::bad("failure-bad-request"))?;
    let wanted = wanted(&fields)?;
    match Account::add(&app, &who, platform, &wanted).await {
        Ok(()) => Ok(Said::to(Account::path(wanted.id), "channel-account-was-added").into_response()),
        Err(Error::Refused(obstacles)) if obstacles.iter().all(|one| !one.field.is_empty()) => {
            let mut page = blank(shell, Some(platform), wanted);
            page.errors = Mistakes::told(&obstacles, page.l);
            Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}

fn wanted(fields: &[(String, String)]) -> Result<Wanted> {
    let names = PLATFORMS.iter().flat_map(|platform| platform.fields).map(|field| field.name).chain([API]);
    Ok(Wanted {
        id: one(fields, "id").parse().map_err(|_| Error::bad("failure-bad-request"))?,
        name: one(fields, "name").to_owned(),
        values: names.map(|name| (name.to_owned(), one(fields, name).to_owned())).collect(),
        missed: one(fields, "missed").to_owned(),
        missed_after_min: one(fields, "missed_after_min").to_owned(),
        per_minute: one(fields, "per_minute").to_owned(),
        version: one(fields, "version").parse().unwrap_or_default(),
    })
}

/// `GET /desk/channels/accounts/{id}`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Page<AccountPage>> {
    let account = Account::find_for(&app, &who, id).await?;
    Ok(Page(page(&app, &who, shell, account).await?))
}

/// The page of an account that the person may see.
///
/// # Errors
/// The database failed.
pub async fn page(app: &App, who: &Who, shell: Shell, account: Account) -> Result<AccountPage> {
    let l = shell.l;
    let known = Known::now(app).await?;
    let mut facts = fact::Model::history(&app.db, account.id, HISTORY_MAX).await?;
    facts.retain(|fact| fact.kind != "AccessRefused");
    let given = Wanted {
        id: account.id,
        name: account.name.clone(),
        values: account.settings(),
        missed: account.missed.code(),
        missed_after_min: account.missed_after_min.to_string(),
        per_minute: account.per_minute.to_string(),
        version: account.version,
    };
    Ok(AccountPage {
        l,
        shell,
        platform: account.platform(),
        given,
        keeps: may(who, Verb::Keep, account.agency),
        errors: Mistakes::default(),
        conflict: false,
        events: Events::of(&app.db, l, &facts, &known).await?,
        checked: None,
        checked_says: String::new(),
        allowances: allowances(app, l, &account).await?,
        recipients: if preflight::is_mailing(&account) { Some(recipient::count(&app.db, account.id).await?) } else { None },
        webhook: if account.platform().is_some_and(|one| one.tells) { hearing::address(app, &account) } else { String::new() },
        account: Some(account),
    })
}

/// What is used of the day's quota and of the month's broadcasts, by name.
async fn allowances(app: &App, l: Locale, account: &Account) -> Result<Vec<(String, String)>> {
    let Some(platform) = account.platform() else { return Ok(Vec::new()) };
    let mut all = Vec::new();
    for one in allowance::all(platform.is, &account.settings()) {
        let used = allowance::used(app, account.id, &one).await?;
        all.push((l.t(&one.key()), format!("{used} / {}", one.max)));
    }
    if broadcasting::is_allowed(account) {
        let used = match broadcasting::this_month(app, account).await? {
            (used, Some(package)) => format!("{used} / {package}"),
            (used, None) => used.to_string(),
        };
        all.push((l.t("channel-allowance-broadcasts"), used));
    }
    Ok(all)
}

/// `POST /desk/channels/accounts/{id}`: a refusal, and what somebody else changed meanwhile, come back with what was typed.
pub async fn change(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let wanted = wanted(&fields)?;
    let (status, obstacles) = match Account::change(&app, &who, id, &wanted).await {
        Ok(()) => return Ok(Said::to(Account::path(id), "channel-account-was-kept").into_response()),
        Err(error) => error.handed_back()?,
    };
    let account = Account::find_for(&app, &who, id).await?;
    let version = account.version;
    let mut page = page(&app, &who, shell, account).await?;
    page.given = Wanted { version, ..wanted };
    (page.errors, page.conflict) = (Mistakes::told(&obstacles, page.l), status == StatusCode::CONFLICT);
    Ok(Page(page).status(status))
}
