//! A part that may still take children.

use crate::marker::{Marker, Style};
use crate::model::{Part, PartKind};

pub(super) struct Open {
    pub style: Style,
    pub ordinal: u32,
    pub rank: u16,
    pub part: Part,
}

impl Open {
    /// Markers of this style are siblings of this part.
    pub fn is_like(&self, marker: &Marker) -> bool {
        self.style == marker.style && self.part.kind == marker.kind
    }

    /// A bullet without words and without children: a ruled line, not a part.
    pub fn is_rule(&self) -> bool {
        matches!(self.style, Style::Bullet(_)) && self.part.text.is_empty() && self.part.children.is_empty()
    }
}

/// The rank of the usual styles; `None` for a style that stands under whatever is open.
pub(super) fn rank(style: Style, kind: PartKind) -> Option<u16> {
    match style {
        Style::Word => Some(match kind {
            PartKind::Phan => 0,
            PartKind::Chuong => 10,
            PartKind::Muc => 20,
            PartKind::TieuMuc => 30,
            _ => 40,
        }),
        Style::Capital => Some(5),
        Style::Roman => Some(50),
        Style::Decimal { depth, .. } => Some(100 + u16::from(depth)),
        Style::Letter => Some(200),
        Style::Bullet('-') => Some(300),
        Style::Bullet('+') => Some(310),
        _ => None,
    }
}

/// The least rank of an unusual style: what a usual style of its kind must be able to close.
pub(super) fn floor(kind: PartKind) -> u16 {
    match kind {
        PartKind::Number => 110,
        PartKind::Letter => 210,
        _ => 290,
    }
}

/// An unmarked paragraph stands under this part: it is a heading or introduces a list.
pub(super) fn takes_paragraphs(open: &Open) -> bool {
    let text = open.part.text.trim_end_matches(['”', '"', ')', ' ']);
    let unfinished = !text.ends_with(['.', ';', ',', '…', '!', '?']);
    match open.part.kind {
        PartKind::Phan | PartKind::Chuong | PartKind::Muc | PartKind::TieuMuc | PartKind::Dieu | PartKind::Roman => true,
        PartKind::Number | PartKind::Letter => unfinished,
        PartKind::Dash | PartKind::Plus => text.ends_with(':'),
        PartKind::Paragraph | PartKind::Table => false,
    }
}
