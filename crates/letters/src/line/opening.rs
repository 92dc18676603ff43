//! Opening a line: greeting, TLS, sign-in. Nothing of a letter is said yet.

use std::io;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rustls::pki_types::ServerName;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::Line;
use crate::relay::{Relay, Security};
use crate::reply::{Reply, brief};
use crate::stream::{Bytes, Stream};

/// What the relay offers.
#[derive(Default)]
struct Offers {
    pipelining: bool,
    utf8: bool,
    starttls: bool,
    size_max: Option<usize>,
    auth: String,
}

impl Line {
    /// Opens a line.
    ///
    /// # Errors
    /// Why there is none, in a few words: not reached, no TLS, not let in.
    pub async fn open(relay: &Relay) -> Result<Self, String> {
        let connecting = TcpStream::connect((relay.host.as_str(), relay.port));
        let tcp = match tokio::time::timeout(relay.command_timeout, connecting).await {
            Ok(connected) => connected.map_err(|error| brief(&error.to_string()))?,
            Err(_) => return Err("no answer to the connection".into()),
        };
        tcp.set_nodelay(true).map_err(|error| error.to_string())?;
        let mut stream = match relay.security {
            Security::Wrapped => Stream::new(wrapped(Box::new(tcp), relay).await?),
            _ => Stream::new(Box::new(tcp)),
        };
        good(stream.reply(relay.command_timeout).await)?;
        let mut offers = hello(&mut stream, relay).await?;
        let upgrade = match relay.security {
            Security::Required => true,
            Security::Opportunistic => offers.starttls,
            Security::Plain | Security::Wrapped => false,
        };
        if upgrade {
            good(ask(&mut stream, relay, "STARTTLS\r\n").await)?;
            let bytes = stream.into_bytes().ok_or("the relay said something before TLS")?;
            stream = Stream::new(wrapped(bytes, relay).await?);
            offers = hello(&mut stream, relay).await?;
        }
        if let Some(credentials) = &relay.credentials {
            sign_in(&mut stream, relay, &offers, credentials).await?;
        }
        Ok(Self {
            stream,
            pipelining: offers.pipelining,
            utf8: offers.utf8,
            size_max: offers.size_max,
            command_timeout: relay.command_timeout,
            body_timeout: relay.body_timeout,
            is_open: true,
            is_half_way: false,
            announced: None,
            taken: 0,
        })
    }
}

async fn wrapped(bytes: Box<dyn Bytes>, relay: &Relay) -> Result<Box<dyn Bytes>, String> {
    let config = relay.tls.clone().ok_or("TLS is not set up")?;
    let name = ServerName::try_from(relay.host.clone()).map_err(|error| error.to_string())?;
    let connecting = TlsConnector::from(Arc::clone(&config)).connect(name, bytes);
    match tokio::time::timeout(relay.command_timeout, connecting).await {
        Ok(connected) => Ok(Box::new(connected.map_err(|error| brief(&error.to_string()))?)),
        Err(_) => Err("no answer to TLS".into()),
    }
}

async fn ask(stream: &mut Stream, relay: &Relay, command: &str) -> io::Result<Reply> {
    stream.write(command.as_bytes(), relay.command_timeout).await?;
    stream.reply(relay.command_timeout).await
}

fn good(reply: io::Result<Reply>) -> Result<Reply, String> {
    let reply = reply.map_err(|error| brief(&error.to_string()))?;
    if reply.is_good() { Ok(reply) } else { Err(reply.says()) }
}

async fn hello(stream: &mut Stream, relay: &Relay) -> Result<Offers, String> {
    let said = ask(stream, relay, &format!("EHLO {}\r\n", relay.hello)).await;
    let reply = said.map_err(|error| brief(&error.to_string()))?;
    if reply.is_permanent() {
        // An old server: nothing is offered.
        good(ask(stream, relay, &format!("HELO {}\r\n", relay.hello)).await)?;
        return Ok(Offers::default());
    }
    let reply = good(Ok(reply))?;
    let mut offers = Offers::default();
    for line in reply.lines.iter().skip(1) {
        let line = line.to_ascii_uppercase();
        let (word, rest) = line.split_once([' ', '=']).unwrap_or((&line, ""));
        match word {
            "PIPELINING" => offers.pipelining = true,
            "SMTPUTF8" => offers.utf8 = true,
            "STARTTLS" => offers.starttls = true,
            "SIZE" => offers.size_max = rest.trim().parse().ok(),
            "AUTH" => offers.auth = rest.to_owned(),
            _ => {}
        }
    }
    Ok(offers)
}

async fn sign_in(stream: &mut Stream, relay: &Relay, offers: &Offers, (user, password): &(String, String)) -> Result<(), String> {
    let offered = |mechanism: &str| offers.auth.split_whitespace().any(|one| one == mechanism);
    if offered("PLAIN") {
        let secret = STANDARD.encode(format!("\0{user}\0{password}"));
        return good(ask(stream, relay, &format!("AUTH PLAIN {secret}\r\n")).await).map(|_| ());
    }
    if offered("LOGIN") {
        good(ask(stream, relay, "AUTH LOGIN\r\n").await)?;
        good(ask(stream, relay, &format!("{}\r\n", STANDARD.encode(user))).await)?;
        return good(ask(stream, relay, &format!("{}\r\n", STANDARD.encode(password))).await).map(|_| ());
    }
    Err("the relay offers no way to sign in that is known here (PLAIN, LOGIN)".into())
}
