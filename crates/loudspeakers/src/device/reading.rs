//! From the platform's terms to own names.

use serde_json::{Map, Value};

use super::mapping::{Field, Form, Mapping};
use super::{Problem, values};

/// The own form of a message or part. `at` is the path to it, for messages to people; unknown fields are added with their paths.
pub(super) fn own(mapping: &Mapping, name: &str, theirs: &Value, at: &str, unknown: &mut Vec<String>) -> Result<Value, Problem> {
    let Value::Object(members) = theirs else {
        let found = shortened(theirs);
        return Err(Problem::Value {
            field: if at.is_empty() { "message".into() } else { at.into() },
            expected: "object",
            found,
        });
    };
    let fields = mapping.fields(name)?;
    let mut own = Map::new();
    for field in fields {
        let found = field.theirs.iter().find_map(|path| Some((path, value_at(theirs, path)?)));
        let value = match found {
            Some((path, value)) => read(mapping, field, value, &joined(at, path), unknown)?,
            None => None,
        };
        match value {
            Some(value) => {
                own.insert(field.own.clone(), value);
            }
            None if field.required => {
                return Err(Problem::Missing { field: joined(at, field.theirs.first().map_or("", String::as_str)) });
            }
            None => {}
        }
    }
    let terms: Vec<&str> = fields.iter().flat_map(|field| field.theirs.iter().map(String::as_str)).collect();
    strangers(members, "", &terms, &mut |path| unknown.push(joined(at, path)));
    Ok(Value::Object(own))
}

fn read(mapping: &Mapping, field: &Field, value: &Value, at: &str, unknown: &mut Vec<String>) -> Result<Option<Value>, Problem> {
    match &field.form {
        Form::Object(_) | Form::List(_) if value.is_null() => Ok(None),
        Form::Object(part) => own(mapping, part, value, at, unknown).map(Some),
        Form::List(part) => {
            let Value::Array(all) = value else {
                return Err(Problem::Value { field: at.into(), expected: "list", found: shortened(value) });
            };
            let parts = all.iter().enumerate().map(|(i, one)| own(mapping, part, one, &format!("{at}[{i}]"), unknown));
            parts.collect::<Result<Vec<_>, _>>().map(|parts| Some(Value::Array(parts)))
        }
        form => {
            values::read(form, value).map_err(|expected| Problem::Value { field: at.into(), expected, found: shortened(value) })
        }
    }
}

fn value_at<'a>(theirs: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(theirs, |value, step| value.get(step)).filter(|value| !value.is_null())
}

/// Members that no term names or leads through.
fn strangers(members: &Map<String, Value>, at: &str, terms: &[&str], tell: &mut dyn FnMut(&str)) {
    for (key, value) in members {
        let path = joined(at, key);
        if terms.contains(&path.as_str()) {
            continue;
        }
        let leads_on = terms.iter().any(|term| term.strip_prefix(&path).is_some_and(|rest| rest.starts_with('.')));
        match value {
            Value::Object(inner) if leads_on => strangers(inner, &path, terms, tell),
            _ => tell(&path),
        }
    }
}

fn joined(at: &str, path: &str) -> String {
    if at.is_empty() { path.to_owned() } else { format!("{at}.{path}") }
}

/// What was found, short enough for a log.
fn shortened(value: &Value) -> String {
    let mut text = value.to_string();
    text.truncate(text.floor_char_boundary(80));
    text
}
