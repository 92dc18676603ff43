//! The parts of an address. One that can not be read names nothing: 404, like any other address where nothing is.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use super::Error;
use crate::base::App;

/// As axum's own, which answers 400 to `/desk/plans/not-an-id` and tells the reader of UUIDs.
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<App> for Path<T> {
    type Rejection = Error;

    #[expect(clippy::disallowed_types, reason = "the one place that reads the parts of an address")]
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let read = axum::extract::Path::<T>::from_request_parts(parts, app).await;
        read.map(|path| Self(path.0)).map_err(|_| Error::NotFound)
    }
}
