//! The recogniser on whole documents: plan 118 (shared, when present) and the varied set in `tests/plans`.

mod plan_118;
mod varied;

use std::path::PathBuf;

use official_document::read_text;
use serde_json::Value;

use super::{Gazetteer, Recognition, recognise};

/// The folder of the crate.
fn here() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// What the recogniser makes of a text.
fn recognised(text: &str) -> Recognition {
    recognise(&read_text(text), Gazetteer::standard())
}

/// A JSON array of expected provisions.
fn truth(path: &std::path::Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The recognition as a machine sees it.
fn as_json(recognition: &Recognition) -> Vec<Value> {
    let all = serde_json::to_value(recognition).expect("a recognition is JSON");
    all["provisions"].as_array().cloned().unwrap_or_default()
}
