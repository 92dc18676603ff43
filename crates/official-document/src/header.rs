//! The fields above the body: Nghị định 30/2020/NĐ-CP, Phụ lục I, elements 1 to 5 and 10.
//!
//! The two columns of the head come in any order, interleaved by the extraction of a PDF, or side by side on one line;
//! so each line is read for what it says, not for where it stands.

mod agency;
mod number;
mod sighted;
pub(crate) mod types;

pub(crate) use agency::begins_name;
pub(crate) use sighted::{Sighted, squeeze};

use crate::flow::Block;
use crate::marker::Marker;
use crate::model::{Field, Header, Passage, Span, Warning};
use crate::normal::{folded, is_caps};

/// A head has no more paragraphs than this.
const BLOCKS_MAX: usize = 60;
/// A line of a head is not longer than this many bytes; a subject may be.
const LINE_BYTES_MAX: usize = 400;

/// What stands above the body.
#[derive(Default)]
pub(crate) struct Head {
    pub header: Header,
    /// Lines of the head that are no field: the authority of a decision, "(Kèm theo …)".
    pub lines: Vec<Passage>,
    pub warnings: Vec<Warning>,
    /// Blocks read.
    pub length: usize,
}

/// The line holds a number and a symbol ("Số: 12/KH-UBND").
pub(crate) fn has_number(line: &Sighted) -> bool {
    number::number(line).is_some()
}

/// Reads the head from the first blocks of a document.
pub(crate) fn read(text: &str, blocks: &[Block]) -> Head {
    let mut reader =
        Reader { text, agencies: Vec::new(), head: Head::default(), subject: Subject::Awaited, open: false, stray: Vec::new() };
    for (place, block) in blocks.iter().take(BLOCKS_MAX).enumerate() {
        if !reader.takes(block, blocks.get(place + 1)) {
            break;
        }
        reader.head.length = place + 1;
    }
    reader.finish()
}

/// How far the subject has been read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Subject {
    /// Neither the type nor "V/v" has been met.
    Awaited,
    /// The type stands above: the next line is the subject.
    Next,
    /// The subject may go on; `bold` tells how its first line is set.
    Open { caps: bool, bold: bool },
    /// "V/v" of a letter, between the lines of the other column.
    Letter,
}

struct Reader<'a> {
    text: &'a str,
    agencies: Vec<Passage>,
    head: Head,
    subject: Subject,
    /// The last piece was one of the subject of a letter.
    open: bool,
    stray: Vec<Passage>,
}

impl Reader<'_> {
    /// Reads a block; false when it no longer belongs to the head.
    fn takes(&mut self, block: &Block, next: Option<&Block>) -> bool {
        let Block::Paragraph(paragraph) = block else { return false };
        if begins_opening(&paragraph.text) || self.begins_part(&paragraph.text) {
            return false;
        }
        match self.subject {
            Subject::Next => self.subject_line(block),
            Subject::Open { .. } => self.subject_goes_on(block, next),
            Subject::Awaited | Subject::Letter => self.head_line(paragraph.span, &paragraph.text),
        }
    }

    /// A marker; but not a ruled line, nor the asterisk under the name of a body of the Party.
    fn begins_part(&self, text: &str) -> bool {
        let under_body = self.subject == Subject::Awaited && text.starts_with('*');
        !under_body && !is_ruled(text) && Marker::of(text).is_some()
    }

    /// A line above the type: any mixture of the fields of both columns.
    fn head_line(&mut self, span: Span, text: &str) -> bool {
        if text.len() > LINE_BYTES_MAX {
            return false;
        }
        let line = Sighted::new(self.text, span);
        let mut taken = self.national_heading(&line);
        let number = if self.head.header.symbol.is_none() { number::number(&line) } else { None };
        let after_number = number.as_ref().map_or(0, |found| found.range.1);
        if let Some(found) = number {
            taken.push(found.range);
            self.head.header.number = found.number;
            self.head.header.symbol = Some(found.symbol);
            self.head.header.type_code = found.code;
        }
        if let Some(found) = number::date(&line, after_number) {
            taken.push(found.range);
            self.head.header.place = found.place;
            self.head.header.date = Some(found.date);
            self.head.header.issued_on = found.day;
        }
        self.open &= taken.is_empty();
        let pieces = line.pieces_outside(&taken);
        pieces.into_iter().all(|piece| self.piece(piece))
    }

    /// Ranges of "CỘNG HÒA …", "ĐẢNG CỘNG SẢN …", "Độc lập - Tự do - Hạnh phúc".
    fn national_heading(&self, line: &Sighted) -> Vec<(usize, usize)> {
        let ranges = [
            ("cong hoa xa hoi", "viet nam"),
            ("cong hoa xa hoi", "chu nghia"),
            ("dang cong san", "viet nam"),
            ("doc lap", "hanh phuc"),
        ];
        let range = |(first, last): (&str, &str)| {
            let start = line.find(first, 0)?;
            Some((start, line.find(last, start)? + last.len()))
        };
        ranges.into_iter().filter_map(range).collect()
    }

    /// A stretch of a line above the type; false when it is prose.
    fn piece(&mut self, piece: Passage) -> bool {
        let head = folded(&piece.text, 30);
        let heading_goes_on = matches!(head.as_str(), "nam" | "viet nam" | "nghia viet nam" | "chu nghia viet nam");
        if heading_goes_on || !piece.text.contains(char::is_alphanumeric) {
            return true;
        }
        let open = std::mem::take(&mut self.open);
        if head.starts_with("v/v") || (head.starts_with("ve viec") && self.head.header.symbol.is_some()) {
            self.head.header.subject = Some(Field { value: squeeze(about(&piece.text)), span: piece.span });
            self.subject = Subject::Letter;
            self.open = true;
        } else if self.names_type(&piece) || self.letter_goes_on(&piece, open) || self.stamp(&piece, &head) {
        } else if self.is_agency(&piece) {
            self.agencies.push(piece);
        } else if piece.text.ends_with(['.', ';', ':']) || piece.text.len() > 150 {
            return false;
        } else {
            self.stray.push(piece);
        }
        true
    }

    /// "KẾ HOẠCH", alone or followed by the subject.
    fn names_type(&mut self, piece: &Passage) -> bool {
        let close = types::set_close(&piece.text);
        let Some((name, taken)) = types::named_by(close.as_deref().unwrap_or(&piece.text)) else { return false };
        let rest = if close.is_some() { "" } else { &piece.text[taken..] };
        let raw_rest = piece.span.of(self.text).len().saturating_sub(rest.len());
        let type_end = if rest.is_empty() { piece.span.end } else { piece.span.start + raw_rest };
        self.head.header.type_name = Some(Field { value: name.into(), span: Span::new(piece.span.start, type_end) });
        self.subject = Subject::Next;
        let rest = rest.trim_matches([':', ' ']);
        if is_qualifier(rest) {
            self.head.header.type_name = Some(Field { value: name.into(), span: piece.span });
        } else if !rest.is_empty() {
            self.head.header.subject = Some(Field { value: squeeze(rest), span: Span::new(type_end, piece.span.end) });
            self.subject = Subject::Open { caps: is_caps(rest), bold: false };
        }
        true
    }

    /// The second line of "V/v …": one that begins small, or stands right under it (`open`) in the same narrow column.
    fn letter_goes_on(&mut self, piece: &Passage, open: bool) -> bool {
        let text = &piece.text;
        let under = open && text.len() <= LINE_BYTES_MAX && !is_caps(text) && !text.ends_with(['.', ';', ':']);
        let Some(subject) = self.head.header.subject.as_mut().filter(|_| under || text.starts_with(char::is_lowercase)) else {
            return false;
        };
        self.open = true;
        subject.value = format!("{} {}", subject.value, squeeze(&piece.text));
        subject.span = subject.span.cover(piece.span);
        true
    }

    /// Stamps: secrecy, urgency, draft.
    fn stamp(&mut self, piece: &Passage, head: &str) -> bool {
        let secret = matches!(head, "mat" | "toi mat" | "tuyet mat");
        if secret {
            let message = format!("Văn bản có dấu “{}”: không được đưa lên hệ thống; hãy gỡ tệp này.", piece.text);
            self.head.warnings.push(Warning { code: "secret-mark".into(), message, span: Some(piece.span) });
        }
        secret || matches!(head, "khan" | "thuong khan" | "hoa toc" | "ban sao") || head.starts_with("du thao")
    }

    fn is_agency(&self, piece: &Passage) -> bool {
        let named = begins_name(&piece.text) && !piece.text.ends_with(['.', ';', ':']);
        let goes_on = !self.agencies.is_empty() && self.head.header.date.is_none();
        named || (goes_on && is_caps(&piece.text))
    }

    /// The first line under the type.
    fn subject_line(&mut self, block: &Block) -> bool {
        let Block::Paragraph(paragraph) = block else { return false };
        if is_ruled(&paragraph.text) {
            return true;
        }
        // "CHỈ THỊ | CỦA BAN THƯỜNG VỤ TỈNH ỦY | về …": whose it is, before what it is about.
        let of_whom = is_caps(&paragraph.text) && folded(&paragraph.text, 8).starts_with("cua ");
        if of_whom || is_attachment_note(&paragraph.text) {
            self.head.lines.push(Passage { text: paragraph.text.clone(), span: paragraph.span });
            return true;
        }
        if is_prose(&paragraph.text) {
            return false;
        }
        self.head.header.subject = Some(Field { value: squeeze(about(&paragraph.text)), span: paragraph.span });
        self.subject = Subject::Open { caps: is_caps(&paragraph.text), bold: paragraph.emphasis.bold };
        true
    }

    /// Further lines under the subject.
    fn subject_goes_on(&mut self, block: &Block, next: Option<&Block>) -> bool {
        let (Block::Paragraph(paragraph), Subject::Open { caps, bold }) = (block, self.subject) else { return false };
        let text = &paragraph.text;
        if is_ruled(text) {
            return true;
        }
        let over_bases = next.is_some_and(|next| begins_opening(next.text()));
        if is_attachment_note(text) || (is_caps(text) && agency::is_authority(text) && (over_bases || !caps)) {
            self.head.lines.push(Passage { text: text.clone(), span: paragraph.span });
            return true;
        }
        let same_look =
            if caps { is_caps(text) } else { text.starts_with(char::is_lowercase) || bold && paragraph.emphasis.bold };
        if !same_look || text.len() > LINE_BYTES_MAX || text.ends_with([':', ';']) {
            return false;
        }
        if let Some(subject) = &mut self.head.header.subject {
            subject.value = format!("{} {}", subject.value, squeeze(text));
            subject.span = subject.span.cover(paragraph.span);
        }
        true
    }

    fn finish(mut self) -> Head {
        agency::fill(&mut self.head.header, &self.agencies);
        let header = &mut self.head.header;
        let letter = header.type_name.is_none() && self.subject == Subject::Letter;
        let of_code = header.type_code.as_ref().and_then(|code| types::of_code(&code.value));
        if let (None, Some(name), Some(code)) = (&header.type_name, of_code, &header.type_code) {
            header.type_name = Some(Field { value: name.into(), span: code.span });
        } else if let (true, Some(subject)) = (letter, &header.subject) {
            header.type_name = Some(Field { value: "Công văn".into(), span: subject.span });
        }
        if let (None, Some(name)) = (&header.type_code, header.type_name.as_ref().filter(|_| !letter)) {
            let code = types::code_of(&name.value).map(|code| Field { value: code.into(), span: name.span });
            header.type_code = code;
        }
        if *header == Header::default() {
            self.head.lines.append(&mut self.stray);
        }
        self.head
    }
}

/// "CHƯƠNG TRÌNH | HÀNH ĐỘNG" alone on a line: which kind of the type it is; the subject stands below.
fn is_qualifier(rest: &str) -> bool {
    matches!(folded(rest, 20).as_str(), "hanh dong" | "cong tac" | "phoi hop" | "chi tiet")
}

/// "CỦA BAN THƯỜNG VỤ TỈNH ỦY về …" on one line: what it is about begins with the first small letters.
fn after_whose(text: &str) -> &str {
    if !folded(text, 4).starts_with("cua ") {
        return text;
    }
    let begins = text.match_indices(' ').map(|(at, _)| at + 1).find(|at| text[*at..].starts_with(char::is_lowercase));
    begins.filter(|at| is_caps(&text[..*at])).map_or(text, |at| &text[at..])
}

/// "V/v" and "Về việc" off the subject of a letter or a decision.
fn about(text: &str) -> &str {
    let text = after_whose(text);
    let head = folded(text, 8);
    let skip = if head.starts_with("v/v") {
        3
    } else if head.starts_with("ve viec ") {
        8
    } else {
        0
    };
    let bytes = text.chars().take(skip).map(char::len_utf8).sum::<usize>();
    text[bytes..].trim_start_matches([':', ' '])
}

/// The words after the head: bases or the persons addressed.
pub(crate) fn begins_opening(text: &str) -> bool {
    let head = folded(text.trim_start_matches(['-', '–', '+', ' ', '*']), 12);
    head.starts_with("can cu ") || head.starts_with("kinh gui")
}

/// A line of dashes, asterisks, underscores.
pub(crate) fn is_ruled(text: &str) -> bool {
    !text.contains(char::is_alphanumeric)
}

/// "(Kèm theo Kế hoạch số …)", "(Ban hành kèm theo …)".
pub(crate) fn is_attachment_note(text: &str) -> bool {
    let head = folded(text.trim_start_matches(['(', '[', ' ']), 24);
    let noted = ["kem theo", "ban hanh kem theo", "dinh kem", "ban hanh theo"].iter().any(|words| head.starts_with(words));
    text.starts_with(['(', '[']) && noted
}

/// A sentence of the body, not a title.
fn is_prose(text: &str) -> bool {
    let ended = text.ends_with([':', ';']) || (text.ends_with('.') && text.len() > 200);
    !is_caps(text) && ended
}
