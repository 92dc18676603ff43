//! From own names to the platform's terms.

use serde_json::{Map, Value};

use super::mapping::{Form, Mapping};
use super::{Problem, values};

pub(super) fn theirs(mapping: &Mapping, name: &str, own: &Value) -> Result<Value, Problem> {
    let Value::Object(members) = own else {
        return Err(Problem::Mapping(format!("{name} is no object")));
    };
    let fields = mapping.fields(name)?;
    let mut made = Map::new();
    for (key, value) in members.iter().filter(|(_, value)| !is_nothing(value)) {
        let field = fields.iter().find(|field| field.own == *key);
        let field = field.ok_or_else(|| Problem::Mapping(format!("{name}.{key} has no term")))?;
        let path = field.theirs.first().ok_or_else(|| Problem::Mapping(format!("{name}.{key} has no term")))?;
        let value = match &field.form {
            Form::Object(part) => theirs(mapping, part, value)?,
            Form::List(part) => {
                let parts = value.as_array().into_iter().flatten().map(|one| theirs(mapping, part, one));
                Value::Array(parts.collect::<Result<_, _>>()?)
            }
            form => {
                values::write(form, value).ok_or_else(|| Problem::Mapping(format!("{name}.{key} can not be written: {value}")))?
            }
        };
        put(&mut made, path, value);
    }
    Ok(Value::Object(made))
}

/// An empty list says no more than none.
fn is_nothing(value: &Value) -> bool {
    value.is_null() || value.as_array().is_some_and(Vec::is_empty)
}

fn put(made: &mut Map<String, Value>, path: &str, value: Value) {
    match path.split_once('.') {
        None => {
            made.insert(path.to_owned(), value);
        }
        Some((step, rest)) => {
            let inner = made.entry(step).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = inner {
                put(inner, rest, value);
            }
        }
    }
}
