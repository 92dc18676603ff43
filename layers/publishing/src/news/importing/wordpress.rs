//! An old portal's export: WordPress WXR 1.2 (RSS with the namespaces `wp`, `content`, `excerpt`). Its posts that were published
//! become lines as the other contract has them; pages, attachments and drafts are left where they are.

use std::io::BufRead;

use chrono::{DateTime, Utc};
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::json;

use super::record::Record;
use crate::web::Obstacle;

/// An item as it is read.
#[derive(Default)]
struct Item {
    title: String,
    body: String,
    excerpt: String,
    id: String,
    kind: String,
    status: String,
    date: String,
    category: String,
}

/// Reads the posts of an export one by one.
pub struct Posts<R: BufRead> {
    reader: Reader<R>,
    buffer: Vec<u8>,
    agency: String,
    /// The old portal's host: two portals may count their posts alike.
    site: String,
    now: DateTime<Utc>,
    number: u64,
    over: bool,
    /// Its last element was closed: nothing is missing at the end.
    whole: bool,
}

impl<R: BufRead> Posts<R> {
    /// The posts of an export, as an agency's articles.
    pub fn new(source: R, agency: &str, now: DateTime<Utc>) -> Self {
        let reader = Reader::from_reader(source);
        Self { reader, buffer: Vec::new(), agency: agency.into(), site: String::new(), now, number: 0, over: false, whole: false }
    }

    fn next_item(&mut self) -> Result<Option<Item>, quick_xml::Error> {
        let (mut item, mut path): (Option<Item>, Vec<String>) = (None, Vec::new());
        let (mut text, mut is_category) = (String::new(), false);
        loop {
            self.buffer.clear();
            match self.reader.read_event_into(&mut self.buffer)? {
                Event::Start(start) => {
                    let name: String = AsRef::<str>::as_ref(&start.name()).to_owned();
                    is_category = name == "category"
                        && start
                            .attributes()
                            .with_checks(false)
                            .flatten()
                            .any(|one| AsRef::<str>::as_ref(&one.key) == "domain" && &*one.value == "category");
                    if name == "item" {
                        item = Some(Item::default());
                    }
                    text.clear();
                    path.push(name);
                }
                Event::Text(words) => text.push_str(&words.xml10_content()),
                Event::CData(words) => text.push_str(&words.xml10_content()),
                Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                    Ok(Some(letter)) => text.push(letter),
                    _ => text.push_str(entity(&reference)),
                },
                Event::End(end) => {
                    let name: String = AsRef::<str>::as_ref(&end.name()).to_owned();
                    path.pop();
                    self.whole |= name == "rss";
                    if name == "item" {
                        return Ok(item);
                    }
                    match item.as_mut() {
                        Some(item) => item.take(&name, std::mem::take(&mut text), is_category),
                        None if name == "wp:base_site_url" => self.site = std::mem::take(&mut text),
                        None => {}
                    }
                }
                Event::Eof => return Ok(None),
                _ => {}
            }
        }
    }
}

/// What a named entity stands for.
fn entity(name: &str) -> &str {
    match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => " ",
    }
}

impl Item {
    fn take(&mut self, name: &str, text: String, is_category: bool) {
        match name {
            "title" => self.title = text,
            "content:encoded" => self.body = text,
            "excerpt:encoded" => self.excerpt = text,
            "wp:post_id" => self.id = text,
            "wp:post_type" => self.kind = text,
            "wp:status" => self.status = text,
            "wp:post_date" => self.date = text,
            "category" if is_category && self.category.is_empty() => self.category = text,
            _ => {}
        }
    }

    fn is_published_post(&self) -> bool {
        self.kind.trim() == "post" && self.status.trim() == "publish"
    }
}

impl<R: BufRead> Iterator for Posts<R> {
    /// The number of the item in the file, and the article or what is wrong with it.
    type Item = (u64, Result<Record, Obstacle>);

    fn next(&mut self) -> Option<Self::Item> {
        while !self.over {
            let item = match self.next_item() {
                Ok(Some(item)) => item,
                Ok(None) if self.whole => return None,
                Ok(None) => {
                    self.over = true;
                    return Some((self.number + 1, Err(Obstacle::new("import-cut"))));
                }
                Err(error) => {
                    self.over = true;
                    let place = self.reader.buffer_position();
                    let words = Obstacle::new("import-no-xml").with("n", place).with("cause", error);
                    return Some((self.number + 1, Err(words)));
                }
            };
            self.number += 1;
            if item.is_published_post() {
                let line = json!({
                    "external_id": format!("wp:{}:{}", self.site.trim(), item.id.trim()),
                    "title": item.title,
                    "summary": crate::news::clean::text(&crate::news::clean::html(&item.excerpt)),
                    // Paragraphs of classic posts are empty lines, of newer ones elements and comments.
                    "body_html": if item.body.contains("<p") { item.body.clone() } else { paragraphs(&item.body) },
                    "section": item.category,
                    "agency": self.agency,
                    "published_at": item.date.trim(),
                });
                return Some((self.number, Record::read(&line.to_string(), self.now)));
            }
        }
        None
    }
}

fn paragraphs(body: &str) -> String {
    let body = body.replace("\r\n", "\n");
    body.split("\n\n")
        .map(str::trim)
        .filter(|one| !one.is_empty())
        .map(|one| format!("<p>{}</p>", one.replace('\n', "<br>")))
        .collect()
}
