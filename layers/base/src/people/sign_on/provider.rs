//! A provider as it describes itself (OpenID Connect Discovery 1.0), kept for a few minutes.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::{Duration, Instant};

use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreClientAuthMethod, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreRevocableToken, CoreRevocationErrorResponse,
    CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AdditionalClaims, AuthType, Client, ClientId, ClientSecret, DiscoveryError, EmptyExtraTokenFields, EndpointMaybeSet,
    EndpointNotSet, EndpointSet, IdTokenFields, IssuerUrl, ProviderMetadataWithLogout, RedirectUrl, StandardErrorResponse,
    StandardTokenResponse,
};
use serde::{Deserialize, Serialize};

use super::Failure;
use crate::base::config::OidcProvider;
use crate::base::{App, outgoing};
use crate::web::address;

const KEPT_S: u64 = 600;

/// Claims besides the standard ones: an employee number, an identifier of the state.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct OtherClaims {
    #[serde(flatten)]
    pub claims: HashMap<String, serde_json::Value>,
}

impl AdditionalClaims for OtherClaims {}

/// The ID token's part of the provider's answer.
pub type TokenFields = IdTokenFields<
    OtherClaims,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;

/// This installation as the provider's client.
pub type OurClient = Client<
    OtherClaims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    StandardTokenResponse<TokenFields, CoreTokenType>,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

type Kept = HashMap<String, (Instant, ProviderMetadataWithLogout)>;
static KEPT: LazyLock<Mutex<Kept>> = LazyLock::new(Mutex::default);

/// The provider set up under that id.
#[must_use]
pub fn find<'a>(app: &'a App, id: &str) -> Option<&'a OidcProvider> {
    app.config.oidc.iter().find(|provider| provider.id == id)
}

/// Where the provider sends people back to; it has to be registered there.
#[must_use]
pub fn return_address(app: &App, provider: &OidcProvider) -> String {
    format!("{}/desk/sign-on/{}/return", app.config.public_url(), address::encode(&provider.id))
}

/// What the provider says of itself; asked again when `fresh`, since its keys may have changed.
///
/// # Errors
/// [`Failure::Down`] or [`Failure::Discovery`].
pub async fn discover(provider: &OidcProvider, fresh: bool) -> Result<ProviderMetadataWithLogout, Failure> {
    if let Some(kept) = kept(provider).filter(|_| !fresh) {
        return Ok(kept);
    }
    let issuer = IssuerUrl::new(provider.issuer.clone()).map_err(|_| Failure::Discovery)?;
    let url = issuer.url();
    if url.scheme() != "https" && !matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]")) {
        tracing::error!(issuer = %provider.issuer, "a sign-on provider must be reached by HTTPS");
        return Err(Failure::Discovery);
    }
    let said = ProviderMetadataWithLogout::discover_async(issuer, &outgoing::send).await.map_err(|error| {
        tracing::error!(error = %format!("{:#}", anyhow::anyhow!("{error:?}")), provider = %provider.id, "discovery failed");
        match error {
            DiscoveryError::Request(_) => Failure::Down,
            DiscoveryError::Response(status, ..) if status.is_server_error() => Failure::Down,
            _ => Failure::Discovery,
        }
    })?;
    let mut all = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    all.insert(provider.issuer.clone(), (Instant::now(), said.clone()));
    Ok(said)
}

fn kept(provider: &OidcProvider) -> Option<ProviderMetadataWithLogout> {
    let all = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    let (at, said) = all.get(&provider.issuer)?;
    (at.elapsed() < Duration::from_secs(KEPT_S)).then(|| said.clone())
}

/// Ourselves as the provider's client.
///
/// # Errors
/// [`Failure::Discovery`] when our own public address can not be returned to.
pub fn client(app: &App, provider: &OidcProvider, said: ProviderMetadataWithLogout) -> Result<OurClient, Failure> {
    let secret = Some(provider.client_secret.clone()).filter(|secret| !secret.is_empty()).map(ClientSecret::new);
    let back = RedirectUrl::new(return_address(app, provider)).map_err(|_| Failure::Discovery)?;
    let takes = said.token_endpoint_auth_methods_supported();
    let in_body = takes.is_some_and(|takes| !takes.contains(&CoreClientAuthMethod::ClientSecretBasic));
    let client = OurClient::from_provider_metadata(said, ClientId::new(provider.client_id.clone()), secret);
    let client = if in_body { client.set_auth_type(AuthType::RequestBody) } else { client };
    Ok(client.set_redirect_uri(back))
}

/// Where a person ends the session at the provider too (RP-Initiated Logout 1.0); None when it offers none, or was
/// not asked lately.
#[must_use]
pub fn way_out(app: &App, provider: &OidcProvider) -> Option<String> {
    let end = kept(provider)?.additional_metadata().end_session_endpoint.clone()?;
    let mut url = end.url().clone();
    url.query_pairs_mut()
        .append_pair("client_id", &provider.client_id)
        .append_pair("post_logout_redirect_uri", &format!("{}/desk/sign-in", app.config.public_url()));
    Some(url.into())
}
