//! How a feed is written: RSS 2.0, Atom (RFC 4287), JSON Feed 1.1. An entry's id is its article's, for ever.

use std::fmt::Write;

use chrono::{DateTime, Utc};
use serde_json::json;

use super::kept::xml;
use crate::base::time;
use crate::news::listing::Line;
use crate::people::agency::brief::Known;

/// The address of the hub; what is behind it is a later capability's.
const HUB: &str = "/websub";

/// How it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Rss,
    Atom,
    Json,
}

impl Format {
    pub const ALL: [Self; 3] = [Self::Rss, Self::Atom, Self::Json];

    /// The last part of its address.
    #[must_use]
    pub const fn file(self) -> &'static str {
        match self {
            Self::Rss => "rss.xml",
            Self::Atom => "atom.xml",
            Self::Json => "feed.json",
        }
    }

    /// Reads what [`Format::file`] wrote.
    #[must_use]
    pub fn of_file(file: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.file() == file)
    }

    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Rss => "application/rss+xml; charset=utf-8",
            Self::Atom => "application/atom+xml; charset=utf-8",
            Self::Json => "application/feed+json; charset=utf-8",
        }
    }
}

/// A feed before it is written.
pub struct Channel<'a> {
    pub origin: String,
    pub title: String,
    pub description: String,
    pub rights: String,
    /// Of the page it follows.
    pub path: String,
    pub lang: &'static str,
    pub changed: DateTime<Utc>,
    pub lines: &'a [Line],
    pub known: &'a Known,
}

impl Channel<'_> {
    /// The whole feed.
    #[must_use]
    pub fn written(&self, format: Format) -> String {
        match format {
            Format::Rss => self.rss(),
            Format::Atom => self.atom(),
            Format::Json => self.json(),
        }
    }

    fn page(&self) -> String {
        format!("{}{}", self.origin, self.path)
    }

    /// Where whoever wants to be told of changes asks for it (W3C WebSub, 4).
    fn hub(&self) -> String {
        format!("{}{HUB}", self.origin)
    }

    /// The header by which the feed says where it is and where its hub is.
    #[must_use]
    pub fn links(&self, format: Format) -> String {
        format!("<{}>; rel=\"self\", <{}>; rel=\"hub\"", self.own(format), self.hub())
    }

    /// Where the feed itself is: Vietnamese without a word, another language by its tag.
    fn own(&self, format: Format) -> String {
        let language = if self.lang == "vi" { String::new() } else { format!("?lang={}", self.lang) };
        format!("{}/{}{language}", self.page(), format.file())
    }

    fn address(&self, line: &Line) -> String {
        format!("{}{}", self.origin, line.public_path())
    }

    fn agency(&self, line: &Line) -> &str {
        self.known.get(&line.agency).map_or("", |body| body.name.as_str())
    }

    /// The summary, and under it what readers are told of a machine's translation.
    fn summary(line: &Line) -> String {
        match line.machine_label() {
            Some(label) if line.summary.is_empty() => label,
            Some(label) => format!("{} ({label})", line.summary),
            None => line.summary.clone(),
        }
    }

    fn rss(&self) -> String {
        let own = self.own(Format::Rss);
        let mut out = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>{}</title><link>{}</link><description>{}</description>\
             <language>{}</language><lastBuildDate>{}</lastBuildDate><atom:link href=\"{}\" rel=\"self\" type=\"application/rss+xml\"/>\
             <atom:link href=\"{}\" rel=\"hub\"/>",
            xml(&self.title),
            xml(&self.page()),
            xml(&self.description),
            self.lang,
            self.changed.to_rfc2822(),
            xml(&own),
            xml(&self.hub()),
        );
        for line in self.lines {
            let at = line.published_at.unwrap_or(line.changed_at).to_rfc2822();
            let _ = write!(
                out,
                "<item><title>{}</title><link>{}</link><guid isPermaLink=\"false\">urn:uuid:{}</guid><pubDate>{at}</pubDate>\
                 <dc:creator>{}</dc:creator><description>{}</description></item>",
                xml(&line.title),
                xml(&self.address(line)),
                line.id,
                xml(self.agency(line)),
                xml(&Self::summary(line)),
            );
        }
        out.push_str("</channel></rss>\n");
        out
    }

    fn atom(&self) -> String {
        let own = self.own(Format::Atom);
        let mut out = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\"><title>{}</title>\
             <id>{own}</id><link rel=\"self\" href=\"{own}\"/><link rel=\"hub\" href=\"{}\"/><link href=\"{}\"/><updated>{}</updated><rights>{}</rights>",
            self.lang,
            xml(&self.title),
            xml(&self.hub()),
            xml(&self.page()),
            time::machine(self.changed),
            xml(&self.rights),
        );
        for line in self.lines {
            let _ = write!(
                out,
                "<entry><title>{}</title><id>urn:uuid:{}</id><link href=\"{}\"/><published>{}</published><updated>{}</updated>\
                 <author><name>{}</name></author><summary>{}</summary></entry>",
                xml(&line.title),
                line.id,
                xml(&self.address(line)),
                time::machine(line.published_at.unwrap_or(line.changed_at)),
                time::machine(line.changed_at),
                xml(self.agency(line)),
                xml(&Self::summary(line)),
            );
        }
        out.push_str("</feed>\n");
        out
    }

    fn json(&self) -> String {
        let item = |line: &Line| {
            json!({
                "id": format!("urn:uuid:{}", line.id),
                "url": self.address(line),
                "title": line.title,
                "summary": Self::summary(line),
                "content_text": Self::summary(line),
                "date_published": time::machine(line.published_at.unwrap_or(line.changed_at)),
                "date_modified": time::machine(line.changed_at),
                "language": line.language.tag(),
                "authors": [{ "name": self.agency(line) }],
            })
        };
        let feed = json!({
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.title,
            "description": self.description,
            "home_page_url": self.page(),
            "feed_url": self.own(Format::Json),
            "hubs": [{ "type": "WebSub", "url": self.hub() }],
            "language": self.lang,
            "items": self.lines.iter().map(item).collect::<Vec<_>>(),
        });
        feed.to_string()
    }
}
