//! A small reader of JSON Schema (draft 2020-12, as much of it as our document uses), stricter than the standard in one thing:
//! a field that the document does not name is a mistake.

use serde_json::Value;

use crate::testing::Answer;

/// Fails unless the answer is one that the document promises for that address.
#[track_caller]
pub fn hold(document: &Value, method: &str, path: &str, answer: &Answer) {
    let path = path.split('?').next().unwrap_or_default();
    let status = answer.status.as_str();
    let kind = answer.header("content-type");
    let operation = operation(document, method, path);
    let Some(operation) = operation else {
        assert_eq!(kind, "application/problem+json", "{method} {path} → {status}: {}", answer.text());
        return fit(document, &document["components"]["schemas"]["Problem"], &answer.json(), path);
    };
    let promised = &operation["responses"][status];
    assert!(promised.is_object(), "{method} {path} answers {status}, which the document does not name: {}", answer.text());
    if status == "304" {
        return assert!(answer.bytes.is_empty(), "a 304 has no body");
    }
    let schema = &promised["content"][kind]["schema"];
    assert!(schema.is_object(), "{method} {path} {status}: the document does not promise {kind}");
    fit(document, schema, &answer.json(), path);
}

fn operation<'a>(document: &'a Value, method: &str, path: &str) -> Option<&'a Value> {
    let paths = document["paths"].as_object()?;
    let same = |pattern: &str| {
        let (pattern, path): (Vec<&str>, Vec<&str>) = (pattern.split('/').collect(), path.split('/').collect());
        pattern.len() == path.len() && pattern.iter().zip(path).all(|(one, other)| *one == other || one.starts_with('{'))
    };
    let (_, methods) = paths.iter().find(|(pattern, _)| same(pattern))?;
    methods.get(method.to_lowercase())
}

#[track_caller]
fn fit(document: &Value, schema: &Value, value: &Value, at: &str) {
    let wrong = misfits(document, schema, value, at);
    assert!(wrong.is_empty(), "not as the document says: {wrong:#?} in {value:#}");
}

/// What of a value is not as the schema says.
pub fn misfits(document: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    if let Some(reference) = schema["$ref"].as_str() {
        let named = document.pointer(reference.trim_start_matches('#')).unwrap_or_else(|| panic!("{reference} leads nowhere"));
        return misfits(document, named, value, at);
    }
    if let Some(ways) = schema["oneOf"].as_array() {
        let tried: Vec<Vec<String>> = ways.iter().map(|way| misfits(document, way, value, at)).collect();
        let fits = tried.iter().filter(|wrong| wrong.is_empty()).count();
        return if fits == 1 { Vec::new() } else { vec![format!("{at}: {fits} of oneOf fit: {tried:?}")] };
    }
    let mut wrong = Vec::new();
    let kinds: Vec<&str> = match &schema["type"] {
        Value::String(kind) => vec![kind],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => panic!("{at}: a schema without a type: {schema}"),
    };
    if !kinds.iter().any(|kind| is(kind, value)) {
        return vec![format!("{at}: {value} is none of {kinds:?}")];
    }
    if let (Some(format), Some(text)) = (schema["format"].as_str(), value.as_str()) {
        let fits = match format {
            "date" => text.len() == 10 && text.parse::<chrono::NaiveDate>().is_ok(),
            "date-time" => chrono::DateTime::parse_from_rfc3339(text).is_ok(),
            "uuid" => text.parse::<uuid::Uuid>().is_ok(),
            other => panic!("{at}: the format {other} is not known here"),
        };
        wrong.extend((!fits).then(|| format!("{at}: {text} is no {format}")));
    }
    if let Some(items) = value.as_array() {
        wrong.extend(
            items.iter().enumerate().flat_map(|(n, item)| misfits(document, &schema["items"], item, &format!("{at}/{n}"))),
        );
    }
    if let Some(fields) = value.as_object() {
        let known = schema["properties"].as_object();
        for required in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            wrong.extend((!fields.contains_key(required)).then(|| format!("{at}: {required} is missing")));
        }
        for (name, field) in fields {
            match known.and_then(|known| known.get(name)) {
                Some(schema) => wrong.extend(misfits(document, schema, field, &format!("{at}/{name}"))),
                None => wrong.push(format!("{at}: {name} is not in the document")),
            }
        }
    }
    wrong
}

fn is(kind: &str, value: &Value) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("the type {other} is not known here"),
    }
}

/// A checker that finds nothing proves nothing.
#[test]
fn what_does_not_fit_is_found() {
    let document = serde_json::json!({ "components": { "schemas": { "A": {
        "type": "object", "required": ["id"],
        "properties": { "id": { "type": "string", "format": "uuid" }, "on": { "type": ["string", "null"], "format": "date" } },
    } } } });
    let schema = serde_json::json!({ "type": "array", "items": { "$ref": "#/components/schemas/A" } });
    let id = "0198f3a0-0000-7000-8000-000000000000";
    let found = |value: Value| misfits(&document, &schema, &value, "").len();
    assert_eq!(found(serde_json::json!([{ "id": id, "on": null }, { "id": id, "on": "2026-06-20" }])), 0);
    assert_eq!(found(serde_json::json!([{ "on": null }])), 1, "missing");
    assert_eq!(found(serde_json::json!([{ "id": "7" }])), 1, "no id");
    assert_eq!(found(serde_json::json!([{ "id": id, "on": "20/6/2026" }])), 1, "no day");
    assert_eq!(found(serde_json::json!([{ "id": id, "more": 1 }])), 1, "unnamed");
    assert_eq!(found(serde_json::json!({ "id": id })), 1, "no list");
}
