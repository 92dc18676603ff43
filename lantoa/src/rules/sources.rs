//! Reading our own sources.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Where the product lies, as seen from its roof.
pub const PRODUCT: [&str; 7] = [
    "../layers/base/src",
    "../layers/work/src",
    "../layers/publishing/src",
    "../layers/delivery/src",
    "../layers/results/src",
    "../layers/answers/src",
    "src",
];
/// The words of the interface.
pub const LOCALES: &str = "../layers/base/locales";

/// A source file: its path as seen from the roof, and its text.
pub struct Source {
    pub path: String,
    pub text: String,
}

impl Source {
    /// Whether the file holds tests only.
    pub fn is_test(&self) -> bool {
        let path = &self.path;
        path.ends_with("tests.rs") || ["/tests/", "/stories", "rules", "/testing"].iter().any(|part| path.contains(part))
    }

    /// The text before its `#[cfg(test)]` module.
    pub fn code(&self) -> &str {
        self.text.split("#[cfg(test)]\nmod").next().unwrap_or_default()
    }
}

/// The text of a file, by its path from the crate.
pub fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(ROOT).join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every file of the product with that ending.
pub fn product(ending: &str) -> Vec<Source> {
    let mut found = Vec::new();
    for folder in PRODUCT {
        walk(&Path::new(ROOT).join(folder), ending, &mut found);
    }
    assert!(!found.is_empty(), "nothing of the product ends with {ending}");
    found
}

/// Every file below a folder with that ending.
pub fn below(folder: &str, ending: &str) -> Vec<Source> {
    let mut found = Vec::new();
    walk(&Path::new(ROOT).join(folder), ending, &mut found);
    assert!(!found.is_empty() || folder.contains("browser"), "nothing below {folder} ends with {ending}");
    found
}

fn walk(folder: &Path, ending: &str, found: &mut Vec<Source>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            if !path.ends_with("node_modules") && !path.ends_with("dist") {
                walk(&path, ending, found);
            }
        } else if path.to_string_lossy().ends_with(ending) {
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            let path = path.strip_prefix(ROOT).unwrap_or(&path).to_string_lossy().trim_start_matches('/').to_owned();
            found.push(Source { path, text });
        }
    }
}

/// An address with every variable part replaced: `/desk/plans/{id}/review` → `/desk/plans/{}/review`.
pub fn shape(pattern: &str) -> String {
    let mut out = String::new();
    let mut depth = 0_u32;
    for letter in pattern.split(['?', '#']).next().unwrap_or_default().chars() {
        match letter {
            '{' => {
                depth += 1;
                if depth == 1 {
                    out.push_str("{}");
                }
            }
            '}' => depth = depth.saturating_sub(1),
            '$' => {}
            _ if depth == 0 => out.push(letter),
            _ => {}
        }
    }
    out
}

/// Whether a route of that shape answers an address: `{}` takes one segment, a last one takes the rest when the address is longer.
pub fn answers(shape: &str, address: &str) -> bool {
    let (mut pattern, mut path) = (shape.split('/').peekable(), address.split('/').peekable());
    while let (Some(one), Some(other)) = (pattern.next(), path.next()) {
        if one == "{}" && pattern.peek().is_none() && !other.is_empty() {
            return shape.starts_with("/assets/") || path.peek().is_none();
        }
        if one != other && !(one == "{}" && !other.is_empty()) {
            return false;
        }
    }
    pattern.next().is_none() && path.next().is_none()
}

/// The shapes of all addresses that tests mention: string literals that begin with `/`.
pub fn addresses_in_tests() -> BTreeSet<String> {
    let rust = product(".rs").into_iter().filter(|source| source.is_test() && !source.path.contains("rules"));
    let browser = below("../tests/browser", ".ts");
    let mut shapes = BTreeSet::new();
    for source in rust.chain(browser) {
        for quote in ['"', '`', '\''] {
            for piece in source.text.split(quote).filter(|piece| piece.starts_with('/') && !piece.contains('\n')) {
                shapes.insert(shape(piece));
            }
        }
    }
    shapes
}
