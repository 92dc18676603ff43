//! The OpenAPI document as a person reads it.

use serde_json::Value;

use crate::web::Locale;

/// The addresses of one tag.
pub struct Group {
    pub id: String,
    pub title: String,
    pub operations: Vec<Operation>,
}

/// One method of one address.
pub struct Operation {
    pub id: String,
    pub method: String,
    pub path: String,
    pub title: String,
    pub words: String,
    /// Who may: everyone, or a token with this scope.
    pub needs: String,
    pub parameters: Vec<Field>,
    /// Name of the thing that is sent.
    pub body: Option<String>,
    /// Name of the thing that comes back, and whether it is a list of them.
    pub answer: Option<(String, bool)>,
    pub statuses: String,
    pub sample: String,
}

/// A parameter, or a field of a thing.
pub struct Field {
    pub name: String,
    /// Where it stands, or what kind it is: `string`, `date`, `Agency[]`.
    pub kind: String,
    pub required: bool,
    pub words: String,
}

/// A schema.
pub struct Thing {
    pub name: String,
    pub fields: Vec<Field>,
}

/// A kind of problem.
pub struct Kind {
    pub id: String,
    pub status: u16,
    pub title: String,
    pub advice: String,
}

/// The addresses by tag, in the order of the document's tags.
pub fn groups(l: Locale, document: &Value, origin: &str) -> Vec<Group> {
    let tags = document["tags"].as_array().map(Vec::as_slice).unwrap_or_default();
    let group = |tag: &Value| {
        let id = text(&tag["name"]);
        let mut operations = Vec::new();
        for (path, methods) in object(&document["paths"]) {
            for (method, operation) in object(methods).filter(|(_, operation)| operation["tags"][0] == tag["name"]) {
                operations.push(read(l, origin, path, method, operation));
            }
        }
        Group { title: l.t(&format!("api-tag-{id}")), id, operations }
    };
    tags.iter().map(group).collect()
}

fn read(l: Locale, origin: &str, path: &str, method: &str, operation: &Value) -> Operation {
    let id = text(&operation["operationId"]);
    let parameters = operation["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
    let ok = object(&operation["responses"]).find(|(status, _)| status.starts_with('2')).map(|(_, answer)| answer);
    let answer = ok.map(|answer| reference(&answer["content"]["application/json"]["schema"]));
    let statuses: Vec<&str> = object(&operation["responses"]).map(|(status, _)| status).collect();
    Operation {
        title: l.t(&format!("api-op-{id}")),
        words: l.t(&format!("api-op-{id}-words")),
        needs: needs(l, operation),
        parameters: parameters.iter().map(|parameter| parameter_of(l, &id, parameter)).collect(),
        body: Some(reference(&operation["requestBody"]["content"]["application/json"]["schema"])).filter(|name| !name.is_empty()),
        answer: answer.filter(|name| !name.is_empty()).map(|name| match name.strip_prefix("Listing_") {
            Some(item) => (item.to_owned(), true),
            None => (name, false),
        }),
        statuses: statuses.join(", "),
        sample: sample(origin, path, method, operation),
        method: method.to_uppercase(),
        path: path.to_owned(),
        id,
    }
}

fn needs(l: Locale, operation: &Value) -> String {
    let ways = operation["security"].as_array().map(Vec::as_slice).unwrap_or_default();
    let scope = ways.iter().find_map(|way| way["token"][0].as_str());
    let open = ways.iter().any(|way| way.as_object().is_some_and(serde_json::Map::is_empty));
    match (open, scope) {
        (true, Some(scope)) => l.t1("api-needs-nothing-or", "code", scope),
        (true, None) => l.t("api-needs-nothing"),
        (false, Some(scope)) => l.t1("api-needs", "code", scope),
        (false, None) => l.t("api-needs-any"),
    }
}

fn parameter_of(l: Locale, operation: &str, parameter: &Value) -> Field {
    let name = text(&parameter["name"]);
    let place = text(&parameter["in"]);
    let own = format!("api-param-{operation}-{}", key(&name));
    let shared = format!("api-param-{}", key(&name));
    Field {
        words: l.t(if l.has(&own) { &own } else { &shared }),
        kind: format!("{} · {}", l.t(&format!("api-in-{place}")), kind(&parameter["schema"])),
        required: parameter["required"] == true,
        name,
    }
}

/// A call that can be tried after putting in what stands in braces.
fn sample(origin: &str, path: &str, method: &str, operation: &Value) -> String {
    let ways = operation["security"].as_array().map(Vec::as_slice).unwrap_or_default();
    let open = ways.iter().any(|way| way.as_object().is_some_and(serde_json::Map::is_empty));
    let mut lines = vec![format!("curl '{origin}{path}'")];
    if !open {
        lines.push("  -H 'Authorization: Bearer lantoa_…'".into());
    }
    let body = reference(&operation["requestBody"]["content"]["application/json"]["schema"]);
    if body == "QuestionSent" {
        lines.push("  -H 'Content-Type: application/json'".into());
        lines.push(r#"  -d '{"question": "Khi nào xã mở lớp kỹ năng số?"}'"#.into());
    } else if body == "AssistantQuestion" {
        lines.push("  -H 'Content-Type: application/json'".into());
        lines.push(r#"  -d '{"question": "Ai chủ trì tổng hợp báo cáo?"}'"#.into());
    } else if method == "post" {
        lines.push("  -H 'Content-Type: application/json'".into());
        lines.push("  -H 'Idempotency-Key: 2026-H1-0001'".into());
        let figure = r#"{"name": "Số lớp", "value": 12, "unit": "lớp"}"#;
        lines.push(format!(
            "  -d '{{\"outcome\": \"reported\", \"seen_version\": 0, \"text\": \"Đã mở 12 lớp\", \"figures\": [{figure}]}}'"
        ));
    }
    lines.join(" \\\n")
}

/// The schemas, without the pages of lists, which are told of once.
pub fn things(l: Locale, document: &Value) -> Vec<Thing> {
    let schemas = object(&document["components"]["schemas"]).filter(|(name, _)| !name.starts_with("Listing_"));
    schemas.filter(|(_, schema)| schema["properties"].is_object()).map(|(name, schema)| thing(l, name, schema)).collect()
}

fn thing(l: Locale, name: &str, schema: &Value) -> Thing {
    let required = schema["required"].as_array().map(Vec::as_slice).unwrap_or_default();
    let field = |(field, of): (&str, &Value)| {
        let own = format!("api-field-{}-{}", name.to_lowercase(), key(field));
        let shared = format!("api-field-{}", key(field));
        Field {
            words: l.t(if l.has(&own) { &own } else { &shared }),
            kind: kind(of),
            required: required.iter().any(|one| one == field),
            name: field.to_owned(),
        }
    };
    Thing { name: name.to_owned(), fields: object(&schema["properties"]).map(field).collect() }
}

/// `string`, `date`, `Agency`, `Figure[]`, with `| null` where it may be missing.
fn kind(schema: &Value) -> String {
    if let Some(ways) = schema["oneOf"].as_array() {
        let mut ways: Vec<String> = ways.iter().map(kind).collect();
        ways.sort_by_key(|way| way == "null");
        return ways.join(" | ");
    }
    let named = reference(schema);
    if !named.is_empty() {
        return named;
    }
    let format = match schema["format"].as_str() {
        Some(format @ ("date" | "date-time" | "uuid")) => Some(format),
        _ => None,
    };
    let one = |word: &str| match word {
        "array" => format!("{}[]", kind(&schema["items"])),
        "string" => format.unwrap_or("string").to_owned(),
        other => other.to_owned(),
    };
    match &schema["type"] {
        Value::String(word) => one(word),
        Value::Array(words) => words.iter().filter_map(Value::as_str).map(one).collect::<Vec<_>>().join(" | "),
        _ => String::new(),
    }
}

fn reference(schema: &Value) -> String {
    schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()).unwrap_or_default().to_owned()
}

fn key(name: &str) -> String {
    name.to_lowercase().replace('_', "-")
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn object(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value.as_object().into_iter().flatten().map(|(name, value)| (name.as_str(), value))
}
