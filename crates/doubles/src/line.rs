//! One connection, one request, without TLS: for webhooks that the doubles send, and for tests that speak to the doubles.

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Nobody took the connection.
    NotSent(String),
    /// It broke off.
    Cut(String),
}

/// Sends a request to where its address says, once, and reads the whole answer.
///
/// # Errors
/// [`Failure`].
pub async fn exchange(request: Request<Bytes>) -> Result<Response<Bytes>, Failure> {
    let unsent = |error: &dyn std::fmt::Display| Failure::NotSent(error.to_string());
    let cut = |error: hyper::Error| Failure::Cut(error.to_string());
    let authority = request.uri().authority().map(ToString::to_string).ok_or_else(|| unsent(&"no host in the address"))?;
    let socket = TcpStream::connect(&authority).await.map_err(|error| unsent(&error))?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(socket)).await.map_err(|error| unsent(&error))?;
    let pumping = tokio::spawn(connection);
    let (mut parts, body) = request.into_parts();
    parts.uri = parts.uri.path_and_query().map_or("/", |path| path.as_str()).parse().map_err(|error| unsent(&error))?;
    parts.headers.insert("host", authority.parse().map_err(|error| unsent(&error))?);
    let answer = sender.send_request(Request::from_parts(parts, Full::new(body))).await.map_err(cut)?;
    let (parts, body) = answer.into_parts();
    let body = body.collect().await.map_err(cut)?.to_bytes();
    pumping.abort();
    Ok(Response::from_parts(parts, body))
}
