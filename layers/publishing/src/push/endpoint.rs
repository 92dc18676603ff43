//! Where a browser says that it can be reached. Anybody can send us such an address, and we would call it: so it must be that of a
//! push service that is known, over https, without a port or name of its own. (The line refuses private networks once more when it is
//! opened.) Pure.

use reqwest::Url;

/// The services behind the browsers there are, by the end of their names: Chrome, Edge on Android, Samsung and Opera use the first ones
/// (Firebase), Firefox the next, Edge on Windows, Safari. A name ends at a dot.
const SERVICES: [&str; 5] =
    ["fcm.googleapis.com", "android.googleapis.com", "push.services.mozilla.com", "notify.windows.com", "push.apple.com"];

/// The host of the address; None when no push service that we know has it. `private`: those on this machine are allowed (a developer's
/// doubles).
#[must_use]
pub fn host(address: &str, private: bool) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let host = url.host_str()?.to_ascii_lowercase();
    if private && host == "127.0.0.1" && url.scheme() == "http" {
        return Some(format!("{host}:{}", url.port()?));
    }
    let plain = url.username().is_empty() && url.password().is_none() && url.port().is_none() && url.fragment().is_none();
    let known = SERVICES.iter().any(|name| host == *name || host.strip_suffix(name).is_some_and(|rest| rest.ends_with('.')));
    (url.scheme() == "https" && plain && known && url.path().len() > 1).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn only_addresses_of_known_services_are_called() {
        for good in [
            "https://fcm.googleapis.com/fcm/send/abc",
            "https://updates.push.services.mozilla.com/wpush/v2/abc",
            "https://wns2-par02p.notify.windows.com/w/?token=abc",
            "https://web.push.apple.com/abc",
        ] {
            assert!(host(good, false).is_some(), "{good}");
        }
        for forged in [
            "http://fcm.googleapis.com/fcm/send/abc",
            "https://169.254.169.254/latest/meta-data",
            "https://127.0.0.1/x",
            "http://127.0.0.1:8080/x",
            "https://[::1]/x",
            "https://localhost/x",
            "https://fcm.googleapis.com.evil.example/x",
            "https://evilfcm.googleapis.com/x",
            "https://evil.example/?fcm.googleapis.com",
            "https://fcm.googleapis.com@evil.example/x",
            "https://user:word@fcm.googleapis.com/x",
            "https://fcm.googleapis.com:8443/x",
            "https://fcm.googleapis.com/",
            "ftp://fcm.googleapis.com/x",
            "javascript:alert(1)",
            "",
        ] {
            assert_eq!(host(forged, false), None, "{forged}");
        }
        assert_eq!(host("http://127.0.0.1:8080/push/x", true).as_deref(), Some("127.0.0.1:8080"));
        assert_eq!(host("http://10.0.0.1:8080/push/x", true), None);
    }
}
