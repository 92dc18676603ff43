//! Texts with places in them: `{to}`, `{text}` and so on, filled in as the surroundings want it. Nothing that is filled in is read
//! as a template again.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// What may stand between braces.
pub const PLACEHOLDERS: [&str; 6] = ["to", "text", "sender", "user", "secret", "alphabet"];

/// What the surroundings of a place are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Surroundings {
    /// Inside of a JSON string: quotes, backslashes and control characters are escaped.
    Json,
    /// A form or a query: everything but letters and digits is percent-encoded.
    Form,
    /// A header: control characters are left out.
    Header,
}

/// Fills a template in. Braces around anything but a placeholder stay as they are: JSON is full of them.
pub(super) fn filled(template: &str, surroundings: Surroundings, value: impl Fn(&str) -> String) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        match PLACEHOLDERS.iter().find_map(|name| Some((name, after.strip_prefix(name)?.strip_prefix('}')?))) {
            Some((name, behind)) => {
                text.push_str(&escaped(&value(name), surroundings));
                rest = behind;
            }
            None => {
                text.push('{');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    text
}

pub(super) fn escaped(value: &str, surroundings: Surroundings) -> String {
    match surroundings {
        Surroundings::Json => {
            let quoted = serde_json::Value::from(value).to_string();
            quoted.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or_default().to_owned()
        }
        Surroundings::Form => utf8_percent_encode(value, NON_ALPHANUMERIC).to_string(),
        Surroundings::Header => value.chars().filter(|letter| !letter.is_control()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(name: &str) -> String {
        match name {
            "text" => "a\"}, {\"to\": \"{to}\"\n&b=1".to_owned(),
            _ => "84".to_owned(),
        }
    }

    #[test]
    fn what_is_filled_in_stays_inside_of_its_place() {
        let json = filled(r#"{"to": "{to}", "body": {"text": "{text}", "x": "{other}"}}"#, Surroundings::Json, value);
        let read: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(read["body"]["text"], value("text"));
        assert_eq!((&read["to"], &read["body"]["x"]), (&"84".into(), &"{other}".into()));
        let form = filled("to={to}&text={text}", Surroundings::Form, value);
        assert_eq!(form.matches('&').count(), 1);
        assert!(!form.contains("{to}"));
        assert!(!filled("X: {text}", Surroundings::Header, value).contains('\n'));
    }
}
