//! Tables drawn with lines.

use super::content::Rule;
use super::glyphs::Glyph;
use super::lines::{self, TextLine};

/// Lines nearer than this, in points, are one.
const NEAR: f32 = 3.0;
/// More lines on a page are a drawing.
const RULES_MAX: usize = 3_000;
/// A line over footnotes is shorter than this share of the page.
const SHORT: f32 = 0.45;
const SHORT_MIN: f32 = 30.0;

/// A line with its place counted from the top.
pub(super) fn downwards(rule: Rule, height: f32) -> Rule {
    match rule.horizontal {
        true => Rule { at: height - rule.at, ..rule },
        false => Rule { from: height - rule.to, to: height - rule.from, ..rule },
    }
}

/// A table on a page: rows of cells that hold lines.
pub(crate) struct RuledTable {
    pub top: f32,
    pub bottom: f32,
    /// Places of the lines between columns, with both edges.
    pub columns: Vec<f32>,
    pub rows: Vec<Vec<RuledCell>>,
}

pub(crate) struct RuledCell {
    /// Its right edge.
    pub right: f32,
    pub lines: Vec<TextLine>,
    /// Columns covered.
    pub width: usize,
    pub merged_above: bool,
}

/// Where a table is drawn, collecting characters.
pub(super) struct Region {
    xs: Vec<f32>,
    ys: Vec<f32>,
    rules: Vec<Rule>,
    /// Characters by row and column.
    glyphs: Vec<Vec<Glyph>>,
    /// The row and the column whose cell covers each place of the grid.
    owners: Vec<usize>,
}

/// Regions of lines that cross, from top to bottom; and places of short lines that stand alone.
pub(super) fn find(rules: Vec<Rule>, page_width: f32) -> (Vec<Region>, Vec<f32>) {
    let merged = merged(rules);
    if merged.len() > RULES_MAX {
        return (Vec::new(), Vec::new());
    }
    let mut regions = Vec::new();
    let mut short = Vec::new();
    for group in crossing(merged) {
        match (group.as_slice(), Region::new(&group)) {
            ([rule], _) if rule.horizontal && (SHORT_MIN..page_width * SHORT).contains(&(rule.to - rule.from)) => {
                short.push(rule.at)
            }
            (_, Some(region)) => regions.push(region),
            _ => {}
        }
    }
    regions.sort_by(|a: &Region, b| a.ys[0].total_cmp(&b.ys[0]));
    (regions, short)
}

/// Pieces of one line as one.
fn merged(mut rules: Vec<Rule>) -> Vec<Rule> {
    rules.sort_by(|a, b| a.horizontal.cmp(&b.horizontal).then(a.at.total_cmp(&b.at)).then(a.from.total_cmp(&b.from)));
    let mut levels: Vec<Vec<Rule>> = Vec::new();
    for rule in rules {
        let same = |level: &&mut Vec<Rule>| {
            level.first().is_some_and(|first| first.horizontal == rule.horizontal && rule.at - first.at < NEAR)
        };
        match levels.last_mut().filter(same) {
            Some(level) => level.push(rule),
            None => levels.push(vec![rule]),
        }
    }
    levels.into_iter().flat_map(joined).collect()
}

/// Pieces on one level that touch.
fn joined(mut level: Vec<Rule>) -> Vec<Rule> {
    level.sort_by(|a, b| a.from.total_cmp(&b.from));
    let mut joined: Vec<Rule> = Vec::new();
    for rule in level {
        match joined.last_mut().filter(|last| rule.from <= last.to + NEAR) {
            Some(last) => last.to = last.to.max(rule.to),
            None => joined.push(rule),
        }
    }
    joined
}

/// Groups of lines that cross or touch, directly or through others.
fn crossing(rules: Vec<Rule>) -> Vec<Vec<Rule>> {
    let mut group: Vec<usize> = (0..rules.len()).collect();
    let (across, down): (Vec<usize>, Vec<usize>) = (0..rules.len()).partition(|place| rules[*place].horizontal);
    for one in &across {
        for other in &down {
            if touch(rules[*one], rules[*other]) {
                let (a, b) = (root(&mut group, *one), root(&mut group, *other));
                group[a] = b;
            }
        }
    }
    let mut groups: std::collections::BTreeMap<usize, Vec<Rule>> = std::collections::BTreeMap::new();
    for (place, rule) in rules.iter().enumerate() {
        groups.entry(root(&mut group, place)).or_default().push(*rule);
    }
    groups.into_values().collect()
}

fn root(group: &mut [usize], mut place: usize) -> usize {
    while group[place] != place {
        group[place] = group[group[place]];
        place = group[place];
    }
    place
}

fn touch(across: Rule, down: Rule) -> bool {
    (across.from - NEAR..=across.to + NEAR).contains(&down.at) && (down.from - NEAR..=down.to + NEAR).contains(&across.at)
}

impl Region {
    /// The grid of a group of lines; nothing when it has a single column.
    fn new(rules: &[Rule]) -> Option<Self> {
        let places = |horizontal: bool| edges(rules, horizontal);
        let (xs, ys) = (places(false), places(true));
        if xs.len() < 3 || ys.len() < 2 {
            return None;
        }
        let cells = (xs.len() - 1) * (ys.len() - 1);
        let mut region = Self { xs, ys, rules: rules.to_vec(), glyphs: vec![Vec::new(); cells], owners: Vec::new() };
        region.owners = region.owners();
        Some(region)
    }

    fn columns(&self) -> usize {
        self.xs.len() - 1
    }

    fn rows(&self) -> usize {
        self.ys.len() - 1
    }

    /// For each place of the grid the first place of the cell that covers it.
    fn owners(&self) -> Vec<usize> {
        let mut owners = vec![usize::MAX; self.columns() * self.rows()];
        for row in 0..self.rows() {
            for column in 0..self.columns() {
                if owners[row * self.columns() + column] != usize::MAX {
                    continue;
                }
                let right = (column + 1..self.columns()).find(|next| self.parts(false, *next, row)).unwrap_or(self.columns());
                let below = (row + 1..self.rows()).find(|next| self.parts(true, *next, column)).unwrap_or(self.rows());
                for place in (row..below).flat_map(|row| (column..right).map(move |column| (row, column))) {
                    owners[place.0 * self.columns() + place.1] = row * self.columns() + column;
                }
            }
        }
        owners
    }

    /// A line stands before this column at this row, or over this row at this column.
    fn parts(&self, horizontal: bool, edge: usize, across: usize) -> bool {
        let (edges, others) = if horizontal { (&self.ys, &self.xs) } else { (&self.xs, &self.ys) };
        let middle = (others[across] + others[across + 1]) / 2.0;
        let covers = |rule: &Rule| {
            rule.horizontal == horizontal && (rule.at - edges[edge]).abs() <= NEAR && (rule.from..=rule.to).contains(&middle)
        };
        self.rules.iter().any(covers)
    }

    /// Takes a character that stands inside; false when it stands elsewhere.
    pub fn takes(&mut self, glyph: &Glyph) -> bool {
        let (x, y) = (glyph.x + glyph.width / 2.0, glyph.y - glyph.size * 0.3);
        let inside = |edges: &[f32], at: f32| edges.windows(2).position(|pair| (pair[0]..pair[1]).contains(&at));
        let (Some(column), Some(row)) = (inside(&self.xs, x), inside(&self.ys, y)) else { return false };
        let owner = self.owners[row * self.columns() + column];
        self.glyphs[owner].push(*glyph);
        true
    }

    /// The table; nothing when it holds no words.
    pub fn settle(mut self) -> Option<RuledTable> {
        let words = self.glyphs.iter().flatten().any(|glyph| glyph.sign.is_alphanumeric());
        let rows = (0..self.rows()).map(|row| self.row(row)).collect();
        let (top, bottom) = (*self.ys.first()?, *self.ys.last()?);
        words.then_some(RuledTable { top, bottom, columns: self.xs, rows })
    }

    fn row(&mut self, row: usize) -> Vec<RuledCell> {
        let columns = self.columns();
        let mut cells = Vec::new();
        let mut column = 0;
        while column < columns {
            let owner = self.owners[row * columns + column];
            let width = (column..columns).take_while(|next| self.owners[row * columns + next] == owner).count().max(1);
            let merged_above = owner / columns < row;
            let glyphs = if merged_above { Vec::new() } else { std::mem::take(&mut self.glyphs[owner]) };
            let right = self.xs[column + width];
            cells.push(RuledCell { right, lines: lines::lines(glyphs), width, merged_above });
            column += width;
        }
        cells
    }
}

/// The places of lines in one direction, with the ends of the others where no line closes them.
fn edges(rules: &[Rule], horizontal: bool) -> Vec<f32> {
    let mut edges: Vec<f32> = rules.iter().filter(|rule| rule.horizontal == horizontal).map(|rule| rule.at).collect();
    let others = || rules.iter().filter(|rule| rule.horizontal != horizontal);
    let first = others().map(|rule| rule.from).fold(f32::INFINITY, f32::min);
    let last = others().map(|rule| rule.to).fold(f32::NEG_INFINITY, f32::max);
    edges.sort_by(f32::total_cmp);
    edges.dedup_by(|next, kept| *next - *kept < NEAR);
    if edges.first().is_some_and(|edge| first < edge - 2.0 * NEAR) {
        edges.insert(0, first);
    }
    if edges.last().is_some_and(|edge| last > edge + 2.0 * NEAR) {
        edges.push(last);
    }
    edges
}

#[cfg(test)]
mod tests {
    use super::*;

    fn across(at: f32, from: f32, to: f32) -> Rule {
        Rule { horizontal: true, at, from, to }
    }

    fn down(at: f32, from: f32, to: f32) -> Rule {
        Rule { horizontal: false, at, from, to }
    }

    fn cells(rules: Vec<Rule>) -> Vec<Vec<(usize, bool)>> {
        let (mut regions, _) = find(rules, 600.0);
        let mut region = regions.remove(0);
        region.takes(&Glyph { x: 15.0, y: 20.0, width: 1.0, size: 10.0, sign: 'a' });
        let table = region.settle().expect("a table");
        table.rows.iter().map(|row| row.iter().map(|cell| (cell.width, cell.merged_above)).collect()).collect()
    }

    #[test]
    fn merged_cells() {
        let rules = vec![
            across(10.0, 10.0, 110.0),
            across(30.0, 60.0, 110.0),
            across(50.0, 10.0, 110.0),
            down(10.0, 10.0, 50.0),
            down(60.0, 10.0, 50.0),
            down(85.0, 30.0, 50.0),
            down(110.0, 10.0, 50.0),
        ];
        assert_eq!(cells(rules), [vec![(1, false), (2, false)], vec![(1, true), (1, false), (1, false)]]);
    }

    #[test]
    fn open_edges_are_closed() {
        let rules = vec![across(10.0, 0.0, 100.0), across(40.0, 0.0, 100.0), down(50.0, 10.0, 60.0)];
        assert_eq!(cells(rules), [vec![(1, false), (1, false)], vec![(1, false), (1, false)]]);
    }

    #[test]
    fn a_frame_and_a_short_line_are_no_tables() {
        let frame = vec![across(10.0, 0.0, 100.0), across(40.0, 0.0, 100.0), down(0.0, 10.0, 40.0), down(100.0, 10.0, 40.0)];
        assert!(find(frame, 600.0).0.is_empty());
        let (regions, short) = find(vec![across(700.0, 60.0, 200.0)], 600.0);
        assert!(regions.is_empty());
        assert_eq!(short, [700.0]);
    }
}
