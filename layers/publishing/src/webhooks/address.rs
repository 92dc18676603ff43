//! Addresses that a webhook may have. The names they resolve to are checked again whenever a line is opened, in
//! [`crate::base::outgoing`]: what a name means may change after it was written down.

use reqwest::Url;

use crate::base::outgoing;
use crate::web::Obstacle;

const ADDRESS_BYTES_MAX: usize = 2_000;

/// Reads an address. Returns it and its host.
///
/// # Errors
/// What is wrong with it.
pub fn read(text: &str, private: bool) -> Result<(String, String), Obstacle> {
    let wrong = |key| Obstacle::new(key).at("address");
    let text = text.trim();
    if text.len() > ADDRESS_BYTES_MAX {
        return Err(wrong("webhook-address-long"));
    }
    // In the form in which it will be called: `127.1` and `0x7f000001` become the numbers that they are.
    let url = Url::parse(text).map_err(|_| wrong("webhook-address-malformed"))?;
    let host = url.host_str().filter(|host| !host.is_empty()).ok_or_else(|| wrong("webhook-address-malformed"))?.to_owned();
    match url.scheme() {
        "https" => {}
        "http" if private => {}
        "http" => return Err(wrong("webhook-address-plain")),
        _ => return Err(wrong("webhook-address-malformed")),
    }
    if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
        return Err(wrong("webhook-address-malformed"));
    }
    if !private && outgoing::is_inside(&host) {
        return Err(wrong("webhook-address-private"));
    }
    Ok((url.to_string(), host))
}
