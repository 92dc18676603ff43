//! What every interface over HTTP shares: requests out of values, and the few things that all answers say alike.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode, header};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use crate::{Copy, LineError, Outcome, Refusal, Request, Response, Stopped, Why};

/// The words of a platform that are kept, in bytes.
const SAYS_BYTES_MAX: usize = 500;
/// Longer waits than a week are no answer but a fault of the platform's.
const WAIT_S_MAX: u64 = 7 * 86_400;
/// What stays as it is in a form and in a query (the unreserved characters of RFC 3986).
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// `a=b&c=d`, every other byte than the unreserved ones as `%XX`: for queries and for `application/x-www-form-urlencoded`.
pub(crate) fn form(pairs: &[(&str, &str)]) -> String {
    let encoded = |text: &str| utf8_percent_encode(text, UNRESERVED).to_string();
    pairs.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect::<Vec<_>>().join("&")
}

/// A request that may be impossible: an address out of settings is no address.
pub(crate) fn request(
    method: Method,
    address: &str,
    headers: &[(&str, &str)],
    body: impl Into<Bytes>,
) -> Result<Request, Refusal> {
    let mut building = http::Request::builder().method(method).uri(address);
    for (name, value) in headers {
        building = building.header(*name, *value);
    }
    building.body(body.into()).map_err(|error| refusal(Why::Protocol, &error.to_string()))
}

/// A call with a bearer token and a JSON body (none for `Null`).
pub(crate) fn call(method: Method, address: &str, token: &str, body: &Value) -> Result<Request, Refusal> {
    let bearer = format!("Bearer {token}");
    if body.is_null() {
        return request(method, address, &[("authorization", &bearer)], Bytes::new());
    }
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/json; charset=UTF-8")];
    request(method, address, &headers, body.to_string())
}

/// The body as JSON; `Null` when it is none.
pub(crate) fn json(answer: &Response) -> Value {
    serde_json::from_slice(answer.body()).unwrap_or(Value::Null)
}

/// `Retry-After` in seconds (RFC 9110, 10.2.3). Its form with a date is left alone: this crate knows no clock.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds: u64 = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds.min(WAIT_S_MAX)))
}

/// At most so many bytes of it as are kept, cut between letters. Without NUL, which no text of PostgreSQL holds: whoever answers with one
/// would keep us from writing down what they said.
pub(crate) fn cut(words: &str) -> String {
    let end = (0..=words.len().min(SAYS_BYTES_MAX)).rev().find(|at| words.is_char_boundary(*at)).unwrap_or(0);
    words[..end].replace('\0', "")
}

pub(crate) fn refusal(why: Why, says: &str) -> Refusal {
    Refusal { why, says: cut(says), again_after: None }
}

/// What an answer says when its body has no form that is known: the status and the beginning of the body.
pub(crate) fn says(answer: &Response) -> String {
    cut(&format!("{} {}", answer.status().as_u16(), String::from_utf8_lossy(answer.body())))
}

/// Why the status alone would refuse, for answers without a known code.
pub(crate) fn why_of(status: StatusCode) -> Why {
    match status.as_u16() {
        401 => Why::Token,
        403 => Why::Permission,
        404 | 410 => Why::Gone,
        413 | 415 => Why::Media,
        429 => Why::Rate,
        500..=599 => Why::Unavailable,
        _ => Why::Protocol,
    }
}

/// No answer before anything can have been published: it may simply be tried again.
pub(crate) fn unavailable(error: &LineError) -> Refusal {
    refusal(Why::Unavailable, &error.to_string())
}

/// No answer to a call that can not be taken back.
pub(crate) fn undecided(error: &LineError) -> Outcome {
    match error {
        LineError::NotSent(_) => Outcome::Refused(unavailable(error)),
        LineError::Cut(_) => Outcome::Unknown { says: cut(&error.to_string()) },
    }
}

/// The keeper of the journal said no: nothing was published.
pub(crate) fn stopped(stop: &Stopped) -> Outcome {
    Outcome::Refused(refusal(Why::Unavailable, &stop.to_string()))
}

pub(crate) fn confirmed(id: &str, address: Option<String>) -> Outcome {
    Outcome::Published(Copy { id: id.to_owned(), address })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_between_letters() {
        assert_eq!(cut(&"ệ".repeat(200)).len(), 498);
        assert_eq!(cut("ngắn"), "ngắn");
        assert_eq!(cut("a\0b"), "ab");
    }

    #[test]
    fn a_form_hides_what_would_end_a_pair() {
        assert_eq!(form(&[("a b", "1&2=3"), ("đ", "~")]), "a%20b=1%262%3D3&%C4%91=~");
    }

    #[test]
    fn a_wait_of_a_year_is_not_believed() {
        let mut headers = HeaderMap::new();
        headers.insert("retry-after", "31536000".parse().expect("a value"));
        assert_eq!(retry_after(&headers), Some(Duration::from_secs(WAIT_S_MAX)));
        headers.insert("retry-after", "Fri, 31 Dec 1999 23:59:59 GMT".parse().expect("a value"));
        assert_eq!(retry_after(&headers), None);
    }
}
