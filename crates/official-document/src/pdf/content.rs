//! The drawing of a page: text operations are passed on in a plain form, ruled lines are collected.
//!
//! Forms (XObjects) are drawn in place, pictures and colours left out, page headers and footers that the file marks as
//! such dropped; so that the library which decodes the text meets nothing it can not handle.

mod geometry;
mod paths;

use pdf_extract::content::{Content, Operation};
use pdf_extract::{Dictionary, Document, Object, Stream};

pub(super) use geometry::Matrix;
use paths::Paths;
pub(super) use paths::Rule;

/// Forms in forms.
const NESTING_MAX: usize = 12;
/// Operations of a page; a dense page has some 10,000.
const OPERATIONS_MAX: usize = 1_000_000;
/// Unpacked bytes of a page's drawing.
const BYTES_MAX: usize = 24 << 20;

/// A page ready for the decoder of text.
pub(super) struct Plain {
    /// Text operations only.
    pub operations: Vec<Operation>,
    /// The fonts they name.
    pub fonts: Dictionary,
    pub rules: Vec<Rule>,
    /// Bytes of text drawn in all, and drawn invisibly.
    pub shown: usize,
    pub hidden: usize,
    /// Something was left out because it is too large or too deep.
    pub cut: bool,
}

/// Rewrites the drawing of a page; `placing` moves it to the upright page with its corner at the origin.
pub(super) fn rewrite(document: &Document, streams: &[Vec<u8>], resources: &Dictionary, placing: Matrix) -> Plain {
    let plain = Plain {
        operations: vec![Operation::new("cm", placing.operands())],
        fonts: Dictionary::new(),
        rules: Vec::new(),
        shown: 0,
        hidden: 0,
        cut: false,
    };
    let state = State { placing, has_font: false, invisible: false };
    let mut rewriter = Rewriter { document, plain, paths: Paths::default(), state, saved: Vec::new(), left: OPERATIONS_MAX };
    rewriter.draw(&streams.join(&b'\n'), resources, 0);
    rewriter.plain.rules = rewriter.paths.into_rules();
    rewriter.plain
}

/// The unpacked pieces of a page's drawing, no more than [`BYTES_MAX`] together.
pub(super) fn streams(document: &Document, page: &Dictionary) -> Vec<Vec<u8>> {
    let Ok(contents) = page.get_deref(b"Contents", document) else { return Vec::new() };
    let pieces = contents.as_array().map_or(std::slice::from_ref(contents), Vec::as_slice);
    let mut left = BYTES_MAX;
    let mut streams = Vec::new();
    for piece in pieces {
        let Some(bytes) = document.dereference(piece).ok().and_then(|(_, piece)| piece.as_stream().ok()).map(unpack) else {
            continue;
        };
        let Some(rest) = left.checked_sub(bytes.len() + 1) else { break };
        left = rest;
        streams.push(bytes);
    }
    streams
}

fn unpack(stream: &Stream) -> Vec<u8> {
    stream.decompressed_content().unwrap_or_default()
}

#[derive(Clone, Copy)]
struct State {
    placing: Matrix,
    has_font: bool,
    invisible: bool,
}

struct Rewriter<'a> {
    document: &'a Document,
    plain: Plain,
    paths: Paths,
    state: State,
    saved: Vec<State>,
    left: usize,
}

impl Rewriter<'_> {
    fn draw(&mut self, bytes: &[u8], resources: &Dictionary, depth: usize) {
        let Ok(content) = Content::decode(bytes) else {
            self.plain.cut = true;
            return;
        };
        let base = self.saved.len();
        let mut marked: Vec<bool> = Vec::new();
        for operation in content.operations {
            let Some(left) = self.left.checked_sub(1) else {
                self.plain.cut = true;
                break;
            };
            self.left = left;
            match operation.operator.as_str() {
                "BMC" | "BDC" => marked.push(self.is_pagination(&operation, resources)),
                "EMC" => drop(marked.pop()),
                "Q" if self.saved.len() == base => {}
                "Do" => self.form(&operation, resources, depth),
                _ => self.operation(operation, resources, marked.contains(&true)),
            }
        }
        while self.saved.len() > base {
            self.restore();
        }
    }

    /// A page header, a page footer, a page number, marked so by the program that wrote the file.
    fn is_pagination(&self, operation: &Operation, resources: &Dictionary) -> bool {
        let [Object::Name(tag), properties] = operation.operands.as_slice() else { return false };
        let named = |name: &[u8]| {
            let list = resources.get_deref(b"Properties", self.document).and_then(Object::as_dict).ok()?;
            list.get_deref(name, self.document).and_then(Object::as_dict).ok()
        };
        let properties = match properties {
            Object::Dictionary(properties) => Some(properties),
            Object::Name(name) => named(name),
            _ => None,
        };
        let kind = properties.and_then(|properties| properties.get(b"Type").and_then(Object::as_name).ok());
        tag == b"Artifact" && kind == Some(b"Pagination".as_slice())
    }

    fn operation(&mut self, operation: Operation, resources: &Dictionary, left_out: bool) {
        match operation.operator.as_str() {
            "q" => {
                self.saved.push(self.state);
                self.pass("q", Vec::new());
            }
            "Q" => self.restore(),
            "cm" => self.place(Matrix::read(&operation.operands)),
            "BT" | "ET" | "T*" => self.pass(&operation.operator, Vec::new()),
            "Tm" => self.pass_numbers::<6>(&operation),
            "Td" | "TD" => self.pass_numbers::<2>(&operation),
            "Tc" | "Tw" | "Tz" | "TL" | "Ts" => self.pass_numbers::<1>(&operation),
            "Tr" => self.state.invisible = operation.operands.first().and_then(|mode| mode.as_i64().ok()) == Some(3),
            "Tf" => self.font(&operation, resources),
            "Tj" | "TJ" | "'" | "\"" => self.show(operation, left_out),
            operator => self.paths.takes(operator, &operation.operands, self.state.placing),
        }
    }

    fn pass(&mut self, operator: &str, operands: Vec<Object>) {
        self.plain.operations.push(Operation::new(operator, operands));
    }

    fn pass_numbers<const N: usize>(&mut self, operation: &Operation) {
        if let Some(numbers) = geometry::numbers::<N>(&operation.operands) {
            self.pass(&operation.operator, numbers.map(geometry::real).to_vec());
        }
    }

    fn restore(&mut self) {
        if let Some(state) = self.saved.pop() {
            self.state = state;
            self.pass("Q", Vec::new());
        }
    }

    fn place(&mut self, placing: Option<Matrix>) {
        if let Some(placing) = placing {
            self.state.placing = placing.then(self.state.placing);
            self.pass("cm", placing.operands());
        }
    }

    /// Names the font anew: two forms may use one name for two fonts.
    fn font(&mut self, operation: &Operation, resources: &Dictionary) {
        let [Object::Name(name), size] = operation.operands.as_slice() else { return };
        let fonts = resources.get_deref(b"Font", self.document).and_then(Object::as_dict);
        let found = fonts.and_then(|fonts| fonts.get(name)).ok().cloned();
        let dictionary = found.as_ref().and_then(|found| self.document.dereference(found).ok()?.1.as_dict().ok());
        let (Some(font), Some(_), Some(size)) = (&found, dictionary, geometry::number(size)) else {
            self.state.has_font = false;
            return;
        };
        let new_name = match font {
            Object::Reference((id, generation)) => format!("F{id}g{generation}"),
            _ => format!("D{}", String::from_utf8_lossy(name)),
        };
        self.plain.fonts.set(new_name.as_bytes(), font.clone());
        self.state.has_font = true;
        self.pass("Tf", vec![Object::Name(new_name.into_bytes()), geometry::real(size)]);
    }

    /// The four ways to show text as the two that the decoder knows.
    fn show(&mut self, mut operation: Operation, left_out: bool) {
        if operation.operator == "\"" && operation.operands.len() == 3 {
            let spacing = (geometry::number(&operation.operands[0]), geometry::number(&operation.operands[1]));
            if let (Some(word), Some(character)) = spacing {
                self.pass("Tw", vec![geometry::real(word)]);
                self.pass("Tc", vec![geometry::real(character)]);
            }
        }
        if matches!(operation.operator.as_str(), "'" | "\"") {
            self.pass("T*", Vec::new());
        }
        let Some(shown) = operation.operands.pop().filter(|_| self.state.has_font && !left_out) else { return };
        let bytes = |piece: &Object| piece.as_str().map_or(0, <[u8]>::len);
        let pieces = match shown {
            Object::Array(pieces) => pieces,
            piece => vec![piece],
        };
        let usable = |piece: &Object| matches!(piece, Object::String(..) | Object::Integer(_) | Object::Real(_));
        let pieces: Vec<Object> = pieces.into_iter().filter(usable).collect();
        let length: usize = pieces.iter().map(bytes).sum();
        self.plain.shown += length;
        self.plain.hidden += if self.state.invisible { length } else { 0 };
        self.pass("TJ", vec![Object::Array(pieces)]);
    }

    /// Draws a form in place; a picture is passed over.
    fn form(&mut self, operation: &Operation, resources: &Dictionary, depth: usize) {
        let Some(Object::Name(name)) = operation.operands.first() else { return };
        let forms = resources.get_deref(b"XObject", self.document).and_then(Object::as_dict);
        let Ok(form) = forms.and_then(|forms| forms.get_deref(name, self.document)).and_then(Object::as_stream) else { return };
        if form.dict.get(b"Subtype").and_then(Object::as_name).ok() != Some(b"Form".as_slice()) {
            return;
        }
        if depth >= NESTING_MAX {
            self.plain.cut = true;
            return;
        }
        let own = form.dict.get_deref(b"Resources", self.document).and_then(Object::as_dict).ok().cloned();
        let bytes = unpack(form);
        self.left = self.left.saturating_sub(bytes.len() / 256);
        let matrix = form.dict.get_deref(b"Matrix", self.document).and_then(Object::as_array).ok();
        let matrix = matrix.and_then(|matrix| Matrix::read(matrix));
        self.saved.push(self.state);
        self.pass("q", Vec::new());
        self.place(matrix);
        self.draw(&bytes, own.as_ref().unwrap_or(resources), depth + 1);
        self.restore();
    }
}
