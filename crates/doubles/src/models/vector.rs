//! Vectors that are near when texts share words: each word lies in a direction of its own.

use http::StatusCode;
use serde_json::{Value, json};

use super::Manner;
use crate::service::{Answer, say};

const DIMENSIONS: usize = 64;

pub fn answer(model: &str, texts: &[&str], manner: Manner) -> Answer {
    let row = |(at, text): (usize, &&str)| json!({"object": "embedding", "index": at, "embedding": vector(text)});
    let mut rows: Vec<Value> = texts.iter().enumerate().map(row).collect();
    match manner {
        // One is missing.
        Manner::Mute => drop(rows.pop()),
        // One is of another length.
        Manner::Invents => rows.iter_mut().take(1).for_each(|row| row["embedding"] = json!([1.0])),
        // They are not in the order of the texts; their numbers say so.
        Manner::Changes => rows.reverse(),
        _ => {}
    }
    let usage = json!({"prompt_tokens": texts.len(), "total_tokens": texts.len()});
    say(StatusCode::OK, &[], &json!({"object": "list", "model": model, "data": rows, "usage": usage}))
}

/// Of length one; of a text without words, along the first axis.
pub fn vector(text: &str) -> Vec<f32> {
    let mut sum = vec![0.0_f32; DIMENSIONS];
    for word in text.to_lowercase().split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let mut state =
            word.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        for place in &mut sum {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            *place += if state >> 63 == 1 { 1.0 } else { -1.0 };
        }
    }
    let length = sum.iter().map(|place| place * place).sum::<f32>().sqrt();
    if length == 0.0 {
        sum[0] = 1.0;
        return sum;
    }
    sum.iter().map(|place| place / length).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_share_words_are_near() {
        let near = |one: &str, other: &str| vector(one).iter().zip(vector(other)).map(|(a, b)| a * b).sum::<f32>();
        assert!(near("cấp thẻ thư viện", "thẻ thư viện tỉnh") > near("cấp thẻ thư viện", "giá lúa hôm nay") + 0.3);
        assert!((near("một hai", "hai một") - 1.0).abs() < 1e-5);
    }
}
