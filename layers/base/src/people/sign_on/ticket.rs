//! The way there and back: what is sent to the provider, and what is made of its answer.

use axum::http::HeaderMap;
use openidconnect::core::{CoreAuthenticationFlow, CoreGenderClaim, CoreJwsSigningAlgorithm};
use openidconnect::{
    AccessToken, AuthorizationCode, CsrfToken, IdToken, Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier,
    RequestTokenError, Scope, TokenResponse, UserInfoClaims,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::Failure;
use super::provider::{OtherClaims, OurClient, client, discover};
use crate::base::config::OidcProvider;
use crate::base::{App, outgoing};
use crate::people::ceremony::{Ceremony, Kind};
use crate::people::session::hash;
use crate::web::Result;

/// Signatures that only the provider can make. Never `none`, and never one made with the secret we share.
const SIGNATURES: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// What we remember of a person who is at the provider.
#[derive(Serialize, Deserialize)]
pub struct Ticket {
    provider: String,
    state: String,
    nonce: String,
    verifier: String,
    pub then: String,
}

/// What the provider sends the browser back with (RFC 6749, section 4.1.2; RFC 9207).
#[derive(Debug, Default, Deserialize)]
pub struct Returned {
    #[serde(default)]
    pub code: String,
    #[serde(default)]
    pub state: String,
    #[serde(default)]
    pub error: String,
    pub iss: Option<String>,
}

/// Sends a person to the provider: the address to go to, and the cookie line that binds the way back to the browser.
/// With `linking`, that person's account is to be linked and nobody signed in.
///
/// # Errors
/// The database failed; that of the provider is the inner error.
pub async fn set_out(
    app: &App,
    provider: &OidcProvider,
    linking: Option<Uuid>,
    then: &str,
) -> Result<Result<(String, String), Failure>> {
    let client = match discover(provider, false).await.and_then(|said| client(app, provider, said)) {
        Ok(client) => client,
        Err(failure) => return Ok(Err(failure)),
    };
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let mut request = client
        .authorize_url(CoreAuthenticationFlow::AuthorizationCode, CsrfToken::new_random, Nonce::new_random)
        .set_pkce_challenge(challenge);
    for scope in &provider.scopes {
        request = request.add_scope(Scope::new(scope.clone()));
    }
    let (url, state, nonce) = request.url();
    let ticket = Ticket {
        provider: provider.id.clone(),
        state: state.into_secret(),
        nonce: nonce.secret().clone(),
        verifier: verifier.into_secret(),
        then: then.to_owned(),
    };
    let cookie = Ceremony::begin(app, Kind::SignOn, linking, &ticket).await?;
    Ok(Ok((url.into(), cookie)))
}

/// Who came back, as the provider's claims say; the ticket, and who is to be linked, if anyone.
pub struct Arrival {
    pub ticket: Ticket,
    pub linking: Option<Uuid>,
    pub claims: Value,
}

/// Takes the browser back: the ticket serves once, whatever comes of it.
///
/// # Errors
/// The database failed; what is wrong with the answer is the inner error.
pub async fn come_back(
    app: &App,
    provider: &OidcProvider,
    headers: &HeaderMap,
    returned: &Returned,
) -> Result<Result<Arrival, Failure>> {
    let Some(ceremony) = Ceremony::take(app, Kind::SignOn, headers).await? else { return Ok(Err(Failure::State)) };
    let ticket: Ticket = ceremony.state()?;
    // Compared as hashes: the time it takes tells nothing about the state.
    if ticket.provider != provider.id || hash(&ticket.state) != hash(&returned.state) {
        return Ok(Err(Failure::State));
    }
    if returned.iss.as_ref().is_some_and(|issuer| *issuer != provider.issuer) {
        return Ok(Err(Failure::Issuer));
    }
    if !returned.error.is_empty() {
        let code = returned.error.chars().filter(|letter| letter.is_ascii_lowercase() || *letter == '_').take(40).collect();
        return Ok(Err(Failure::Denied(code)));
    }
    let claims = redeem(app, provider, &ticket, &returned.code).await;
    Ok(claims.map(|claims| Arrival { ticket, linking: ceremony.person, claims }))
}

async fn redeem(app: &App, provider: &OidcProvider, ticket: &Ticket, code: &str) -> Result<Value, Failure> {
    let client = client(app, provider, discover(provider, false).await?)?;
    let request = client.exchange_code(AuthorizationCode::new(code.to_owned())).map_err(|_| Failure::Discovery)?;
    let request = request.set_pkce_verifier(PkceCodeVerifier::new(ticket.verifier.clone()));
    let answer = request.request_async(&outgoing::send).await.map_err(|error| {
        tracing::warn!(error = %format!("{:#}", anyhow::anyhow!("{error:?}")), provider = %provider.id, "the code was not taken");
        match error {
            RequestTokenError::Request(_) => Failure::Down,
            _ => Failure::Code,
        }
    })?;
    let token = answer.id_token().ok_or(Failure::NoToken)?;
    let claims = match checked(app, &client, token, ticket) {
        // The provider may have begun to sign with a new key: ask it once more.
        Err(Failure::Signature) => checked(app, &self::client(app, provider, discover(provider, true).await?)?, token, ticket)?,
        outcome => outcome?,
    };
    if claims.get(&provider.match_claim).is_some() {
        return Ok(claims);
    }
    Ok(told(&client, answer.access_token().clone(), claims).await)
}

type Token =
    IdToken<OtherClaims, CoreGenderClaim, openidconnect::core::CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm>;

fn checked(app: &App, client: &OurClient, token: &Token, ticket: &Ticket) -> Result<Value, Failure> {
    let clock = app.clock.clone();
    let verifier = client.id_token_verifier().set_allowed_algs(SIGNATURES).set_time_fn(move || clock.now());
    let claims = token.claims(&verifier, &Nonce::new(ticket.nonce.clone()))?;
    serde_json::to_value(claims).map_err(|_| Failure::NoToken)
}

/// Adds what the user-info address says, where there is one and it speaks of the same person.
async fn told(client: &OurClient, access: AccessToken, mut claims: Value) -> Value {
    let subject = claims.get("sub").and_then(Value::as_str).map(|sub| openidconnect::SubjectIdentifier::new(sub.to_owned()));
    let Ok(request) = client.user_info(access, subject) else { return claims };
    let told: Result<UserInfoClaims<OtherClaims, CoreGenderClaim>, _> = request.request_async(&outgoing::send).await;
    match told.map(serde_json::to_value) {
        Ok(Ok(Value::Object(more))) => {
            if let Value::Object(known) = &mut claims {
                for (name, value) in more {
                    known.entry(name).or_insert(value);
                }
            }
        }
        Ok(_) => {}
        Err(error) => tracing::warn!(error = %format!("{:#}", anyhow::anyhow!("{error:?}")), "user info was not told"),
    }
    claims
}
