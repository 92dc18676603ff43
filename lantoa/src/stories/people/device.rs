//! A device that makes passkeys, played in software: what a phone answers, byte for byte (WebAuthn Level 3,
//! sections 6.1 and 6.5; CTAP2 canonical CBOR).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const USER_PRESENT_AND_VERIFIED: u8 = 0x05;
const WITH_CREDENTIAL: u8 = 0x40;

/// One passkey in the device.
pub struct Device {
    pub origin: String,
    pub counter: u32,
    /// None for a key that does not remember the account.
    pub user: Option<Vec<u8>>,
    id: [u8; 16],
    key: EcdsaKeyPair,
}

impl Device {
    pub fn new() -> Self {
        let random = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).expect("a key");
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8.as_ref(), &random).expect("a key");
        Self { origin: "http://localhost".into(), counter: 1, user: None, id: rand::random(), key }
    }

    /// Answers `navigator.credentials.create`.
    pub fn create(&mut self, options: &Value) -> String {
        let options = &options["publicKey"];
        self.user = Some(B64.decode(options["user"]["id"].as_str().expect("a user")).expect("base64url"));
        let client = self.client("webauthn.create", options);
        let mut data = self.head(options["rp"]["id"].as_str().expect("an id"), USER_PRESENT_AND_VERIFIED | WITH_CREDENTIAL);
        data.extend([0; 16]);
        data.extend([0, 16]);
        data.extend(self.id);
        let point = self.key.public_key().as_ref();
        data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend(&point[1..33]);
        data.extend([0x22, 0x58, 0x20]);
        data.extend(&point[33..65]);
        let length = u8::try_from(data.len()).expect("a short text");
        let mut object = vec![0xa3];
        object.extend(b"\x63fmt\x64none\x67attStmt\xa0\x68authData\x58");
        object.push(length);
        object.extend(data);
        self.answer(json!({ "clientDataJSON": B64.encode(client), "attestationObject": B64.encode(object) }))
    }

    /// Answers `navigator.credentials.get`.
    pub fn get(&mut self, options: &Value) -> String {
        let options = &options["publicKey"];
        let client = self.client("webauthn.get", options);
        let data = self.head(options["rpId"].as_str().expect("an id"), USER_PRESENT_AND_VERIFIED);
        let signed = [data.clone(), Sha256::digest(&client).to_vec()].concat();
        let signature = self.key.sign(&SystemRandom::new(), &signed).expect("a signature");
        self.answer(json!({
            "clientDataJSON": B64.encode(client),
            "authenticatorData": B64.encode(data),
            "signature": B64.encode(signature),
            "userHandle": self.user.as_ref().map(|user| B64.encode(user)),
        }))
    }

    /// Whether the options name this passkey.
    pub fn is_asked(&self, options: &Value) -> bool {
        let id = B64.encode(self.id);
        options["publicKey"]["allowCredentials"].as_array().is_some_and(|asked| asked.iter().any(|one| one["id"] == id))
    }

    fn client(&self, kind: &str, options: &Value) -> Vec<u8> {
        let client = json!({ "type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": false });
        client.to_string().into_bytes()
    }

    fn head(&mut self, party: &str, flags: u8) -> Vec<u8> {
        let head = [Sha256::digest(party.as_bytes()).as_slice(), &[flags], &self.counter.to_be_bytes()].concat();
        self.counter += 1;
        head
    }

    fn answer(&self, response: Value) -> String {
        let id = B64.encode(self.id);
        json!({ "id": id, "rawId": id, "type": "public-key", "response": response, "clientExtensionResults": {} }).to_string()
    }
}
