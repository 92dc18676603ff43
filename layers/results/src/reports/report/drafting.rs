//! A document as the leaf that writes files wants it: the one place that knows both.

use official_document::write::{
    Annex, Block, Draft, Grid, GridRow, HeadCell, Heading, PartKind, Picture, Run, Signers, Title, WriteError,
};

use super::composed::{self, Composed, Piece, Sheet, Span};
use crate::reports::kind::Kind;

/// Width of a drawing within the margins of A4.
const PICTURE_MM: u32 = 160;

/// What kind of file is made of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Docx,
    Pdf,
}

impl Format {
    pub const ALL: [Self; 2] = [Self::Docx, Self::Pdf];

    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Pdf => "pdf",
        }
    }

    #[must_use]
    pub fn of_ending(ending: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.ending() == ending)
    }

    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Docx => crate::web::download::DOCX,
            Self::Pdf => "application/pdf",
        }
    }
}

/// The bytes of a file; addresses get the site's in front.
///
/// # Errors
/// It can not be written.
pub fn write(composed: &Composed, origin: &str, format: Format) -> Result<Vec<u8>, WriteError> {
    let draft = draft(composed, origin);
    match format {
        Format::Docx => official_document::write::docx(&draft),
        Format::Pdf => official_document::write::pdf(&draft),
    }
}

fn draft(composed: &Composed, origin: &str) -> Draft {
    let head = &composed.head;
    let blocks = |pieces: &[Piece]| pieces.iter().map(|piece| block(piece, origin)).collect::<Vec<_>>();
    let title = match composed.kind {
        Kind::Letter => Title::Letter { subject: composed.subject.clone() },
        kind => Title::Named { type_name: kind.type_name().to_owned(), subject: composed.subject.clone() },
    };
    let annex = |one: &composed::Annex| Annex {
        label: one.label.clone(),
        title: one.title.clone(),
        issued_with: issued_with(composed),
        blocks: blocks(&one.pieces),
        landscape: one.landscape,
    };
    Draft {
        heading: Heading {
            superior: Some(head.superior.clone()).filter(|superior| !superior.trim().is_empty()),
            issuer: head.issuer.clone(),
            number: composed.number,
            symbol: composed.symbol(),
            place: head.place.clone(),
            date: composed.date,
            title,
            ..Heading::default()
        },
        enactment: enactment(composed),
        addressees: if composed.kind.is_addressed() { composed.addressees.clone() } else { Vec::new() },
        bases: composed.bases.clone(),
        blocks: blocks(&composed.pieces),
        closing_mark: true,
        recipients: composed.recipients.clone(),
        archive: if composed.archive.trim().is_empty() { String::new() } else { format!("Lưu: {}", composed.archive) },
        signature: Signers {
            authority: head.authority.clone(),
            position: head.position.clone(),
            name: Some(head.signer.clone()).filter(|name| !name.trim().is_empty()),
        },
        appendices: composed.annexes.iter().map(annex).collect(),
        ..Draft::default()
    }
}

/// Who decides, over the bases of a decision: the post and the body, unless the post names the body already.
#[must_use]
pub fn enactment(composed: &Composed) -> Option<String> {
    let (position, issuer) = (&composed.head.position, &composed.head.issuer);
    let whole =
        if position.to_lowercase().contains(&issuer.to_lowercase()) { position.clone() } else { format!("{position} {issuer}") };
    (composed.kind == Kind::Decision).then(|| whole.trim().to_uppercase())
}

/// `Kèm theo Báo cáo số 05/BC-SKHCN ngày 19 tháng 6 năm 2026 của Sở …`
fn issued_with(composed: &Composed) -> String {
    let day = composed.dated();
    let day = day.split_once(", ").map_or(day.as_str(), |(_, day)| day);
    let (name, number) = (composed.type_name(), composed.number_shown());
    format!("Kèm theo {name} số {number} {day} của {}", composed.head.issuer)
}

fn block(piece: &Piece, origin: &str) -> Block {
    match piece {
        Piece::Heading(caption) => {
            let kind = match caption.level {
                1 => PartKind::Roman,
                2 => PartKind::Number,
                _ => PartKind::Letter,
            };
            Block::Part { kind, marker: caption.marker.clone(), runs: vec![Run::strong(&caption.text)] }
        }
        Piece::Paragraph(spans) => Block::Paragraph(runs(spans, origin)),
        Piece::Table(sheet) => Block::Table(grid(sheet, origin)),
        Piece::Picture(drawing) => Block::Figure(Picture {
            svg: drawing.svg.clone(),
            alt: drawing.alt.clone(),
            caption: drawing.caption.clone(),
            width_mm: PICTURE_MM,
        }),
    }
}

fn grid(sheet: &Sheet, origin: &str) -> Grid {
    let row = |cells: &Vec<Span>| GridRow {
        cells: cells.iter().map(|cell| runs(std::slice::from_ref(cell), origin)).collect(),
        group: false,
    };
    let head = vec![sheet.head.iter().map(|text| HeadCell::new(text)).collect()];
    Grid { caption: String::new(), head, rows: sheet.rows.iter().map(row).collect() }
}

fn runs(spans: &[Span], origin: &str) -> Vec<Run> {
    let run = |span: &Span| match (span.href.as_str(), span.strong) {
        ("", true) => Run::strong(&span.text),
        ("", false) if span.italic => Run::italic(&span.text),
        ("", false) => Run::text(&span.text),
        (href, _) => Run::link(&span.text, &format!("{origin}{href}")),
    };
    spans.iter().map(run).collect()
}
