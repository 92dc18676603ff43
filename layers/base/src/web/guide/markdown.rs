//! A chapter's Markdown (CommonMark 0.31 with tables) as HTML of this site: headings get ids, links between chapter
//! files become addresses, pictures become figures, markup written by hand becomes plain text.

use std::collections::HashSet;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

use super::picture;
use crate::web::shell::Markup;

/// A chapter as it is shown.
pub struct Text {
    /// The first heading.
    pub title: String,
    /// The first paragraph.
    pub lead: String,
    /// The headings of the second level: id and words.
    pub sections: Vec<(String, String)>,
    /// The rest.
    pub body: Markup,
}

/// `ke-hoach` of `03-ke-hoach.md`; None when the name is no chapter's.
pub fn slug_of_file(name: &str) -> Option<&str> {
    let (place, slug) = name.strip_suffix(".md")?.split_once('-')?;
    (place.len() == 2 && place.bytes().all(|byte| byte.is_ascii_digit())).then_some(slug)
}

/// Makes a chapter of its Markdown.
pub fn render(markdown: &str) -> Text {
    let mut made = Maker::default();
    let mut events = Parser::new_ext(markdown, Options::ENABLE_TABLES).peekable();
    while let Some(event) = events.next() {
        let before_image = matches!(events.peek(), Some(Event::Start(Tag::Image { .. })));
        made.take(event, before_image);
    }
    let mut body = String::with_capacity(markdown.len() * 3 / 2);
    html::push_html(&mut body, made.out.into_iter());
    Text { title: made.title, lead: made.lead, sections: made.sections, body: Markup(body) }
}

/// Where in a chapter we are.
#[derive(Default, PartialEq)]
enum Place {
    #[default]
    Body,
    /// Inside a heading, whose words are gathered.
    Heading,
    /// Inside the first paragraph, whose words are gathered.
    Lead,
    /// Inside a picture's words, which are gathered; its file.
    Picture(String),
}

#[derive(Default)]
struct Maker<'a> {
    out: Vec<Event<'a>>,
    place: Place,
    words: String,
    title: String,
    lead: String,
    sections: Vec<(String, String)>,
    ids: HashSet<String>,
    /// For each open link, whether it is kept.
    links: Vec<bool>,
    /// The open paragraph is a picture and nothing else.
    bare: bool,
}

impl<'a> Maker<'a> {
    fn take(&mut self, event: Event<'a>, before_image: bool) {
        match event {
            Event::Html(text) | Event::InlineHtml(text) => self.text(text, false),
            Event::Text(text) => self.text(text, false),
            Event::Code(text) => self.text(text, true),
            Event::SoftBreak if self.place != Place::Body => self.words.push(' '),
            Event::Start(tag) => self.open(tag, before_image),
            Event::End(end) => self.close(end),
            other => self.out.push(other),
        }
    }

    fn text(&mut self, text: CowStr<'a>, code: bool) {
        match (&self.place, code) {
            (Place::Body, true) => self.out.push(Event::Code(text)),
            (Place::Body, false) => self.out.push(Event::Text(text)),
            _ => self.words.push_str(&text),
        }
    }

    fn open(&mut self, tag: Tag<'a>, before_image: bool) {
        match tag {
            Tag::Heading { .. } => self.gather(Place::Heading),
            Tag::Paragraph if self.lead.is_empty() && self.out.is_empty() => self.gather(Place::Lead),
            Tag::Paragraph if before_image => self.bare = true,
            Tag::Image { dest_url, .. } => self.gather(Place::Picture(file_of(&dest_url))),
            Tag::Link { link_type, dest_url, title, id } => {
                let address = if self.place == Place::Body { address(&dest_url) } else { None };
                self.links.push(address.is_some());
                if let Some(address) = address {
                    self.out.push(Event::Start(Tag::Link { link_type, dest_url: address.into(), title, id }));
                }
            }
            Tag::Table(columns) => {
                let about = escape(self.sections.last().map_or(&self.title, |(_, words)| words));
                let frame = format!("<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"{about}\">");
                self.out.extend([Event::Html(frame.into()), Event::Start(Tag::Table(columns))]);
            }
            // A long line is scrolled to, with keys too.
            Tag::CodeBlock(_) => self.out.push(Event::Html("<pre tabindex=\"0\"><code>".into())),
            // Words in a heading or a lead lose their weight: those places have their own.
            Tag::Strong | Tag::Emphasis if self.place != Place::Body => {}
            other => self.out.push(Event::Start(other)),
        }
    }

    fn close(&mut self, end: TagEnd) {
        match end {
            TagEnd::Heading(level) => self.heading(level),
            TagEnd::Paragraph if self.place == Place::Lead => {
                self.place = Place::Body;
                self.lead = std::mem::take(&mut self.words);
            }
            TagEnd::Paragraph if self.bare => self.bare = false,
            TagEnd::Image => self.figure(),
            TagEnd::Link => {
                if self.links.pop().unwrap_or_default() {
                    self.out.push(Event::End(TagEnd::Link));
                }
            }
            TagEnd::Table => self.out.extend([Event::End(TagEnd::Table), Event::Html("</div>".into())]),
            TagEnd::CodeBlock => self.out.push(Event::Html("</code></pre>".into())),
            TagEnd::Strong | TagEnd::Emphasis if self.place != Place::Body => {}
            other => self.out.push(Event::End(other)),
        }
    }

    fn gather(&mut self, place: Place) {
        self.place = place;
        self.words.clear();
    }

    fn heading(&mut self, level: HeadingLevel) {
        self.place = Place::Body;
        let words = std::mem::take(&mut self.words);
        if level == HeadingLevel::H1 {
            self.title = words;
            return;
        }
        let id = self.id_for(&words);
        let opening = Tag::Heading { level, id: Some(id.clone().into()), classes: Vec::new(), attrs: Vec::new() };
        self.out.extend([Event::Start(opening), Event::Text(words.clone().into()), Event::End(TagEnd::Heading(level))]);
        if level == HeadingLevel::H2 {
            self.sections.push((id, words));
        }
    }

    /// An id of the heading's words that no other heading of the chapter has.
    fn id_for(&mut self, words: &str) -> String {
        let plain = vietnamese::slug::slug_or(words, "muc");
        let id = (1..)
            .map(|turn| if turn == 1 { plain.clone() } else { format!("{plain}-{turn}") })
            .find(|id| !self.ids.contains(id))
            .unwrap_or_default();
        self.ids.insert(id.clone());
        id
    }

    /// A picture that has not been taken leaves no trace.
    fn figure(&mut self) {
        let words = std::mem::take(&mut self.words);
        let Place::Picture(file) = std::mem::take(&mut self.place) else { return };
        let Some((width, height)) = picture::size(&file) else { return };
        let words = escape(&words);
        let figure = format!(
            "<figure><a href=\"/huong-dan/hinh/{file}\"><img src=\"/huong-dan/hinh/{file}\" alt=\"{words}\" \
             width=\"{width}\" height=\"{height}\" loading=\"lazy\"></a><figcaption aria-hidden=\"true\">{words}</figcaption></figure>"
        );
        self.out.push(Event::Html(figure.into()));
    }
}

/// The plain file name of `../pictures/ra-soat.png`; empty when it holds anything else.
fn file_of(address: &str) -> String {
    let name = address.rsplit('/').next().unwrap_or_default();
    let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.');
    if plain { name.to_owned() } else { String::new() }
}

/// Where a link of a chapter leads on this site: another chapter's file, a place in this one, a page of ours,
/// a site outside. None for anything else, e.g. `javascript:`.
fn address(written: &str) -> Option<String> {
    let (file, place) = written.split_once('#').map_or((written, None), |(file, place)| (file, Some(place)));
    if let Some(slug) = slug_of_file(file) {
        return Some(place.map_or_else(|| format!("/huong-dan/{slug}"), |place| format!("/huong-dan/{slug}#{place}")));
    }
    let ours = written.starts_with('#') || (written.starts_with('/') && !written.starts_with("//"));
    let outside = ["https://", "http://", "mailto:"].iter().any(|scheme| written.starts_with(scheme));
    (ours || outside).then(|| written.to_owned())
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
