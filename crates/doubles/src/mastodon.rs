//! A server like Mastodon: an inbox that believes nobody without a signature, and an account that follows. Its signatures are
//! written and read by code of its own, so that two opinions meet.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use chrono::{DateTime, NaiveDateTime};
use http::{Request, StatusCode};
use rsa::pkcs1v15::{Signature, SigningKey, VerifyingKey};
use rsa::pkcs8::{DecodePublicKey, EncodePublicKey, LineEnding};
use rsa::signature::{SignatureEncoding, Signer, Verifier};
use rsa::{RsaPrivateKey, RsaPublicKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::service::{Answer, Service, Tricks, garbled, header, is_done, say};
use crate::{Receipt, Trick};

/// Mastodon forgives clocks twelve hours.
const WINDOW_S: u64 = 12 * 3_600;

/// The server.
pub struct Mastodon {
    key: RsaPrivateKey,
    /// Where it is, as its accounts are called: `https://mastodon.example` unless a test puts it behind an address.
    pub home: String,
    /// Public keys by their id, as if they had been fetched.
    pub known: BTreeMap<String, String>,
    pub now_s: i64,
    pub tricks: Tricks,
    /// Activities by their id: the same one is shown once.
    pub shown: BTreeMap<String, Value>,
    pub refused: u32,
    /// How often somebody asked who an account is.
    pub asked: u32,
    /// Where somebody has put up a file that calls itself the reader's account, and names a key of its own.
    pub upload: Option<String>,
}

impl Mastodon {
    /// # Errors
    /// No key can be made.
    pub fn new(now_s: i64) -> Result<Self, rsa::Error> {
        let key = RsaPrivateKey::new(&mut rand::rng(), 2_048)?;
        let known = BTreeMap::new();
        let home = "https://mastodon.example".to_owned();
        let (tricks, shown) = (Tricks::default(), BTreeMap::new());
        Ok(Self { key, home, known, now_s, tricks, shown, refused: 0, asked: 0, upload: None })
    }

    #[must_use]
    pub fn public_pem(&self) -> String {
        RsaPublicKey::from(&self.key).to_public_key_pem(LineEnding::LF).unwrap_or_default()
    }

    /// Begins to sign with another key, which its account shows from now on.
    ///
    /// # Errors
    /// No key can be made.
    pub fn renew(&mut self) -> Result<(), rsa::Error> {
        self.key = RsaPrivateKey::new(&mut rand::rng(), 2_048)?;
        Ok(())
    }

    /// The account of a reader.
    #[must_use]
    pub fn reader(&self) -> String {
        format!("{}/users/doc-gia", self.home)
    }

    /// The document of that account, as far as others need it.
    fn account(&self) -> Value {
        let reader = self.reader();
        json!({
            "@context": ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"],
            "id": reader,
            "type": "Person",
            "preferredUsername": "doc-gia",
            "inbox": format!("{reader}/inbox"),
            "endpoints": {"sharedInbox": format!("{}/inbox", self.home)},
            "publicKey": {"id": format!("{reader}#main-key"), "owner": reader, "publicKeyPem": self.public_pem()},
        })
    }

    /// A signed call to somebody's inbox in the form of draft-cavage, as the account `https://mastodon.example/users/doc-gia`.
    #[must_use]
    pub fn call(&self, host: &str, path: &str, body: &Value) -> Request<Bytes> {
        self.call_as(&format!("{}#main-key", self.reader()), host, path, body)
    }

    /// The same by a key of that address.
    #[must_use]
    pub fn call_as(&self, key_id: &str, host: &str, path: &str, body: &Value) -> Request<Bytes> {
        let body = body.to_string();
        let digest = format!("SHA-256={}", STANDARD.encode(Sha256::digest(&body)));
        let date = http_date(self.now_s);
        let text = format!("(request-target): post {path}\nhost: {host}\ndate: {date}\ndigest: {digest}");
        let signature = self.signed(&text);
        let written = format!(
            "keyId=\"{key_id}\",algorithm=\"rsa-sha256\",\
             headers=\"(request-target) host date digest\",signature=\"{signature}\""
        );
        post(path, body, &[("host", host), ("date", &date), ("digest", &digest), ("signature", &written)])
    }

    /// The same with an HTTP Message Signature (RFC 9421).
    #[must_use]
    pub fn call_newly(&self, host: &str, path: &str, body: &Value) -> Request<Bytes> {
        let body = body.to_string();
        let digest = format!("sha-256=:{}:", STANDARD.encode(Sha256::digest(&body)));
        let parameters = format!(
            "(\"@method\" \"@target-uri\" \"content-digest\");created={};keyid=\"{}#main-key\"",
            self.now_s,
            self.reader()
        );
        let base = format!(
            "\"@method\": POST\n\"@target-uri\": https://{host}{path}\n\"content-digest\": {digest}\n\"@signature-params\": {parameters}"
        );
        let (input, signature) = (format!("sig1={parameters}"), format!("sig1=:{}:", self.signed(&base)));
        post(path, body, &[("host", host), ("content-digest", &digest), ("signature-input", &input), ("signature", &signature)])
    }

    fn signed(&self, text: &str) -> String {
        let signature = SigningKey::<Sha256>::new(self.key.clone()).sign(text.as_bytes());
        STANDARD.encode(signature.to_bytes())
    }

    fn take(&mut self, request: &Request<Bytes>) -> Answer {
        if self.believes(request).is_none() {
            self.refused += 1;
            return say(StatusCode::UNAUTHORIZED, &[], &json!({"error": "Request not signed or not verified"}));
        }
        let activity: Value = serde_json::from_slice(request.body()).unwrap_or(Value::Null);
        let Some(id) = activity["id"].as_str() else {
            return say(StatusCode::BAD_REQUEST, &[], &Value::Null);
        };
        self.shown.insert(id.to_owned(), activity.clone());
        say(StatusCode::ACCEPTED, &[], &Value::Null)
    }

    /// Target, host, date and digest are signed by a known key, the date is near and the digest the body's.
    fn believes(&self, request: &Request<Bytes>) -> Option<()> {
        let written = header(request, "signature");
        let part = |name: &str| {
            let (_, after) = written.split_once(&format!("{name}=\""))?;
            after.split_once('"').map(|(value, _)| value)
        };
        let names: Vec<&str> = part("headers")?.split(' ').collect();
        if !["(request-target)", "host", "date", "digest"].iter().all(|name| names.contains(name)) {
            return None;
        }
        let date = NaiveDateTime::parse_from_str(header(request, "date"), "%a, %d %b %Y %H:%M:%S GMT").ok()?;
        let is_near = date.and_utc().timestamp().abs_diff(self.now_s) <= WINDOW_S;
        let digest = format!("SHA-256={}", STANDARD.encode(Sha256::digest(request.body())));
        if !is_near || header(request, "digest") != digest {
            return None;
        }
        let path = request.uri().path_and_query()?.as_str();
        let line = |name: &&str| match *name {
            "(request-target)" => format!("(request-target): {} {path}", request.method().as_str().to_lowercase()),
            name => format!("{name}: {}", header(request, name)),
        };
        let text = names.iter().map(line).collect::<Vec<_>>().join("\n");
        let public = RsaPublicKey::from_public_key_pem(self.known.get(part("keyId")?)?).ok()?;
        let signature = Signature::try_from(STANDARD.decode(part("signature")?).ok()?.as_slice()).ok()?;
        VerifyingKey::<Sha256>::new(public).verify(text.as_bytes(), &signature).ok()
    }
}

fn http_date(at_s: i64) -> String {
    DateTime::from_timestamp(at_s, 0).map(|time| time.format("%a, %d %b %Y %H:%M:%S GMT").to_string()).unwrap_or_default()
}

fn post(path: &str, body: String, headers: &[(&str, &str)]) -> Request<Bytes> {
    let mut request = Request::new(Bytes::from(body));
    *request.method_mut() = http::Method::POST;
    *request.uri_mut() = path.parse().unwrap_or_default();
    for (name, value) in headers {
        if let (Ok(name), Ok(value)) = (name.parse::<http::HeaderName>(), value.parse()) {
            request.headers_mut().insert(name, value);
        }
    }
    request
}

impl Service for Mastodon {
    fn name(&self) -> &'static str {
        "Mastodon"
    }

    fn tricks(&mut self) -> &mut Tricks {
        &mut self.tricks
    }

    fn receipts(&self) -> Vec<Receipt> {
        let one = |(id, activity): (&String, &Value)| Receipt {
            id: id.clone(),
            text: activity["object"]["content"].as_str().unwrap_or_default().to_owned(),
            media: 0,
            at_s: self.now_s,
            state: "received",
        };
        self.shown.iter().map(one).collect()
    }

    fn answer(&mut self, request: &Request<Bytes>) -> Answer {
        // Who an account is, anybody may ask; tricks are for what is brought.
        if request.method() == http::Method::GET {
            self.asked += 1;
            let path = request.uri().path();
            return if path == "/users/doc-gia" {
                say(StatusCode::OK, &[], &self.account())
            } else if self.upload.as_deref() == Some(path) {
                let mut forged = self.account();
                forged["publicKey"]["id"] = json!(format!("{}{path}", self.home));
                say(StatusCode::OK, &[], &forged)
            } else {
                say(StatusCode::NOT_FOUND, &[], &Value::Null)
            };
        }
        let trick = self.tricks.take();
        let answer = if is_done(trick) { self.take(request) } else { Answer::HangUp };
        match trick {
            None => answer,
            Some(Trick::DropDone | Trick::DropUndone) => Answer::HangUp,
            Some(Trick::BrokenDone) => say(StatusCode::INTERNAL_SERVER_ERROR, &[], &Value::Null),
            Some(Trick::BrokenUndone) => say(StatusCode::SERVICE_UNAVAILABLE, &[], &Value::Null),
            Some(Trick::GarbledDone) => garbled(),
            Some(Trick::ErrorInside) => say(StatusCode::UNPROCESSABLE_ENTITY, &[], &Value::Null),
            Some(Trick::TooMany { retry_after_s }) => {
                say(StatusCode::TOO_MANY_REQUESTS, &[("retry-after", &retry_after_s.to_string())], &Value::Null)
            }
            Some(Trick::Expired) => say(StatusCode::GONE, &[], &Value::Null),
        }
    }
}
