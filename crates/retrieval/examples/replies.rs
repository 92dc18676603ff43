//! How well questions are answered by quoting: `replies ARTICLES.jsonl QUERIES.jsonl [ADVERSARIAL.jsonl] [--fit]`. Right at 1 and 3: an
//! answer stands in one of the first quotes. Gone: the same questions with the document that answers hidden. With `--fit` the weights of
//! the confidence are fitted on every second question and told; the figures are of the others.
#![expect(clippy::print_stdout, reason = "it is what it is for")]

use std::io::{BufRead, BufReader};
use std::time::Instant;

use retrieval::answering::{Asked, Calibration, Reply, Sample};
use retrieval::{Change, Document, Index, Passage};
use serde_json::Value;

fn lines(path: &str) -> Vec<Value> {
    let file = std::fs::File::open(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    BufReader::new(file).lines().map(|line| serde_json::from_str(&line.expect("text")).expect("JSON")).collect()
}

fn document(line: &Value) -> Change {
    let text = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
    let passage = |text: String| Passage { text, ..Passage::default() };
    let passages = [text("summary"), text("body_text")].into_iter().filter(|text| !text.is_empty()).map(passage).collect();
    Change::Put(Document { id: text("external_id"), title: text("title"), passages, ..Document::default() })
}

fn tokens(text: &str) -> String {
    let lower = vietnamese::normalise(text).to_lowercase();
    let words: Vec<&str> =
        lower.split(|letter: char| !(letter.is_alphanumeric() || letter == '_')).filter(|word| !word.is_empty()).collect();
    format!(" {} ", words.join(" "))
}

fn is_right(reply: &Reply, answers: &[Value], first: usize) -> bool {
    let quotes: Vec<String> = reply.quotes.iter().take(first).map(|quote| tokens(quote.text())).collect();
    answers.iter().filter_map(Value::as_str).map(tokens).any(|answer| quotes.iter().any(|quote| quote.contains(&answer)))
}

/// The share of pairs in which the answered is surer.
fn area(right: &[f32], other: &[f32]) -> f32 {
    let wins: f64 = right
        .iter()
        .map(|one| {
            other
                .iter()
                .map(|two| {
                    if one > two {
                        1.0
                    } else if one == two {
                        0.5
                    } else {
                        0.0
                    }
                })
                .sum::<f64>()
        })
        .sum();
    (wins / (right.len() as f64 * other.len() as f64)) as f32
}

fn refused_at(right: &[f32], other: &[f32], answered: f32) -> f32 {
    let mut sure = right.to_vec();
    sure.sort_by(f32::total_cmp);
    let from = sure[((1.0 - answered) * sure.len() as f32) as usize];
    other.iter().filter(|one| **one < from).count() as f32 / other.len() as f32
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let fits = arguments.iter().any(|one| one == "--fit");
    let paths: Vec<&String> = arguments.iter().filter(|one| !one.starts_with("--")).collect();
    let index = Index::in_memory().expect("an index");
    let articles = lines(paths[0]);
    index.write(&articles.iter().map(document).collect::<Vec<_>>(), "").expect("written");
    let mut calibration = Calibration::default();
    let ask = |question: &str, without: Option<&str>| {
        index
            .reply_without(&Asked { question, quotes: 3, ..Asked::default() }, &Calibration::default(), without)
            .expect("a reply")
    };
    let (mut first, mut third, mut count, mut times) = (0, 0, 0, Vec::new());
    let (mut right, mut hidden): (Vec<Sample>, Vec<Sample>) = (Vec::new(), Vec::new());
    for line in lines(paths[1]) {
        let (text, answers) = (line["text"].as_str().expect("text"), line["answers"].as_array().cloned().unwrap_or_default());
        let gold = line["gold"][0].as_str().unwrap_or_default();
        let started = Instant::now();
        let reply = ask(text, None);
        times.push(started.elapsed().as_secs_f32() * 1000.0);
        if !answers.is_empty() {
            count += 1;
            first += usize::from(is_right(&reply, &answers, 1));
            third += usize::from(is_right(&reply, &answers, 3));
        }
        if reply.near.first().is_some_and(|hit| hit.document.id == gold) {
            right.push(reply.sample);
        }
        hidden.push(ask(text, Some(gold)).sample);
    }
    times.sort_by(f32::total_cmp);
    println!(
        "answer in the first quote {:.3}, in three {:.3} ({count} questions)",
        first as f32 / count as f32,
        third as f32 / count as f32
    );
    println!("p50 {:.2} ms, p95 {:.2} ms", times[times.len() / 2], times[times.len() * 95 / 100]);
    if fits {
        let every = |of: &[Sample], odd: usize| {
            of.iter().enumerate().filter(|(at, _)| at % 2 == odd).map(|(_, one)| *one).collect::<Vec<_>>()
        };
        calibration = Calibration::fit(&every(&right, 0), &every(&hidden, 0), 0.9).expect("a fit");
        println!("{calibration:?}");
        (right, hidden) = (every(&right, 1), every(&hidden, 1));
    }
    let sure = |of: &[Sample]| of.iter().map(|one| calibration.confidence(one)).collect::<Vec<f32>>();
    let (right, hidden) = (sure(&right), sure(&hidden));
    println!("gone: AUC {:.3}, refused at 90 % answered {:.3}", area(&right, &hidden), refused_at(&right, &hidden, 0.9));
    let answered = right.iter().filter(|one| **one >= calibration.answer_from).count() as f32 / right.len() as f32;
    let wrongly = hidden.iter().filter(|one| **one >= calibration.answer_from).count() as f32 / hidden.len() as f32;
    println!("as set: answered {answered:.3}, answered though gone {wrongly:.3}");
    if let Some(path) = paths.get(2) {
        let other: Vec<f32> = lines(path)
            .iter()
            .filter_map(|line| line["text"].as_str().map(|text| calibration.confidence(&ask(text, None).sample)))
            .collect();
        println!("adversarial: AUC {:.3}, refused at 90 % answered {:.3}", area(&right, &other), refused_at(&right, &other, 0.9));
    }
}
