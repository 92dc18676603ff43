//! Walking over HTML that [`super::clean`] wrote: names are lower case, attributes are quoted with `"`, every `<` begins a tag.

/// A tag as it is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag<'a> {
    pub name: &'a str,
    pub closes: bool,
    /// With its angle brackets.
    pub whole: &'a str,
}

/// A piece of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    Text(&'a str),
    Tag(Tag<'a>),
}

/// The pieces in their order. What is no whole tag at the end is left out.
pub fn pieces(html: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let Some(at) = rest.find('<') else { return Some(Piece::Text(std::mem::take(&mut rest))) };
        if at > 0 {
            let (text, from) = rest.split_at(at);
            rest = from;
            return Some(Piece::Text(text));
        }
        let end = end_of_tag(rest)?;
        let (whole, from) = rest.split_at(end);
        rest = from;
        let inside = &whole[1..whole.len() - 1];
        let closes = inside.starts_with('/');
        let name = inside.trim_start_matches('/').split([' ', '/', '\n']).next().unwrap_or_default();
        Some(Piece::Tag(Tag { name, closes, whole }))
    })
}

/// Where the tag at the beginning ends; a `>` within quotes does not end it.
fn end_of_tag(html: &str) -> Option<usize> {
    let mut quoted = false;
    html.bytes()
        .position(|byte| {
            quoted ^= byte == b'"';
            byte == b'>' && !quoted
        })
        .map(|at| at + 1)
}

impl<'a> Tag<'a> {
    /// The value of an attribute as it is written, escaped.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&'a str> {
        let start = self.whole.find(&format!(" {name}=\""))? + name.len() + 3;
        self.whole[start..].split('"').next()
    }

    /// The value of an attribute; empty when it is not there.
    #[must_use]
    pub fn value(&self, name: &str) -> String {
        self.attribute(name).map(unescaped).unwrap_or_default()
    }
}

/// As it may stand in a text or in a quoted attribute.
#[must_use]
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// What [`escaped`] wrote, and what the serialiser writes.
#[must_use]
pub fn unescaped(text: &str) -> String {
    text.replace("&nbsp;", "\u{a0}").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn a_mark_within_quotes_ends_no_tag() {
        let found: Vec<Piece<'_>> = pieces("a<img alt=\"b > c\" src=\"/d\">e</p>").collect();
        assert_eq!(found.len(), 4);
        let Piece::Tag(image) = found[1] else { panic!("{found:?}") };
        assert_eq!((image.name, image.value("alt").as_str(), image.attribute("src")), ("img", "b > c", Some("/d")));
        assert!(matches!(found[3], Piece::Tag(Tag { name: "p", closes: true, .. })));
        assert_eq!(unescaped(&escaped("<a> & \"b\"")), "<a> & \"b\"");
    }
}
