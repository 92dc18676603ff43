//! The installation's key, which secrets of the second step are encrypted with: whole, ours alone, the same on every node.

use std::os::unix::fs::PermissionsExt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::finding::{Area, Finding, State};
use crate::base::Config;

const KEY_BYTES: usize = 32;
const OTHERS: u32 = 0o077;

fn new(state: State, key: &'static str) -> Finding {
    Finding::new(Area::Storage, state, key)
}

/// None while there is no key: the first start makes one.
pub fn examine(config: &Config) -> Option<Finding> {
    let given = config.secret.trim();
    if !given.is_empty() {
        return Some(if is_key(given) {
            new(State::Good, "doctor-key-whole")
        } else {
            new(State::Broken, "doctor-key-malformed")
        });
    }
    let file = config.data.join("secret.key");
    let text = match std::fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return None,
        Err(error) => return Some(new(State::Broken, "doctor-key-unreadable").with("file", file.display()).with("cause", error)),
    };
    let open = std::fs::metadata(&file).is_ok_and(|about| about.permissions().mode() & OTHERS != 0);
    let finding = match (is_key(text.trim()), open, config.database_url.is_empty()) {
        (false, ..) => new(State::Broken, "doctor-key-damaged"),
        (true, true, _) => new(State::Warning, "doctor-key-open"),
        (true, false, false) => new(State::Warning, "doctor-key-local"),
        (true, false, true) => new(State::Good, "doctor-key-whole"),
    };
    Some(finding.with("file", file.display()))
}

fn is_key(text: &str) -> bool {
    URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).is_ok_and(|bytes| bytes.len() == KEY_BYTES)
}
