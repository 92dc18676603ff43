//! The line to a platform, as this crate needs it: one request, one answer, and what is known when there is none.

use bytes::Bytes;

/// What is sent.
pub type Request = http::Request<Bytes>;
/// What comes back, read whole (whoever opens the line bounds its size).
pub type Response = http::Response<Bytes>;

/// Why there is no answer. The difference decides whether something may have been published.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    /// Nothing of the request can have arrived: no address, no connection, no TLS, a forbidden target.
    #[error("not sent: {0}")]
    NotSent(String),
    /// The request left, wholly or in part, and its answer is not known.
    #[error("cut off: {0}")]
    Cut(String),
}

/// Sends requests. One call is one attempt: an implementation follows no redirect and tries nothing twice.
pub trait Line: Send + Sync {
    /// # Errors
    /// [`LineError`].
    fn exchange(&self, request: Request) -> impl Future<Output = Result<Response, LineError>> + Send;
}
