//! The key of this installation: what must be readable by us and by nobody who only has the database is
//! encrypted with it. It is `LANTOA_SECRET`, or the file `secret.key` in the data folder.
//!
//! ChaCha20-Poly1305 (RFC 8439) and HMAC-SHA-256 come from `ring`, which TLS brings into the tree anyway.

use std::fs;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::{Context, anyhow, ensure};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hmac;
use uuid::Uuid;

use super::{App, new_id};

const KEY_BYTES: usize = 32;
const FILE: &str = "secret.key";

/// The key, ready for use.
pub struct InstallationKey([u8; KEY_BYTES]);

impl InstallationKey {
    /// Reads the key; makes the file at the first start.
    ///
    /// # Errors
    /// The setting or the file is not 32 bytes in base64url, or the file can not be read or written.
    pub fn of(app: &App) -> anyhow::Result<Self> {
        let given = app.config.secret.trim();
        if !given.is_empty() {
            return Self::read(given)
                .context("LANTOA_SECRET is not 32 bytes in base64url; make one: openssl rand -base64 32 | tr '+/' '-_'");
        }
        let path = app.config.data.join(FILE);
        match fs::read_to_string(&path) {
            Ok(text) => Self::read(text.trim())
                .with_context(|| format!("{} is damaged; put it back from a backup of the data folder", path.display())),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                make(&path).with_context(|| format!("{} can not be written", path.display()))?;
                Self::read(fs::read_to_string(&path)?.trim())
            }
            Err(error) => Err(error).with_context(|| format!("{} can not be read", path.display())),
        }
    }

    fn read(text: &str) -> anyhow::Result<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text.trim_end_matches('='))?;
        let length = bytes.len();
        Ok(Self(bytes.try_into().map_err(|_| anyhow!("{length} bytes instead of {KEY_BYTES}"))?))
    }

    /// Encrypts a text that belongs to the thing with that id; it opens nowhere else.
    ///
    /// # Errors
    /// The text is too long for the cipher (256 GB).
    pub fn encrypt(&self, about: Uuid, text: &str) -> anyhow::Result<String> {
        let nonce: [u8; NONCE_LEN] = rand::random();
        let mut sealed = text.as_bytes().to_vec();
        self.cipher()?
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(about.as_bytes()), &mut sealed)
            .map_err(|_| anyhow!("the cipher refused"))?;
        Ok(URL_SAFE_NO_PAD.encode([nonce.as_slice(), &sealed].concat()))
    }

    /// The text behind what [`InstallationKey::encrypt`] made.
    ///
    /// # Errors
    /// Another key made it, it belongs to another thing, or it was changed.
    pub fn decrypt(&self, about: Uuid, sealed: &str) -> anyhow::Result<String> {
        let mut bytes = URL_SAFE_NO_PAD.decode(sealed)?;
        ensure!(bytes.len() > NONCE_LEN, "a sealed text is cut short");
        let mut sealed = bytes.split_off(NONCE_LEN);
        let nonce = Nonce::try_assume_unique_for_key(&bytes).map_err(|_| anyhow!("a sealed text is cut short"))?;
        let opened = self.cipher()?.open_in_place(nonce, Aad::from(about.as_bytes()), &mut sealed);
        let text = opened.map_err(|_| {
            anyhow!("the installation's key does not open this; do all nodes have the same LANTOA_SECRET, and is secret.key the old one?")
        })?;
        Ok(String::from_utf8(text.to_vec())?)
    }

    /// Bytes that only this installation derives from a text, always the same.
    #[must_use]
    pub fn derive(&self, purpose: &str, text: &str) -> Vec<u8> {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &self.0);
        hmac::sign(&key, format!("{purpose}\n{text}").as_bytes()).as_ref().to_vec()
    }

    fn cipher(&self) -> anyhow::Result<LessSafeKey> {
        let key = UnboundKey::new(&CHACHA20_POLY1305, &self.0).map_err(|_| anyhow!("the key has a wrong length"))?;
        Ok(LessSafeKey::new(key))
    }
}

/// Writes a fresh key beside its place and links it there: the file appears whole, and never in place of another.
fn make(path: &Path) -> std::io::Result<()> {
    let draft = path.with_extension(format!("{}.draft", new_id().simple()));
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
    writeln!(file, "{}", URL_SAFE_NO_PAD.encode(rand::random::<[u8; KEY_BYTES]>()))?;
    file.sync_all()?;
    let linked = fs::hard_link(&draft, path);
    fs::remove_file(&draft)?;
    match linked {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        outcome => outcome,
    }
}
