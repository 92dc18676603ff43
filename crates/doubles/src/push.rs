//! A push service and the browsers behind it: it checks who sends (RFC 8292), and the browser decrypts what arrives (RFC 8291).

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use http::{Method, Request, StatusCode};
use p256::elliptic_curve::sec1::ToSec1Point;
use p256::{PublicKey, SecretKey, ecdh};
use ring::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::hmac;
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use serde_json::{Value, json};

use crate::service::{Answer, Service, Tricks, garbled, header, is_done, say};
use crate::{Receipt, Trick};

/// The service, its subscriptions and what arrived at them.
#[derive(Default)]
pub struct PushService {
    /// By the last part of their address.
    pub browsers: BTreeMap<String, Browser>,
    /// Seconds since 1970, as the service's clock says.
    pub now_s: i64,
    pub tricks: Tricks,
}

/// One browser: its keys, and the notices it showed.
pub struct Browser {
    secret: SecretKey,
    auth: [u8; 16],
    /// The key of the server that it subscribed with, as `applicationServerKey`; any when it is empty.
    server: String,
    pub shown: Vec<Shown>,
    /// 410: the person took the permission back.
    pub is_gone: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub content: Vec<u8>,
    pub ttl: String,
    pub urgency: String,
    pub topic: String,
}

impl PushService {
    /// Subscribes a browser: what its page would hand in, as JSON, for the service at this address.
    #[must_use]
    pub fn subscribe(&mut self, base: &str, seed: u8, server: &str) -> String {
        let Ok(secret) = SecretKey::from_slice(&[seed.max(1); 32]) else { return String::new() };
        let auth = [seed; 16];
        let key = secret.public_key().to_sec1_point(false);
        let keys = json!({"p256dh": URL_SAFE_NO_PAD.encode(key.as_bytes()), "auth": URL_SAFE_NO_PAD.encode(auth)});
        let id = format!("browser-{seed}");
        let json = json!({"endpoint": format!("{base}/push/{id}"), "expirationTime": null, "keys": keys});
        let browser = Browser { secret, auth, server: server.to_owned(), shown: Vec::new(), is_gone: false };
        self.browsers.insert(id, browser);
        json.to_string()
    }

    fn take(&mut self, request: &Request<Bytes>) -> Answer {
        let now_s = self.now_s;
        let origin = format!("http://{}", header(request, "host"));
        let id = request.uri().path().strip_prefix("/push/").unwrap_or_default();
        let Some(browser) = self.browsers.get_mut(id).filter(|browser| !browser.is_gone) else {
            return say(StatusCode::GONE, &[], &Value::Null);
        };
        if is_from(header(request, "authorization"), &browser.server, &origin, now_s).is_none() {
            return say(StatusCode::FORBIDDEN, &[], &json!({"reason": "VapidSignature"}));
        }
        if header(request, "ttl").parse::<u32>().is_err() || header(request, "content-encoding") != "aes128gcm" {
            return say(StatusCode::BAD_REQUEST, &[], &json!({"reason": "headers"}));
        }
        if request.body().len() > 4_096 {
            return say(StatusCode::PAYLOAD_TOO_LARGE, &[], &Value::Null);
        }
        // The service itself can not tell whether a browser can read a notice; this one fails aloud.
        let Some(content) = browser.decrypt(request.body()) else {
            return say(StatusCode::BAD_REQUEST, &[], &json!({"reason": "the browser can not read it"}));
        };
        let word = |name| header(request, name).to_owned();
        let topic = word("topic");
        if !topic.is_empty() {
            browser.shown.retain(|shown| shown.topic != topic);
        }
        browser.shown.push(Shown { content, ttl: word("ttl"), urgency: word("urgency"), topic });
        let location = format!("{origin}/notice/{id}-{}", browser.shown.len());
        say(StatusCode::CREATED, &[("location", &location)], &Value::Null)
    }
}

/// `vapid t=JWT, k=KEY`: of the server that was subscribed with, for this service, good for a day at most.
fn is_from(authorization: &str, server: &str, origin: &str, now_s: i64) -> Option<()> {
    let (token, key) = authorization.strip_prefix("vapid t=")?.split_once(", k=")?;
    let (signed, signature) = token.rsplit_once('.')?;
    let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).ok();
    let verifying = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, bytes(key)?);
    verifying.verify(signed.as_bytes(), &bytes(signature)?).ok()?;
    let claims: Value = serde_json::from_slice(&bytes(signed.split_once('.')?.1)?).ok()?;
    let expires = claims["exp"].as_i64()?;
    let is_right = (server.is_empty() || key == server) && claims["aud"] == origin && (now_s..=now_s + 86_400).contains(&expires);
    is_right.then_some(())
}

impl Browser {
    /// Header of 16 bytes salt, 4 bytes size of records, 1 byte length of the key and the key; then one record.
    fn decrypt(&self, body: &[u8]) -> Option<Vec<u8>> {
        let (salt, rest) = (body.get(..16)?, body.get(16..)?);
        let length = usize::from(*rest.get(4)?);
        let (theirs, record) = (rest.get(5..5 + length)?, rest.get(5 + length..)?);
        let shared = ecdh::diffie_hellman(self.secret.to_nonzero_scalar(), PublicKey::from_sec1_bytes(theirs).ok()?.as_affine());
        let own = self.secret.public_key().to_sec1_point(false);
        let combined = mac(&self.auth, &[shared.raw_secret_bytes()]);
        let material = mac(&combined, &[b"WebPush: info\0", own.as_bytes(), theirs, &[1]]);
        let pseudo_random = mac(salt, &[&material]);
        let key = mac(&pseudo_random, &[b"Content-Encoding: aes128gcm\0", &[1]]);
        let nonce = mac(&pseudo_random, &[b"Content-Encoding: nonce\0", &[1]]);
        let mut record = record.to_vec();
        let opening = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, key.get(..16)?).ok()?);
        let nonce = Nonce::try_assume_unique_for_key(nonce.get(..12)?).ok()?;
        let plain = opening.open_in_place(nonce, Aad::empty(), &mut record).ok()?;
        let end = plain.iter().rposition(|byte| *byte != 0)?;
        (plain[end] == 2).then(|| plain[..end].to_vec())
    }
}

/// One step of HKDF written out (RFC 5869).
fn mac(key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), &parts.concat()).as_ref().to_vec()
}

impl Service for PushService {
    fn name(&self) -> &'static str {
        "Web Push"
    }

    fn tricks(&mut self) -> &mut Tricks {
        &mut self.tricks
    }

    fn receipts(&self) -> Vec<Receipt> {
        let one = |id: &String, shown: &Shown| Receipt {
            id: id.clone(),
            text: String::from_utf8_lossy(&shown.content).into_owned(),
            media: 0,
            at_s: self.now_s,
            state: "shown",
        };
        self.browsers.iter().flat_map(|(id, browser)| browser.shown.iter().map(move |shown| one(id, shown))).collect()
    }

    fn answer(&mut self, request: &Request<Bytes>) -> Answer {
        if request.method() != Method::POST {
            return say(StatusCode::METHOD_NOT_ALLOWED, &[], &Value::Null);
        }
        let trick = self.tricks.take();
        let answer = if is_done(trick) { self.take(request) } else { Answer::HangUp };
        match trick {
            None => answer,
            Some(Trick::DropDone | Trick::DropUndone) => Answer::HangUp,
            Some(Trick::BrokenDone) => say(StatusCode::INTERNAL_SERVER_ERROR, &[], &Value::Null),
            Some(Trick::BrokenUndone) => say(StatusCode::SERVICE_UNAVAILABLE, &[("retry-after", "5")], &Value::Null),
            Some(Trick::GarbledDone) => garbled(),
            Some(Trick::ErrorInside) => say(StatusCode::BAD_REQUEST, &[], &json!({"reason": "something else"})),
            Some(Trick::TooMany { retry_after_s }) => {
                say(StatusCode::TOO_MANY_REQUESTS, &[("retry-after", &retry_after_s.to_string())], &Value::Null)
            }
            Some(Trick::Expired) => say(StatusCode::FORBIDDEN, &[], &json!({"reason": "ExpiredToken"})),
        }
    }
}
