//! The book as EPUB 3.3, with what EPUB Accessibility 1.1 wants said of it. `epubcheck` has nothing to remark.

mod package;

use std::io::{Cursor, Write};

use zip::write::{FileOptions, SimpleFileOptions};
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::model::{Book, Figure, Part};
use crate::xhtml::{Dress, Shown, escaped};
use crate::{Error, Picture};

const CSS: &str = include_str!("epub.css");
const CONTAINER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles><rootfile full-path=\"EPUB/package.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles></container>\n";

/// The archive.
///
/// # Errors
/// It can not be written: there is more of it than fits in memory.
pub fn write(book: &Book) -> Result<Vec<u8>, Error> {
    let mut archive = Archive::default();
    // First and not packed, so that the file's kind is seen from its first bytes.
    archive.put("mimetype", b"application/epub+zip", CompressionMethod::Stored)?;
    archive.text("META-INF/container.xml", CONTAINER)?;
    archive.text("EPUB/package.opf", &package::document(book))?;
    archive.text("EPUB/nav.xhtml", &nav(book))?;
    archive.text("EPUB/book.css", CSS)?;
    archive.text("EPUB/cover.xhtml", &cover(book))?;
    archive.text("EPUB/imprint.xhtml", &imprint(book))?;
    for (place, part) in book.parts.iter().enumerate() {
        archive.text(&format!("EPUB/{}", file(place)), &chapter(book, part))?;
    }
    for (name, picture) in &book.pictures {
        archive.put(&format!("EPUB/pictures/{name}"), &picture.bytes, CompressionMethod::Stored)?;
    }
    archive.done()
}

/// An archive whose bytes depend on what is in it alone.
#[derive(Default)]
pub(crate) struct Archive {
    zip: Option<ZipWriter<Cursor<Vec<u8>>>>,
}

impl Archive {
    pub(crate) fn put(&mut self, name: &str, bytes: &[u8], how: CompressionMethod) -> Result<(), Error> {
        let zip = self.zip.get_or_insert_with(|| ZipWriter::new(Cursor::new(Vec::new())));
        let options: SimpleFileOptions =
            FileOptions::default().compression_method(how).last_modified_time(DateTime::default()).unix_permissions(0o644);
        zip.start_file(name, options)?;
        zip.write_all(bytes)?;
        Ok(())
    }

    pub(crate) fn text(&mut self, name: &str, text: &str) -> Result<(), Error> {
        self.put(name, text.as_bytes(), CompressionMethod::Deflated)
    }

    pub(crate) fn done(self) -> Result<Vec<u8>, Error> {
        Ok(self.zip.unwrap_or_else(|| ZipWriter::new(Cursor::new(Vec::new()))).finish()?.into_inner())
    }
}

/// The file of the part at that place.
fn file(place: usize) -> String {
    format!("part-{:03}.xhtml", place + 1)
}

fn page(book: &Book, title: &str, body: &str) -> String {
    let (lang, title) = (escaped(&book.language), escaped(title));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" lang=\"{lang}\" xml:lang=\"{lang}\"><head><meta charset=\"utf-8\"/><title>{title}</title><link rel=\"stylesheet\" href=\"book.css\"/></head><body>\n{body}\n</body></html>\n"
    )
}

fn cover(book: &Book) -> String {
    let mut body = String::from("<section class=\"cover\" epub:type=\"cover\">");
    if let Some(figure) = &book.cover
        && let Some(shown) = shown(book, figure)
    {
        let dress = dress(book, &|_| None, &|_| None);
        body.push_str(&format!("<p>{}</p>", dress.image(&shown, &figure.alt)));
    }
    body.push_str(&format!("<h1>{}</h1>", escaped(&book.title)));
    if !book.subtitle.is_empty() {
        body.push_str(&format!("<p class=\"subtitle\">{}</p>", escaped(&book.subtitle)));
    }
    body.push_str(&format!("<p>{}</p><p>{}</p></section>", escaped(&book.owner), escaped(&book.edition)));
    page(book, &book.title, &body)
}

fn imprint(book: &Book) -> String {
    let facts: String =
        book.imprint.iter().map(|(name, words)| format!("<dt>{}</dt><dd>{}</dd>", escaped(name), escaped(words))).collect();
    let title = escaped(&book.words.imprint);
    let facts = if facts.is_empty() { String::new() } else { format!("<dl>{facts}</dl>") };
    let body = format!("<section epub:type=\"imprint\"><h1>{title}</h1>{facts}</section>");
    page(book, &book.words.imprint, &body)
}

fn chapter(book: &Book, part: &Part) -> String {
    let link = |href: &str| match href.strip_prefix('#') {
        Some(anchor) => book.parts.iter().position(|one| one.anchor == anchor).map(|place| format!("{}#{anchor}", file(place))),
        None => Some(absolute(book, href)),
    };
    let picture = |figure: &Figure| shown(book, figure);
    let inside = dress(book, &link, &picture).part(part);
    let (anchor, title) = (escaped(&part.anchor), escaped(&part.title));
    let body =
        format!("<section epub:type=\"chapter\" role=\"doc-chapter\" id=\"{anchor}\"><h1>{title}</h1>\n{inside}</section>");
    page(book, &part.title, &body)
}

/// An address that is true outside of the site, too.
pub(crate) fn absolute(book: &Book, href: &str) -> String {
    if href.starts_with('/') { format!("{}{href}", book.origin) } else { href.to_owned() }
}

fn dress<'a>(
    book: &'a Book,
    link: &'a dyn Fn(&str) -> Option<String>,
    picture: &'a dyn Fn(&Figure) -> Option<Shown>,
) -> Dress<'a> {
    let words = &book.words;
    Dress { rank: 1, epub: true, prefix: "", notes: &words.notes, back: &words.back, link, picture }
}

/// Where the picture lies, from a page of the book.
pub(crate) fn shown(book: &Book, figure: &Figure) -> Option<Shown> {
    let Picture { width, height, .. } = book.pictures.get(&figure.picture)?;
    let src = format!("pictures/{}", figure.picture);
    Some(Shown { src, srcset: String::new(), width: *width, height: *height })
}

fn nav(book: &Book) -> String {
    let entry = |(place, part): (usize, &Part)| {
        format!("<li><a href=\"{}#{}\">{}</a></li>", file(place), escaped(&part.anchor), escaped(&part.title))
    };
    let entries: String = book.parts.iter().enumerate().map(entry).collect();
    let words = &book.words;
    let (title, cover, imprint) = (escaped(&words.contents), escaped(&words.cover), escaped(&words.imprint));
    let entries = format!("{entries}<li><a href=\"imprint.xhtml\">{imprint}</a></li>");
    let begin = if book.parts.is_empty() {
        String::new()
    } else {
        format!("<li><a epub:type=\"bodymatter\" href=\"{}\">{}</a></li>", file(0), escaped(&book.title))
    };
    let body = format!(
        "<nav epub:type=\"toc\" role=\"doc-toc\" id=\"toc\"><h1>{title}</h1><ol>{entries}</ol></nav>\n<nav epub:type=\"landmarks\" aria-label=\"{cover}, {title}\" hidden=\"hidden\"><ol><li><a epub:type=\"cover\" href=\"cover.xhtml\">{cover}</a></li><li><a epub:type=\"toc\" href=\"nav.xhtml#toc\">{title}</a></li>{begin}</ol></nav>"
    );
    page(book, &words.contents, &body)
}
