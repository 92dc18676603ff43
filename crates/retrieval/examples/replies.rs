//! How well questions are answered by quoting: `replies ARTICLES.jsonl[,DISTRACTING.jsonl …]
//! QUERIES.jsonl[,…] [--adversarial FILE] [--off-topic FILE] [--fit]`. Right at 1 and 3: an answer stands in one of the first quotes.
//! Gone: the same questions with the document that answers hidden; whole: with all of its name up to the last dash hidden. With `--fit`
//! the weights of the confidence are fitted on every second question and told; the figures are of the others.
#![expect(clippy::print_stdout, reason = "it is what it is for")]

use std::io::{BufRead, BufReader};
use std::time::Instant;

use retrieval::answering::{Asked, Calibration, Reply, Sample, Standing};
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

/// What was asked of an index, by what came of it.
#[derive(Default)]
struct Asking {
    first: usize,
    third: usize,
    /// The first quote is right, and shown as an answer.
    shown: usize,
    count: usize,
    times: Vec<f32>,
    /// The document that answers came first.
    right: Vec<Sample>,
    /// It was hidden; and so were its siblings.
    gone: Vec<Sample>,
    whole: Vec<Sample>,
}

fn ask(index: &Index, question: &str, without: &[&str]) -> Reply {
    let asked = Asked { question, quotes: 3, ..Asked::default() };
    index.reply_without(&asked, &Calibration::default(), without).expect("a reply")
}

impl Asking {
    fn of(index: &Index, queries: &[Value], ids: &[String]) -> Self {
        let mut asking = Self::default();
        for line in queries {
            let (text, answers) = (line["text"].as_str().expect("text"), line["answers"].as_array().cloned().unwrap_or_default());
            let gold: Vec<&str> = line["gold"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            let started = Instant::now();
            let reply = ask(index, text, &[]);
            asking.times.push(started.elapsed().as_secs_f32() * 1000.0);
            if !answers.is_empty() {
                asking.count += 1;
                asking.first += usize::from(is_right(&reply, &answers, 1));
                asking.third += usize::from(is_right(&reply, &answers, 3));
                asking.shown += usize::from(reply.standing == Standing::Answered && is_right(&reply, &answers, 1));
            }
            if reply.near.first().is_some_and(|hit| gold.contains(&hit.document.id.as_str())) {
                asking.right.push(reply.sample);
            }
            asking.gone.push(ask(index, text, &gold).sample);
            let family = |id: &str| id.rsplit_once('-').map_or(id, |(family, _)| family).to_owned();
            let families: Vec<String> = gold.iter().map(|id| family(id)).collect();
            let siblings: Vec<&str> = ids.iter().map(String::as_str).filter(|id| families.contains(&family(id))).collect();
            asking.whole.push(ask(index, text, &siblings).sample);
        }
        asking.times.sort_by(f32::total_cmp);
        asking
    }

    fn tell(&self) {
        let share = |some: usize| some as f32 / self.count.max(1) as f32;
        let at = |percent: usize| self.times[self.times.len() * percent / 100];
        let (first, third, shown) = (share(self.first), share(self.third), share(self.shown));
        println!("  answer in the first quote {first:.3}, in three {third:.3}; first and shown as an answer {shown:.3}");
        println!("  p50 {:.2} ms, p95 {:.2} ms", at(50), at(95));
    }
}

fn option(arguments: &[String], name: &str) -> Option<String> {
    arguments.iter().position(|one| one == name).and_then(|at| arguments.get(at + 1)).cloned()
}

/// Every second one.
fn half(of: &[Sample], odd: usize) -> Vec<Sample> {
    of.iter().skip(odd).step_by(2).copied().collect()
}

fn tell_refused(name: &str, calibration: &Calibration, right: &[Sample], other: &[Sample]) {
    let sure = |of: &[Sample]| of.iter().map(|one| calibration.confidence(one)).collect::<Vec<f32>>();
    let (right, other) = (sure(right), sure(other));
    let as_set = |of: &[f32]| of.iter().filter(|one| **one >= calibration.answer_from).count() as f32 / of.len() as f32;
    let (area, refused) = (area(&right, &other), refused_at(&right, &other, 0.9));
    let (answered, wrongly) = (as_set(&right), as_set(&other));
    println!(
        "  {name}: AUC {area:.3}, refused at 90 % answered {refused:.3}; as set {answered:.3} answered, {wrongly:.3} wrongly"
    );
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [articles, queries, ..] = arguments.as_slice() else { panic!("replies ARTICLES.jsonl QUERIES.jsonl") };
    let articles: Vec<Value> = articles.split(',').flat_map(lines).collect();
    let ids: Vec<String> = articles.iter().map(|line| line["external_id"].as_str().unwrap_or_default().to_owned()).collect();
    let index = Index::in_memory().expect("an index");
    index.write(&articles.iter().map(document).collect::<Vec<_>>(), "").expect("written");
    let others = ["--adversarial", "--off-topic"].map(|name| option(&arguments, name).map(|path| (name, path)));
    let others: Vec<(&str, Vec<Sample>)> = others
        .into_iter()
        .flatten()
        .map(|(name, path)| {
            let questions = lines(&path);
            (name, questions.iter().filter_map(|line| line["text"].as_str()).map(|text| ask(&index, text, &[]).sample).collect())
        })
        .collect();
    for path in queries.split(',') {
        println!("{path}");
        let asking = Asking::of(&index, &lines(path), &ids);
        asking.tell();
        let (mut calibration, mut right, mut gone) = (Calibration::default(), asking.right, asking.gone);
        if arguments.iter().any(|one| one == "--fit") {
            calibration = Calibration::fit(&half(&right, 0), &half(&gone, 0), 0.9).expect("a fit");
            (right, gone) = (half(&right, 1), half(&gone, 1));
            println!("  {calibration:?}");
        }
        tell_refused("gone", &calibration, &right, &gone);
        tell_refused("whole", &calibration, &right, &asking.whole);
        others.iter().for_each(|(name, other)| tell_refused(&name[2..], &calibration, &right, other));
    }
}
