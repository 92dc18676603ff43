//! How well real questions are answered: the set in `../shared/bench/vi`, beside the repository. Skipped where it is not.
//! `examples/answers.rs` makes the whole figures; this asks every twelfth question, to notice when something breaks.

use std::path::PathBuf;

use retrieval::answering::{Asked, Calibration, Standing};
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

/// The shares of questions whose answer stands in the first quote and in the first three, of those that are answered, and of those that
/// are answered although the passage that answers is hidden.
fn quoted(index: &Index, questions: &[Value]) -> [f32; 4] {
    let words = |text: &str| {
        let lower = vietnamese::normalise(text).to_lowercase();
        let words: Vec<&str> = lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        format!(" {} ", words.join(" "))
    };
    let mut counts = [0; 4];
    let asked: Vec<&Value> = questions.iter().step_by(6).collect();
    for line in &asked {
        let question = line["text"].as_str().expect("text");
        let gold = line["gold"][0].as_str().expect("gold");
        let answers: Vec<String> =
            line["answers"].as_array().into_iter().flatten().filter_map(Value::as_str).map(words).collect();
        let asked = Asked { question, quotes: 3, ..Asked::default() };
        let reply = index.reply(&asked, &Calibration::default()).expect("a reply");
        let at = reply.quotes.iter().position(|quote| answers.iter().any(|answer| words(quote.text()).contains(answer)));
        let hidden = index.reply_without(&asked, &Calibration::default(), &[gold]).expect("a reply");
        let is_so = [at == Some(0), at.is_some(), reply.standing == Standing::Answered, hidden.standing == Standing::Answered];
        counts.iter_mut().zip(is_so).for_each(|(count, is)| *count += usize::from(is));
    }
    counts.map(|count| count as f32 / asked.len() as f32)
}

#[test]
fn questions_are_answered_by_quotes_and_refused_when_the_passage_is_gone() {
    let (Some(articles), Some(questions)) = (lines("articles.jsonl"), lines("queries.jsonl")) else {
        println!("skipped: ../shared/bench/vi is not beside the repository");
        return;
    };
    let index = Index::in_memory().expect("an index");
    index.write(&articles.iter().map(document).collect::<Vec<_>>(), "").expect("written");
    let [first, third, answered, wrongly] = quoted(&index, &questions);
    println!("{first} first, {third} in three, {answered} answered, {wrongly} answered though the passage is gone");
    assert!(first >= 0.76 && third >= 0.90, "{first} of the answers stand in the first quote, {third} in three");
    assert!(answered >= 0.82 && wrongly <= 0.18, "{answered} are answered, {wrongly} though the passage is gone");
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
