//! Addresses that others name: where a key is shown, where an inbox or a callback is. Names are looked at again when a line is
//! opened ([`crate::base::outgoing`]): what a name means may change.

use reqwest::Url;

use crate::base::outgoing;

/// Longer ones are not read, bytes.
pub const BYTES_MAX: usize = 500;

/// What is wrong with an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    #[error("no address of http or https")]
    Form,
    #[error("not https")]
    Plain,
    #[error("the address leads into a private network")]
    Private,
}

/// Reads an address. Returns it and its host with the port. `plain`: http will do.
///
/// # Errors
/// [`Wrong`].
pub fn read(text: &str, private: bool, plain: bool) -> Result<(Url, String), Wrong> {
    if text.len() > BYTES_MAX {
        return Err(Wrong::Form);
    }
    let url = Url::parse(text.trim()).map_err(|_| Wrong::Form)?;
    let host = url.host_str().filter(|host| !host.is_empty()).ok_or(Wrong::Form)?.to_owned();
    match url.scheme() {
        "https" => {}
        "http" if plain || private => {}
        "http" => return Err(Wrong::Plain),
        _ => return Err(Wrong::Form),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Wrong::Form);
    }
    if !private && outgoing::is_inside(&host) {
        return Err(Wrong::Private);
    }
    let host = url.port().map_or_else(|| host.clone(), |port| format!("{host}:{port}"));
    Ok((url, host))
}

/// The host of an address, with its port; empty when it has none.
#[must_use]
pub fn host_of(text: &str) -> String {
    read(text, true, true).map(|(_, host)| host).unwrap_or_default()
}

#[cfg(test)]
mod unit {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_only_we_can_reach_is_refused() {
        for text in [
            "https://127.0.0.1/x",
            "https://127.1/x",
            "https://0x7f000001/x",
            "https://[::1]/x",
            "http://169.254.169.254/latest/meta-data",
            "https://[::ffff:10.0.0.1]/x",
            "https://localhost/x",
            "https://localhost./x",
            "https://intranet/x",
        ] {
            assert_eq!(read(text, false, true).map(|_| ()), Err(Wrong::Private), "{text}");
        }
        assert_eq!(read("http://example.vn/x", false, false).map(|_| ()), Err(Wrong::Plain));
        for text in ["", "x", "ftp://example.vn/", "https://a:b@example.vn/", "javascript:alert(1)"] {
            assert_eq!(read(text, false, true).map(|_| ()), Err(Wrong::Form), "{text}");
        }
        assert_eq!(read("https://Example.VN:8443/a#b", false, false).map(|(_, host)| host), Ok("example.vn:8443".to_owned()));
    }

    proptest! {
        #[test]
        fn whatever_is_named_is_read_or_refused(text in "\\PC{0,80}") {
            let _ = read(&text, false, true);
            let _ = host_of(&text);
        }

        #[test]
        fn no_private_number_passes(a in 0_u8..=255, b in 0_u8..=255, c in 0_u8..=255, d in 0_u8..=255) {
            let address = std::net::Ipv4Addr::new(a, b, c, d);
            let passes = read(&format!("http://{address}/"), false, true).is_ok();
            prop_assert_eq!(passes, outgoing::is_public(address.into()));
        }
    }
}
