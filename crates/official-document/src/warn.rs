//! What the reader doubts once the whole document is known.

use crate::marker::letters_skipped;
use crate::model::{Document, Part, PartKind, Span, Warning};

/// More gaps than this are not listed one by one.
const GAPS_MAX: usize = 50;

/// Adds the warnings about header, end and numbering.
pub(crate) fn audit(document: &mut Document) {
    let mut warnings = Vec::new();
    header(document, &mut warnings);
    end(document, &mut warnings);
    let mut gaps = Vec::new();
    gaps_between(&document.parts, &mut gaps);
    document.appendices.iter().for_each(|appendix| gaps_between(&appendix.parts, &mut gaps));
    warnings.extend(gaps);
    document.warnings.append(&mut warnings);
}

fn header(document: &Document, warnings: &mut Vec<Warning>) {
    let header = &document.header;
    let Some(symbol) = &header.symbol else { return };
    if header.number.is_none() {
        let message = "Văn bản chưa có số: có thể là bản dự thảo, hoặc số được đóng bằng hình ảnh. Hãy nhập số khi đã ban hành.";
        warnings.push(Warning::new("number-missing", message, Some(symbol.span)));
    }
    if let (Some(date), None) = (&header.date, header.issued_on) {
        let message = format!("Không đọc được ngày ban hành từ “{}”. Hãy nhập ngày.", date.value);
        warnings.push(Warning::new("date-missing", message, Some(date.span)));
    }
}

/// A document that neither ends "./." nor has recipients nor a signature was cut off.
fn end(document: &Document, warnings: &mut Vec<Warning>) {
    let closed = !document.recipients.is_empty() || document.signature.is_some() || !document.appendices.is_empty();
    let Some(last) = document.parts.last() else { return };
    let last = last.walk().last().map_or(last, |(_, part)| part);
    if document.header.symbol.is_some() && !closed && !last.text.ends_with("./.") {
        let message = "Văn bản dừng mà không có “./.”, nơi nhận hay chữ ký: tệp có thể thiếu phần cuối.";
        warnings.push(Warning::new("truncated", message, Some(last.span)));
    }
}

/// Numbers and letters that are skipped among siblings.
fn gaps_between(parts: &[Part], gaps: &mut Vec<Warning>) {
    let mut lists = vec![parts];
    while let Some(siblings) = lists.pop() {
        let mut before: Option<&Part> = None;
        for part in siblings {
            lists.push(&part.children);
            if part.label.is_empty() || gaps.len() >= GAPS_MAX {
                continue;
            }
            if let Some(gap) = before.and_then(|before| gap(before, part)) {
                gaps.push(gap);
            }
            before = Some(part);
        }
    }
}

fn gap(before: &Part, part: &Part) -> Option<Warning> {
    let (from, to) = (ordinal(before)?, ordinal(part)?);
    let skipped = match part.kind {
        PartKind::Letter => letters_skipped(from, to).iter().map(char::to_string).collect::<Vec<_>>().join(", "),
        _ if to > from + 1 => (from + 1).to_string(),
        _ => String::new(),
    };
    let same = before.kind == part.kind && !skipped.is_empty();
    same.then(|| {
        let (above, below) = (&before.marker, &part.marker);
        let message = format!("Sau “{above}” là “{below}”: thiếu mục {skipped}, hoặc văn bản đánh số nhảy.");
        Warning::new("sequence-gap", message, Some(Span::new(part.span.start, part.span.start + part.marker.len())))
    })
}

fn ordinal(part: &Part) -> Option<u32> {
    crate::marker::Marker::of(&part.marker).filter(|marker| marker.kind == part.kind).map(|marker| marker.ordinal)
}
