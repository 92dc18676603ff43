//! Measures of the form: Nghị định 30/2020/NĐ-CP, Appendix I, parts I and II. Lengths in points.

use typesetting::fonts::Face;

/// Letters of one look.
#[derive(Clone, Copy, Debug)]
pub(super) struct Type {
    pub face: Face,
    pub points: f32,
}

const fn of(face: Face, points: f32) -> Type {
    Type { face, points }
}

/// "CỘNG HÒA …", the body above and the issuing body: 12 to 13.
pub(super) const NATION: Type = of(Face::Bold, 12.0);
pub(super) const SUPERIOR: Type = of(Face::Regular, 12.0);
pub(super) const ISSUER: Type = of(Face::Bold, 12.0);
/// "Độc lập - Tự do - Hạnh phúc": 13 to 14.
pub(super) const MOTTO: Type = of(Face::Bold, 13.0);
pub(super) const NUMBER: Type = of(Face::Regular, 13.0);
pub(super) const DATE: Type = of(Face::Italic, 13.0);
/// "V/v …": 12 to 13.
pub(super) const ABOUT: Type = of(Face::Regular, 12.0);
pub(super) const STAMP: Type = of(Face::Bold, 13.0);
/// Type, subject, titles, body: 13 to 14.
pub(super) const TITLE: Type = of(Face::Bold, 14.0);
pub(super) const BODY: Type = of(Face::Regular, 14.0);
pub(super) const NOTE: Type = of(Face::Italic, 14.0);
pub(super) const RECIPIENTS: f32 = 12.0;
pub(super) const RECIPIENT: f32 = 11.0;
pub(super) const PAGE_NUMBER: f32 = 13.0;
pub(super) const CONTACT: f32 = 11.0;
/// Tables, and those of many columns.
pub(super) const CELL: f32 = 12.0;
pub(super) const SMALL_CELL: f32 = 11.0;
pub(super) const SMALL_COLUMNS: usize = 9;

pub(super) const NATION_WORDS: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
pub(super) const MOTTO_WORDS: &str = "Độc lập - Tự do - Hạnh phúc";
pub(super) const ADDRESSED: &str = "Kính gửi:";
pub(super) const RECIPIENTS_LABEL: &str = "Nơi nhận:";

/// "- " of an addressee, whose further lines stand under its words.
pub(super) const HANGING: f32 = 8.2;

const MM: f32 = 72.0 / 25.4;
/// What is left of A4 between its margins, 30 mm left and 15 mm right, upright and on its side.
pub(super) const UPRIGHT: f32 = 165.0 * MM;
pub(super) const WIDE: f32 = 252.0 * MM;
/// A picture leaves room for its caption.
pub(super) const PICTURE_HEIGHT_MM: f32 = 200.0;
pub(super) const WIDE_PICTURE_HEIGHT_MM: f32 = 130.0;
/// First lines: 1 or 1.27 cm.
pub(super) const INDENT: f32 = 12.7 * MM;
/// Between paragraphs: at least 6.
pub(super) const GAP: f32 = 6.0;
/// Lines of the body, of single ones; up to 1.5.
pub(super) const SPACING: f32 = 1.1;
/// A rule under a name or a title: a third to a half of its words.
pub(super) const RULE_SHARE: f32 = 0.4;
/// Room for signature and seal.
pub(super) const SIGNING: f32 = 68.0;
/// A table of more columns lies on its side.
pub(super) const UPRIGHT_COLUMNS: usize = 6;
/// The edges of a cell left and right of its words, together.
pub(super) const CELL_EDGES: f32 = 8.0;
/// A row of more lines than this may break over pages.
pub(super) const UNBROKEN_LINES: f32 = 20.0;

pub(super) const fn millimetres(points: f32) -> f32 {
    points / MM
}

pub(super) const fn points(millimetres: f32) -> f32 {
    millimetres * MM
}
