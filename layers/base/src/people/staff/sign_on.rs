//! To a sign-on provider and back.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use uuid::Uuid;

use super::account;
use super::sign_in::{self, go};
use crate::base::config::OidcProvider;
use crate::base::{App, By, Fact};
use crate::people::Person;
use crate::people::identity::Identity;
use crate::people::session::Origin;
use crate::people::sign_on::ticket::{self, Returned};
use crate::people::sign_on::{Failure, matching, provider};
use crate::web::who::Anyone;
use crate::web::{Error, Locale, Page, Path, Result, Said, Shell};

#[derive(Template)]
#[template(path = "people/staff/sign_on_failed.html")]
struct Failed {
    l: Locale,
    shell: Shell,
    provider: String,
    failure: Failure,
}

impl Failed {
    fn words(&self, part: &str) -> String {
        let arguments = [("name", self.provider.clone()), ("what", self.failure.what().to_owned())];
        self.l.with(&format!("sign-on-{}-{part}", self.failure.code()), &arguments)
    }
}

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    then: String,
    /// Link the account of who is signed in, instead of signing in.
    #[serde(default)]
    link: String,
}

/// `GET /desk/sign-on/{provider}`: off to the provider.
pub async fn set_out(
    who: Anyone,
    shell: Shell,
    headers: HeaderMap,
    State(app): State<App>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let provider = provider::find(&app, &id).ok_or(Error::NotFound)?;
    let linking = match (asked.link.is_empty(), who.0) {
        (true, _) => None,
        (false, None) => return Err(Error::SignInFirst),
        (false, Some(who)) => {
            from_this_site(&headers)?;
            Some(who.person)
        }
    };
    match ticket::set_out(&app, provider, linking, sign_in::onward(&asked.then)).await? {
        Ok((address, cookie)) => go(&address, &cookie),
        Err(failure) => fail(&app, shell, provider, failure).await,
    }
}

/// Another site must not begin to link an account: the browser may be signed in at the provider as somebody else.
fn from_this_site(headers: &HeaderMap) -> Result<()> {
    let site = headers.get("sec-fetch-site").and_then(|value| value.to_str().ok());
    if site == Some("same-origin") { Ok(()) } else { Err(Error::bad("failure-cross-site")) }
}

/// `GET /desk/sign-on/{provider}/return`: back from the provider.
pub async fn come_back(
    who: Anyone,
    shell: Shell,
    origin: Origin,
    headers: HeaderMap,
    State(app): State<App>,
    Path(id): Path<String>,
    Query(returned): Query<Returned>,
) -> Result<Response> {
    let provider = provider::find(&app, &id).ok_or(Error::NotFound)?;
    let arrival = match ticket::come_back(&app, provider, &headers, &returned).await? {
        Ok(arrival) => arrival,
        Err(failure) => return fail(&app, shell, provider, failure).await,
    };
    if let Some(person) = arrival.linking {
        if who.0.is_none_or(|who| who.person != person) {
            return fail(&app, shell, provider, Failure::State).await;
        }
        let person = Person::find(&app.db, person).await?;
        Identity::link(&app, &person, &provider.id, &matching::subject(&arrival.claims)).await?;
        return Ok(Said::to(account::PATH, "sign-on-linked").into_response());
    }
    match matching::account(&app, provider, &arrival.claims).await? {
        Ok(person) => {
            let means = format!("oidc:{}", provider.id);
            sign_in::enter(&app, &person, &means, origin, &arrival.ticket.then).await
        }
        Err(failure) => fail(&app, shell, provider, failure).await,
    }
}

/// The page that says what happened and what to do; the auditor sees it too.
async fn fail(app: &App, shell: Shell, provider: &OidcProvider, failure: Failure) -> Result<Response> {
    let fact = Fact::SignInRefused { cause: format!("oidc:{}:{}", provider.id, failure.code()) };
    app.record(&app.db, Uuid::nil(), fact, &By::system()).await?;
    tracing::warn!(provider = %provider.id, failure = failure.code(), "a sign-on did not come to its end");
    metrics::counter!("lantoa_sign_on_failed_total", "cause" => failure.code()).increment(1);
    let status = if failure.is_of_provider() { StatusCode::BAD_GATEWAY } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(Page(Failed { l: shell.l, shell, provider: provider.label.clone(), failure }).status(status))
}
