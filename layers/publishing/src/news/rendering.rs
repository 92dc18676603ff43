//! A text as readers get it: pictures in several widths with their credit, notes below the text, what other sites show as a card
//! that loads nothing before it is asked to.

use std::collections::HashMap;

use uuid::Uuid;

use super::embedding::{self, Host, Shown};
use super::figures::{asset_of, assets_in};
use super::markup::{Piece, Tag, escaped, pieces, unescaped};
use crate::base::App;
use crate::library::Picture;
use crate::web::{Locale, Result};

/// How wide a picture stands in a text, for the browser to choose by.
pub const SIZES: &str = "(max-width: 48rem) 100vw, 46rem";

/// A text and what its page has to allow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    pub html: String,
    /// Origins of frames that the reader may open.
    pub frames: Vec<String>,
}

/// What a text refers to.
#[derive(Default)]
pub struct Around {
    pub pictures: HashMap<Uuid, Picture>,
    pub hosts: Vec<Host>,
}

impl Around {
    /// What these refer to: two statements where there are pictures, one where something of another site is named.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(app: &App, body: &str, lead: Option<Uuid>) -> Result<Self> {
        let ids: Vec<Uuid> = lead.into_iter().chain(assets_in(body)).collect();
        let pictures = if ids.is_empty() { HashMap::new() } else { Picture::of(&app.db, &ids).await? };
        let hosts = if body.contains(" data-embed=\"") { Host::all(&app.db).await? } else { Vec::new() };
        Ok(Self { pictures, hosts })
    }
}

/// The text for readers.
#[must_use]
pub fn drawn(l: Locale, body: &str, around: &Around) -> Drawn {
    let mut walk = Walk::new(l, around);
    for piece in pieces(body) {
        walk.piece(piece);
    }
    walk.finished()
}

struct Walk<'a> {
    l: Locale,
    around: &'a Around,
    out: String,
    frames: Vec<String>,
    /// The credit that the figure that is open has to say yet.
    credit: Option<String>,
    /// The address of what the figure that is open shows, and its title so far.
    embed: Option<(String, String)>,
    /// The note that is open.
    note: Option<String>,
    notes: Vec<String>,
}

impl<'a> Walk<'a> {
    fn new(l: Locale, around: &'a Around) -> Self {
        Self { l, around, out: String::new(), frames: Vec::new(), credit: None, embed: None, note: None, notes: Vec::new() }
    }

    fn piece(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::Tag(tag) if tag.name == "small" => self.note(&tag),
            Piece::Tag(tag) if tag.name == "figure" => self.figure(&tag),
            Piece::Tag(_) if self.embed.is_some() => {}
            Piece::Tag(tag) if tag.name == "img" => self.picture(&tag),
            Piece::Tag(tag) => {
                if tag.closes && tag.name == "figcaption" {
                    let credit = self.credited();
                    self.put(&credit);
                }
                self.put(tag.whole);
            }
            Piece::Text(text) => match &mut self.embed {
                Some((_, title)) => title.push_str(text),
                None => self.put(text),
            },
        }
    }

    fn put(&mut self, text: &str) {
        self.note.as_mut().unwrap_or(&mut self.out).push_str(text);
    }

    fn credited(&mut self) -> String {
        self.credit.take().map(|credit| format!(" <span class=\"credit\">{}</span>", escaped(&credit))).unwrap_or_default()
    }

    fn figure(&mut self, tag: &Tag<'_>) {
        if !tag.closes {
            match tag.attribute("data-embed") {
                Some(address) => self.embed = Some((unescaped(address), String::new())),
                None => self.put("<figure>"),
            }
            return;
        }
        if let Some((address, title)) = self.embed.take() {
            let card = self.card(&address, title.trim());
            self.put(&card);
            return;
        }
        let credit = self.credited();
        if !credit.is_empty() {
            self.put(&format!("<figcaption>{}</figcaption>", credit.trim()));
        }
        self.put("</figure>");
    }

    /// A link that the page's script turns into the frame.
    fn card(&mut self, address: &str, title: &str) -> String {
        let host = reqwest::Url::parse(address).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
        let title = if title.is_empty() { escaped(&host) } else { title.to_owned() };
        let shown: Option<Shown> = embedding::shown(address, &self.around.hosts);
        let (frame, words) = match shown {
            Some(shown) => {
                let words = self.l.t1("embed-open", "name", &shown.name);
                if !self.frames.contains(&shown.origin) {
                    self.frames.push(shown.origin);
                }
                (format!(" data-frame=\"{}\"", escaped(&shown.frame)), words)
            }
            None => (String::new(), self.l.t1("embed-elsewhere", "name", host)),
        };
        format!(
            "<figure class=\"embed\"><a href=\"{}\" rel=\"noopener noreferrer\"{frame}><strong>{title}</strong><span>{}</span></a></figure>",
            escaped(address),
            escaped(&words)
        )
    }

    /// One whose pictures are still being made is left out.
    fn picture(&mut self, tag: &Tag<'_>) {
        let picture = asset_of(&tag.value("src")).and_then(|asset| self.around.pictures.get(&asset));
        let Some(picture) = picture else { return };
        let alt = tag.attribute("alt").filter(|alt| !alt.trim().is_empty());
        let alt = alt.map_or_else(|| escaped(&picture.alt), str::to_owned);
        let credit = picture.credit.trim();
        self.credit = (!credit.is_empty()).then(|| self.l.t1("picture-credit", "name", credit));
        let image = format!(
            "<img src=\"{}\" srcset=\"{}\" sizes=\"{SIZES}\" width=\"{}\" height=\"{}\" loading=\"lazy\" decoding=\"async\" alt=\"{alt}\">",
            picture.src, picture.srcset, picture.width, picture.height
        );
        self.put(&image);
    }

    fn note(&mut self, tag: &Tag<'_>) {
        if !tag.closes {
            self.note = Some(String::new());
            return;
        }
        let Some(text) = self.note.take() else { return };
        self.notes.push(text);
        let number = self.notes.len();
        let label = escaped(&self.l.t1("note-number", "n", number));
        self.put(&format!(
            "<sup><a id=\"chu-thich-{number}-o\" href=\"#chu-thich-{number}\" role=\"doc-noteref\" aria-label=\"{label}\">{number}</a></sup>"
        ));
    }

    fn finished(mut self) -> Drawn {
        if !self.notes.is_empty() {
            let back = escaped(&self.l.t("note-back"));
            let notes = self.notes.iter().enumerate().map(|(at, text)| {
                let number = at + 1;
                format!(
                    "<li id=\"chu-thich-{number}\">{text} <a href=\"#chu-thich-{number}-o\" role=\"doc-backlink\" aria-label=\"{back}\">↩</a></li>"
                )
            });
            let notes: String = notes.collect();
            let title = escaped(&self.l.t("notes-title"));
            self.out.push_str(&format!(
                "<section class=\"notes\" role=\"doc-endnotes\" aria-labelledby=\"chu-thich\"><h2 id=\"chu-thich\">{title}</h2><ol>{notes}</ol></section>"
            ));
        }
        Drawn { html: self.out, frames: self.frames }
    }
}

#[cfg(test)]
mod unit {
    use super::*;
    use crate::news::clean;

    fn picture() -> Picture {
        Picture {
            src: "/tu-lieu/a/640.jpg".into(),
            srcset: "/tu-lieu/a/640.jpg 640w".into(),
            width: 640,
            height: 480,
            alt: "Cầu \"mới\"".into(),
            caption: String::new(),
            credit: "Sở Xây dựng".into(),
        }
    }

    #[test]
    fn a_picture_has_its_sizes_its_alt_text_and_its_credit() {
        let id = Uuid::from_u128(7);
        let around = Around { pictures: HashMap::from([(id, picture())]), hosts: Vec::new() };
        let body = clean::body(&format!("![](/desk/library/{id} \"Khởi công\")"));
        let html = drawn(Locale::default(), &body, &around).html;
        assert!(html.contains("width=\"640\" height=\"480\" loading=\"lazy\"") && html.contains("sizes="), "{html}");
        assert!(html.contains("alt=\"Cầu &quot;mới&quot;\"") && html.contains("Khởi công <span class=\"credit\">"), "{html}");
        let gone = drawn(Locale::default(), &body, &Around::default()).html;
        assert!(!gone.contains("<img") && gone.contains("Khởi công"), "{gone}");
    }

    #[test]
    fn notes_stand_below_the_text_and_lead_back() {
        let body = clean::body("Một[^a], hai[^b].\n\n[^a]: Nguồn *A*\n[^b]: Nguồn B");
        let html = drawn(Locale::default(), &body, &Around::default()).html;
        assert!(html.contains("href=\"#chu-thich-2\" role=\"doc-noteref\""), "{html}");
        assert!(
            html.contains("<li id=\"chu-thich-1\">Nguồn <em>A</em> <a href=\"#chu-thich-1-o\" role=\"doc-backlink\""),
            "{html}"
        );
        assert!(!html.contains("small"), "{html}");
    }

    #[test]
    fn what_another_site_shows_is_a_link_first() {
        let body = clean::body("@[Phim về lúa](https://youtu.be/abc)\n\n@[Khác](https://a.example/b)");
        let drawn = drawn(Locale::default(), &body, &Around::default());
        assert_eq!(drawn.frames, ["https://www.youtube-nocookie.com"]);
        assert!(
            drawn.html.contains("data-frame=\"https://www.youtube-nocookie.com/embed/abc\"><strong>Phim về lúa</strong>"),
            "{}",
            drawn.html
        );
        assert!(
            drawn.html.contains("href=\"https://a.example/b\" rel=\"noopener noreferrer\"><strong>Khác</strong>"),
            "{}",
            drawn.html
        );
        assert!(!drawn.html.contains("iframe"));
    }
}
