//! The tree of parts: which paragraph stands under which.
//!
//! Ranks follow Nghị định 30/2020/NĐ-CP, Phụ lục I (Phần, Chương, Mục, Tiểu mục, Điều, khoản, điểm) and the habit of
//! plans (I., 1., a), -, +). A list in an unusual style ("1)", "(a)", "•") stands under what is open when it begins.

mod open;

use crate::flow::{Block, Grid, Paragraph};
use crate::marker::{Marker, Style, roman};
use crate::model::{Emphasis, Part, PartKind, Span, Table};
use crate::normal::{folded, is_caps};
use open::{Open, takes_paragraphs};

/// A quotation longer than this many paragraphs is taken for an unclosed quotation mark.
const QUOTED_PARAGRAPHS_MAX: usize = 100;

/// Builds the tree of the given blocks, at most `depth` levels deep.
pub(crate) fn outline(blocks: Vec<Block>, depth: usize) -> Vec<Part> {
    let trailing = first_trailing_paragraph(&blocks);
    let quoted = quoted_blocks(&blocks);
    let mut builder = Builder { roots: Vec::new(), open: Vec::new(), deepest: depth.saturating_sub(2) };
    for (place, block) in blocks.into_iter().enumerate() {
        match block {
            Block::Table(grid) => builder.table(grid),
            Block::Paragraph(paragraph) if quoted[place] => builder.paragraph(paragraph),
            Block::Paragraph(paragraph) if place >= trailing => builder.marked_or(paragraph, Builder::closing),
            Block::Paragraph(paragraph) => builder.marked_or(paragraph, Builder::paragraph),
        }
    }
    builder.finish()
}

/// Where the unmarked paragraphs at the very end begin.
fn first_trailing_paragraph(blocks: &[Block]) -> usize {
    let unmarked = |block: &&Block| matches!(block, Block::Paragraph(p) if Marker::of(&p.text).is_none());
    blocks.len() - blocks.iter().rev().take_while(unmarked).count()
}

/// Paragraphs of a quotation that opens one paragraph and closes a later one: text of another document, whose markers
/// open nothing here (an amending decree quotes whole articles).
fn quoted_blocks(blocks: &[Block]) -> Vec<bool> {
    let mut quoted = vec![false; blocks.len()];
    let mut place = 0;
    while place < blocks.len() {
        let opens = blocks[place].text().starts_with('“') && !blocks[place].text().contains('”');
        let ahead = blocks[place..].iter().take(QUOTED_PARAGRAPHS_MAX);
        let length = if opens { ahead.map_while(still_quoted).count() } else { 0 };
        let closed = blocks.get(place + length).is_some_and(|block| ends_quotation(block.text()));
        if length > 0 && closed {
            quoted[place..=place + length].fill(true);
            place += length;
        }
        place += 1;
    }
    quoted
}

fn still_quoted(block: &Block) -> Option<()> {
    (!ends_quotation(block.text())).then_some(())
}

fn ends_quotation(text: &str) -> bool {
    text.trim_end_matches(['.', ';', ',', '/']).ends_with('”')
}

struct Builder {
    roots: Vec<Part>,
    open: Vec<Open>,
    /// So many parts may be open over a new one, which may take one level of paragraphs.
    deepest: usize,
}

impl Builder {
    fn marked_or(&mut self, paragraph: Paragraph, unmarked: fn(&mut Self, Paragraph)) {
        match Marker::of(&paragraph.text).and_then(|marker| self.resolve(marker)) {
            Some(marker) => self.marked(&marker, paragraph),
            None => unmarked(self, paragraph),
        }
    }

    /// Decides what one paragraph alone does not tell: `None` when the marker opens nothing here.
    fn resolve(&self, mut marker: Marker) -> Option<Marker> {
        match marker.style {
            Style::Roman if marker.label.len() == 1 => self.roman_or_capital(marker),
            Style::Capital => (marker.ordinal == 1 || self.expects(Style::Capital, marker.ordinal)).then_some(marker),
            Style::Decimal { depth, bare: true } => {
                marker.style = Style::Decimal { depth, bare: false };
                self.continues_numbers(&marker).then_some(marker)
            }
            Style::Letter | Style::LetterBrackets if self.is_small_roman(&marker) => {
                marker.ordinal = roman(&marker.label.to_uppercase())?;
                marker.style = Style::SmallRoman;
                Some(marker)
            }
            _ => Some(marker),
        }
    }

    /// "C." after "B." is a capital letter, "I." and "V." are Roman numbers.
    fn roman_or_capital(&self, mut marker: Marker) -> Option<Marker> {
        let letter = u32::from(marker.label.bytes().next()? - b'A') + 1;
        let place = if letter > 4 { letter + 1 } else { letter };
        if self.expects(Style::Capital, place) && !self.expects(Style::Roman, marker.ordinal) {
            marker.kind = PartKind::Phan;
            marker.style = Style::Capital;
            marker.ordinal = place;
            return Some(marker);
        }
        let usual = marker.ordinal <= 10 || self.expects(Style::Roman, marker.ordinal);
        usual.then_some(marker)
    }

    /// "i)" is a Roman number unless a list of letters has come to it.
    fn is_small_roman(&self, marker: &Marker) -> bool {
        let listed = self.last_of(Style::SmallRoman).is_some();
        let roman = matches!(marker.label.as_str(), "i" | "v" | "x");
        let letters = self.last_of(marker.style).is_some_and(|open| {
            let gap = marker.ordinal.saturating_sub(open.ordinal);
            (1..=2).contains(&gap)
        });
        roman && !letters && (listed || marker.label == "i")
    }

    /// A number without its full stop counts when it goes on a list or begins the list under its own prefix.
    fn continues_numbers(&self, marker: &Marker) -> bool {
        if self.expects(marker.style, marker.ordinal) {
            return true;
        }
        let prefix = marker.label.rsplit_once('.').map(|(prefix, _)| prefix);
        match prefix {
            Some(prefix) => marker.ordinal == 1 && self.open.iter().any(|open| open.part.label == prefix),
            None => marker.ordinal == 1,
        }
    }

    fn expects(&self, style: Style, ordinal: u32) -> bool {
        self.last_of(style).is_some_and(|open| open.ordinal + 1 == ordinal)
    }

    fn last_of(&self, style: Style) -> Option<&Open> {
        self.open.iter().rev().find(|open| open.style == style)
    }

    fn marked(&mut self, marker: &Marker, paragraph: Paragraph) {
        let rank = self.make_room(marker);
        let (written, own) = paragraph.text.split_at(marker.length);
        let part = Part {
            kind: marker.kind,
            marker: written.to_owned(),
            label: marker.label.clone(),
            text: own.trim_start().to_owned(),
            span: paragraph.span,
            children: Vec::new(),
            table: None,
            emphasis: paragraph.emphasis,
        };
        self.open.push(Open { style: marker.style, ordinal: marker.ordinal, rank, part });
    }

    /// Closes what the marker ends and tells the rank of what it opens.
    fn make_room(&mut self, marker: &Marker) -> u16 {
        if let Some(place) = self.sibling(marker) {
            let rank = self.open[place].rank;
            self.close_down_to(place);
            return rank;
        }
        let rank = open::rank(marker.style, marker.kind);
        match rank {
            Some(rank) => {
                let restarts = marker.ordinal == 1 && self.introduces_list();
                let outer = self.open.iter().take_while(|open| open.rank < rank).count();
                self.close_down_to(if restarts { self.open.len() } else { outer }.min(self.deepest));
                self.open.last().map_or(rank, |last| rank.max(last.rank + 1))
            }
            None => {
                self.close_down_to(self.deepest);
                let floor = open::floor(marker.kind);
                self.open.last().map_or(floor, |last| floor.max(last.rank + 1))
            }
        }
    }

    /// The open part of the same style that this one follows; the innermost that fits its ordinal, or the innermost.
    fn sibling(&self, marker: &Marker) -> Option<usize> {
        let same = || self.open.iter().enumerate().rev().filter(|(_, open)| open.is_like(marker));
        if marker.ordinal == 1 && self.introduces_list() {
            return None;
        }
        same().find(|(_, open)| open.ordinal + 1 == marker.ordinal).or_else(|| same().next()).map(|(place, _)| place)
    }

    /// The innermost open part ends with a colon and nothing stands under it yet.
    fn introduces_list(&self) -> bool {
        self.open.last().is_some_and(|last| last.part.text.ends_with(':') && last.part.children.is_empty())
    }

    fn paragraph(&mut self, paragraph: Paragraph) {
        if self.lends_title(&paragraph) {
            return self.lend_title(paragraph);
        }
        let heading = self.open.iter().rposition(takes_paragraphs).map_or(0, |place| place + 1);
        self.close_down_to(heading);
        self.push(unmarked(paragraph));
    }

    /// A paragraph after the last marked one: under the heading it follows, or closing the outermost part.
    fn closing(&mut self, paragraph: Paragraph) {
        let stays = self.open.last().is_some_and(|last| takes_paragraphs(last) && !closes(last, &paragraph));
        if stays || self.lends_title(&paragraph) {
            return self.paragraph(paragraph);
        }
        let roman = self.open.iter().position(|open| open.style == Style::Roman);
        let outermost = roman.or_else(|| self.open.first().filter(|open| takes_paragraphs(open)).map(|_| 0));
        self.close_down_to(outermost.map_or(0, |place| place + 1));
        self.push(unmarked(paragraph));
    }

    /// A marker that stands alone ("Chương I") takes its title from the next line, and a title in capitals goes on.
    fn lends_title(&self, paragraph: &Paragraph) -> bool {
        let Some(last) = self.open.last().filter(|last| last.part.children.is_empty()) else { return false };
        let part = &last.part;
        let goes_on = last.style == Style::Word && is_caps(&part.text) && !part.text.ends_with(['.', ':', ';']);
        part.text.is_empty() || (goes_on && is_caps(&paragraph.text) && part.kind != PartKind::Dieu)
    }

    fn lend_title(&mut self, paragraph: Paragraph) {
        let Some(last) = self.open.last_mut() else { return };
        let part = &mut last.part;
        if !part.text.is_empty() {
            part.text.push(' ');
        }
        part.text.push_str(&paragraph.text);
        part.span = part.span.cover(paragraph.span);
    }

    fn table(&mut self, grid: Grid) {
        let heading = self.open.iter().rposition(takes_paragraphs).map_or(0, |place| place + 1);
        self.close_down_to(heading);
        let span = grid.span;
        let table = crate::table::settle(grid);
        self.push(Part { table: Some(table), kind: PartKind::Table, ..blank(span) });
    }

    fn push(&mut self, part: Part) {
        match self.open.last_mut() {
            Some(last) => last.part.children.push(part),
            None => self.roots.push(part),
        }
    }

    fn close_down_to(&mut self, kept: usize) {
        while self.open.len() > kept {
            let Some(closed) = self.open.pop() else { return };
            if !closed.is_rule() {
                self.push(closed.part);
            }
        }
    }

    fn finish(mut self) -> Vec<Part> {
        self.close_down_to(0);
        self.roots
    }
}

/// The paragraph is the last word of the whole, not of the heading that is open.
fn closes(last: &Open, paragraph: &Paragraph) -> bool {
    const OPENERS: [&str; 8] =
        ["tren day", "trong qua trinh", "yeu cau", "de nghi", "giao ", "can cu", "nhan duoc", "uy ban nhan dan"];
    let opening = folded(&paragraph.text, 16);
    let last_words = paragraph.text.ends_with("./.") && OPENERS.iter().any(|opener| opening.starts_with(opener));
    last_words && !last.part.children.is_empty()
}

fn unmarked(paragraph: Paragraph) -> Part {
    Part { text: paragraph.text, emphasis: paragraph.emphasis, ..blank(paragraph.span) }
}

fn blank(span: Span) -> Part {
    Part {
        kind: PartKind::Paragraph,
        marker: String::new(),
        label: String::new(),
        text: String::new(),
        span,
        children: Vec::new(),
        table: None::<Table>,
        emphasis: Emphasis::default(),
    }
}
