//! Every word of the interface is there in both languages.

use std::collections::BTreeSet;

use super::sources;

fn keys(language: &str) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for file in sources::below(&format!("{}/{language}", sources::LOCALES), ".ftl") {
        for line in file.text.lines() {
            let Some((key, _)) = line.split_once('=') else { continue };
            let key = key.trim_end();
            if key.starts_with(|letter: char| letter.is_ascii_lowercase()) {
                assert!(keys.insert(key.to_owned()), "{}: {key} stands twice", file.path);
            }
        }
    }
    keys
}

#[test]
fn both_languages_have_the_same_words() {
    let (vi, en) = (keys("vi"), keys("en"));
    let only_vi: Vec<_> = vi.difference(&en).collect();
    let only_en: Vec<_> = en.difference(&vi).collect();
    assert!(only_vi.is_empty() && only_en.is_empty(), "only in Vietnamese: {only_vi:#?}; only in English: {only_en:#?}");
}

/// Keys written out in templates and code: `l.t("…")`, `l.t1("…"`, `Obstacle::new("…")` and the like.
#[test]
fn every_word_used_is_there() {
    let known = keys("vi");
    let openings =
        ["l.t(\"", "l.t1(\"", "l.t2(\"", "l.with(\"", "Obstacle::new(\"", "Error::refused(\"", "Error::bad(\"", "key: \"nav-"];
    let mut missing = BTreeSet::new();
    for source in sources::product(".html").into_iter().chain(sources::product(".rs")) {
        for opening in openings {
            for piece in source.text.split(opening).skip(1) {
                let key = piece.split('"').next().unwrap_or_default();
                let key = if opening.ends_with("nav-") { format!("nav-{key}") } else { key.to_owned() };
                let whole =
                    !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
                if whole && !known.contains(&key) {
                    missing.insert(format!("{key} ({})", source.path));
                }
            }
        }
    }
    assert!(missing.is_empty(), "write these in layers/base/locales, vi and en: {missing:#?}");
}
