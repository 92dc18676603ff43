//! Pictures, things of other sites, and notes, as a text keeps them: a picture is the library's and stands in a figure, something
//! of another site is a figure that names its address and nothing else, a note is a `<small class="note">` where its mark will be.

use uuid::Uuid;

use super::markup::{Piece, Tag, escaped, pieces};
use crate::library::portal::PLAIN;

/// The longest address of something of another site, bytes.
const ADDRESS_BYTES_MAX: usize = 1_000;

/// The asset that an address of ours leads to: its public address, its page or a picture of it on the desk, also with the
/// site's name before it. None for any other.
#[must_use]
pub fn asset_of(address: &str) -> Option<Uuid> {
    let path = match address.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => address.strip_prefix('/')?,
    };
    let mut parts = path.split(['/', '?', '#']);
    let id = match (parts.next()?, parts.next()?) {
        ("tu-lieu", id) => id,
        ("desk", "library") => parts.next()?,
        ("desk", "news") if parts.nth(1) == Some("pictures") => parts.next()?,
        ("duyet-tin", _) if parts.next() == Some("pictures") => parts.next()?,
        _ => return None,
    };
    id.parse().ok()
}

/// Where everyone fetches the picture of an asset.
#[must_use]
pub fn public_address(asset: Uuid) -> String {
    format!("/tu-lieu/{asset}/{PLAIN}")
}

/// The address of something of another site that may be named; None for what is no such address.
#[must_use]
pub fn embedded_of(address: &str) -> Option<String> {
    let url = reqwest::Url::parse(address.trim()).ok()?;
    let fits = url.scheme() == "https" && url.has_host() && url.username().is_empty() && url.port().is_none();
    Some(url.to_string()).filter(|text| fits && text.len() <= ADDRESS_BYTES_MAX)
}

/// The text with its pictures, notes and things of other sites as they are kept. A picture that is elsewhere becomes a link to
/// it: our pages load nothing from others (their policy forbids it), so that nobody else learns who reads what.
#[must_use]
pub fn settled(html: &str) -> String {
    let mut walk = Walk::default();
    for piece in pieces(html) {
        match piece {
            Piece::Text(text) => walk.out.push_str(text),
            Piece::Tag(tag) => walk.tag(&tag),
        }
    }
    walk.out.replace("<figcaption></figcaption>", "").replace("<figure></figure>", "")
}

#[derive(Default)]
struct Walk<'a> {
    out: String,
    /// The elements that are open.
    open: Vec<&'a str>,
    /// Of each `<small>` that is open, whether it is a note.
    notes: Vec<bool>,
}

impl<'a> Walk<'a> {
    fn tag(&mut self, tag: &Tag<'a>) {
        match tag.name {
            "img" => return self.picture(tag),
            "small" => return self.small(tag),
            "figure" if !tag.closes => {
                self.out.push_str("<figure");
                if let Some(address) = embedded_of(&tag.value("data-embed")) {
                    self.out.push_str(&format!(" data-embed=\"{}\"", escaped(&address)));
                }
                self.out.push('>');
            }
            _ => self.out.push_str(tag.whole),
        }
        if tag.closes {
            if let Some(at) = self.open.iter().rposition(|name| *name == tag.name) {
                self.open.truncate(at);
            }
        } else if !matches!(tag.name, "br" | "hr") {
            self.open.push(tag.name);
        }
    }

    fn small(&mut self, tag: &Tag<'_>) {
        if tag.closes {
            if self.notes.pop() == Some(true) {
                self.out.push_str(tag.whole);
            }
            return;
        }
        let is_note = tag.attribute("class") == Some("note") && !self.notes.contains(&true);
        if is_note {
            self.out.push_str(tag.whole);
        }
        self.notes.push(is_note);
    }

    fn picture(&mut self, tag: &Tag<'_>) {
        let (src, alt) = (tag.value("src"), tag.value("alt"));
        let Some(asset) = asset_of(&src) else { return self.elsewhere(&src, &alt) };
        let image = format!("<img src=\"{}\" alt=\"{}\">", public_address(asset), escaped(alt.trim()));
        let caption = tag.value("title");
        let caption = if caption.trim().is_empty() {
            String::new()
        } else {
            format!("<figcaption>{}</figcaption>", escaped(caption.trim()))
        };
        match self.open.as_slice() {
            // It stands by itself: the paragraph goes on behind it.
            ["p"] => self.out.push_str(&format!("</p><figure>{image}{caption}</figure><p>")),
            [] => self.out.push_str(&format!("<figure>{image}{caption}</figure>")),
            _ => self.out.push_str(&image),
        }
    }

    fn elsewhere(&mut self, src: &str, alt: &str) {
        if src.starts_with("http") || (src.starts_with('/') && !src.starts_with("//")) {
            let words = if alt.trim().is_empty() { src.rsplit('/').next().unwrap_or_default() } else { alt };
            let link = format!("<a href=\"{}\" rel=\"noopener noreferrer\">{}</a>", escaped(src), escaped(words));
            self.out.push_str(&link);
        } else {
            self.out.push_str(&escaped(alt));
        }
    }
}

/// The assets whose pictures stand in a text, each once, in their order.
#[must_use]
pub fn assets_in(html: &str) -> Vec<Uuid> {
    let mut found = Vec::new();
    for asset in images(html).filter_map(|tag| asset_of(&tag.value("src"))) {
        if !found.contains(&asset) {
            found.push(asset);
        }
    }
    found
}

/// The pictures of a text in their order.
pub fn images(html: &str) -> impl Iterator<Item = Tag<'_>> {
    pieces(html).filter_map(|piece| match piece {
        Piece::Tag(tag) if tag.name == "img" => Some(tag),
        _ => None,
    })
}

/// The text with each tag of a picture made anew.
#[must_use]
pub fn with_pictures(html: &str, mut remade: impl FnMut(&Tag<'_>) -> String) -> String {
    let mut out = String::with_capacity(html.len());
    for piece in pieces(html) {
        match piece {
            Piece::Tag(tag) if tag.name == "img" => out.push_str(&remade(&tag)),
            Piece::Tag(tag) => out.push_str(tag.whole),
            Piece::Text(text) => out.push_str(text),
        }
    }
    out
}

/// The text for those who may not fetch its pictures where the public does: `below` says where they do, without the last part.
#[must_use]
pub fn below(html: &str, below: impl Fn(Uuid) -> String) -> String {
    with_pictures(html, |tag| match asset_of(&tag.value("src")) {
        Some(asset) => tag.whole.replace(&public_address(asset), &format!("{}/{PLAIN}", below(asset))),
        None => tag.whole.to_owned(),
    })
}

#[cfg(test)]
mod unit {
    use super::*;

    const ID: &str = "019df0a0-0000-7000-8000-000000000001";

    #[test]
    fn only_addresses_of_the_library_are_its() {
        let id: Uuid = ID.parse().expect("an id");
        for address in [
            format!("/tu-lieu/{ID}/640.jpg"),
            format!("/desk/library/{ID}"),
            format!("https://cong.example/desk/library/{ID}?a=b"),
            format!("/desk/library/{ID}/pictures/640.jpg"),
            format!("/desk/news/{ID}/pictures/{ID}"),
            format!("/duyet-tin/abc/pictures/{ID}"),
        ] {
            assert_eq!(asset_of(&address), Some(id), "{address}");
        }
        for address in ["/anh/1.png", "/tu-lieu/khong/1.jpg", "//a.example/tu-lieu", "x", "", "/desk/library"] {
            assert_eq!(asset_of(address), None, "{address}");
        }
    }

    #[test]
    fn a_picture_that_stands_in_a_paragraph_is_a_figure_of_its_own() {
        let html = settled(&format!("<p>A<img src=\"/desk/library/{ID}\" alt=\"Cầu\" title=\"Khởi công\">B</p>"));
        assert_eq!(
            html,
            format!(
                "<p>A</p><figure><img src=\"/tu-lieu/{ID}/anh.jpg\" alt=\"Cầu\"><figcaption>Khởi công</figcaption></figure><p>B</p>"
            )
        );
        assert_eq!(settled(&html), html, "once more changes nothing");
        let id: Uuid = ID.parse().expect("an id");
        assert_eq!(assets_in(&html), [id]);
        let moved = below(&html, |asset| format!("/desk/library/{asset}/pictures"));
        assert!(moved.contains(&format!("src=\"/desk/library/{ID}/pictures/anh.jpg\"")), "{moved}");
    }

    #[test]
    fn what_is_elsewhere_is_named_and_never_loaded() {
        assert_eq!(
            settled("<figure data-embed=\"javascript:alert(1)\"><figcaption>A</figcaption></figure>"),
            "<figure><figcaption>A</figcaption></figure>"
        );
        let kept = "<figure data-embed=\"https://youtu.be/abc?t=1&amp;x=2\"><figcaption>A</figcaption></figure>";
        assert_eq!(settled(kept), kept);
        assert_eq!(
            settled("<p><img src=\"/anh/1.png\" alt=\"A\"></p>"),
            "<p><a href=\"/anh/1.png\" rel=\"noopener noreferrer\">A</a></p>"
        );
        assert_eq!(
            settled("<p><small>A</small> <small class=\"note\">B</small></p>"),
            "<p>A <small class=\"note\">B</small></p>"
        );
    }
}
