//! How a show is written: RSS 2.0 with the namespaces of Apple (`itunes`) and Podcasting 2.0 (`podcast`).

use std::fmt::Write;

use super::Show;
use super::episode::Episode;
use crate::news::portal::kept::xml;

/// A show before it is written.
pub struct Written<'a> {
    pub origin: String,
    pub feed: String,
    pub hub: String,
    pub show: &'a Show,
    /// Whose it is, and where people read about them.
    pub agency: (String, String),
    pub cover: Option<String>,
    pub changed: chrono::DateTime<chrono::Utc>,
    pub episodes: &'a [Episode],
}

impl Written<'_> {
    /// The whole feed.
    #[must_use]
    pub fn rss(&self) -> String {
        let show = self.show;
        let mut out = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\" \
             xmlns:podcast=\"https://podcastindex.org/namespace/1.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" \
             xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel>",
        );
        let mut put = |name: &str, text: &str| {
            let _ = write!(out, "<{name}>{}</{name}>", xml(text));
        };
        put("title", &show.name);
        put("link", &format!("{}{}", self.origin, show.public_path()));
        put("description", &show.description);
        put("language", &show.language);
        put("lastBuildDate", &self.changed.to_rfc2822());
        put("itunes:author", &self.agency.0);
        put("itunes:type", "episodic");
        put("itunes:explicit", "false");
        put("podcast:guid", &show.guid);
        put("podcast:medium", "podcast");
        if !show.owner_email.is_empty() {
            let _ = write!(
                out,
                "<podcast:locked owner=\"{0}\">no</podcast:locked><itunes:owner><itunes:name>{1}</itunes:name><itunes:email>{0}</itunes:email></itunes:owner>",
                xml(&show.owner_email),
                xml(&self.agency.0)
            );
        }
        let _ = write!(
            out,
            "<itunes:category text=\"{}\"/><atom:link href=\"{}\" rel=\"self\" type=\"application/rss+xml\"/><atom:link href=\"{}\" rel=\"hub\"/>",
            xml(&show.category),
            xml(&self.feed),
            xml(&self.hub)
        );
        if let Some(cover) = &self.cover {
            let _ = write!(
                out,
                "<itunes:image href=\"{0}\"/><image><url>{0}</url><title>{1}</title><link>{2}</link></image>",
                xml(cover),
                xml(&show.name),
                xml(&format!("{}{}", self.origin, show.public_path()))
            );
        }
        let _ = write!(out, "{}", self.person());
        for episode in self.episodes {
            self.item(&mut out, episode);
        }
        out.push_str("</channel></rss>\n");
        out
    }

    /// An agency speaks, not a person.
    fn person(&self) -> String {
        format!("<podcast:person role=\"host\" href=\"{}\">{}</podcast:person>", xml(&self.agency.1), xml(&self.agency.0))
    }

    fn item(&self, out: &mut String, episode: &Episode) {
        let (article, recording) = (&episode.article, &episode.recording);
        let at = article.published_at.unwrap_or(article.changed_at);
        let own = format!("{}{}/{}", self.origin, self.show.public_path(), article.id);
        let _ = write!(
            out,
            "<item><title>{0}</title><itunes:title>{0}</itunes:title><link>{1}</link><guid isPermaLink=\"false\">urn:uuid:{2}</guid>\
             <pubDate>{3}</pubDate><description>{4}</description><itunes:summary>{4}</itunes:summary>\
             <itunes:episodeType>full</itunes:episodeType><itunes:explicit>false</itunes:explicit>\
             <enclosure url=\"{5}\" length=\"{6}\" type=\"{7}\"/>\
             <podcast:transcript url=\"{8}/loi.txt\" type=\"text/plain\" language=\"{9}\"/>",
            xml(&article.title),
            xml(&format!("{}{}", self.origin, article.public_path())),
            article.id,
            at.to_rfc2822(),
            xml(&article.summary),
            xml(&format!("{}{}", self.origin, article.media_url)),
            recording.size_bytes,
            xml(&recording.media_type),
            xml(&own),
            article.language.tag(),
        );
        // In seconds, as Apple recommends.
        if let Some(seconds) = recording.seconds() {
            let _ = write!(out, "<itunes:duration>{seconds}</itunes:duration>");
        }
        if !episode.chapters().is_empty() {
            let _ = write!(out, "<podcast:chapters url=\"{}/chuong.json\" type=\"application/json+chapters\"/>", xml(&own));
        }
        let _ = write!(out, "{}</item>", self.person());
    }
}
