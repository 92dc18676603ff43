//! An OpenID provider on loopback that can be told to misbehave in one thing.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD as B64};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::task::JoinSet;

use crate::base::Clock;
use crate::base::config::OidcProvider;

pub const SECRET: &str = "a secret of client and provider";

/// One thing that is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    Nothing,
    Nonce,
    Audience,
    Issuer,
    Expired,
    /// Signed by a key that the provider does not publish.
    Stranger,
    /// Says that the published key signed, but another did.
    Forged,
    Unsigned,
    /// Signed with the client's secret.
    Shared,
    /// The provider began to sign with a new key since we asked.
    NewKey,
    NoToken,
    Garbage,
    Huge,
    Refuses,
    Broken,
    /// Describes itself as somebody else.
    Elsewhere,
    /// The ID token has only the subject; the rest is at user info.
    Terse,
    /// The same, and user info speaks of somebody else.
    TerseAndWrong,
}

pub struct Provider {
    pub issuer: String,
    desk: Desk,
    _serving: JoinSet<()>,
}

#[derive(Clone)]
struct Desk(Arc<Inner>);

struct Inner {
    issuer: String,
    clock: Clock,
    wrong: Mutex<Wrong>,
    claims: Mutex<Value>,
    /// Code → nonce and PKCE challenge.
    codes: Mutex<HashMap<String, (String, String)>>,
    keys: [EcdsaKeyPair; 2],
}

impl Provider {
    pub async fn open(clock: &Clock) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let issuer = format!("http://{}", listener.local_addr().expect("an address"));
        let desk = Desk(Arc::new(Inner {
            issuer: issuer.clone(),
            clock: clock.clone(),
            wrong: Mutex::new(Wrong::Nothing),
            claims: Mutex::new(json!({})),
            codes: Mutex::default(),
            keys: [key(), key()],
        }));
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/jwks", get(keys))
            .route("/token", post(token))
            .route("/userinfo", get(user_info))
            .with_state(desk.clone());
        let mut serving = JoinSet::new();
        serving.spawn(async move { axum::serve(listener, router).await.expect("serving") });
        Self { issuer, desk, _serving: serving }
    }

    /// What the product is told of it.
    pub fn settings(&self, match_claim: &str) -> OidcProvider {
        OidcProvider {
            id: "province".into(),
            label: "Đăng nhập một lần của tỉnh".into(),
            issuer: self.issuer.clone(),
            client_id: "lantoa".into(),
            client_secret: SECRET.into(),
            scopes: vec!["email".into()],
            match_claim: match_claim.into(),
        }
    }

    pub fn misbehaves(&self, wrong: Wrong) {
        *self.desk.0.wrong.lock().expect("a lock") = wrong;
    }

    /// Who signs in there.
    pub fn person(&self, claims: Value) {
        *self.desk.0.claims.lock().expect("a lock") = claims;
    }

    /// A person agrees on the page at that address; returns code and state.
    pub fn agrees(&self, address: &str) -> (String, String) {
        let asked = query(address);
        assert!(address.starts_with(&format!("{}/authorize?", self.issuer)), "{address}");
        assert_eq!(asked["response_type"], "code");
        assert_eq!(asked["client_id"], "lantoa");
        assert_eq!(asked["code_challenge_method"], "S256");
        assert_eq!(asked["redirect_uri"], "http://localhost/desk/sign-on/province/return");
        assert!(asked["scope"].split(' ').any(|scope| scope == "openid") && asked["scope"].contains("email"));
        let code = B64.encode(rand::random::<[u8; 16]>());
        let kept = (asked["nonce"].clone(), asked["code_challenge"].clone());
        self.desk.0.codes.lock().expect("a lock").insert(code.clone(), kept);
        (code, asked["state"].clone())
    }
}

fn key() -> EcdsaKeyPair {
    let random = SystemRandom::new();
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).expect("a key");
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref(), &random).expect("a key")
}

/// The pairs of an address's query.
pub fn query(address: &str) -> HashMap<String, String> {
    let url = webauthn_rs::prelude::Url::parse(address).expect("an address");
    url.query_pairs().into_owned().collect()
}

impl Desk {
    fn wrong(&self) -> Wrong {
        *self.0.wrong.lock().expect("a lock")
    }

    fn jwk(&self, number: usize) -> Value {
        let point = self.0.keys[number].public_key().as_ref();
        let (x, y) = (B64.encode(&point[1..33]), B64.encode(&point[33..65]));
        json!({ "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": format!("key-{number}"), "x": x, "y": y })
    }

    fn id_token(&self, nonce: &str) -> String {
        let (wrong, now_s) = (self.wrong(), self.0.clock.now().timestamp());
        let mut claims = self.0.claims.lock().expect("a lock").clone();
        if matches!(wrong, Wrong::Terse | Wrong::TerseAndWrong) {
            claims = json!({ "sub": claims["sub"] });
        }
        let (issued, expires) = if wrong == Wrong::Expired { (now_s - 7200, now_s - 3600) } else { (now_s, now_s + 600) };
        claims["iss"] = json!(if wrong == Wrong::Issuer { "http://127.0.0.1:1" } else { &self.0.issuer });
        claims["aud"] = json!(if wrong == Wrong::Audience { "another" } else { "lantoa" });
        claims["nonce"] = json!(if wrong == Wrong::Nonce { "another" } else { nonce });
        claims["iat"] = json!(issued);
        claims["exp"] = json!(expires);
        self.signed(&claims, wrong)
    }

    fn signed(&self, claims: &Value, wrong: Wrong) -> String {
        let (algorithm, key, kid) = match wrong {
            Wrong::Unsigned => ("none", 0, "key-0"),
            Wrong::Shared => ("HS256", 0, "key-0"),
            Wrong::Stranger => ("ES256", 1, "key-9"),
            Wrong::Forged => ("ES256", 1, "key-0"),
            Wrong::NewKey => ("ES256", 1, "key-1"),
            _ => ("ES256", 0, "key-0"),
        };
        let header = json!({ "alg": algorithm, "kid": kid, "typ": "JWT" });
        let body = format!("{}.{}", B64.encode(header.to_string()), B64.encode(claims.to_string()));
        let signature = match algorithm {
            "none" => Vec::new(),
            "HS256" => {
                let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, SECRET.as_bytes());
                ring::hmac::sign(&key, body.as_bytes()).as_ref().to_vec()
            }
            _ => self.0.keys[key].sign(&SystemRandom::new(), body.as_bytes()).expect("a signature").as_ref().to_vec(),
        };
        format!("{body}.{}", B64.encode(signature))
    }
}

async fn discovery(State(desk): State<Desk>) -> Response {
    let issuer = &desk.0.issuer;
    if desk.wrong() == Wrong::Broken {
        return (StatusCode::INTERNAL_SERVER_ERROR, "broken").into_response();
    }
    let said = if desk.wrong() == Wrong::Elsewhere { "http://127.0.0.1:1" } else { issuer };
    Json(json!({
        "issuer": said,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "userinfo_endpoint": format!("{issuer}/userinfo"),
        "end_session_endpoint": format!("{issuer}/end"),
        "jwks_uri": format!("{issuer}/jwks"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256", "HS256", "none"],
    }))
    .into_response()
}

async fn keys(State(desk): State<Desk>) -> Json<Value> {
    let published = if desk.wrong() == Wrong::NewKey { vec![desk.jwk(0), desk.jwk(1)] } else { vec![desk.jwk(0)] };
    Json(json!({ "keys": published }))
}

async fn token(State(desk): State<Desk>, headers: HeaderMap, Form(form): Form<HashMap<String, String>>) -> Response {
    let expected = format!("Basic {}", STANDARD.encode(format!("lantoa:{}", SECRET.replace(' ', "+"))));
    let refused = |why: &str| (StatusCode::BAD_REQUEST, Json(json!({ "error": why }))).into_response();
    if headers.get("authorization").and_then(|value| value.to_str().ok()) != Some(&expected) {
        return refused("invalid_client");
    }
    let Some((nonce, challenge)) = desk.0.codes.lock().expect("a lock").remove(&form["code"]) else {
        return refused("invalid_grant");
    };
    if B64.encode(Sha256::digest(form["code_verifier"].as_bytes())) != challenge {
        return refused("invalid_grant");
    }
    let mut answer = json!({ "access_token": "access", "token_type": "Bearer", "expires_in": 600 });
    match desk.wrong() {
        Wrong::Refuses => return refused("invalid_grant"),
        Wrong::Garbage => return "not JSON".into_response(),
        Wrong::Huge => answer["padding"] = json!("x".repeat(2 * 1024 * 1024)),
        Wrong::NoToken => return Json(answer).into_response(),
        _ => {}
    }
    answer["id_token"] = json!(desk.id_token(&nonce));
    Json(answer).into_response()
}

async fn user_info(State(desk): State<Desk>) -> Json<Value> {
    let mut claims = desk.0.claims.lock().expect("a lock").clone();
    if desk.wrong() == Wrong::TerseAndWrong {
        claims["sub"] = json!("somebody else");
    }
    Json(claims)
}
