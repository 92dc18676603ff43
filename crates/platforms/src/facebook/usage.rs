//! How much of the allowance is used: the headers `X-App-Usage` and `X-Business-Use-Case-Usage` ("Rate Limits").

use std::time::Duration;

use http::HeaderMap;
use serde_json::Value;

/// What the headers of an answer tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// The most used of the allowances, in per cent; at 100 calls are refused.
    pub percent: u64,
    /// When calls are taken again, once they are refused.
    pub regain: Option<Duration>,
}

/// Reads both headers. `None` when there is none of them.
#[must_use]
pub fn usage(headers: &HeaderMap) -> Option<Usage> {
    let value = |name: &str| serde_json::from_str::<Value>(headers.get(name)?.to_str().ok()?).ok();
    let app = value("x-app-usage");
    let business = value("x-business-use-case-usage");
    let cases = business.as_ref().and_then(Value::as_object).into_iter().flat_map(|all| all.values());
    let all: Vec<&Value> = app.iter().chain(cases.filter_map(Value::as_array).flatten()).collect();
    let percents = all.iter().flat_map(|one| ["call_count", "total_time", "total_cputime"].map(|name| one[name].as_u64()));
    let percent = percents.flatten().max()?;
    let minutes = all.iter().filter_map(|one| one["estimated_time_to_regain_access"].as_u64()).max();
    let regain = minutes.filter(|minutes| *minutes > 0).map(|minutes| Duration::from_secs(minutes.min(7 * 1440) * 60));
    Some(Usage { percent, regain })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fullest_allowance_counts() {
        let mut headers = HeaderMap::new();
        assert_eq!(usage(&headers), None);
        headers.insert("x-app-usage", r#"{"call_count":28,"total_time":25,"total_cputime":25}"#.parse().expect("a value"));
        assert_eq!(usage(&headers), Some(Usage { percent: 28, regain: None }));
        let business = r#"{"17":[{"type":"pages","call_count":100,"total_cputime":5,"estimated_time_to_regain_access":19}]}"#;
        headers.insert("x-business-use-case-usage", business.parse().expect("a value"));
        assert_eq!(usage(&headers), Some(Usage { percent: 100, regain: Some(Duration::from_secs(19 * 60)) }));
    }
}
