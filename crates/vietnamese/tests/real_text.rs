//! Real Vietnamese text: public sets that lie beside the repository on some machines. Elsewhere these tests say so and pass.

use std::collections::BTreeMap;
use std::path::PathBuf;

use vietnamese::{Syllable, fold, name_key, new_style, normalise, old_style, order, same_name, same_text, syllables};

fn shared(path: &str) -> Option<String> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
    let folder = std::env::var_os("LANTOA_SHARED").map_or_else(|| beside.into(), PathBuf::from);
    let text = std::fs::read_to_string(folder.join(path)).ok();
    if text.is_none() {
        eprintln!("skipped: ../shared is absent");
    }
    text
}

/// The `text` fields of a file of JSON lines, escapes left as they are.
fn texts(lines: &str) -> Vec<&str> {
    let text_of = |line| {
        let (_, rest): (&str, &str) = str::split_once(line, "\"text\": \"")?;
        Some(rest.split_once("\", \"")?.0)
    };
    lines.lines().filter_map(text_of).collect()
}

#[test]
fn another_spelling_of_a_question_is_the_same_text() {
    let (Some(plain), Some(other)) = (shared("bench/vi/data/queries.jsonl"), shared("bench/vi/data/queries.altnfd.jsonl")) else {
        return;
    };
    let (plain, other) = (texts(&plain), texts(&other));
    assert!(plain.len() > 1000 && plain.len() == other.len());
    for (a, b) in plain.iter().zip(&other) {
        assert!(same_text(a, b) && same_name(a, b), "{a}\n{b}");
    }
}

#[test]
fn a_question_without_marks_is_its_fold() {
    let (Some(plain), Some(bare)) = (shared("bench/vi/data/queries.jsonl"), shared("bench/vi/data/queries.nodia.jsonl")) else {
        return;
    };
    for (a, b) in texts(&plain).iter().zip(texts(&bare)) {
        assert_eq!(fold(a), fold(b));
    }
}

#[test]
fn nearly_every_marked_word_is_a_regular_syllable() {
    let Some(corpus) = shared("bench/vi/data/corpus.jsonl") else {
        return;
    };
    let corpus = normalise(&corpus);
    let marked: Vec<&str> = syllables(&corpus).map(|t| t.text).filter(|t| !t.is_ascii()).collect();
    let mut strangers: BTreeMap<&str, usize> = BTreeMap::new();
    for word in &marked {
        if !Syllable::parse(word).is_some_and(|s| s.is_regular()) {
            *strangers.entry(word).or_default() += 1;
        }
    }
    let count: usize = strangers.values().sum();
    eprintln!("{count} of {} marked words are no syllables: {strangers:?}", marked.len());
    assert!(marked.len() > 30_000 && count * 200 < marked.len());
}

#[test]
fn converting_placement_there_and_back_changes_nothing() {
    let Some(corpus) = shared("bench/vi/data/corpus.jsonl") else {
        return;
    };
    let old = old_style(&corpus);
    assert_eq!(old_style(&new_style(&old)), old);
    let moved = syllables(&corpus).zip(syllables(&old)).filter(|(a, b)| a.text != b.text);
    let moved: Vec<_> = moved.map(|(a, b)| (a.text, b.text)).collect();
    eprintln!("moved: {moved:?}");
    assert!(moved.iter().all(|(a, b)| fold(a) == fold(b)));
}

#[test]
fn names_of_communes_stay_apart_in_every_spelling() {
    let Some(organisations) = shared("data/dong-thap-organisations.json") else {
        return;
    };
    let after = |field: &'static str| organisations.split(field).skip(1).filter_map(|rest| Some(rest.split_once('"')?.0));
    let names: Vec<&str> = after("\"short_name\": \"").collect();
    assert_eq!(names.len(), 102);
    let keys: BTreeMap<String, &str> = names.iter().map(|name| (name_key(name), *name)).collect();
    assert_eq!(keys.len(), names.len());
    for name in &names {
        let by_i = name.replace('ỹ', "ĩ").replace("Quý", "Quí").replace("Qui", "Quy");
        for spelling in [new_style(name), old_style(name), name.to_uppercase().into(), by_i.into()] {
            assert_eq!(keys.get(&name_key(&spelling)), Some(name), "{spelling}");
        }
    }
    let mut sorted = names.clone();
    sorted.sort_by(|a, b| order::compare(a, b));
    let initials: Vec<char> = sorted.iter().filter_map(|name| name.chars().next()).collect();
    assert!(initials.windows(2).all(|pair| order::compare(&pair[0].to_string(), &pair[1].to_string()).is_le()));
}
