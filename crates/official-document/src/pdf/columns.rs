//! Text side by side: the head and the closing of a document are set in two columns.

use super::lines::TextLine;
use crate::header::Sighted;
use crate::model::Span;

/// Lines of one column stand no farther apart than this many times their size.
const APART: f32 = 2.2;

/// Lines of a page in the order they are read: where two columns stand side by side, the left one first.
pub(super) fn in_reading_order(lines: Vec<TextLine>) -> Vec<TextLine> {
    let mut rows = rows(lines);
    part_crossing(&mut rows);
    let mut ordered = Vec::new();
    while let Some(first) = rows.iter().position(|row| row.len() > 1) {
        let mut gutter = Gutter::of(&rows[first]);
        let above = rows[..first].iter().rev().zip(rows[1..=first].iter().rev());
        let above = above.take_while(|(row, below)| near(row, below) && gutter.admits(row)).count();
        let below = rows[first + 1..].iter().zip(&rows[first..]);
        let below = below.take_while(|(row, above)| near(above, row) && gutter.admits(row)).count();
        let end = first + below + 1;
        let (mut left, mut right) = (Vec::new(), Vec::new());
        let side_by_side = rows.drain(..end).skip_while({
            let mut before = first - above;
            let ordered = &mut ordered;
            move |row: &Vec<TextLine>| {
                let single = before > 0;
                if single {
                    ordered.extend(row.iter().cloned());
                    before -= 1;
                }
                single
            }
        });
        side_by_side.flatten().for_each(|line| if gutter.is_left(&line) { left.push(line) } else { right.push(line) });
        ordered.append(&mut left);
        ordered.append(&mut right);
    }
    ordered.extend(rows.into_iter().flatten());
    ordered
}

/// Parts lines that cross the strip between two columns below a row that shows it, where they have a gap there.
fn part_crossing(rows: &mut [Vec<TextLine>]) {
    for place in 1..rows.len() {
        let (above, below) = rows.split_at_mut(place);
        let (Some(above), Some(row)) = (above.last(), below.first_mut()) else { continue };
        if above.len() < 2 || row.len() != 1 || !near(above, row) {
            continue;
        }
        let gutter = Gutter::of(above);
        if let Some(gap) = row[0].gap_in(gutter.left, gutter.right) {
            let (left, right) = row.remove(0).parted(gap);
            row.extend([left, right]);
        }
    }
}

/// Parts the lines in which the national heading follows the name of the issuer with hardly a gap.
pub(super) fn part_heading(lines: Vec<TextLine>) -> Vec<TextLine> {
    const HEADINGS: [&str; 3] = ["cong hoa xa hoi", "dang cong san", "doc lap - tu do"];
    let mut parted = Vec::with_capacity(lines.len() + 1);
    for line in lines {
        let sighted = Sighted::new(&line.text, Span::new(0, line.text.len()));
        let heading = HEADINGS.iter().find_map(|heading| sighted.find(heading, 1));
        let place = heading.map(|place| line.text[..sighted.byte(place)].chars().count());
        match place {
            Some(place) => {
                let (left, right) = line.parted(place);
                parted.extend([left, right]);
            }
            None => parted.push(line),
        }
    }
    parted
}

/// Lines of one level together.
fn rows(lines: Vec<TextLine>) -> Vec<Vec<TextLine>> {
    let mut rows: Vec<Vec<TextLine>> = Vec::new();
    for line in lines {
        match rows.last_mut().filter(|row| row[0].y.total_cmp(&line.y).is_eq()) {
            Some(row) => row.push(line),
            None => rows.push(vec![line]),
        }
    }
    rows
}

fn near(above: &[TextLine], below: &[TextLine]) -> bool {
    let size = above[0].size.max(below[0].size);
    below[0].y - above[0].y <= size * APART
}

/// The empty strip between two columns.
struct Gutter {
    left: f32,
    right: f32,
}

impl Gutter {
    /// The widest gap of a row.
    fn of(row: &[TextLine]) -> Self {
        let gaps = row.windows(2).map(|pair| Self { left: pair[0].right, right: pair[1].left });
        gaps.max_by(|a, b| (a.right - a.left).total_cmp(&(b.right - b.left))).unwrap_or(Self { left: 0.0, right: 0.0 })
    }

    fn is_left(&self, line: &TextLine) -> bool {
        line.right <= (self.left + self.right) / 2.0
    }

    /// No line of the row crosses the strip; it may make it narrower.
    fn admits(&mut self, row: &[TextLine]) -> bool {
        let (mut left, mut right) = (self.left, self.right);
        for line in row {
            if line.right < right && line.left < left {
                left = left.max(line.right);
            } else if line.left > left {
                right = right.min(line.left);
            } else {
                return false;
            }
        }
        let open = right > left;
        if open {
            (self.left, self.right) = (left, right);
        }
        open
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(left: f32, right: f32, y: f32, text: &str) -> TextLine {
        TextLine::of(text, left, right, y)
    }

    #[test]
    fn the_heading_is_parted_from_the_issuer() {
        let parted = part_heading(vec![line(60.0, 540.0, 50.0, "UBND TỈNH MẪU CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")]);
        assert_eq!(
            parted.iter().map(|line| line.text.as_str()).collect::<Vec<_>>(),
            ["UBND TỈNH MẪU", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
        );
        assert!(parted[0].right <= parted[1].left);
    }

    #[test]
    fn the_left_column_comes_first() {
        let lines = vec![
            line(60.0, 200.0, 50.0, "UBND TỈNH"),
            line(260.0, 540.0, 50.0, "CỘNG HÒA"),
            line(110.0, 150.0, 68.0, "MẪU"),
            line(330.0, 480.0, 69.0, "Độc lập"),
            line(90.0, 170.0, 86.0, "Số: 1"),
            line(100.0, 500.0, 120.0, "KẾ HOẠCH"),
            line(90.0, 540.0, 140.0, "Một đoạn văn"),
            line(90.0, 300.0, 700.0, "dòng cuối./."),
            line(90.0, 160.0, 720.0, "Nơi nhận:"),
            line(350.0, 500.0, 720.0, "TM. ỦY BAN"),
            line(90.0, 160.0, 735.0, "- Lưu."),
        ];
        let read: Vec<String> = in_reading_order(lines).into_iter().map(|line| line.text).collect();
        assert_eq!(
            read,
            [
                "UBND TỈNH",
                "MẪU",
                "Số: 1",
                "CỘNG HÒA",
                "Độc lập",
                "KẾ HOẠCH",
                "Một đoạn văn",
                "dòng cuối./.",
                "Nơi nhận:",
                "- Lưu.",
                "TM. ỦY BAN",
            ]
        );
    }
}
