//! Tokens of the API: who has which, making one, ending one.

use std::collections::HashMap;

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use crate::base::{App, Role, Who, new_id, time};
use crate::people::agency::brief::Known;
use crate::people::person;
use crate::people::token::Token;
use crate::people::token::making::{DAYS, Wanted};
use crate::web::api::Scope;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Page, Path, Result, Said, Shell};

pub const PATH: &str = "/desk/api-tokens";

/// A token as a row.
pub struct Row {
    pub id: Uuid,
    pub label: String,
    pub hint: String,
    pub person: String,
    pub reach: String,
    pub scopes: Vec<String>,
    pub until: String,
    pub used: String,
    pub holds: bool,
    /// Why it holds no more.
    pub ended: String,
}

#[derive(Template)]
#[template(path = "people/staff/tokens.html")]
pub struct Tokens {
    l: Locale,
    shell: Shell,
    rows: Vec<Row>,
    given: Wanted,
    /// Whether this person makes tokens.
    makes: bool,
    /// Whether tokens for the whole province are theirs to make.
    over_all: bool,
    errors: Mistakes,
    /// What was just made: shown once.
    secret: String,
}

impl Tokens {
    async fn of(app: &App, who: &Who, shell: Shell, given: Wanted) -> Result<Self> {
        let l = shell.l;
        let (now, tokens) = (app.clock.now(), Token::all_for(&app.db, who).await?);
        let names = person::names(&app.db, &tokens.iter().map(|token| token.person).collect::<Vec<_>>()).await?;
        let agencies = Known::now(app).await?;
        let mut rows: Vec<Row> = tokens.into_iter().map(|token| row(l, token, now, &names, &agencies)).collect();
        rows.sort_by_key(|row| !row.holds);
        Ok(Self {
            rows,
            given,
            makes: who.is_any(super::people::Administrator::ROLES),
            over_all: who.is(Role::SystemAdministrator),
            errors: Mistakes::default(),
            secret: String::new(),
            l,
            shell,
        })
    }

    fn scopes(&self) -> [Scope; Scope::ALL.len()] {
        Scope::ALL
    }

    fn is_chosen(&self, scope: &Scope) -> bool {
        self.given.scopes.contains(scope)
    }

    fn days(&self) -> [i64; 3] {
        DAYS
    }

    /// A call that tries the token.
    fn sample(&self) -> String {
        format!("curl -H \"Authorization: Bearer {}\" {}/api/v1/token", self.secret, self.shell.origin)
    }
}

fn row(l: Locale, token: Token, now: chrono::DateTime<chrono::Utc>, names: &HashMap<Uuid, String>, agencies: &Known) -> Row {
    let holds = token.holds(now);
    let ended = match token.revoked_at {
        Some(at) => l.t1("token-revoked-on", "day", time::day(time::local_date(at))),
        None if !holds => l.t1("token-expired-on", "day", time::day(time::local_date(token.expires_at))),
        None => String::new(),
    };
    Row {
        reach: match token.agency {
            None => l.t("token-reach-province"),
            Some(id) => agencies.get(&id).map(|agency| agency.short_name.clone()).unwrap_or_default(),
        },
        scopes: token.scopes().iter().map(|scope| l.t(&scope.key())).collect(),
        person: names.get(&token.person).cloned().unwrap_or_default(),
        until: time::day(time::local_date(token.expires_at)),
        used: token.last_used_at.map_or_else(|| l.t("token-never-used"), time::minute),
        id: token.id,
        label: token.label,
        hint: token.hint,
        holds,
        ended,
    }
}

/// `GET /desk/api-tokens`
pub async fn show(who: Signed, shell: Shell, State(app): State<App>) -> Result<Page<Tokens>> {
    let fresh = Wanted { id: new_id(), days: DAYS[1], scopes: vec![Scope::DutiesRead], ..Wanted::default() };
    Ok(Page(Tokens::of(&app, &who, shell, fresh).await?))
}

/// `POST /desk/api-tokens`: makes one and shows its secret, once.
pub async fn make(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let wanted = wanted(&fields)?;
    match Token::make(&app, &who, wanted.clone()).await {
        Ok(secret) => {
            let fresh = Wanted { id: new_id(), days: DAYS[1], ..Wanted::default() };
            let mut page = Tokens::of(&app, &who, shell, fresh).await?;
            page.secret = secret;
            Ok(Page(page).into_response())
        }
        Err(Error::Refused(obstacles)) if obstacles.iter().all(|one| !one.field.is_empty()) => {
            let mut page = Tokens::of(&app, &who, shell, wanted).await?;
            page.errors = Mistakes::told(&obstacles, page.l);
            Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}

fn wanted(fields: &[(String, String)]) -> Result<Wanted> {
    let one = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str()).unwrap_or_default();
    let scopes = fields.iter().filter(|(name, _)| name == "scopes").filter_map(|(_, value)| Scope::of_code(value));
    Ok(Wanted {
        id: one("id").parse().map_err(|_| Error::bad("failure-bad-request"))?,
        label: one("label").replace('\0', ""),
        email: one("email").replace('\0', ""),
        over_all: one("reach") == "province",
        scopes: Scope::ALL.into_iter().filter(|scope| scopes.clone().any(|chosen| chosen == *scope)).collect(),
        days: one("days").parse().unwrap_or_default(),
    })
}

/// `POST /desk/api-tokens/{id}/revocation`
pub async fn revoke(who: Signed, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Said> {
    Token::revoke(&app, &who, id).await?;
    Ok(Said::to(PATH, "token-revoked"))
}
