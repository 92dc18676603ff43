//! One way only to write a thing down: names sorted, no spaces, numbers as text. So two who count the same have the same bytes, and one
//! digest stands for them (the idea of RFC 8785; there are no floating-point numbers here whose writing would differ).

use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// The one text of it.
///
/// # Errors
/// It can not be written as JSON.
pub fn text(of: &impl Serialize) -> serde_json::Result<String> {
    let mut out = String::new();
    write(&serde_json::to_value(of)?, &mut out)?;
    Ok(out)
}

/// SHA-256 (FIPS 180-4) of a text, in hexadecimal.
#[must_use]
pub fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn write(value: &Value, out: &mut String) -> serde_json::Result<()> {
    match value {
        Value::Object(members) => {
            let mut members: Vec<(&String, &Value)> = members.iter().collect();
            members.sort_unstable_by_key(|(name, _)| *name);
            out.push('{');
            for (at, (name, member)) in members.into_iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                out.push_str(&serde_json::to_string(name)?);
                out.push(':');
                write(member, out)?;
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write(item, out)?;
            }
            out.push(']');
        }
        plain => out.push_str(&serde_json::to_string(plain)?),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_writing_does_not_matter() {
        let one: Value = serde_json::from_str(r#"{"b": [1, {"d": null, "c": "ă"}], "a": true}"#).expect("JSON");
        assert_eq!(text(&one).expect("text"), r#"{"a":true,"b":[1,{"c":"ă","d":null}]}"#);
        assert_eq!(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
