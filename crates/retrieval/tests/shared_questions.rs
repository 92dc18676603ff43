//! How well real questions are answered: the set in `../shared/bench/vi`, beside the repository. Skipped where it is not.
//! `examples/answers.rs` makes the whole figures; this asks every twelfth question, to notice when something breaks.

use std::path::PathBuf;

use retrieval::{Change, Document, Index, Passage, Question};
use serde_json::Value;

fn lines(name: &str) -> Option<Vec<Value>> {
    let beside = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared"));
    let folder = std::env::var_os("LANTOA_SHARED").map_or(beside, PathBuf::from);
    let text = std::fs::read_to_string(folder.join("bench/vi/data").join(name)).ok()?;
    Some(text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect())
}

fn document(line: &Value) -> Change {
    let text = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
    let passages = vec![Passage { text: text("body_text"), ..Passage::default() }];
    Change::Put(Document { id: text("external_id"), title: text("title"), passages, ..Document::default() })
}

/// The share of questions whose first hit is the right one.
fn first(index: &Index, questions: &[Value]) -> f32 {
    let asked: Vec<&Value> = questions.iter().step_by(12).collect();
    let right = asked.iter().filter(|line| {
        let text = line["text"].as_str().unwrap_or_default();
        let answer = index.search(&Question { text, limit: 1, ..Question::default() }).expect("an answer");
        let gold = line["gold"].as_array().expect("gold");
        answer.hits.first().is_some_and(|hit| gold.iter().any(|id| *id == hit.document.id.as_str()))
    });
    right.count() as f32 / asked.len() as f32
}

#[test]
fn questions_find_their_passage_however_they_are_typed() {
    let Some(articles) = lines("articles.jsonl") else {
        println!("skipped: ../shared/bench/vi is not beside the repository");
        return;
    };
    let index = Index::in_memory().expect("an index");
    let changes: Vec<Change> = articles.iter().map(document).collect();
    index.write(&changes, "").expect("written");
    let asked = |variant: &str| first(&index, &lines(&format!("queries{variant}.jsonl")).expect("questions"));
    let plain = asked("");
    assert!(plain >= 0.9, "{plain} of the questions find their passage first");
    for variant in [".nodia", ".altnfd", ".telex", ".hoinga", ".typo"] {
        let spoilt = asked(variant);
        assert!(spoilt >= plain - 0.05, "{variant}: {spoilt}, against {plain}");
    }
}
