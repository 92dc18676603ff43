//! Files of questions: one JSON object with `questions` (kind, answer, lines of a plan), or a JSON object a line (`text`, `gold`, `answers`;
//! without `answers` and `gold` it can not be answered). Pure.

use anyhow::Context;
use serde_json::Value;

/// A question with what would be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub id: String,
    pub text: String,
    pub expected: Expected,
}

/// What would be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// One of these answers, from one of these documents.
    Answers { answers: Vec<String>, gold: Vec<String> },
    /// That answer, from those lines of the plan with that figure.
    Plan { number: String, lines: Vec<usize>, answer: String },
    /// No answer.
    Nothing,
    /// Nobody says.
    Open,
}

/// Reads a file.
///
/// # Errors
/// It is neither form, or has no question.
pub fn read(bytes: &[u8]) -> anyhow::Result<Vec<Question>> {
    let text = std::str::from_utf8(bytes).context("the file is not UTF-8")?.trim_start_matches('\u{feff}');
    let whole: Option<Value> = serde_json::from_str(text).ok().filter(|whole: &Value| whole["questions"].is_array());
    let rows: Vec<Value> = match whole {
        Some(whole) => whole["questions"].as_array().cloned().unwrap_or_default(),
        None => {
            let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
            let read = |(at, line): (usize, &str)| serde_json::from_str(line).with_context(|| format!("line {}", at + 1));
            lines.map(read).collect::<anyhow::Result<_>>()?
        }
    };
    let found: Vec<Question> = rows.iter().enumerate().filter_map(|(at, row)| question(at, row)).collect();
    anyhow::ensure!(!found.is_empty(), "the file has no question");
    Ok(found)
}

fn question(at: usize, row: &Value) -> Option<Question> {
    let text = row["question"].as_str().or_else(|| row["text"].as_str())?.to_owned();
    let id = row["id"].as_str().map_or_else(|| (at + 1).to_string(), str::to_owned);
    Some(Question { id, text, expected: expected(row) })
}

fn expected(row: &Value) -> Expected {
    let list = |name: &str| -> Vec<String> {
        let all = row[name].as_array().map(Vec::as_slice).unwrap_or_default();
        all.iter().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let Some(kind) = row["kind"].as_str() else {
        let (answers, gold) = (list("answers"), list("gold"));
        // Where it stands may be known, and not in which words.
        return if answers.is_empty() && gold.is_empty() { Expected::Nothing } else { Expected::Answers { answers, gold } };
    };
    if kind == "refuse_or_handover" {
        return Expected::Nothing;
    }
    let answer = row["answer"].as_str().unwrap_or_default().to_owned();
    match kind.strip_prefix("plan").filter(|number| !number.is_empty() && !answer.is_empty()) {
        Some(number) => {
            let lines = row[format!("plan{number}_lines").as_str()].as_array().cloned().unwrap_or_default();
            let lines = lines.iter().filter_map(Value::as_u64).filter_map(|line| usize::try_from(line).ok()).collect();
            Expected::Plan { number: number.to_owned(), lines, answer }
        }
        None => Expected::Open,
    }
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn both_forms_are_read() {
        let json = br#"{"questions": [
            {"id": "a", "question": "Ai?", "kind": "plan7", "answer": "So", "plan7_lines": [3]},
            {"id": "b", "question": "Ho so?", "kind": "refuse_or_handover", "answer": null},
            {"id": "c", "question": "Gi?", "kind": "knowledge", "answer": null}]}"#;
        let read_all = read(json).expect("questions");
        assert_eq!(read_all[0].expected, Expected::Plan { number: "7".into(), lines: vec![3], answer: "So".into() });
        assert_eq!((&read_all[1].expected, &read_all[2].expected), (&Expected::Nothing, &Expected::Open));
        let lines = b"{\"id\": \"x\", \"text\": \"A?\", \"gold\": [\"g\"], \"answers\": [\"3\"]}\n\n{\"text\": \"B?\", \"answers\": []}\n";
        let read_all = read(lines).expect("questions");
        assert_eq!(read_all[0].expected, Expected::Answers { answers: vec!["3".into()], gold: vec!["g".into()] });
        assert_eq!((read_all[1].id.as_str(), &read_all[1].expected), ("2", &Expected::Nothing));
        assert!(read(b"").is_err() && read(b"{}").is_err() && read(b"[1,").is_err());
    }
}
