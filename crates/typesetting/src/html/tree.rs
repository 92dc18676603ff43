//! Elements and text as a tree. Sloppy input is taken as well as it goes: an end without a beginning is skipped, what is left
//! open ends with what holds it.

/// Deeper than that the elements are taken as their text, so that nothing overflows.
const DEPTH_MAX: usize = 40;
const VOID: [&str; 4] = ["br", "hr", "img", "wbr"];

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    Text(String),
    Element(Element),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub inside: Vec<Node>,
}

impl Node {
    pub fn is(&self, name: &str) -> bool {
        matches!(self, Self::Element(element) if element.name == name)
    }
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(one, _)| one == name).map(|(_, value)| value.as_str())
    }

    /// The first element of that name in it.
    pub fn first(&self, name: &str) -> Option<&Self> {
        self.inside.iter().find_map(|node| match node {
            Node::Element(element) if element.name == name => Some(element),
            Node::Element(element) => element.first(name),
            Node::Text(_) => None,
        })
    }
}

/// The tree of a piece of HTML.
pub fn grown(html: &str) -> Vec<Node> {
    let mut open: Vec<Element> = vec![Element { name: String::new(), attributes: Vec::new(), inside: Vec::new() }];
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        add(&mut open, Node::Text(decoded(&rest[..at])));
        let Some(end) = end_of(&rest[at..]) else {
            add(&mut open, Node::Text(decoded(&rest[at..])));
            rest = "";
            break;
        };
        tag(&mut open, &rest[at + 1..at + end]);
        rest = &rest[at + end + 1..];
    }
    add(&mut open, Node::Text(decoded(rest)));
    while open.len() > 1 {
        close(&mut open);
    }
    open.pop().map(|root| root.inside).unwrap_or_default()
}

/// Where the tag ends that begins here: at a `>` outside of quotes.
fn end_of(text: &str) -> Option<usize> {
    let mut quote = None;
    text.char_indices().find_map(|(at, letter)| match (quote, letter) {
        (None, '>') => Some(at),
        (None, '"' | '\'') => {
            quote = Some(letter);
            None
        }
        (Some(open), letter) if open == letter => {
            quote = None;
            None
        }
        _ => None,
    })
}

fn tag(open: &mut Vec<Element>, text: &str) {
    if text.starts_with(['!', '?']) {
        return;
    }
    if let Some(name) = text.strip_prefix('/') {
        let name = name.trim().to_ascii_lowercase();
        if let Some(depth) = open.iter().rposition(|one| one.name == name).filter(|depth| *depth > 0) {
            while open.len() > depth {
                close(open);
            }
        }
        return;
    }
    let text = text.trim_end_matches('/');
    let (name, attributes) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let element = Element { name: name.to_ascii_lowercase(), attributes: read(attributes), inside: Vec::new() };
    if VOID.contains(&element.name.as_str()) {
        add(open, Node::Element(element));
    } else if open.len() <= DEPTH_MAX {
        open.push(element);
    }
}

fn read(mut text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    while let Some((name, rest)) = text.split_once('=') {
        let name = name.trim().to_ascii_lowercase();
        let rest = rest.trim_start();
        let quote = rest.chars().next().filter(|letter| matches!(letter, '"' | '\''));
        let (value, after) = match quote {
            Some(quote) => rest[1..].split_once(quote).unwrap_or((&rest[1..], "")),
            None => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
        };
        found.push((name, decoded(value)));
        text = after;
    }
    found
}

fn add(open: &mut [Element], node: Node) {
    let is_empty = matches!(&node, Node::Text(text) if text.is_empty());
    if let (Some(last), false) = (open.last_mut(), is_empty) {
        last.inside.push(node);
    }
}

fn close(open: &mut Vec<Element>) {
    if let Some(done) = open.pop() {
        add(open, Node::Element(done));
    }
}

/// What a sanitiser writes out, as the letters that are meant; any other name stays as it stands.
fn decoded(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find(';').filter(|end| *end <= 10);
        match end.and_then(|end| letter(&rest[1..end]).map(|letter| (letter, end))) {
            Some((letter, end)) => {
                out.push(letter);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn letter(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|letter| !letter.is_control())
        }
    }
}
