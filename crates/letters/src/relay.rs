//! Where the relay is: `smtp://host:25`, `smtp://host?tls=required|opportunistic`, `smtps://user:password@host/own.name`.

use std::sync::Arc;
use std::time::Duration;

use rustls::ClientConfig;
use rustls_platform_verifier::ConfigVerifierExt;
use thiserror::Error;

/// Time for connecting, and for each command.
const COMMAND_TIMEOUT_S: u64 = 15;
/// Time from the letter's first byte to the relay's word on it.
const BODY_TIMEOUT_S: u64 = 60;

/// What is wrong with an address.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Misconfigured {
    #[error("it begins with smtp:// or smtps://")]
    Scheme,
    #[error("it names no host")]
    Host,
    #[error("the port is no number")]
    Port,
    #[error("tls is required or opportunistic")]
    Tls,
    #[error("TLS can not be set up here: {0}")]
    Setup(String),
}

/// When TLS begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    Plain,
    /// STARTTLS where it is offered.
    Opportunistic,
    /// STARTTLS or nothing.
    Required,
    /// From the first byte.
    Wrapped,
}

/// Where the relay is, and how long we wait for it.
#[derive(Clone)]
pub struct Relay {
    pub host: String,
    pub port: u16,
    pub security: Security,
    /// Our name in the greeting.
    pub hello: String,
    pub credentials: Option<(String, String)>,
    pub tls: Option<Arc<ClientConfig>>,
    pub command_timeout: Duration,
    pub body_timeout: Duration,
}

impl Relay {
    /// Reads an address.
    ///
    /// # Errors
    /// [`Misconfigured`]
    pub fn read(address: &str) -> Result<Self, Misconfigured> {
        let (scheme, rest) = address.trim().split_once("://").ok_or(Misconfigured::Scheme)?;
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        let tls = query.split('&').find_map(|pair| pair.strip_prefix("tls="));
        let (security, standard_port) = match (scheme, tls) {
            ("smtp", None) => (Security::Plain, 25),
            ("smtp", Some("opportunistic")) => (Security::Opportunistic, 587),
            ("smtp", Some("required")) => (Security::Required, 587),
            ("smtps", _) => (Security::Wrapped, 465),
            ("smtp", Some(_)) => return Err(Misconfigured::Tls),
            _ => return Err(Misconfigured::Scheme),
        };
        let (user, host) = authority.rsplit_once('@').map_or((None, authority), |(user, host)| (Some(user), host));
        let credentials = user.and_then(|user| user.split_once(':')).map(|(user, password)| (decoded(user), decoded(password)));
        let (host, port) = match host.rsplit_once(':').filter(|(_, port)| !port.ends_with(']')) {
            Some((host, port)) => (host, port.parse().map_err(|_| Misconfigured::Port)?),
            None => (host, standard_port),
        };
        let host = host.trim_matches(['[', ']']);
        if host.is_empty() || host.contains(|letter: char| letter.is_whitespace() || letter.is_control()) {
            return Err(Misconfigured::Host);
        }
        let tls = match security {
            Security::Plain => None,
            _ => Some(Arc::new(ClientConfig::with_platform_verifier().map_err(|error| Misconfigured::Setup(error.to_string()))?)),
        };
        let name = path.trim_matches('/');
        let is_name =
            |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte));
        Ok(Self {
            host: host.to_owned(),
            port,
            security,
            hello: if is_name(name) { name.to_owned() } else { "localhost".to_owned() },
            credentials,
            tls,
            command_timeout: Duration::from_secs(COMMAND_TIMEOUT_S),
            body_timeout: Duration::from_secs(BODY_TIMEOUT_S),
        })
    }
}

fn decoded(text: &str) -> String {
    let hex = text.replace('=', "=3D").replace('%', "=");
    String::from_utf8_lossy(&crate::quoted::decode(hex.as_bytes())).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_relays() {
        let relay = Relay::read("smtp://127.0.0.1:2525").unwrap();
        assert_eq!((relay.host.as_str(), relay.port, relay.security), ("127.0.0.1", 2525, Security::Plain));
        let relay = Relay::read("smtp://a%40b:p%3Aw=%25@mail.example.vn/me.example.vn").unwrap();
        assert_eq!(relay.credentials, Some(("a@b".into(), "p:w=%".into())));
        assert_eq!((relay.hello.as_str(), relay.port), ("me.example.vn", 25));
        assert_eq!(Relay::read("smtp://[::1]:26").unwrap().host, "::1");
        assert_eq!(Relay::read("smtp://[::1]").unwrap().port, 25);
        for (text, error) in [
            ("mail.example.vn", Misconfigured::Scheme),
            ("http://mail", Misconfigured::Scheme),
            ("smtp://", Misconfigured::Host),
            ("smtp://a:b", Misconfigured::Port),
            ("smtp://a?tls=maybe", Misconfigured::Tls),
        ] {
            assert_eq!(Relay::read(text).err(), Some(error), "{text}");
        }
    }
}
