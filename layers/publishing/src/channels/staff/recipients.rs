//! The numbers that an account sends to: adding them with how their owners agreed, taking them off.

use askama::Template;
use axum::Form;
use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::{ids, one};
use crate::base::{App, Who, time};
use crate::channels::mailing::recipient::{RECIPIENTS_MAX, Recipient, masked, national};
use crate::channels::rights::{Verb, may};
use crate::channels::{Account, preflight};
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Page, Path, Result, Said, Shell};

/// A number as a row.
pub struct Row {
    pub id: String,
    pub number: String,
    pub consent: String,
    pub since: String,
}

#[derive(Template)]
#[template(path = "channels/staff/recipients.html")]
pub struct Recipients {
    l: Locale,
    shell: Shell,
    account: Account,
    rows: Vec<Row>,
    keeps: bool,
    numbers: String,
    consent: String,
    errors: Mistakes,
}

impl Recipients {
    fn here(&self) -> String {
        format!("{}/recipients", Account::path(self.account.id))
    }

    fn max(&self) -> u64 {
        RECIPIENTS_MAX
    }
}

async fn found(app: &App, who: &Who, id: Uuid) -> Result<Account> {
    let account = Account::find_for(app, who, id).await?;
    if preflight::is_mailing(&account) { Ok(account) } else { Err(Error::NotFound) }
}

async fn page(app: &App, who: &Who, shell: Shell, account: Account) -> Result<Recipients> {
    // Only who keeps the list sees whole numbers; it is checked against paper.
    let keeps = may(who, Verb::Keep, account.agency);
    let row = |one: Recipient| Row {
        id: one.id.to_string(),
        number: if keeps { national(&one.number) } else { masked(&one.number) },
        consent: one.consent,
        since: time::day(time::local_date(one.added_at)),
    };
    let rows = Recipient::of(&app.db, account.id).await?.into_iter().map(row).collect();
    let (numbers, consent, errors) = (String::new(), String::new(), Mistakes::default());
    Ok(Recipients { l: shell.l, shell, account, rows, keeps, numbers, consent, errors })
}

/// `GET /desk/channels/accounts/{id}/recipients`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Page<Recipients>> {
    let account = found(&app, &who, id).await?;
    Ok(Page(page(&app, &who, shell, account).await?))
}

/// `POST /desk/channels/accounts/{id}/recipients`
pub async fn add(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let account = found(&app, &who, id).await?;
    let (numbers, consent) = (one(&fields, "numbers"), one(&fields, "consent"));
    match Recipient::add(&app, &who, &account, numbers, consent).await {
        Ok(_) => Ok(Said::to(format!("{}/recipients", Account::path(id)), "channel-recipients-were-added").into_response()),
        Err(Error::Refused(obstacles)) => {
            let mut page = page(&app, &who, shell, account).await?;
            (page.numbers, page.consent) = (numbers.to_owned(), consent.to_owned());
            page.errors = Mistakes::told(&obstacles, page.l);
            Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}

/// `POST /desk/channels/accounts/{id}/recipients/removal`
pub async fn remove(
    who: Signed,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Said> {
    let account = found(&app, &who, id).await?;
    Recipient::remove(&app, &who, &account, &ids(&fields, "recipients")).await?;
    Ok(Said::to(format!("{}/recipients", Account::path(id)), "channel-recipients-were-removed"))
}
