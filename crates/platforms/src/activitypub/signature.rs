//! Signatures of requests in the form of draft-cavage-http-signatures-12, which Mastodon speaks, and believing them. What comes
//! with `Signature-Input` is signed in the way of RFC 9421 and believed by that.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, NaiveDateTime};
use http::{HeaderMap, HeaderValue, Method, header};

use super::key::{BadKey, Key, is_signed};
use super::{digest, message_signature};
use crate::Request;

/// How far a call's date may be from our clock, in either direction: what is older may be a replay.
pub(super) const WINDOW_S: i64 = 3_600;
/// A `Signature` header longer than this is not read.
const HEADER_BYTES_MAX: usize = 8_192;

/// A call as it came in, its body read whole.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    pub method: &'a Method,
    /// The name of the own host, as the outside world calls it.
    pub host: &'a str,
    /// With the query, if there is one.
    pub path: &'a str,
    pub headers: &'a HeaderMap,
    pub body: &'a [u8],
}

/// Why a call is not believed. Answered with 401.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unbelieved {
    #[error("no signature")]
    Unsigned,
    #[error("a signature that can not be read: {0}")]
    Form(&'static str),
    #[error("the signature does not cover {0}")]
    Uncovered(&'static str),
    #[error("not within an hour of our clock")]
    Time,
    #[error("the digest is another body's")]
    Digest,
    #[error("{0}")]
    Key(#[from] BadKey),
    #[error("signed by somebody else")]
    Signature,
}

/// Signs `(request-target)`, `host`, `date` and, when there is a body, `digest` and `content-type`; adds these headers.
///
/// # Errors
/// The key can not sign, or the address has no host.
pub fn sign(key: &Key, key_id: &str, request: &mut Request, now_s: i64) -> Result<(), BadKey> {
    let unfit = |what: &str| BadKey(what.to_owned());
    let host = request.uri().authority().map(ToString::to_string).ok_or_else(|| unfit("no host to sign for"))?;
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let method = request.method().as_str().to_lowercase();
    let date = DateTime::from_timestamp(now_s, 0).map(|time| time.format("%a, %d %b %Y %H:%M:%S GMT").to_string());
    let date = date.ok_or_else(|| unfit("no such time"))?;
    let mut names = vec!["(request-target)", "host", "date"];
    let mut lines = vec![format!("(request-target): {method} {path}"), format!("host: {host}"), format!("date: {date}")];
    let mut added = vec![(header::HOST, host), (header::DATE, date)];
    if !request.body().is_empty() {
        let digest = digest::header(request.body());
        names.push("digest");
        lines.push(format!("digest: {digest}"));
        added.push((header::HeaderName::from_static("digest"), digest));
        if let Some(kind) = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()) {
            names.push("content-type");
            lines.push(format!("content-type: {kind}"));
        }
    }
    let signature = key.sign(&lines.join("\n"))?;
    let names = names.join(" ");
    let written = format!("keyId=\"{key_id}\",algorithm=\"rsa-sha256\",headers=\"{names}\",signature=\"{signature}\"");
    added.push((header::HeaderName::from_static("signature"), written));
    for (name, value) in added {
        request.headers_mut().insert(name, HeaderValue::try_from(value).map_err(|_| unfit("no header"))?);
    }
    Ok(())
}

/// Whose key is said to have signed a call: the address at which the actor that shows it is fetched.
///
/// # Errors
/// [`Unbelieved::Unsigned`], [`Unbelieved::Form`].
pub fn key_id(headers: &HeaderMap) -> Result<String, Unbelieved> {
    if headers.contains_key("signature-input") {
        return message_signature::key_id(headers);
    }
    Written::read(headers).map(|written| written.key_id.to_owned())
}

/// Whether a call was signed by the owner of this key for this host and path, within an hour of our clock, and has the body that
/// was signed.
///
/// # Errors
/// [`Unbelieved`].
pub fn believe(call: &Call<'_>, public_pem: &str, now_s: i64) -> Result<(), Unbelieved> {
    if call.headers.contains_key("signature-input") {
        return message_signature::believe(call, public_pem, now_s);
    }
    let written = Written::read(call.headers)?;
    written.covers(call)?;
    written.is_timely(call.headers, now_s)?;
    if !call.body.is_empty() && !digest::is_of(text(call.headers, "digest"), call.body) {
        return Err(Unbelieved::Digest);
    }
    let signature = STANDARD.decode(written.signature).map_err(|_| Unbelieved::Form("signature"))?;
    if is_signed(public_pem, &written.signed(call)?, &signature)? { Ok(()) } else { Err(Unbelieved::Signature) }
}

/// The parts of a `Signature` header.
struct Written<'a> {
    key_id: &'a str,
    signature: &'a str,
    headers: Vec<&'a str>,
    created: Option<i64>,
    expires: Option<i64>,
}

impl<'a> Written<'a> {
    fn read(headers: &'a HeaderMap) -> Result<Self, Unbelieved> {
        let value = headers.get("signature").ok_or(Unbelieved::Unsigned)?;
        let value = value.to_str().ok().filter(|value| value.len() <= HEADER_BYTES_MAX).ok_or(Unbelieved::Form("header"))?;
        // Base64 has no comma, names have none, and addresses of keys with one are not seen.
        let part = |name: &str| {
            let parts = value.split(',').filter_map(|part| part.trim().split_once('='));
            parts.filter(|(is, _)| *is == name).map(|(_, value)| value.trim_matches('"')).next()
        };
        if part("algorithm").is_some_and(|algorithm| !matches!(algorithm, "rsa-sha256" | "hs2019")) {
            return Err(Unbelieved::Form("algorithm"));
        }
        Ok(Self {
            key_id: part("keyId").filter(|id| !id.is_empty()).ok_or(Unbelieved::Form("keyId"))?,
            signature: part("signature").ok_or(Unbelieved::Form("signature"))?,
            headers: part("headers").unwrap_or("date").split_ascii_whitespace().collect(),
            created: part("created").and_then(|time| time.parse().ok()),
            expires: part("expires").and_then(|time| time.parse().ok()),
        })
    }

    /// Without these a signature of another call would do: target and host, a time, and the digest of a body.
    fn covers(&self, call: &Call<'_>) -> Result<(), Unbelieved> {
        let has = |name: &str| self.headers.iter().any(|covered| covered.eq_ignore_ascii_case(name));
        for name in ["(request-target)", "host"] {
            if !has(name) {
                return Err(Unbelieved::Uncovered(name));
            }
        }
        if !has("date") && !has("(created)") {
            return Err(Unbelieved::Uncovered("date"));
        }
        if !call.body.is_empty() && !has("digest") {
            return Err(Unbelieved::Uncovered("digest"));
        }
        Ok(())
    }

    fn is_timely(&self, headers: &HeaderMap, now_s: i64) -> Result<(), Unbelieved> {
        let covers = |name: &str| self.headers.iter().any(|covered| covered.eq_ignore_ascii_case(name));
        let made = if covers("(created)") { self.created } else { moment(text(headers, "date")) };
        let is_near = made.is_some_and(|made| made.abs_diff(now_s) <= WINDOW_S.unsigned_abs());
        let is_over = covers("(expires)") && self.expires.is_none_or(|expires| expires < now_s);
        if is_near && !is_over { Ok(()) } else { Err(Unbelieved::Time) }
    }

    /// The text that was signed: a line for each of the names, in their order.
    fn signed(&self, call: &Call<'_>) -> Result<String, Unbelieved> {
        let line = |name: &&str| {
            let name = name.to_lowercase();
            let value = match name.as_str() {
                "(request-target)" => format!("{} {}", call.method.as_str().to_lowercase(), call.path),
                "(created)" => self.created.ok_or(Unbelieved::Form("created"))?.to_string(),
                "(expires)" => self.expires.ok_or(Unbelieved::Form("expires"))?.to_string(),
                "host" => call.host.to_owned(),
                other => joined(call.headers, other).ok_or(Unbelieved::Form("a header that is not there"))?,
            };
            Ok(format!("{name}: {value}"))
        };
        Ok(self.headers.iter().map(line).collect::<Result<Vec<_>, Unbelieved>>()?.join("\n"))
    }
}

/// All values of a header, a comma between them; `None` when it is not there or no text.
pub(super) fn joined(headers: &HeaderMap, name: &str) -> Option<String> {
    let values: Option<Vec<&str>> = headers.get_all(name).iter().map(|value| value.to_str().ok().map(str::trim)).collect();
    values.filter(|values| !values.is_empty()).map(|values| values.join(", "))
}

pub(super) fn text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// A date of HTTP (RFC 9110, 5.6.7) in seconds since 1970.
fn moment(date: &str) -> Option<i64> {
    NaiveDateTime::parse_from_str(date, "%a, %d %b %Y %H:%M:%S GMT").ok().map(|time| time.and_utc().timestamp())
}
