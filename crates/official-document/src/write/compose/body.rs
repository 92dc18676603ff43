//! Blocks into paragraphs, tables and pictures, in stretches of upright and wide pages.

use serde::Serialize;

use super::table::{self, LaidTable};
use crate::model::PartKind;
use crate::paper::Run;
use crate::write::form;
use crate::write::model::{Block, Picture};
use crate::write::settle::{line, runs, words};

/// What stands on pages that lie the same way.
#[derive(Debug, Default, Serialize)]
pub(in crate::write) struct Stretch {
    pub is_wide: bool,
    pub blocks: Vec<Laid>,
}

/// How a paragraph stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::write) enum Look {
    /// Justified, with its first line set in.
    Body,
    /// In the middle: chapters.
    Middle,
}

#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(in crate::write) enum Laid {
    /// `level`: of a heading, from 1; 0 for plain words. A line feed in a run is a break.
    Paragraph {
        look: Look,
        level: u8,
        runs: Vec<Run>,
    },
    Table(LaidTable),
    Figure {
        picture: Drawn,
        alt: String,
        caption: String,
    },
}

/// A picture: what it is made of, and how wide and high it may be in millimetres.
#[derive(Debug, Serialize)]
pub(in crate::write) struct Drawn {
    #[serde(skip)]
    pub svg: String,
    pub width: f32,
    pub height: f32,
}

/// The headings that are open over a part, so that levels follow each other without a gap (ISO 14289-1, 7.4.2).
#[derive(Debug)]
pub(super) struct Levels {
    base: u8,
    open: Vec<u8>,
}

const LEVEL_MAX: u8 = 6;

impl Levels {
    pub fn under(base: u8) -> Self {
        Self { base, open: Vec::new() }
    }

    fn of(&mut self, kind: PartKind) -> u8 {
        let rank = rank(kind);
        while self.open.last().is_some_and(|last| *last >= rank) {
            self.open.pop();
        }
        self.open.push(rank);
        u8::try_from(self.open.len()).unwrap_or(LEVEL_MAX).saturating_add(self.base).min(LEVEL_MAX)
    }
}

fn rank(kind: PartKind) -> u8 {
    match kind {
        PartKind::Phan => 0,
        PartKind::Chuong => 1,
        PartKind::Muc => 2,
        PartKind::TieuMuc => 3,
        PartKind::Dieu => 4,
        PartKind::Roman => 5,
        PartKind::Number => 6,
        PartKind::Letter => 7,
        _ => 8,
    }
}

/// The stretches of a body that begins and ends upright.
pub(super) fn stretches(blocks: &[Block], closing_mark: bool, levels: &mut Levels) -> Vec<Stretch> {
    let mut all = vec![Stretch::default()];
    for block in blocks {
        let is_wide = matches!(block, Block::Table(grid) if table::is_wide(grid));
        if all.last().is_none_or(|last| last.is_wide != is_wide) {
            all.push(Stretch { is_wide, blocks: Vec::new() });
        }
        if let Some(last) = all.last_mut() {
            last.blocks.extend(laid(block, is_wide, levels));
        }
    }
    if closing_mark {
        close(&mut all);
    }
    all
}

/// The blocks on pages that all lie on their side.
pub(super) fn all_wide(blocks: &[Block], levels: &mut Levels) -> Vec<Stretch> {
    vec![Stretch { is_wide: true, blocks: blocks.iter().filter_map(|block| laid(block, true, levels)).collect() }]
}

/// "./." after the last word, in place of its full stop; on a line of its own after a table or a picture.
fn close(all: &mut Vec<Stretch>) {
    let last = all.iter_mut().rev().flat_map(|stretch| stretch.blocks.iter_mut().rev()).next();
    if let Some(Laid::Paragraph { runs, .. }) = last
        && let Some(run) = runs.last_mut()
    {
        if !run.text.ends_with("./.") {
            let kept = run.text.trim_end_matches(['.', ';', ' ']).len();
            run.text.truncate(kept);
            run.text.push_str("./.");
        }
        return;
    }
    let mark = Laid::Paragraph { look: Look::Body, level: 0, runs: vec![Run::text("./.")] };
    match all.last_mut().filter(|last| !last.is_wide) {
        Some(last) => last.blocks.push(mark),
        None => all.push(Stretch { is_wide: false, blocks: vec![mark] }),
    }
}

fn laid(block: &Block, is_wide: bool, levels: &mut Levels) -> Option<Laid> {
    match block {
        Block::Part { kind, marker, runs: words } => part(*kind, &line(marker), runs(words), levels),
        Block::Paragraph(words) => {
            let runs = runs(words);
            (!runs.is_empty()).then_some(Laid::Paragraph { look: Look::Body, level: 0, runs })
        }
        Block::Table(grid) => table::lay(grid, is_wide).map(Laid::Table),
        Block::Figure(picture) => Some(figure(picture, is_wide)),
    }
}

fn part(kind: PartKind, marker: &str, mut runs: Vec<Run>, levels: &mut Levels) -> Option<Laid> {
    if runs.is_empty() && marker.is_empty() {
        return None;
    }
    let middle = matches!(kind, PartKind::Phan | PartKind::Chuong | PartKind::Muc | PartKind::TieuMuc);
    let is_heading = is_heading(kind, &runs);
    if is_heading {
        let capitals = middle || kind == PartKind::Roman;
        for run in &mut runs {
            run.strong = true;
            run.text = if capitals { run.text.to_uppercase() } else { std::mem::take(&mut run.text) };
        }
    }
    let strong = is_heading || runs.first().is_some_and(|run| run.strong && kind == PartKind::Dieu);
    if !marker.is_empty() {
        let between = match (runs.is_empty(), middle && !marker.ends_with('.')) {
            (true, _) => "",
            (false, true) => "\n",
            (false, false) => " ",
        };
        runs.insert(0, Run { strong: strong || kind == PartKind::Dieu, ..Run::text(&format!("{marker}{between}")) });
    }
    let level = if is_heading { levels.of(kind) } else { 0 };
    Some(Laid::Paragraph { look: if middle { Look::Middle } else { Look::Body }, level, runs })
}

/// Titles end without a sign; a sentence does not.
fn is_heading(kind: PartKind, runs: &[Run]) -> bool {
    let text = words(runs);
    let ends = text.ends_with(['.', ';', ':', ',', '…', '!', '?']);
    let strong = !runs.is_empty() && runs.iter().all(|run| run.strong);
    match kind {
        PartKind::Phan | PartKind::Chuong | PartKind::Muc | PartKind::TieuMuc => true,
        PartKind::Roman => strong || !ends,
        PartKind::Dieu | PartKind::Number | PartKind::Letter => !text.is_empty() && (strong || !ends),
        _ => false,
    }
}

fn figure(picture: &Picture, is_wide: bool) -> Laid {
    let caption = line(&picture.caption);
    let alt = Some(line(&picture.alt)).filter(|alt| !alt.is_empty()).unwrap_or_else(|| caption.clone());
    let (room, height) =
        if is_wide { (form::WIDE, form::WIDE_PICTURE_HEIGHT_MM) } else { (form::UPRIGHT, form::PICTURE_HEIGHT_MM) };
    let room = form::millimetres(room);
    #[expect(clippy::cast_precision_loss, reason = "millimetres of a page")]
    let width = if picture.width_mm == 0 { room } else { (picture.width_mm as f32).min(room) };
    let alt = if alt.is_empty() { "Hình".to_owned() } else { alt };
    Laid::Figure { picture: Drawn { svg: picture.svg.clone(), width, height }, alt, caption }
}
