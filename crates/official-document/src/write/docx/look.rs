//! How lines and letters look.

use std::fmt::Write as _;

use crate::paper::Run;
use crate::write::form;

/// Twentieths of a point.
#[expect(clippy::cast_possible_truncation, reason = "lengths on a page")]
pub(super) fn twips(points: f32) -> i32 {
    (points * 20.0).round() as i32
}

/// A line that no style describes. Lengths in points.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// Empty: none of its own.
    pub style: &'static str,
    pub bold: bool,
    pub italic: bool,
    pub red: bool,
    /// A frame around it.
    pub framed: bool,
    /// It stays on the page of what follows.
    pub keep: bool,
    pub align: &'static str,
    pub points: f32,
    pub before: f32,
    pub after: f32,
    pub left: f32,
    pub right: f32,
    pub first: f32,
}

impl Default for Line {
    fn default() -> Self {
        Self {
            style: "",
            bold: false,
            italic: false,
            red: false,
            framed: false,
            keep: false,
            align: "both",
            points: form::BODY.points,
            before: 0.0,
            after: 0.0,
            left: 0.0,
            right: 0.0,
            first: 0.0,
        }
    }
}

impl Line {
    pub fn paragraph(&self) -> String {
        let mut made = String::from("<w:pPr>");
        if !self.style.is_empty() {
            let _ = write!(made, "<w:pStyle w:val=\"{}\"/>", self.style);
        }
        made.push_str(if self.keep { "<w:keepNext/>" } else { "" });
        if self.framed {
            made.push_str("<w:pBdr>");
            for side in ["top", "left", "bottom", "right"] {
                let _ = write!(made, "<w:{side} w:val=\"single\" w:sz=\"8\" w:space=\"1\" w:color=\"C00000\"/>");
            }
            made.push_str("</w:pBdr>");
        }
        let [before, after, left, right, first] = [self.before, self.after, self.left, self.right, self.first].map(twips);
        let _ = write!(
            made,
            "<w:spacing w:before=\"{before}\" w:after=\"{after}\"/><w:ind w:left=\"{left}\" w:right=\"{right}\" w:firstLine=\"{first}\"/><w:jc w:val=\"{}\"/></w:pPr>",
            self.align
        );
        made
    }

    pub fn run(&self) -> String {
        let mut made = String::from("<w:rPr>");
        made.push_str(if self.bold { "<w:b/><w:bCs/>" } else { "" });
        made.push_str(if self.italic { "<w:i/><w:iCs/>" } else { "" });
        made.push_str(if self.red { "<w:color w:val=\"C00000\"/>" } else { "" });
        let half = twips(self.points) / 10;
        let _ = write!(made, "<w:sz w:val=\"{half}\"/><w:szCs w:val=\"{half}\"/></w:rPr>");
        made
    }
}

/// Bold and italic of a run; in a heading, whose style is bold, what is not.
pub(super) fn emphasis(run: &Run, in_heading: bool) -> String {
    let mut made = String::new();
    made.push_str(match (run.strong, in_heading) {
        (true, false) => "<w:b/><w:bCs/>",
        (false, true) => "<w:b w:val=\"0\"/><w:bCs w:val=\"0\"/>",
        _ => "",
    });
    made.push_str(if run.italic { "<w:i/><w:iCs/>" } else { "" });
    if made.is_empty() { made } else { format!("<w:rPr>{made}</w:rPr>") }
}

/// A picture in its line: width and height in millimetres.
pub(super) fn drawing(place: usize, png: &str, svg: &str, alt: &str, width: f32, height: f32) -> String {
    let drawing = super::DRAWING;
    /// English metric units of a millimetre.
    const EMU: f32 = 36_000.0;
    #[expect(clippy::cast_possible_truncation, reason = "lengths on a page")]
    let [width, height] = [width, height].map(|side| (side * EMU).round() as i64);
    format!(
        "<w:drawing><wp:inline xmlns:wp=\"{drawing}wordprocessingDrawing\" distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{width}\" cy=\"{height}\"/><wp:docPr id=\"{place}\" name=\"Picture {place}\" descr=\"{alt}\"/><a:graphic xmlns:a=\"{drawing}main\"><a:graphicData uri=\"{drawing}picture\"><pic:pic xmlns:pic=\"{drawing}picture\"><pic:nvPicPr><pic:cNvPr id=\"{place}\" name=\"Picture {place}\" descr=\"{alt}\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"{png}\"><a:extLst><a:ext uri=\"{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}\"><asvg:svgBlip xmlns:asvg=\"http://schemas.microsoft.com/office/drawing/2016/SVG/main\" r:embed=\"{svg}\"/></a:ext></a:extLst></a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
}

/// Styles: body, headings of six levels, chapters in the middle, what people go on writing with. 720 = 1.27 cm; 264 = 1.1 lines.
pub(super) const STYLES: &str = concat!(
    "<w:docDefaults>{letters}<w:pPrDefault/></w:docDefaults>",
    "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>",
    "<w:style w:type=\"paragraph\" w:styleId=\"Body\"><w:name w:val=\"Body Text\"/><w:basedOn w:val=\"Normal\"/><w:pPr><w:spacing w:after=\"120\" w:line=\"264\" w:lineRule=\"auto\"/><w:ind w:firstLine=\"720\"/><w:jc w:val=\"both\"/></w:pPr></w:style>",
    "<w:style w:type=\"paragraph\" w:styleId=\"Heading1\"><w:name w:val=\"heading 1\"/><w:basedOn w:val=\"Body\"/><w:next w:val=\"Body\"/><w:pPr><w:keepNext/><w:outlineLvl w:val=\"0\"/></w:pPr><w:rPr><w:b/><w:bCs/></w:rPr></w:style>",
    "<w:style w:type=\"paragraph\" w:styleId=\"Heading2\"><w:name w:val=\"heading 2\"/><w:basedOn w:val=\"Heading1\"/><w:next w:val=\"Body\"/><w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr></w:style>",
    "<w:style w:type=\"paragraph\" w:styleId=\"Heading3\"><w:name w:val=\"heading 3\"/><w:basedOn w:val=\"Heading1\"/><w:next w:val=\"Body\"/><w:pPr><w:outlineLvl w:val=\"2\"/></w:pPr></w:style>",
    "<w:style w:type=\"paragraph\" w:styleId=\"Heading4\"><w:name w:val=\"heading 4\"/><w:basedOn w:val=\"Heading1\"/><w:next w:val=\"Body\"/><w:pPr><w:outlineLvl w:val=\"3\"/></w:pPr></w:style>",
    "<w:style w:type=\"paragraph\" w:styleId=\"Heading5\"><w:name w:val=\"heading 5\"/><w:basedOn w:val=\"Heading1\"/><w:next w:val=\"Body\"/><w:pPr><w:outlineLvl w:val=\"4\"/></w:pPr></w:style>",
    "<w:style w:type=\"paragraph\" w:styleId=\"Heading6\"><w:name w:val=\"heading 6\"/><w:basedOn w:val=\"Heading1\"/><w:next w:val=\"Body\"/><w:pPr><w:outlineLvl w:val=\"5\"/></w:pPr></w:style>",
    "<w:style w:type=\"paragraph\" w:styleId=\"Middle1\"><w:name w:val=\"Middle 1\"/><w:basedOn w:val=\"Heading1\"/><w:next w:val=\"Body\"/><w:pPr><w:ind w:firstLine=\"0\"/><w:jc w:val=\"center\"/></w:pPr></w:style>",
    "<w:style w:type=\"paragraph\" w:styleId=\"Middle2\"><w:name w:val=\"Middle 2\"/><w:basedOn w:val=\"Middle1\"/><w:next w:val=\"Body\"/><w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr></w:style>",
    "<w:style w:type=\"paragraph\" w:styleId=\"Middle3\"><w:name w:val=\"Middle 3\"/><w:basedOn w:val=\"Middle1\"/><w:next w:val=\"Body\"/><w:pPr><w:outlineLvl w:val=\"2\"/></w:pPr></w:style>",
    "<w:style w:type=\"paragraph\" w:styleId=\"Middle4\"><w:name w:val=\"Middle 4\"/><w:basedOn w:val=\"Middle1\"/><w:next w:val=\"Body\"/><w:pPr><w:outlineLvl w:val=\"3\"/></w:pPr></w:style>",
    "<w:style w:type=\"paragraph\" w:styleId=\"Middle5\"><w:name w:val=\"Middle 5\"/><w:basedOn w:val=\"Middle1\"/><w:next w:val=\"Body\"/><w:pPr><w:outlineLvl w:val=\"4\"/></w:pPr></w:style>",
    "<w:style w:type=\"paragraph\" w:styleId=\"Annex\"><w:name w:val=\"Annex\"/><w:basedOn w:val=\"Normal\"/><w:next w:val=\"Body\"/><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr></w:style>",
    "<w:style w:type=\"paragraph\" w:styleId=\"Cell\"><w:name w:val=\"Cell\"/><w:basedOn w:val=\"Normal\"/><w:pPr><w:spacing w:before=\"40\" w:after=\"40\"/></w:pPr><w:rPr><w:sz w:val=\"24\"/><w:szCs w:val=\"24\"/></w:rPr></w:style>",
    "<w:style w:type=\"paragraph\" w:styleId=\"SmallCell\"><w:name w:val=\"Small Cell\"/><w:basedOn w:val=\"Cell\"/><w:rPr><w:sz w:val=\"22\"/><w:szCs w:val=\"22\"/></w:rPr></w:style>",
    "<w:style w:type=\"table\" w:styleId=\"TableGrid\"><w:name w:val=\"Table Grid\"/></w:style>",
);
