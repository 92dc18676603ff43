//! What is looked at beside the text when it is saved: whether everyone can read it, and whether its links say where they
//! lead. It hinders nobody; what hinders is in `article::publishing`.

use super::clean;
use crate::web::Obstacle;

/// A paragraph longer than that is hard to read on a phone, letters.
const PARAGRAPH_LETTERS: usize = 900;
/// Links that say nothing when they are read by themselves, folded.
const EMPTY_WORDS: [&str; 10] =
    ["tai day", "o day", "day", "xem them", "xem tai day", "chi tiet", "link", "click here", "here", "read more"];
/// The most remarks of one sort.
const EACH_MAX: usize = 5;

/// One element as it is met: its name, its attributes as written, the text in it.
struct Element<'a> {
    name: &'a str,
    attributes: &'a str,
    inside: &'a str,
}

/// What there is to remark on a text.
#[must_use]
pub fn of(html: &str) -> Vec<Obstacle> {
    let elements = elements(html);
    let mut remarks = headings(&elements);
    remarks.extend(links(&elements).into_iter().take(EACH_MAX));
    remarks.extend(pictures(&elements).into_iter().take(EACH_MAX));
    remarks.extend(tables(&elements).into_iter().take(EACH_MAX));
    remarks.extend(paragraphs(&elements).into_iter().take(EACH_MAX));
    remarks.extend(notes(html).into_iter().take(EACH_MAX));
    remarks
}

/// Every element in the order of the text. The text is ours, from `clean`: attributes are quoted, `>` stands in none.
fn elements(html: &str) -> Vec<Element<'_>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = html[from..].find('<').map(|at| from + at) {
        let Some(end) = html[at..].find('>').map(|end| at + end) else { break };
        from = end + 1;
        let tag = &html[at + 1..end];
        if tag.starts_with('/') {
            continue;
        }
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        let closing = format!("</{name}>");
        let inside = html[from..].find(&closing).map_or("", |close| &html[from..from + close]);
        found.push(Element { name, attributes, inside });
    }
    found
}

impl Element<'_> {
    fn attribute(&self, name: &str) -> Option<&str> {
        let start = self.attributes.find(&format!("{name}=\""))? + name.len() + 2;
        self.attributes[start..].split('"').next()
    }

    fn words(&self) -> String {
        clean::text(self.inside).replace('\n', " ")
    }
}

fn headings(elements: &[Element<'_>]) -> Vec<Obstacle> {
    let mut remarks = Vec::new();
    let mut last = 1;
    for element in elements {
        let Some(rank) = element.name.strip_prefix('h').and_then(|rank| rank.parse::<u32>().ok()) else { continue };
        let words = element.words();
        if words.trim().is_empty() {
            remarks.push(Obstacle::new("check-heading-empty"));
        } else if rank > last + 1 {
            remarks.push(Obstacle::new("check-heading-order").with("name", words));
        }
        last = rank;
    }
    remarks
}

fn links(elements: &[Element<'_>]) -> Vec<Obstacle> {
    let mut remarks = Vec::new();
    for link in elements.iter().filter(|element| element.name == "a" && element.attribute("href").is_some()) {
        let words = link.words();
        let plain = vietnamese::fold(words.trim()).trim_matches(|letter: char| !letter.is_alphanumeric()).to_owned();
        let address = link.attribute("href").unwrap_or_default();
        if plain.is_empty() && !link.inside.contains("<img") {
            remarks.push(Obstacle::new("check-link-empty").with("name", address));
        } else if EMPTY_WORDS.contains(&plain.as_str()) {
            remarks.push(Obstacle::new("check-link-words").with("name", words.trim()));
        }
        if address.is_empty() || address == "#" || address == "http://" || address == "https://" {
            remarks.push(Obstacle::new("check-link-nowhere").with("name", words.trim()));
        }
    }
    remarks
}

fn pictures(elements: &[Element<'_>]) -> Vec<Obstacle> {
    let bare = |element: &&Element<'_>| element.name == "img" && element.attribute("alt").is_none_or(|alt| alt.trim().is_empty());
    let name =
        |element: &Element<'_>| element.attribute("src").unwrap_or_default().rsplit('/').next().unwrap_or_default().to_owned();
    elements.iter().filter(bare).map(|element| Obstacle::new("check-picture-alt").with("name", name(element))).collect()
}

fn tables(elements: &[Element<'_>]) -> Vec<Obstacle> {
    let bare = elements.iter().filter(|element| element.name == "table" && !element.inside.contains("<th"));
    bare.map(|_| Obstacle::new("check-table-head")).collect()
}

fn paragraphs(elements: &[Element<'_>]) -> Vec<Obstacle> {
    let long = elements.iter().filter(|element| element.name == "p").map(Element::words);
    let long = long.filter(|words| words.chars().count() > PARAGRAPH_LETTERS);
    long.map(|words| Obstacle::new("check-paragraph-long").with("name", crate::web::cut(&words, 40))).collect()
}

/// Marks of notes that lead to none, and notes that nothing leads to.
fn notes(html: &str) -> Vec<Obstacle> {
    let text = clean::text(html);
    let marks = text.match_indices("[^").filter_map(|(at, _)| text[at + 2..].split_once(']'));
    let marks = marks.map(|(key, _)| key).filter(|key| !key.is_empty() && key.len() <= 40 && !key.contains([' ', '\n']));
    marks.map(|key| Obstacle::new("check-note").with("name", key)).collect()
}

#[cfg(test)]
mod unit {
    use super::*;

    fn keys(html: &str) -> Vec<&'static str> {
        of(&clean::body(html)).into_iter().map(|one| one.key).collect()
    }

    #[test]
    fn each_mistake_is_remarked_and_a_good_text_has_none() {
        assert_eq!(keys("<h2>A</h2><h4>B</h4>"), ["check-heading-order"]);
        assert_eq!(keys("<p>Xem <a href=\"https://a.example\">tại đây</a></p>"), ["check-link-words"]);
        assert_eq!(keys("<p>Xem <a href=\"https://a.example\">Tại đây.</a></p>"), ["check-link-words"]);
        assert_eq!(keys("<p><a href=\"https://a.example\"></a>A</p>"), ["check-link-empty"]);
        assert_eq!(keys("<p>A<img src=\"/tu-lieu/019df0a0-0000-7000-8000-000000000001/b.jpg\"></p>"), ["check-picture-alt"]);
        assert_eq!(keys("<table><tr><td>1</td></tr></table>"), ["check-table-head"]);
        assert_eq!(keys(&format!("<p>{}</p>", "chữ ".repeat(400))), ["check-paragraph-long"]);
        assert_eq!(keys("Có 12 lớp[^1]"), ["check-note"]);
        let good = "<h2>A</h2><h3>B</h3><p><a href=\"https://a.example\">Kế hoạch năm</a></p>\
            <table><tr><th scope=\"col\">X</th></tr></table><img src=\"/tu-lieu/019df0a0-0000-7000-8000-000000000001/b.jpg\" alt=\"Cầu\">";
        assert_eq!(keys(good), Vec::<&str>::new());
    }
}
