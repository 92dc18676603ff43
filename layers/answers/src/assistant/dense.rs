//! Hybrid retrieval, where an embeddings endpoint is set (`POST …/embeddings` in the manner of OpenAI): what the words found is put in a
//! new order by rank, together with the order by meaning (reciprocal rank fusion). Vectors are kept on the node, beside the replica, under
//! the hash of what they are of; losing them costs asking again. Where the endpoint fails, the order of the words stands.

mod kept;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use axum::http::Request;
use retrieval::answering::{Reply, fuse};
use serde_json::{Value, json};
use vietnamese::personal::mask_harder;

use crate::base::config::Suggestions;
use crate::base::{App, digest, outgoing};

/// So much of a document stands for it.
const LETTERS: usize = 1_000;
/// Nobody waits longer for a better order.
const WAIT_S: u64 = 2;
/// Vectors that a node holds in memory.
const HELD_MAX: u64 = 20_000;

static HELD: LazyLock<moka::sync::Cache<String, Arc<Vec<f32>>>> = LazyLock::new(|| moka::sync::Cache::new(HELD_MAX));
/// Whether somebody has begun to read what was kept.
static FILLED: AtomicBool = AtomicBool::new(false);

/// The reply with its documents and quotes ordered by words and by meaning.
pub async fn reorder(app: &App, question: &str, mut reply: Reply) -> Reply {
    let Some(endpoint) = &app.config.assistant.embeddings else { return reply };
    if reply.near.len() < 2 {
        return reply;
    }
    let texts: Vec<String> = reply.near.iter().map(|hit| stands_for(&hit.document)).collect();
    let asked = mask_harder(question).text;
    let wait = Duration::from_secs(WAIT_S.min(endpoint.timeout_s.max(1)));
    let vectors = match tokio::time::timeout(wait, vectors(app, endpoint, &asked, &texts)).await {
        Ok(Ok(vectors)) => vectors,
        Ok(Err(error)) => {
            tracing::warn!(%error, "the embeddings endpoint did not help; the order of the words stands");
            return reply;
        }
        Err(_) => return reply,
    };
    let Some((of_question, of_texts)) = vectors.split_first() else { return reply };
    let lexical: Vec<String> = reply.near.iter().map(|hit| hit.document.id.clone()).collect();
    let mut by_meaning: Vec<(usize, f32)> = of_texts.iter().enumerate().map(|(at, one)| (at, cosine(of_question, one))).collect();
    by_meaning.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
    let dense: Vec<String> = by_meaning.iter().filter_map(|(at, _)| lexical.get(*at).cloned()).collect();
    let order: HashMap<String, usize> = fuse(&lexical, &dense).into_iter().enumerate().map(|(at, id)| (id, at)).collect();
    let place = |id: &str| order.get(id).copied().unwrap_or(usize::MAX);
    reply.near.sort_by_key(|hit| place(&hit.document.id));
    reply.quotes.sort_by_key(|quote| place(&quote.document.id));
    reply
}

fn stands_for(document: &retrieval::Document) -> String {
    let text = document.passages.iter().map(|passage| passage.text.as_str()).collect::<Vec<_>>().join("\n");
    format!("{}\n{text}", document.title).chars().take(LETTERS).collect()
}

/// The vectors of these texts; what is known is not asked again.
async fn vectors(app: &App, endpoint: &Suggestions, question: &str, texts: &[String]) -> anyhow::Result<Vec<Vec<f32>>> {
    let keys: Vec<String> = texts.iter().map(|text| key(endpoint, text)).collect();
    fill(app).await?;
    let missing: Vec<usize> = (0..texts.len()).filter(|at| !HELD.contains_key(&keys[*at])).collect();
    let mut wanted = vec![question.to_owned()];
    wanted.extend(missing.iter().map(|at| texts[*at].clone()));
    let mut made = ask(endpoint, &wanted).await?.into_iter();
    let of_question = made.next().ok_or_else(|| anyhow::anyhow!("no vector came back"))?;
    let mut fresh = Vec::new();
    for (at, vector) in missing.into_iter().zip(made) {
        HELD.insert(keys[at].clone(), Arc::new(vector.clone()));
        fresh.push((keys[at].clone(), vector));
    }
    keep(app, fresh).await?;
    let held = keys.iter().map(|key| HELD.get(key).map(|one| one.as_ref().clone()).unwrap_or_default());
    Ok(std::iter::once(of_question).chain(held).collect())
}

/// Another model makes other vectors.
fn key(endpoint: &Suggestions, text: &str) -> String {
    digest::sha256(format!("{}\n{text}", endpoint.model).as_bytes())[..32].to_owned()
}

async fn ask(endpoint: &Suggestions, texts: &[String]) -> anyhow::Result<Vec<Vec<f32>>> {
    let body = json!({ "model": endpoint.model, "input": texts });
    let mut request = Request::post(format!("{}/embeddings", endpoint.endpoint.trim_end_matches('/')));
    request = request.header("content-type", "application/json");
    let secret = endpoint.key()?;
    if !secret.is_empty() {
        request = request.header("authorization", format!("Bearer {secret}"));
    }
    // The operator named the address: it may stand beside us.
    let answer = outgoing::exchange(request.body(body.to_string().into_bytes())?, true).await?;
    anyhow::ensure!(answer.status().is_success(), "it answered {}", answer.status());
    let said: Value = serde_json::from_slice(answer.body())?;
    let rows = said["data"].as_array().cloned().unwrap_or_default();
    anyhow::ensure!(rows.len() == texts.len(), "{} vectors for {} texts", rows.len(), texts.len());
    let vector = |row: &Value| -> Vec<f32> {
        let numbers = row["embedding"].as_array().map(Vec::as_slice).unwrap_or_default();
        numbers.iter().filter_map(Value::as_f64).map(|number| number as f32).collect()
    };
    let made: Vec<Vec<f32>> = rows.iter().map(vector).collect();
    let length = made.first().map_or(0, Vec::len);
    anyhow::ensure!(length > 0 && made.iter().all(|one| one.len() == length), "vectors of different lengths");
    Ok(made)
}

fn cosine(one: &[f32], other: &[f32]) -> f32 {
    let product: f32 = one.iter().zip(other).map(|(one, other)| one * other).sum();
    let size = |of: &[f32]| of.iter().map(|number| number * number).sum::<f32>().sqrt();
    let both = size(one) * size(other);
    if both > 0.0 { product / both } else { 0.0 }
}

fn file(app: &App) -> PathBuf {
    app.config.data.join("search-vectors.jsonl")
}

/// Reads what an earlier run of this node kept, once: who asks meanwhile does not wait for it.
async fn fill(app: &App) -> anyhow::Result<()> {
    if FILLED.swap(true, Ordering::Relaxed) {
        return Ok(());
    }
    let path = file(app);
    let read = move || kept::read(&path, kept::BYTES_MAX, |key, vector| HELD.insert(key, Arc::new(vector)));
    if let Err(error) = tokio::task::spawn_blocking(read).await? {
        tracing::warn!(%error, "vectors that were kept could not be read");
    }
    Ok(())
}

/// Appends; a disk that is full costs asking again.
async fn keep(app: &App, fresh: Vec<(String, Vec<f32>)>) -> anyhow::Result<()> {
    if fresh.is_empty() {
        return Ok(());
    }
    let path = file(app);
    if let Err(error) = tokio::task::spawn_blocking(move || kept::append(&path, kept::BYTES_MAX, &fresh)).await? {
        tracing::warn!(%error, "vectors could not be kept");
    }
    Ok(())
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn what_points_the_same_way_is_near() {
        assert!(cosine(&[1.0, 0.0], &[2.0, 0.0]) > 0.999);
        assert!(cosine(&[1.0, 0.0], &[0.0, 1.0]).abs() < 1e-6);
        assert!(cosine(&[], &[1.0]).abs() < 1e-6);
    }
}
