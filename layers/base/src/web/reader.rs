//! Whether a person reads a page, as far as a request tells: for counts of views.

use axum::http::HeaderMap;
use axum::http::header::USER_AGENT;

/// Words of programs that fetch pages without a reader, in lower case.
const MACHINES: [&str; 16] = [
    "bot",
    "crawl",
    "spider",
    "slurp",
    "preview",
    "facebookexternal",
    "curl",
    "wget",
    "python",
    "java/",
    "go-http",
    "headless",
    "monitor",
    "feed",
    "scan",
    "fetch",
];

/// Whether a reader is behind it: no machine that says so, no page that is fetched beforehand.
#[must_use]
pub fn is_one(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_lowercase();
    let agent = text(USER_AGENT.as_str());
    let is_early = text("sec-purpose").contains("prefetch") || text("purpose").contains("prefetch");
    !is_early && !agent.is_empty() && !MACHINES.iter().any(|word| agent.contains(word))
}
