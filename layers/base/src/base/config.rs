//! What the operator may set: `LANTOA_…` in the environment, or one TOML file (`--config`, `LANTOA_CONFIG`).

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use serde::{Deserialize, Serialize};

/// The settings of one running node. Every field has a default, so that an empty machine can start.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Folder that holds the embedded database and everything else written (`LANTOA_DATA`).
    pub data: PathBuf,
    /// Address to answer on (`LANTOA_LISTEN`).
    pub listen: SocketAddr,
    /// Database; empty means SQLite inside `data` (`DATABASE_URL` or `LANTOA_DATABASE_URL`).
    pub database_url: String,
    /// The address people type, e.g. `https://lantoa.dongthap.gov.vn` (`LANTOA_PUBLIC_URL`). Passkeys and sign-on are bound to it.
    pub public_url: String,
    /// A reverse proxy stands in front and adds the caller's address as the last hop of `X-Forwarded-For`
    /// (`LANTOA_BEHIND_PROXY`). Leave it off otherwise: the header would let anyone choose their address.
    pub behind_proxy: bool,
    /// The installation's key, 32 bytes in base64url, which second-step secrets and letters not sent yet are encrypted with (`LANTOA_SECRET`).
    /// Empty: the file `secret.key` in `data`, made at the first start. Nodes that share a database need the same key.
    pub secret: String,
    /// How many requests a minute one token of the API may make on this node (`LANTOA_API_PER_MINUTE`).
    pub api_per_minute: u32,
    /// Links that answers give as proof are asked for once a week whether they still open (`LANTOA_CHECK_LINKS`). Off: nothing
    /// calls out unless the operator said so.
    pub check_links: bool,
    /// Webhooks and the check of links may lead into private networks, webhooks by plain HTTP too (`LANTOA_WEBHOOKS_PRIVATE`).
    /// Off, so that nobody reaches by us what only we can reach.
    pub webhooks_private: bool,
    /// Accounts of channels may name an interface in a private network, by plain HTTP too (`LANTOA_CHANNELS_PRIVATE`): for a
    /// developer's doubles. Off, so that nobody reaches by us what only we can reach.
    pub channels_private: bool,
    /// Calls that publish on one platform in a minute, of all accounts together (`LANTOA_CHANNELS_PER_MINUTE`): platforms count by
    /// address as well. Each account has a pace of its own besides.
    pub channels_per_minute: u32,
    /// Servers that follow us, subscribe to feeds or show keys may be in a private network, by plain HTTP too
    /// (`LANTOA_SYNDICATION_PRIVATE`): for a developer's doubles. Off, so that nobody reaches by us what only we can reach.
    pub syndication_private: bool,
    /// `text` for people, `json` for log collectors (`LANTOA_LOG_FORMAT`).
    pub log_format: LogFormat,
    /// Who runs the site: facts the law wants on every page (NĐ 174/2026).
    pub site: Site,
    /// Outgoing mail; absent means that invitations are shown as links only.
    pub smtp: Option<Smtp>,
    /// Newsletters: by which relays they go, and where bounces come back.
    pub newsletters: Newsletters,
    /// Files of the library: where they lie and how large they may be.
    pub library: Library,
    /// A model that suggests words for channels; absent means that nothing is asked of any.
    pub suggestions: Option<Suggestions>,
    /// The assistant: a model that writes from what was found, and one that makes vectors; absent, it quotes.
    pub assistant: Assistant,
    /// Loudspeakers: the broker of their devices, and who reads scripts out.
    pub loudspeakers: Loudspeakers,
    /// Sign-on providers (OpenID Connect): VNeID, the province's own, …
    pub oidc: Vec<OidcProvider>,
}

/// How log lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    Text,
    Json,
}

/// The facts of header and footer: name, owner, address, e-mail, phone, responsible person.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Site {
    pub name: String,
    pub owner: String,
    pub address: String,
    pub email: String,
    pub phone: String,
    pub responsible: String,
}

/// An SMTP relay.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Smtp {
    /// `smtp://host:25`, `smtps://user:password@host:465`, `smtp://host:587?tls=required`.
    pub url: String,
    /// The sender, e.g. `Lan Tỏa <lantoa@dongthap.gov.vn>`.
    pub from: String,
}

/// How newsletters go out.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Newsletters {
    /// Relays, at once; empty: the mail relay (`[smtp]`), gently. In a file: `[[newsletters.relays]]`.
    pub relays: Vec<NewsletterRelay>,
    /// The sender's address; empty: that of `[smtp]`.
    pub from: String,
    /// Where bounces come back, e.g. `bounces@bantin.dongthap.gov.vn`: the mail server takes `bounces+…@` there and hands it to
    /// `lantoa bounces`. Empty: the sender's address.
    pub return_path: String,
}

/// A relay for newsletters.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NewsletterRelay {
    /// As in `smtp.url`.
    pub url: String,
    /// Letters a second of one node, over all its connections; 0: as many as the relay takes.
    pub per_second: u32,
    pub connections: u32,
    /// A connection is opened anew after so many letters.
    pub letters_per_connection: u32,
}

impl Default for NewsletterRelay {
    fn default() -> Self {
        Self { url: String::new(), per_second: 20, connections: 2, letters_per_connection: 1_000 }
    }
}

/// The library's files.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Library {
    /// The largest file taken, in megabytes (`LANTOA_LIBRARY__FILE_MB_MAX`).
    pub file_mb_max: u64,
    /// How many days a deleted file can be taken back (`LANTOA_LIBRARY__UNDO_DAYS`).
    pub undo_days: u32,
    /// An S3-compatible store; absent means the folder `library` in `data` (`LANTOA_LIBRARY__S3__ENDPOINT` and so on).
    pub s3: Option<S3>,
}

impl Default for Library {
    fn default() -> Self {
        Self { file_mb_max: 300, undo_days: 30, s3: None }
    }
}

/// A bucket of an S3-compatible store.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct S3 {
    /// `https://s3.tinh.gov.vn`, without the bucket.
    pub endpoint: String,
    pub bucket: String,
    pub key: String,
    pub secret: String,
    #[serde(default = "region")]
    pub region: String,
}

fn region() -> String {
    "us-east-1".into()
}

/// A model behind an interface of OpenAI's kind. Public articles are sent there when a person asks for a suggestion.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suggestions {
    /// Up to before `/chat/completions`, e.g. `http://127.0.0.1:8000/v1` (`LANTOA_SUGGESTIONS__ENDPOINT`).
    pub endpoint: String,
    pub model: String,
    /// The key; empty where none is wanted.
    #[serde(default)]
    pub key: String,
    /// A file that holds the key, read at each question, so that it can be replaced.
    #[serde(default)]
    pub key_file: Option<PathBuf>,
    /// A person waits so long at most, in seconds.
    #[serde(default = "suggestions_timeout_s")]
    pub timeout_s: u64,
}

fn suggestions_timeout_s() -> u64 {
    30
}

impl Suggestions {
    /// The key, from the setting or the file.
    ///
    /// # Errors
    /// The file can not be read.
    pub fn key(&self) -> std::io::Result<String> {
        match &self.key_file {
            Some(file) => Ok(std::fs::read_to_string(file)?.trim().to_owned()),
            None => Ok(self.key.clone()),
        }
    }
}

/// What the assistant may use besides the index. Only passages that are public leave, and questions without personal data.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Assistant {
    /// A model that writes (`LANTOA_ASSISTANT__MODEL__ENDPOINT` and so on).
    pub model: Option<Suggestions>,
    /// A model that makes vectors (`LANTOA_ASSISTANT__EMBEDDINGS__ENDPOINT` and so on).
    pub embeddings: Option<Suggestions>,
    /// Questions a minute from one address (`LANTOA_ASSISTANT__PER_MINUTE`): behind one may be a whole office.
    pub per_minute: u32,
    /// Of those, how many a model may write the answer of (`LANTOA_ASSISTANT__WRITTEN_PER_MINUTE`); the others are quoted.
    pub written_per_minute: u32,
}

impl Default for Assistant {
    fn default() -> Self {
        Self { model: None, embeddings: None, per_minute: 6_000, written_per_minute: 20 }
    }
}

/// What loudspeakers need from outside.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Loudspeakers {
    /// A speech endpoint in the manner of OpenAI (`POST …/audio/speech`); absent means that nobody but a person or espeak-ng reads.
    pub speech: Option<Speech>,
    /// The broker between us and devices; absent means that they come by HTTP alone (`LANTOA_LOUDSPEAKERS__MQTT__BROKER` and so on).
    pub mqtt: Option<Mqtt>,
    /// A JSON file with the names of fields that devices here use, in place of those built in (`LANTOA_LOUDSPEAKERS__MAPPING`).
    pub mapping: Option<PathBuf>,
    /// The same for topics (`LANTOA_LOUDSPEAKERS__TOPICS`).
    pub topics: Option<PathBuf>,
}

/// A speech endpoint in the manner of OpenAI.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Speech {
    /// Up to the version: `https://host/v1` (`LANTOA_LOUDSPEAKERS__SPEECH__URL`).
    pub url: String,
    #[serde(default)]
    pub key: String,
    pub model: String,
    pub voice: String,
}

/// An MQTT broker.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mqtt {
    /// `mqtt://host:1883`, or `mqtts://host:8883` with TLS.
    pub broker: String,
    /// What we call ourselves there. Installations that share a broker need different names.
    #[serde(default = "mqtt_client")]
    pub client: String,
    #[serde(default)]
    pub user: String,
    #[serde(default)]
    pub password: String,
    /// What stands before all topics, e.g. `tinh/truyen-thanh`; empty for nothing.
    #[serde(default)]
    pub prefix: String,
    /// The certificate (PEM) that the broker's is signed by; without it those that the machine trusts.
    #[serde(default)]
    pub ca: Option<PathBuf>,
}

impl std::fmt::Debug for Mqtt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mqtt").field("broker", &self.broker).field("client", &self.client).finish_non_exhaustive()
    }
}

fn mqtt_client() -> String {
    "lantoa".into()
}

/// One OpenID Connect provider and how its claims name a person.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OidcProvider {
    /// Short name in the address, e.g. `vneid`.
    pub id: String,
    /// The words on the button.
    pub label: String,
    pub issuer: String,
    pub client_id: String,
    #[serde(default)]
    pub client_secret: String,
    /// Scopes besides `openid`.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// The claim that is matched with a person's e-mail or identifier; `email` unless said.
    #[serde(default = "email_claim")]
    pub match_claim: String,
}

fn email_claim() -> String {
    "email".into()
}

impl Default for Config {
    fn default() -> Self {
        Self {
            data: "./data".into(),
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            database_url: String::new(),
            public_url: String::new(),
            behind_proxy: false,
            secret: String::new(),
            api_per_minute: 600,
            check_links: false,
            webhooks_private: false,
            channels_private: false,
            channels_per_minute: 600,
            syndication_private: false,
            log_format: LogFormat::Text,
            site: Site::default(),
            smtp: None,
            newsletters: Newsletters::default(),
            library: Library::default(),
            suggestions: None,
            assistant: Assistant::default(),
            loudspeakers: Loudspeakers::default(),
            oidc: Vec::new(),
        }
    }
}

impl Config {
    /// Reads defaults, then the file (when named), then the environment; the later wins.
    ///
    /// # Errors
    /// A setting that does not exist or can not be read, by its name.
    pub fn read(file: Option<&Path>) -> Result<Self, Box<figment::Error>> {
        let mut figment = Figment::from(Serialized::defaults(Self::default()));
        if let Some(file) = file {
            figment = figment.merge(Toml::file_exact(file));
        }
        figment
            .merge(Env::raw().only(&["DATABASE_URL"]))
            .merge(Env::prefixed("LANTOA_").ignore(&["CONFIG", "LOG"]).filter(is_setting).split("__"))
            .extract()
            .map_err(Box::new)
    }

    /// The address of the database: `database_url`, or the embedded one in `data`.
    #[must_use]
    pub fn database(&self) -> String {
        if self.database_url.is_empty() {
            format!("sqlite://{}?mode=rwc", self.data.join("lantoa.sqlite").display())
        } else {
            self.database_url.clone()
        }
    }

    /// The public address without a trailing slash; falls back to where we listen.
    #[must_use]
    pub fn public_url(&self) -> String {
        let given = self.public_url.trim_end_matches('/');
        if given.is_empty() { format!("http://localhost:{}", self.listen.port()) } else { given.to_owned() }
    }

    /// Whether people reach us by HTTPS, so that cookies may be marked `Secure`.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

/// `LANTOA_TEST_…` and `LANTOA_SHARED` belong to the tests, not to the server.
fn is_setting(key: &figment::value::UncasedStr) -> bool {
    let key = key.as_str().to_ascii_uppercase();
    !(key.starts_with("TEST_") || matches!(key.as_str(), "SHARED" | "SHOTS" | "PICTURES" | "BENCH" | "BIN"))
}
