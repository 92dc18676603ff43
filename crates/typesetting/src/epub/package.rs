//! The package document: what the book is, what is in it, in which order it is read.

use std::fmt::Write;

use super::file;
use crate::model::Book;
use crate::xhtml::escaped;

/// `package.opf`.
pub fn document(book: &Book) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"book-id\" xml:lang=\"{lang}\" dir=\"ltr\">\n<metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n{}</metadata>\n<manifest>\n{}</manifest>\n<spine>\n{}</spine>\n</package>\n",
        metadata(book),
        manifest(book),
        spine(book),
        lang = escaped(&book.language),
    )
}

fn metadata(book: &Book) -> String {
    let mut out = String::new();
    let mut dc = |name: &str, id: &str, words: &str| {
        if !words.is_empty() {
            let id = if id.is_empty() { String::new() } else { format!(" id=\"{id}\"") };
            let _ = writeln!(out, "<dc:{name}{id}>{}</dc:{name}>", escaped(words));
        }
    };
    dc("identifier", "book-id", &book.id);
    dc("title", "title", &book.title);
    dc("title", "subtitle", &book.subtitle);
    dc("language", "", &book.language);
    dc("creator", "owner", &book.owner);
    dc("publisher", "", &book.owner);
    dc("date", "", &book.date.to_string());
    dc("description", "", &book.description);
    dc("source", "", &book.address);
    let mut meta = |property: &str, words: &str| {
        let _ = writeln!(out, "<meta property=\"{property}\">{}</meta>", escaped(words));
    };
    meta("dcterms:modified", &book.modified.format("%Y-%m-%dT%H:%M:%SZ").to_string());
    meta("schema:accessMode", "textual");
    if !book.pictures.is_empty() {
        meta("schema:accessMode", "visual");
    }
    meta("schema:accessModeSufficient", "textual");
    for feature in ["alternativeText", "readingOrder", "structuralNavigation", "tableOfContents", "displayTransformability"] {
        meta("schema:accessibilityFeature", feature);
    }
    meta("schema:accessibilityHazard", "none");
    meta("schema:accessibilitySummary", &book.words.accessibility);
    out.push_str("<meta refines=\"#title\" property=\"title-type\">main</meta>\n");
    if !book.subtitle.is_empty() {
        out.push_str("<meta refines=\"#subtitle\" property=\"title-type\">subtitle</meta>\n");
    }
    if !book.owner.is_empty() {
        out.push_str("<meta refines=\"#owner\" property=\"role\" scheme=\"marc:relators\">aut</meta>\n");
    }
    out
}

fn manifest(book: &Book) -> String {
    let mut out = String::new();
    let mut item = |id: &str, href: &str, media: &str, properties: &str| {
        let properties = if properties.is_empty() { String::new() } else { format!(" properties=\"{properties}\"") };
        let _ = writeln!(out, "<item id=\"{id}\" href=\"{}\" media-type=\"{media}\"{properties}/>", escaped(href));
    };
    const PAGE: &str = "application/xhtml+xml";
    item("nav", "nav.xhtml", PAGE, "nav");
    item("css", "book.css", "text/css", "");
    item("cover", "cover.xhtml", PAGE, "");
    item("imprint", "imprint.xhtml", PAGE, "");
    for place in 0..book.parts.len() {
        item(&format!("part-{:03}", place + 1), &file(place), PAGE, "");
    }
    let cover = book.cover.as_ref().map(|figure| figure.picture.as_str());
    for (place, (name, picture)) in book.pictures.iter().enumerate() {
        let properties = if cover == Some(name) { "cover-image" } else { "" };
        item(&format!("picture-{}", place + 1), &format!("pictures/{name}"), picture.media.media_type(), properties);
    }
    out
}

fn spine(book: &Book) -> String {
    let mut out = String::from("<itemref idref=\"cover\"/>\n<itemref idref=\"nav\"/>\n");
    for place in 0..book.parts.len() {
        let _ = writeln!(out, "<itemref idref=\"part-{:03}\"/>", place + 1);
    }
    out.push_str("<itemref idref=\"imprint\"/>\n");
    out
}
