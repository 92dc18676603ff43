//! "Nơi nhận" and the signature: Nghị định 30/2020/NĐ-CP, Phụ lục I, elements 7 and 9b.

use crate::appendix;
use crate::flow::Block;
use crate::header::Sighted;
use crate::model::{Document, Passage, Signature, Span};
use crate::normal::{folded, is_caps};

/// A line of a signature is not longer than this many bytes.
const LINE_BYTES_MAX: usize = 160;
/// An authority or a post over several lines is not longer than this many bytes.
const AUTHORITY_BYTES_MAX: usize = 600;
/// Names have two to so many words.
const NAME_WORDS_MAX: usize = 6;

/// The paragraph begins the closing of a document.
pub(crate) fn begins(text: &str) -> bool {
    is_recipients(text) || is_authority(text)
}

fn is_recipients(text: &str) -> bool {
    let head = folded(text, 10);
    head.strip_prefix("noi nhan").is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        && (text.contains(':') || text.chars().count() <= 10)
}

/// "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "T/M BAN CHẤP HÀNH": in whose name.
fn is_authority(text: &str) -> bool {
    const ABBREVIATIONS: [&str; 9] = ["TM.", "KT.", "TL.", "TUQ.", "Q.", "T/M", "K/T", "T/L", "TM "];
    let words = text.split("  ").next().unwrap_or_default();
    text.len() <= LINE_BYTES_MAX && ABBREVIATIONS.iter().any(|sign| words.starts_with(sign)) && is_caps(words)
}

/// "PHÓ CHỦ TỊCH": the post of who signs.
fn is_position(text: &str) -> bool {
    const POSTS: [&str; 26] = [
        "chu tich",
        "pho chu tich",
        "giam doc",
        "pho giam doc",
        "bo truong",
        "thu truong",
        "chanh van phong",
        "pho chanh van phong",
        "bi thu",
        "pho bi thu",
        "truong ban",
        "pho truong ban",
        "truong phong",
        "pho truong phong",
        "hieu truong",
        "pho hieu truong",
        "vien truong",
        "thu tuong",
        "pho thu tuong",
        "cuc truong",
        "pho cuc truong",
        "tong giam doc",
        "chanh thanh tra",
        "truong doan",
        "uy vien",
        "tong bien tap",
    ];
    let head = folded(text, 40);
    text.len() <= LINE_BYTES_MAX && is_caps(text) && POSTS.iter().any(|post| head.starts_with(post))
}

/// "(Đã ký)" and what else stands where the seal stood.
fn is_seal(text: &str) -> bool {
    let head = folded(text.trim_matches(['(', ')', '[', ']', ' ']), 20);
    head.starts_with("da ky") || head.starts_with("ky ten") || head.starts_with("ky, ") || head.starts_with("ky so")
}

/// Reads recipients and signature, and gives back what follows them.
pub(crate) fn read(text: &str, blocks: Vec<Block>, document: &mut Document) -> Vec<Block> {
    let end = (0..blocks.len()).find(|place| ends(&blocks, *place)).unwrap_or(blocks.len());
    let mut reader = Reader::default();
    for block in &blocks[..end] {
        if let Block::Paragraph(paragraph) = block {
            let line = Sighted::new(text, paragraph.span);
            line.pieces_outside(&[]).into_iter().for_each(|piece| reader.piece(piece));
        }
    }
    document.recipients = reader.recipients;
    document.signature = reader.signature;
    blocks.into_iter().skip(end).collect()
}

/// An appendix, a table or a marked part after the closing.
fn ends(blocks: &[Block], place: usize) -> bool {
    use crate::marker::Marker;
    use crate::model::PartKind;
    let kind = Marker::of(blocks[place].text()).map(|marker| marker.kind);
    let bullet = matches!(kind, None | Some(PartKind::Dash | PartKind::Plus));
    matches!(blocks[place], Block::Table(_)) || !bullet || appendix::begins(blocks, place)
}

#[derive(Default)]
struct Reader {
    recipients: Vec<Passage>,
    signature: Option<Signature>,
    /// The label of the recipients has been met.
    listing: bool,
    /// The last recipient began with a dash and has no sign at its end yet.
    open: bool,
}

impl Reader {
    fn piece(&mut self, piece: Passage) {
        let text = piece.text.as_str();
        if is_recipients(text) {
            self.listing = true;
            let rest = text.split_once(':').map_or("", |(_, rest)| rest.trim());
            self.recipient(rest, piece.span);
        } else if is_authority(text) || is_position(text) || self.goes_on_authority(text) {
            self.sign(&piece);
        } else if is_seal(text) {
            self.extend(piece.span);
        } else if self.is_name(text) {
            self.extend(piece.span);
            if let Some(signature) = &mut self.signature {
                signature.name = Some(piece.text);
            }
        } else if self.listing {
            self.listed(text, piece.span);
        }
    }

    /// The name of a body in capitals over two lines: "TM. ỦY BAN NHÂN DÂN" / "TỈNH MẪU".
    fn goes_on_authority(&self, text: &str) -> bool {
        let open = self.signature.as_ref().is_some_and(|signature| signature.position.is_none() && signature.name.is_none());
        open && is_caps(text) && !text.starts_with(['-', '–']) && text.len() <= LINE_BYTES_MAX
    }

    fn sign(&mut self, piece: &Passage) {
        let position = is_position(&piece.text);
        let signature = self.signature.get_or_insert_with(|| Signature { span: piece.span, ..Signature::default() });
        let field = if position { &mut signature.position } else { &mut signature.authority };
        let words = field.get_or_insert_default();
        if words.len() + piece.text.len() <= AUTHORITY_BYTES_MAX {
            words.push_str(if words.is_empty() { "" } else { " " });
            words.push_str(&piece.text);
        }
        self.extend(piece.span);
    }

    fn extend(&mut self, span: Span) {
        if let Some(signature) = &mut self.signature {
            signature.span = signature.span.cover(span);
        }
    }

    /// Two or more words, each with a capital, under a signature that has no name yet.
    fn is_name(&self, text: &str) -> bool {
        let awaited = self.signature.as_ref().is_some_and(|signature| signature.name.is_none());
        let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
        let capital = |word: &&str| word.chars().all(char::is_alphabetic) && word.starts_with(char::is_uppercase);
        awaited && (2..=NAME_WORDS_MAX).contains(&words.len()) && words.iter().all(capital) && !is_caps(text)
    }

    /// A line under "Nơi nhận"; one without a dash that begins small, or follows one that has not ended, goes on.
    fn listed(&mut self, text: &str, span: Span) {
        let bulleted = text.starts_with(['-', '–', '+', '•', '*']);
        if let Some(last) =
            self.recipients.last_mut().filter(|_| !bulleted && (self.open || text.starts_with(char::is_lowercase)))
        {
            last.text.push(' ');
            last.text.push_str(text);
            last.span = last.span.cover(span);
            self.open &= !text.ends_with([';', '.']);
            return;
        }
        self.open = bulleted && !text.ends_with([';', '.']);
        self.recipient(text.trim_start_matches(['-', '–', '+', '•', '*', ' ']), span);
    }

    fn recipient(&mut self, text: &str, span: Span) {
        if text.contains(char::is_alphanumeric) {
            self.recipients.push(Passage { text: text.to_owned(), span });
        }
    }
}
