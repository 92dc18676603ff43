//! Calls that leave the process by HTTP. Each ends within ten seconds, takes a megabyte at most, follows no
//! redirect (an answer must not lead us to an address nobody chose), and fails by one of these names. Where the address comes
//! from a form, [`tell`] lets nobody reach by us what only we can reach.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use axum::http::{Request, StatusCode};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::Policy;
use thiserror::Error;

const CONNECT_TIMEOUT_S: u64 = 5;
const TIMEOUT_S: u64 = 10;
/// Of a call that may carry a film.
const EXCHANGE_S: u64 = 60;
const ANSWER_BYTES_MAX: usize = 1024 * 1024;

/// Why a call brought nothing home.
#[derive(Debug, Error)]
pub enum Unanswered {
    #[error("no answer within {TIMEOUT_S} s")]
    TimedOut,
    #[error("the answer is larger than {ANSWER_BYTES_MAX} bytes")]
    TooLarge,
    #[error("not reached: {0}")]
    NotReached(String),
    #[error("the address leads into a private network")]
    Private,
}

impl From<reqwest::Error> for Unanswered {
    fn from(error: reqwest::Error) -> Self {
        if error.is_timeout() {
            return Self::TimedOut;
        }
        let error = anyhow::Error::from(error.without_url());
        if error.chain().any(|cause| cause.is::<LeadsInside>()) { Self::Private } else { Self::NotReached(error.to_string()) }
    }
}

static CLIENT: LazyLock<Result<reqwest::Client, String>> = LazyLock::new(|| limited().build().map_err(|error| error.to_string()));

/// Opens lines to public addresses only. No proxy: it would resolve names behind our back.
static PUBLIC: LazyLock<Result<reqwest::Client, String>> = LazyLock::new(|| {
    let built = limited().no_proxy().dns_resolver(Arc::new(PublicOnly)).build();
    built.map_err(|error| error.to_string())
});

fn limited() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .connect_timeout(Duration::from_secs(CONNECT_TIMEOUT_S))
        .timeout(Duration::from_secs(TIMEOUT_S))
        .redirect(Policy::none())
        .user_agent(concat!("lantoa/", env!("CARGO_PKG_VERSION")))
}

/// Sends a request and reads the whole answer.
///
/// # Errors
/// [`Unanswered`]; an answer with any status is an answer.
pub async fn send(request: axum::http::Request<Vec<u8>>) -> Result<axum::http::Response<Vec<u8>>, Unanswered> {
    let client = CLIENT.as_ref().map_err(|error| Unanswered::NotReached(error.clone()))?;
    let mut answer = client.execute(request.try_into()?).await?;
    let mut response = axum::http::Response::new(Vec::new());
    *response.status_mut() = answer.status();
    *response.headers_mut() = std::mem::take(answer.headers_mut());
    while let Some(chunk) = answer.chunk().await? {
        if response.body().len() + chunk.len() > ANSWER_BYTES_MAX {
            return Err(Unanswered::TooLarge);
        }
        response.body_mut().extend_from_slice(&chunk);
    }
    Ok(response)
}

/// Sends a request to an address that somebody typed, and reads of the answer the status only. Private networks are refused when
/// the line is opened, whatever the name meant when it was typed, unless `private` allows them.
///
/// # Errors
/// [`Unanswered`]; an answer with any status is an answer.
pub async fn tell(request: Request<Vec<u8>>, private: bool) -> Result<StatusCode, Unanswered> {
    let request: reqwest::Request = request.try_into()?;
    // A bare number in the address is not resolved, so it is looked at here, in the form in which it is called (`127.1`, `0x7f000001`).
    if !private && request.url().host_str().is_none_or(is_private_host) {
        return Err(Unanswered::Private);
    }
    let client = if private { &*CLIENT } else { &*PUBLIC };
    let client = client.as_ref().map_err(|error| Unanswered::NotReached(error.clone()))?;
    Ok(client.execute(request).await?.status())
}

/// Why a call brought no answer, where the difference decides whether something may have happened over there.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Broken {
    /// No line was opened: nothing of the request arrived anywhere.
    #[error("not sent: {0}")]
    NotSent(String),
    /// The line was open: the request may have arrived.
    #[error("cut off: {0}")]
    Cut(String),
}

/// Each call opens its own line: on one that was kept, whether the other side had closed it before or after it read the request
/// can not be told apart. Nothing is tried again behind our back.
fn alone() -> reqwest::ClientBuilder {
    limited().timeout(Duration::from_secs(EXCHANGE_S)).pool_max_idle_per_host(0).retry(reqwest::retry::never())
}

static ALONE: LazyLock<Result<reqwest::Client, String>> =
    LazyLock::new(|| alone().no_proxy().build().map_err(|error| error.to_string()));

static ALONE_PUBLIC: LazyLock<Result<reqwest::Client, String>> = LazyLock::new(|| {
    let built = alone().no_proxy().dns_resolver(Arc::new(PublicOnly)).build();
    built.map_err(|error| error.to_string())
});

/// Sends a request and reads the whole answer, where it matters whether the request may have arrived. Private networks are refused
/// as in [`tell`]. Files go out by it, so it may last longer.
///
/// # Errors
/// [`Broken`]; an answer with any status is an answer. One that is too large or breaks off is cut: the request has arrived.
pub async fn exchange(request: Request<Vec<u8>>, private: bool) -> Result<axum::http::Response<Vec<u8>>, Broken> {
    fetch_large(request, private, ANSWER_BYTES_MAX).await
}

/// The same with an answer of that size: a sound, a film.
///
/// # Errors
/// [`Broken`].
pub async fn fetch_large(
    request: Request<Vec<u8>>,
    private: bool,
    bytes_max: usize,
) -> Result<axum::http::Response<Vec<u8>>, Broken> {
    let not_sent = |why: String| Broken::NotSent(why);
    let request: reqwest::Request = request.try_into().map_err(|error: reqwest::Error| not_sent(words(error)))?;
    if !private && request.url().host_str().is_none_or(is_private_host) {
        return Err(not_sent(Unanswered::Private.to_string()));
    }
    let client = if private { &*ALONE } else { &*ALONE_PUBLIC };
    let client = client.as_ref().map_err(|error| not_sent(error.clone()))?;
    let mut answer = client.execute(request).await.map_err(|error| {
        // Names, connection and TLS are one step: before it is done no byte of a request goes out.
        let is_before = error.is_connect() || error.is_builder();
        if is_before { Broken::NotSent(words(error)) } else { Broken::Cut(words(error)) }
    })?;
    let mut response = axum::http::Response::new(Vec::new());
    *response.status_mut() = answer.status();
    *response.headers_mut() = std::mem::take(answer.headers_mut());
    while let Some(chunk) = answer.chunk().await.map_err(|error| Broken::Cut(words(error)))? {
        if response.body().len() + chunk.len() > bytes_max {
            return Err(Broken::Cut(Unanswered::TooLarge.to_string()));
        }
        response.body_mut().extend_from_slice(&chunk);
    }
    Ok(response)
}

/// An answer that is read as it comes.
pub struct Opened {
    answer: reqwest::Response,
    read: usize,
}

impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Opened").field("status", &self.answer.status()).finish_non_exhaustive()
    }
}

impl Opened {
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.answer.status()
    }

    /// Whether it comes as events (`text/event-stream`).
    #[must_use]
    pub fn is_of_events(&self) -> bool {
        let kind = self.answer.headers().get(axum::http::header::CONTENT_TYPE);
        kind.and_then(|kind| kind.to_str().ok()).is_some_and(|kind| kind.starts_with("text/event-stream"))
    }

    /// What came next; None at the end.
    ///
    /// # Errors
    /// [`Broken::Cut`] when it breaks off, or is larger than any answer may be.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, Broken> {
        let chunk = self.answer.chunk().await.map_err(|error| Broken::Cut(words(error)))?;
        self.read += chunk.as_ref().map_or(0, |chunk| chunk.len());
        if self.read > ANSWER_BYTES_MAX {
            return Err(Broken::Cut(Unanswered::TooLarge.to_string()));
        }
        Ok(chunk.map(|chunk| chunk.to_vec()))
    }
}

/// Sends a request to an address that the operator named, and gives the answer to be read as it comes.
///
/// # Errors
/// [`Broken`]; an answer with any status is an answer.
pub async fn open(request: Request<Vec<u8>>) -> Result<Opened, Broken> {
    let request: reqwest::Request = request.try_into().map_err(|error: reqwest::Error| Broken::NotSent(words(error)))?;
    let client = ALONE.as_ref().map_err(|error| Broken::NotSent(error.clone()))?;
    let answer = client.execute(request).await.map_err(|error| {
        let is_before = error.is_connect() || error.is_builder();
        if is_before { Broken::NotSent(words(error)) } else { Broken::Cut(words(error)) }
    })?;
    Ok(Opened { answer, read: 0 })
}

/// What went wrong, with its causes, and without the address: it may hold a token.
fn words(error: reqwest::Error) -> String {
    format!("{:#}", anyhow::Error::from(error.without_url()))
}

/// Whether a host is a number that leads into a private network.
#[must_use]
pub fn is_private_host(host: &str) -> bool {
    let number = host.trim_start_matches('[').trim_end_matches(']');
    number.parse().is_ok_and(|address: IpAddr| !is_public(address))
}

/// Whether a host, as an address that was read has it, means something in one's own network only: a number of a private network, or a name
/// without a dot. What other names lead to is looked at when a line is opened.
#[must_use]
pub fn is_inside(host: &str) -> bool {
    // A last dot changes nothing.
    let name = host.trim_end_matches('.');
    let is_number = name.parse::<IpAddr>().is_ok() || host.starts_with('[');
    is_private_host(name) || name.ends_with(".localhost") || !(is_number || name.contains('.'))
}

#[derive(Debug, Error)]
#[error("the name leads into a private network")]
struct LeadsInside;

/// Resolves names to their public addresses. One private address among them is enough to refuse: it is a trap or a mistake.
struct PublicOnly;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            if found.iter().any(|address| !is_public(address.ip())) {
                return Err(LeadsInside.into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// Whether an address is one of the open Internet (IANA special-purpose registries, RFC 6890).
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = matches!(
        (a, b, c),
        (0 | 10 | 127 | 240..=255, ..)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 168, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (198, 18..=19, _)
            | (198, 51, 100)
            | (203, 0, 113)
    );
    !special && !address.is_multicast()
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, c, d, e, f, g, h] = address.segments();
    let embedded = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match (a, b) {
        // An IPv4 address in IPv6 clothes: mapped, translated (NAT64), 6to4.
        (0, 0) if (c, d, e, f) == (0, 0, 0, 0xffff) => embedded(g, h),
        (0x64, 0xff9b) if (c, d, e, f) == (0, 0, 0, 0) => embedded(g, h),
        (0x2002, _) => embedded(b, c),
        // Teredo, documentation, benchmarks, and the like.
        (0x2001, 0..=0x01ff | 0x0db8) => false,
        // Global unicast; all the rest is local, multicast or nobody's.
        _ => (0x2000..=0x3fff).contains(&a) && (a, b) != (0x3fff, b & 0x0fff),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_we_can_reach_is_private() {
        let private = "0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.8 192.168.1.1 198.18.0.1 \
            203.0.113.9 224.0.0.1 240.0.0.1 255.255.255.255 :: ::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 64:ff9b:1::1 \
            2002:7f00:1:: 2001:db8::1 fc00::1 fd12::1 fe80::1 fec0::1 ff02::1 3fff:1::1";
        for text in private.split_whitespace() {
            assert!(!is_public(text.parse().expect(text)), "{text}");
            assert!(is_private_host(text), "{text}");
        }
        for text in
            "1.1.1.1 103.1.2.3 172.32.0.1 192.169.0.1 2400:cb00::1 2001:4860:4860::8888 ::ffff:1.1.1.1 2002:101:101::".split(' ')
        {
            assert!(is_public(text.parse().expect(text)), "{text}");
        }
        assert!(is_private_host("[::1]") && !is_private_host("dongthap.gov.vn"));
        for host in ["localhost", "localhost.", "a.localhost", "may-chu", "127.0.0.1", "[::1]", "169.254.169.254", "10.0.0.7"] {
            assert!(is_inside(host), "{host}");
        }
        assert!(!is_inside("dongthap.gov.vn") && !is_inside("1.1.1.1") && !is_inside("[2400:cb00::1]"));
    }
}
