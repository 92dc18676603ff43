//! Signing in at a provider of the province or the state (OpenID Connect Core 1.0, code flow with PKCE): VNeID, the
//! provincial sign-on. What can fail has a name, and each name a page that says what to do.
//!
//! Out to the provider go discovery and its keys, the exchange of the code, and user info where the ID token lacks
//! the claim: each at most 10 s and 1 MB, see [`crate::base::outgoing`].

pub mod matching;
pub mod provider;
pub mod ticket;

use openidconnect::{ClaimsVerificationError, SignatureVerificationError};

/// Why a sign-on did not come to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The provider does not answer, or not in time.
    Down,
    /// What the provider says of itself is not what is set up here: wrong issuer, no token address, no HTTPS.
    Discovery,
    /// The answer belongs to no sign-on that this browser began, or comes too late.
    State,
    /// The person, or the provider, refused; with the provider's code.
    Denied(String),
    /// The provider does not take the code: used before, too old, or a wrong client secret.
    Code,
    /// The answer has no ID token.
    NoToken,
    /// The ID token is not signed, or not by the provider's keys.
    Signature,
    /// The ID token comes from another provider.
    Issuer,
    /// The ID token is meant for another site.
    Audience,
    /// The ID token belongs to another sign-on.
    Nonce,
    /// The ID token is too old.
    Expired,
    /// The claim that is matched with accounts is missing.
    Claim(String),
    /// The provider has not verified the e-mail.
    Unverified(String),
    /// Nobody here is known by that.
    Unknown(String),
    /// The account is disabled.
    Disabled,
}

impl Failure {
    /// The name in the ledger and in Fluent keys.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Down => "down",
            Self::Discovery => "discovery",
            Self::State => "state",
            Self::Denied(_) => "denied",
            Self::Code => "code",
            Self::NoToken => "no-token",
            Self::Signature => "signature",
            Self::Issuer => "issuer",
            Self::Audience => "audience",
            Self::Nonce => "nonce",
            Self::Expired => "expired",
            Self::Claim(_) => "claim",
            Self::Unverified(_) => "unverified",
            Self::Unknown(_) => "unknown",
            Self::Disabled => "disabled",
        }
    }

    /// What the failure is about: a claim, an e-mail, the provider's word.
    #[must_use]
    pub fn what(&self) -> &str {
        match self {
            Self::Denied(what) | Self::Claim(what) | Self::Unverified(what) | Self::Unknown(what) => what,
            _ => "",
        }
    }

    /// Whether the provider, not the person, has to mend it.
    #[must_use]
    pub const fn is_of_provider(&self) -> bool {
        !matches!(self, Self::State | Self::Denied(_) | Self::Unverified(_) | Self::Unknown(_) | Self::Disabled)
    }
}

impl From<ClaimsVerificationError> for Failure {
    fn from(error: ClaimsVerificationError) -> Self {
        tracing::warn!(%error, "an ID token does not hold");
        match error {
            ClaimsVerificationError::Expired(_) => Self::Expired,
            ClaimsVerificationError::InvalidAudience(_) => Self::Audience,
            ClaimsVerificationError::InvalidIssuer(_) => Self::Issuer,
            ClaimsVerificationError::InvalidNonce(_) => Self::Nonce,
            ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoSignature) => Self::Signature,
            ClaimsVerificationError::SignatureVerification(_) | ClaimsVerificationError::Unsupported(_) => Self::Signature,
            _ => Self::NoToken,
        }
    }
}
