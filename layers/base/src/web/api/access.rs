//! Who asks, by token. Permission is in a handler's signature here as on the desk: [`Holder`] of a scope.

use std::ops::Deref;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use uuid::Uuid;

use super::Scope;
use crate::base::{App, Who};
use crate::web::Error;

/// A token that holds now: the person it acts for, what it opens and how far it reaches.
#[derive(Clone, Debug)]
pub struct Access {
    pub who: Who,
    pub token: Uuid,
    pub label: String,
    /// The one agency whose slots and answers it sees; None for the whole province.
    pub reach: Option<Uuid>,
    pub scopes: Vec<Scope>,
    pub expires_at: chrono::DateTime<chrono::Utc>,
}

impl Access {
    #[must_use]
    pub fn has(&self, scope: Scope) -> bool {
        self.scopes.contains(&scope)
    }
}

/// Makes an extractor that derefs to [`Access`]: no token → 401, a token without the scope → 403.
macro_rules! holds {
    ($(#[$doc:meta])* $name:ident: $scope:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $name(pub Access);

        impl Deref for $name {
            type Target = Access;
            fn deref(&self) -> &Access {
                &self.0
            }
        }

        impl FromRequestParts<App> for $name {
            type Rejection = Error;
            async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Error> {
                let access = parts.extensions.get::<Access>().ok_or(Error::SignInFirst)?;
                if access.has(Scope::$scope) { Ok(Self(access.clone())) } else { Err(Error::LacksScope(Scope::$scope.code())) }
            }
        }
    };
}

holds! {
    /// Reads slots.
    DutiesReader: DutiesRead
}
holds! {
    /// Reads answers.
    AnswersReader: AnswersRead
}
holds! {
    /// Hands answers in.
    AnswersWriter: AnswersWrite
}
holds! {
    /// Hands over reports of letters that came back.
    BouncesWriter: BouncesWrite
}

holds! {
    /// Reads cases of retraction.
    RetractionsReader: RetractionsRead
}

holds! {
    /// Reads campaigns.
    CampaignsReader: CampaignsRead
}

holds! {
    /// Reads registers.
    RegistersReader: RegistersRead
}

holds! {
    /// Hands over letters that ask something.
    QuestionsWriter: QuestionsWrite
}

/// Whoever has a token at all.
pub struct Holder(pub Access);

impl FromRequestParts<App> for Holder {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Error> {
        parts.extensions.get::<Access>().cloned().map(Self).ok_or(Error::SignInFirst)
    }
}

/// Whoever asks for what is public; a token, if there is one, may show more.
pub struct Reader(pub Option<Access>);

impl Reader {
    /// The token, when it has that scope.
    #[must_use]
    pub fn with(&self, scope: Scope) -> Option<&Access> {
        self.0.as_ref().filter(|access| access.has(scope))
    }
}

impl FromRequestParts<App> for Reader {
    type Rejection = std::convert::Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Self::Rejection> {
        Ok(Self(parts.extensions.get::<Access>().cloned()))
    }
}
