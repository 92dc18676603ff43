//! The book as PDF that can be read aloud: PDF/UA-1 (ISO 14289-1), with bookmarks, language, title and the structure of the text.

use chrono::Datelike;

use crate::sheet::{Sheet, Standard};
use crate::{Book, Error};

const TEMPLATE: &str = include_str!("book.typ");

/// The PDF. It takes a tenth of a second and up to 100 MB: call it on a thread of its own, one at a time.
///
/// # Errors
/// Typst refuses: a picture can not be read, or a letter is in none of the fonts ([`crate::Part::unprintable`]).
pub fn write(book: &Book) -> Result<Vec<u8>, Error> {
    let mut files = vec![("book.json".to_owned(), serde_json::to_vec(&data(book)?)?)];
    files.extend(book.pictures.iter().map(|(name, picture)| (format!("pictures/{name}"), picture.bytes.clone())));
    Sheet { template: TEMPLATE, files, standard: Standard::Accessible, id: Some(book.id.clone()) }.pdf()
}

/// The book, how large its pictures are, and its day in figures.
fn data(book: &Book) -> Result<serde_json::Value, Error> {
    let mut data = serde_json::to_value(book)?;
    let sizes: serde_json::Map<String, serde_json::Value> = book
        .pictures
        .iter()
        .map(|(name, picture)| (name.clone(), serde_json::json!({ "width": picture.width, "height": picture.height })))
        .collect();
    data["pictures"] = sizes.into();
    data["day"] = serde_json::json!({ "year": book.date.year(), "month": book.date.month(), "day": book.date.day() });
    Ok(data)
}
