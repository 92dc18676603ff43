//! The person's own account: name, ways in, sessions.

pub mod passkeys;
pub mod password;
pub mod second_step;
pub mod sessions;

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::base::config::OidcProvider;
use crate::base::{App, By, Who, time};
use crate::people::identity::Identity;
use crate::people::passkey::{self, Passkey};
use crate::people::person::editing::Details;
use crate::people::session::agent;
use crate::people::{Person, recovery, session};
use crate::web::who::Signed;
use crate::web::{Locale, Mistakes, Obstacle, Page, Result, Said, Shell};

pub const PATH: &str = "/desk/account";

#[derive(Template)]
#[template(path = "people/staff/account.html")]
pub struct Account {
    l: Locale,
    shell: Shell,
    person: Person,
    agency: String,
    roles: Vec<String>,
    passkeys: Option<Vec<Passkey>>,
    identities: Vec<Identity>,
    providers: Vec<OidcProvider>,
    sessions: Vec<session::Model>,
    current: uuid::Uuid,
    recovery_left: u64,
    errors: Mistakes,
}

impl Account {
    async fn of(app: &App, who: &Who, shell: Shell, obstacles: Vec<(&'static str, Obstacle)>) -> Result<Self> {
        let person = Person::find(&app.db, who.person).await?;
        let passkeys = if passkey::are_offered(app) { Some(Passkey::of(&app.db, person.id).await?) } else { None };
        let recovery_left = if person.has_second_step() { recovery::Model::left(&app.db, person.id).await? } else { 0 };
        Ok(Self {
            l: shell.l,
            agency: who.agency_name.clone(),
            roles: who.grants.iter().map(|grant| shell.l.t(&grant.role.key())).collect(),
            passkeys,
            identities: Identity::of(&app.db, person.id).await?,
            providers: app.config.oidc.clone(),
            sessions: session::Model::open_of(app, person.id).await?,
            current: who.session,
            recovery_left,
            errors: obstacles.into_iter().map(|(field, obstacle)| (field, obstacle.text(shell.l))).collect(),
            person,
            shell,
        })
    }

    fn minute(&self, at: &chrono::DateTime<chrono::Utc>) -> String {
        time::minute(*at)
    }

    fn is_current(&self, session: &session::Model) -> bool {
        session.id == self.current
    }

    fn browser(&self, session: &session::Model) -> String {
        let words = agent::in_words(&session.agent);
        if words.is_empty() { self.l.t("session-unknown-browser") } else { words }
    }

    fn means(&self, session: &session::Model) -> String {
        let (kind, provider) = session.means.split_once(':').unwrap_or((&session.means, ""));
        self.l.t1(&format!("means-{}", kind.replace('+', "-")), "name", self.provider(provider))
    }

    /// The provider's words for itself; its short name when it is no longer set up.
    fn provider(&self, id: &str) -> String {
        self.providers.iter().find(|provider| provider.id == id).map_or_else(|| id.to_owned(), |one| one.label.clone())
    }

    fn is_linked(&self, provider: &OidcProvider) -> bool {
        self.identities.iter().any(|identity| identity.provider == provider.id)
    }
}

/// `GET /desk/account`
pub async fn show(who: Signed, shell: Shell, State(app): State<App>) -> Result<Page<Account>> {
    Ok(Page(Account::of(&app, &who, shell, Vec::new()).await?))
}

/// The page again, with what is wrong beside the fields.
async fn again(app: &App, who: &Who, shell: Shell, obstacles: Vec<(&'static str, Obstacle)>) -> Result<Response> {
    Ok(Page(Account::of(app, who, shell, obstacles).await?).status(StatusCode::UNPROCESSABLE_ENTITY))
}

#[derive(Deserialize)]
pub struct Own {
    name: String,
    #[serde(default)]
    title: String,
    version: i32,
}

/// `POST /desk/account`: the person's own name and post.
pub async fn edit(who: Signed, shell: Shell, State(app): State<App>, Form(own): Form<Own>) -> Result<Response> {
    let person = Person::find(&app.db, who.person).await?;
    let details = Details { name: own.name, title: own.title, ..person.details() };
    let obstacles = details.obstacles();
    if !obstacles.is_empty() {
        return again(&app, &who, shell, obstacles).await;
    }
    person.edit(&app, details, own.version, &By::from(&*who)).await?;
    Ok(Said::to(PATH, "account-saved").into_response())
}
