//! A composed document as PDF, by the one template.

use serde_json::{Value, json};
use typesetting::{Sheet, Standard};

use super::WriteError;
use super::compose::Composed;
use super::form;
use super::measure::addressed_at;
use super::picture::Shown;

const TEMPLATE: &str = include_str!("document.typ");

/// So many letters without a space, and a line may break between them.
const UNBROKEN_LETTERS: usize = 24;

pub(super) fn write(composed: &Composed, pictures: &[Shown]) -> Result<Vec<u8>, WriteError> {
    let mut data = serde_json::to_value(composed)?;
    number_pictures(&mut data, &mut 0);
    breakable(&mut data);
    data["pictures"] = pictures.iter().map(|shown| json!({ "width": shown.width, "height": shown.height })).collect();
    data["form"] = measures();
    let mut files = vec![("document.json".to_owned(), serde_json::to_vec(&data)?)];
    files.extend(
        pictures.iter().enumerate().map(|(place, shown)| (format!("pictures/{place}.svg"), shown.svg.clone().into_bytes())),
    );
    let standard = if composed.day.is_some() { Standard::Archival } else { Standard::Accessible };
    Ok(Sheet { template: TEMPLATE, files, standard, id: None }.pdf()?)
}

/// What the template has in common with the other file.
fn measures() -> Value {
    let (addressed, under) = addressed_at();
    json!({
        "upright": form::UPRIGHT, "indent": form::INDENT, "gap": form::GAP, "spacing": form::SPACING, "signing": form::SIGNING,
        "body": form::BODY.points, "title": form::TITLE.points, "note": form::NOTE.points, "nation": form::NATION.points,
        "motto": form::MOTTO.points, "issuer": form::ISSUER.points, "number": form::NUMBER.points, "date": form::DATE.points,
        "about": form::ABOUT.points, "stamp": form::STAMP.points, "recipients": form::RECIPIENTS, "recipient": form::RECIPIENT,
        "page": form::PAGE_NUMBER, "contact": form::CONTACT, "caption": 13, "cell_edge": form::CELL_EDGES / 2.0,
        "addressed": addressed, "under": under, "hanging": form::HANGING, "label": form::RECIPIENTS_LABEL,
    })
}

/// Each picture by its place among all, as their files are named.
fn number_pictures(value: &mut Value, next: &mut usize) {
    match value {
        Value::Array(all) => all.iter_mut().for_each(|one| number_pictures(one, next)),
        Value::Object(fields) if fields.get("kind").is_some_and(|kind| kind == "figure") => {
            fields.insert("picture".into(), json!(*next));
            *next += 1;
        }
        // Bodies hold all pictures; the body comes before the appendices.
        Value::Object(fields) => ["body", "annexes", "blocks"].into_iter().for_each(|name| {
            if let Some(inner) = fields.get_mut(name) {
                number_pictures(inner, next);
            }
        }),
        _ => {}
    }
}

/// Words that are longer than a line may break: with U+200B every so many letters. Nobody sees them.
fn breakable(value: &mut Value) {
    match value {
        Value::String(text) if text.len() > UNBROKEN_LETTERS => {
            *text = text.split(' ').map(broken).collect::<Vec<_>>().join(" ");
        }
        Value::Array(all) => all.iter_mut().for_each(breakable),
        Value::Object(fields) => {
            let shown = fields.iter_mut().filter(|(name, _)| !matches!(name.as_str(), "href" | "title" | "author" | "alt"));
            // A title of an appendix is an object, that of the document a string for catalogues.
            shown.for_each(|(_, inner)| breakable(inner));
            fields.get_mut("title").filter(|title| title.is_object()).into_iter().for_each(breakable);
        }
        _ => {}
    }
}

fn broken(word: &str) -> String {
    if word.chars().count() <= UNBROKEN_LETTERS {
        return word.to_owned();
    }
    let mut broken = String::with_capacity(word.len());
    for (place, letter) in word.chars().enumerate() {
        if place > 0 && place % (UNBROKEN_LETTERS / 2) == 0 {
            broken.push('\u{200b}');
        }
        broken.push(letter);
    }
    broken
}
