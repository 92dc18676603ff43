//! The line to the mail relay (SMTP, RFC 5321). We speak it phase by phase, because only so can be known whether
//! a broken line broke before the body went (try again) or after (nobody knows). Each phase has its time.

use std::fmt::Display;
use std::time::Duration;

use lettre::message::Mailbox;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Noop, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use lettre::{Address, Message};
use percent_encoding::percent_decode_str;
use reqwest::Url;
use thiserror::Error;

use crate::base::config::Smtp;

/// Time for connecting, and for each command.
const COMMAND_TIMEOUT_S: u64 = 10;
/// Time from the body's first byte to the relay's word on it.
const BODY_TIMEOUT_S: u64 = 60;
const WORDS_MAX: usize = 300;

/// What is wrong with the settings.
#[derive(Debug, Error)]
pub enum Misconfigured {
    #[error("smtp.url: {0}")]
    Address(String),
    #[error("smtp.from: {0}")]
    Sender(String),
}

/// Why a letter did not arrive at the relay, in its words.
#[derive(Debug, Error)]
pub enum Failure {
    /// No line, no greeting, no TLS, no sign-in: nothing of the letter was said.
    #[error("not reached: {0}")]
    NotReached(String),
    /// The relay asks to wait, or the line broke before the body.
    #[error("later: {0}")]
    Later(String),
    /// The relay will not take this letter.
    #[error("refused: {0}")]
    Refused(String),
    /// The body had gone, no word came back: taken or not, nobody knows.
    #[error("unknown: {0}")]
    Unknown(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Security {
    Plain,
    Opportunistic,
    Required,
    Wrapped,
}

/// Where the relay is, and how long we wait for it.
pub struct Relay {
    host: String,
    port: u16,
    security: Security,
    hello: ClientId,
    credentials: Option<Credentials>,
    /// The sender of every letter.
    pub from: Mailbox,
    pub command_timeout: Duration,
    pub body_timeout: Duration,
}

impl Relay {
    /// Reads the settings: `smtp://host:25`, `smtp://host?tls=required|opportunistic`, `smtps://user:password@host`.
    ///
    /// # Errors
    /// [`Misconfigured`]
    pub fn of(smtp: &Smtp) -> Result<Self, Misconfigured> {
        let wrong = |cause: &dyn Display| Misconfigured::Address(cause.to_string());
        let url = Url::parse(&smtp.url).map_err(|error| wrong(&error))?;
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or_else(|| wrong(&"no host"))?;
        let tls = url.query_pairs().find(|(name, _)| name == "tls").map(|(_, value)| value.into_owned());
        let (security, standard_port) = match (url.scheme(), tls.as_deref()) {
            ("smtp", None) => (Security::Plain, 25),
            ("smtp", Some("opportunistic")) => (Security::Opportunistic, 587),
            ("smtp", Some("required")) => (Security::Required, 587),
            ("smtps", _) => (Security::Wrapped, 465),
            _ => return Err(wrong(&"it begins with smtp:// or smtps://, and tls is required or opportunistic")),
        };
        let decoded = |text: &str| percent_decode_str(text).decode_utf8().map(String::from).map_err(|error| wrong(&error));
        let credentials = match url.password() {
            Some(password) => Some(Credentials::new(decoded(url.username())?, decoded(password)?)),
            None => None,
        };
        let own_name = url.path().trim_matches('/');
        Ok(Self {
            host: host.to_owned(),
            port: url.port().unwrap_or(standard_port),
            security,
            hello: if own_name.is_empty() { ClientId::default() } else { ClientId::Domain(own_name.into()) },
            credentials,
            from: smtp.from.parse().map_err(|error| Misconfigured::Sender(format!("{error}")))?,
            command_timeout: Duration::from_secs(COMMAND_TIMEOUT_S),
            body_timeout: Duration::from_secs(BODY_TIMEOUT_S),
        })
    }

    /// Opens a line: greeting, TLS, sign-in.
    ///
    /// # Errors
    /// [`Failure::NotReached`]
    pub async fn connect(&self) -> Result<Line, Failure> {
        let not_reached = |trouble: Trouble| Failure::NotReached(trouble.words());
        let tls = || TlsParameters::new(self.host.clone()).map_err(|error| not_reached(error.into()));
        let wrapper = if self.security == Security::Wrapped { Some(tls()?) } else { None };
        let host = self.host.trim_matches(['[', ']']);
        let connecting =
            AsyncSmtpConnection::connect_tokio1((host, self.port), Some(self.command_timeout), &self.hello, wrapper, None);
        let mut connection = within(self.command_timeout * 2, connecting).await.map_err(not_reached)?;
        let upgrade = match self.security {
            Security::Required => true,
            Security::Opportunistic => connection.can_starttls(),
            Security::Plain | Security::Wrapped => false,
        };
        if upgrade {
            within(self.command_timeout, connection.starttls(tls()?, &self.hello)).await.map_err(not_reached)?;
        }
        if let Some(credentials) = &self.credentials {
            within(self.command_timeout, connection.auth(DEFAULT_MECHANISMS, credentials)).await.map_err(not_reached)?;
        }
        Ok(Line { connection, command_timeout: self.command_timeout, body_timeout: self.body_timeout })
    }

    /// Whether the relay answers: opens a line and says nothing on it.
    ///
    /// # Errors
    /// [`Failure::NotReached`]
    pub async fn greet(&self) -> Result<(), Failure> {
        let mut line = self.connect().await?;
        let answer = within(self.command_timeout, line.connection.command(Noop)).await;
        line.close().await;
        answer.map(|_| ()).map_err(|trouble| Failure::NotReached(trouble.words()))
    }
}

/// An open line: letters go over it one after the other.
pub struct Line {
    connection: AsyncSmtpConnection,
    command_timeout: Duration,
    body_timeout: Duration,
}

impl Line {
    /// Hands one letter over. After [`Failure::Refused`] the line serves the next one.
    ///
    /// # Errors
    /// [`Failure`]
    pub async fn send(&mut self, letter: &Message) -> Result<(), Failure> {
        if let Err(trouble) = self.announce(letter).await {
            return Err(trouble.before_the_body());
        }
        let bytes = letter.formatted();
        match within(self.body_timeout, self.connection.message(&bytes)).await {
            Ok(_) => Ok(()),
            Err(trouble) => Err(trouble.after_the_body()),
        }
    }

    async fn announce(&mut self, letter: &Message) -> Result<(), Trouble> {
        let envelope = letter.envelope();
        let mut parameters = Vec::new();
        let ascii = |address: &Address| address.user().is_ascii() && address.domain().is_ascii();
        if !envelope.to().iter().chain(envelope.from()).all(ascii) {
            if !self.connection.server_info().supports_feature(Extension::SmtpUtfEight) {
                return Err(Trouble::Unsupported("the relay does not take addresses with such letters (SMTPUTF8)"));
            }
            parameters.push(MailParameter::SmtpUtfEight);
            parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        self.say(Mail::new(envelope.from().cloned(), parameters)).await?;
        for recipient in envelope.to() {
            self.say(Rcpt::new(recipient.clone(), Vec::new())).await?;
        }
        self.say(Data).await
    }

    async fn say(&mut self, command: impl Display) -> Result<(), Trouble> {
        within(self.command_timeout, self.connection.command(command)).await.map(|_| ())
    }

    /// Forgets a letter that was refused half-way; false when the line is broken.
    pub async fn reset(&mut self) -> bool {
        self.say(Rset).await.is_ok()
    }

    /// Takes leave.
    pub async fn close(mut self) {
        let _ = within(self.command_timeout, self.connection.quit()).await;
    }
}

/// What came instead of a good answer.
enum Trouble {
    Silence(Duration),
    Unsupported(&'static str),
    Smtp(lettre::transport::smtp::Error),
}

impl From<lettre::transport::smtp::Error> for Trouble {
    fn from(error: lettre::transport::smtp::Error) -> Self {
        Self::Smtp(error)
    }
}

impl Trouble {
    fn words(&self) -> String {
        let words = match self {
            Self::Silence(time) => format!("no answer within {} s", time.as_secs_f32()),
            Self::Unsupported(what) => (*what).to_owned(),
            Self::Smtp(error) => error.to_string(),
        };
        words.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(WORDS_MAX).collect()
    }

    fn before_the_body(self) -> Failure {
        let words = self.words();
        match self {
            Self::Unsupported(_) => Failure::Refused(words),
            Self::Smtp(error) if error.is_permanent() => Failure::Refused(words),
            Self::Smtp(_) | Self::Silence(_) => Failure::Later(words),
        }
    }

    /// A refusal in words is a refusal; anything else leaves open what became of the letter.
    fn after_the_body(self) -> Failure {
        let words = self.words();
        match self {
            Self::Smtp(error) if error.is_permanent() => Failure::Refused(words),
            Self::Smtp(error) if error.is_transient() => Failure::Later(words),
            _ => Failure::Unknown(words),
        }
    }
}

async fn within<T>(
    time: Duration,
    answer: impl Future<Output = Result<T, lettre::transport::smtp::Error>>,
) -> Result<T, Trouble> {
    match tokio::time::timeout(time, answer).await {
        Ok(outcome) => outcome.map_err(Trouble::Smtp),
        Err(_) => Err(Trouble::Silence(time)),
    }
}
