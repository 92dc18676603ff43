//! The book as web pages in one archive: opened from a disk or a stick, without a server, a network or a script.

use std::fmt::Write;

use zip::CompressionMethod;

use crate::Error;
use crate::epub::{Archive, absolute, shown};
use crate::model::{Book, Figure, Part};
use crate::xhtml::{Dress, escaped};

const CSS: &str = include_str!("offline.css");

/// The archive. Its pages lie in a folder named `folder`; it begins at `index.html`.
///
/// # Errors
/// It can not be written: there is more of it than fits in memory.
pub fn write(book: &Book, folder: &str) -> Result<Vec<u8>, Error> {
    let mut archive = Archive::default();
    archive.text(&format!("{folder}/index.html"), &index(book))?;
    archive.text(&format!("{folder}/book.css"), CSS)?;
    for (place, part) in book.parts.iter().enumerate() {
        archive.text(&format!("{folder}/{}", file(place)), &chapter(book, place, part))?;
    }
    for (name, picture) in &book.pictures {
        archive.put(&format!("{folder}/pictures/{name}"), &picture.bytes, CompressionMethod::Stored)?;
    }
    archive.done()
}

fn file(place: usize) -> String {
    format!("phan-{:03}.html", place + 1)
}

fn page(book: &Book, title: &str, body: &str) -> String {
    let (lang, title) = (escaped(&book.language), escaped(title));
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title}</title><link rel=\"stylesheet\" href=\"book.css\"></head><body>\n{body}\n</body></html>\n"
    )
}

fn index(book: &Book) -> String {
    let mut body = String::from("<main>");
    if let Some(figure) = &book.cover
        && let Some(shown) = shown(book, figure)
    {
        let dress = dress(book, &|_| None, &|_| None);
        let _ = write!(body, "<p>{}</p>", dress.image(&shown, &figure.alt));
    }
    let words = &book.words;
    let _ = write!(body, "<p>{}</p><h1>{}</h1>", escaped(&book.owner), escaped(&book.title));
    let _ = write!(body, "<p>{}</p><p>{}</p>", escaped(&book.subtitle), escaped(&book.edition));
    let _ = write!(body, "<nav aria-labelledby=\"contents\"><h2 id=\"contents\">{}</h2><ol>", escaped(&words.contents));
    for (place, part) in book.parts.iter().enumerate() {
        let _ = write!(body, "<li><a href=\"{}\">{}</a></li>", file(place), escaped(&part.title));
    }
    body.push_str("</ol></nav><footer><dl>");
    for (name, said) in &book.imprint {
        let _ = write!(body, "<dt>{}</dt><dd>{}</dd>", escaped(name), escaped(said));
    }
    body.push_str("</dl></footer></main>");
    page(book, &book.title, &body)
}

fn chapter(book: &Book, place: usize, part: &Part) -> String {
    let link = |href: &str| match href.strip_prefix('#') {
        Some(anchor) => book.parts.iter().position(|one| one.anchor == anchor).map(file),
        None => Some(absolute(book, href)),
    };
    let picture = |figure: &Figure| shown(book, figure);
    let inside = dress(book, &link, &picture).part(part);
    let words = &book.words;
    let way = |to: Option<usize>, words: &str| {
        let part = to.and_then(|to| book.parts.get(to).map(|part| (to, part)));
        part.map(|(to, part)| format!("<a href=\"{}\">{}: {}</a>", file(to), escaped(words), escaped(&part.title)))
            .unwrap_or_default()
    };
    let body = format!(
        "<nav><a href=\"index.html\">{}</a></nav>\n<main id=\"{}\"><h1>{}</h1>\n{inside}</main>\n<nav class=\"ways\">{} {}</nav>",
        escaped(&book.title),
        escaped(&part.anchor),
        escaped(&part.title),
        way(place.checked_sub(1), &words.previous),
        way(Some(place + 1), &words.next),
    );
    page(book, &format!("{} · {}", part.title, book.title), &body)
}

fn dress<'a>(
    book: &'a Book,
    link: &'a dyn Fn(&str) -> Option<String>,
    picture: &'a dyn Fn(&Figure) -> Option<crate::xhtml::Shown>,
) -> Dress<'a> {
    let words = &book.words;
    Dress { rank: 1, epub: false, prefix: "", notes: &words.notes, back: &words.back, link, picture }
}
