//! Permission in a handler's signature: each extractor lets in who holds one of its roles.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::Error;
use crate::base::{App, Who};

/// Makes an extractor that derefs to [`Who`]: nobody signed in → sign in first; none of the roles → 403.
/// An empty list lets in everyone who is signed in.
#[macro_export]
macro_rules! admits {
    ($(#[$doc:meta])* $name:ident: $($role:ident)*) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $name(pub $crate::base::Who);

        impl $name {
            /// Any of these lets in; the navigation asks too.
            pub const ROLES: &[$crate::base::Role] = &[$($crate::base::Role::$role),*];
        }

        impl std::ops::Deref for $name {
            type Target = $crate::base::Who;
            fn deref(&self) -> &$crate::base::Who {
                &self.0
            }
        }

        impl axum::extract::FromRequestParts<$crate::base::App> for $name {
            type Rejection = $crate::web::Error;
            async fn from_request_parts(
                parts: &mut axum::http::request::Parts,
                _: &$crate::base::App,
            ) -> Result<Self, $crate::web::Error> {
                $crate::web::who::admit(parts, Self::ROLES).map(Self)
            }
        }
    };
}

/// The person of this request, when they hold one of the roles.
///
/// # Errors
/// [`Error::SignInFirst`] or [`Error::Forbidden`].
pub fn admit(parts: &Parts, roles: &[crate::base::Role]) -> Result<Who, Error> {
    let who = parts.extensions.get::<Who>().ok_or(Error::SignInFirst)?;
    if roles.is_empty() || who.is_any(roles) { Ok(who.clone()) } else { Err(Error::Forbidden) }
}

admits! {
    /// Anyone who is signed in.
    Signed:
}

/// A visitor who may or may not be signed in.
pub struct Anyone(pub Option<Who>);

impl FromRequestParts<App> for Anyone {
    type Rejection = std::convert::Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Self::Rejection> {
        Ok(Self(parts.extensions.get::<Who>().cloned()))
    }
}
