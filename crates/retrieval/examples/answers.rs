//! Answers the questions of a file from the documents of another, as a run file: `answers ARTICLES.jsonl QUERIES.jsonl RUN.jsonl
//! [MORE.jsonl …]`. MORE are further documents, to distract. With `FEATURES=1` what went into each score is written, too.
#![expect(clippy::print_stdout, reason = "it is what it is for")]

use std::io::{BufRead, BufReader, BufWriter, Write};
use std::time::Instant;

use retrieval::{Change, Document, Index, Passage, Question};
use serde_json::{Value, json};

fn lines(path: &str) -> impl Iterator<Item = Value> {
    let file = std::fs::File::open(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    BufReader::new(file).lines().map(|line| serde_json::from_str(&line.expect("text")).expect("JSON"))
}

fn document(line: &Value) -> Change {
    let text = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
    let passage = |text: String| Passage { text, ..Passage::default() };
    let passages = [text("summary"), text("body_text")].into_iter().filter(|text| !text.is_empty()).map(passage).collect();
    Change::Put(Document { id: text("external_id"), title: text("title"), passages, ..Document::default() })
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [articles, queries, run, more @ ..] = arguments.as_slice() else {
        panic!("answers ARTICLES.jsonl QUERIES.jsonl RUN.jsonl [MORE.jsonl …]");
    };
    let with_features = std::env::var_os("FEATURES").is_some();
    let index = Index::in_memory().expect("an index");
    let changes: Vec<Change> =
        std::iter::once(articles).chain(more).flat_map(|path| lines(path)).map(|line| document(&line)).collect();
    let started = Instant::now();
    index.write(&changes, "").expect("written");
    println!("{} documents in {:.1} s", index.len(), started.elapsed().as_secs_f32());
    for (queries, run) in queries.split(',').zip(run.split(',')) {
        let mut out = BufWriter::new(std::fs::File::create(run).expect("a file"));
        let mut times = Vec::new();
        for line in lines(queries) {
            let text = line["text"].as_str().expect("text");
            let started = Instant::now();
            let limit = if with_features { 100 } else { 20 };
            let answer = index.search(&Question { text, limit, ..Question::default() }).expect("an answer");
            times.push(started.elapsed().as_secs_f32() * 1000.0);
            let ranked: Vec<&str> = answer.hits.iter().map(|hit| hit.document.id.as_str()).collect();
            let scores: Vec<f32> = answer.hits.iter().map(|hit| hit.score).collect();
            let mut judged = json!({"qid": line["id"], "ranked": ranked, "scores": scores});
            if with_features {
                judged["features"] = answer.hits.iter().map(|hit| json!(hit.features.values())).collect();
            }
            writeln!(out, "{judged}").expect("written");
        }
        times.sort_by(f32::total_cmp);
        println!(
            "{queries}: {} questions, p50 {:.2} ms, p95 {:.2} ms",
            times.len(),
            times[times.len() / 2],
            times[times.len() * 95 / 100]
        );
    }
}
