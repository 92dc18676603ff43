//! Ruled lines among the paths of a page.

use pdf_extract::Object;

use super::geometry::{Matrix, numbers};

/// A filled shape is a line when it is no thicker than this, in points.
const THICKNESS_MAX: f32 = 3.0;
/// A shorter line rules nothing.
const LENGTH_MIN: f32 = 4.0;
/// A line may lean by so much, in points.
const SLANT_MAX: f32 = 1.0;
/// More lines than this are a drawing, not a table.
const RULES_MAX: usize = 20_000;
/// Points of a path; a longer one is a drawing.
const POINTS_MAX: usize = 50_000;

/// A straight line along an axis, in points from the lower left corner of the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::pdf) struct Rule {
    pub horizontal: bool,
    /// Its place across its direction.
    pub at: f32,
    /// Its ends.
    pub from: f32,
    pub to: f32,
}

/// The path that is being made, and the lines painted so far.
#[derive(Default)]
pub(super) struct Paths {
    figures: Vec<Vec<(f32, f32)>>,
    points: usize,
    rules: Vec<Rule>,
}

impl Paths {
    /// Takes an operation; those that make or paint no path are passed over.
    pub fn takes(&mut self, operator: &str, operands: &[Object], placing: Matrix) {
        match operator {
            "m" => {
                if let Some([x, y]) = numbers(operands) {
                    self.begin(placing.point(x, y));
                }
            }
            "l" => {
                if let Some([x, y]) = numbers(operands) {
                    self.line(placing.point(x, y));
                }
            }
            "c" | "v" | "y" => {
                // A curve rules nothing; the path goes on from its end.
                if let Some((x, y)) = end_of_curve(operands) {
                    self.begin(placing.point(x, y));
                }
            }
            "re" => {
                if let Some([x, y, width, height]) = numbers(operands) {
                    let corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)];
                    let mut corners = corners.into_iter().map(|(x, y)| placing.point(x, y));
                    self.figures.push(corners.by_ref().collect());
                    self.points += 5;
                }
            }
            "h" => self.close(),
            "S" => self.paint(false),
            "s" | "b" | "b*" => {
                self.close();
                self.paint(false);
            }
            "B" | "B*" => self.paint(false),
            "f" | "F" | "f*" => self.paint(true),
            "n" => self.forget(),
            _ => {}
        }
        if self.points > POINTS_MAX {
            self.forget();
        }
    }

    fn begin(&mut self, point: (f32, f32)) {
        self.figures.push(vec![point]);
        self.points += 1;
    }

    fn line(&mut self, point: (f32, f32)) {
        if let Some(figure) = self.figures.last_mut() {
            figure.push(point);
            self.points += 1;
        }
    }

    fn close(&mut self) {
        let first = self.figures.last().and_then(|figure| figure.first().copied());
        first.into_iter().for_each(|first| self.line(first));
    }

    fn forget(&mut self) {
        self.figures.clear();
        self.points = 0;
    }

    fn paint(&mut self, filled: bool) {
        for figure in std::mem::take(&mut self.figures) {
            if filled {
                self.rules.extend(thin(&figure));
            } else {
                self.rules.extend(figure.windows(2).filter_map(|pair| straight(pair[0], pair[1])));
            }
        }
        self.points = 0;
        self.rules.truncate(RULES_MAX + 1);
    }

    /// The lines; none when there are so many that they must be a drawing.
    pub fn into_rules(self) -> Vec<Rule> {
        if self.rules.len() > RULES_MAX { Vec::new() } else { self.rules }
    }
}

fn end_of_curve(operands: &[Object]) -> Option<(f32, f32)> {
    let [x, y] = numbers(operands.get(operands.len().checked_sub(2)?..)?)?;
    Some((x, y))
}

/// A stroke along an axis.
fn straight(from: (f32, f32), to: (f32, f32)) -> Option<Rule> {
    let (width, height) = ((to.0 - from.0).abs(), (to.1 - from.1).abs());
    rule(from.0.min(to.0), from.1.min(to.1), width, height, SLANT_MAX)
}

/// A filled shape so thin that it is a line.
fn thin(figure: &[(f32, f32)]) -> Option<Rule> {
    let least = |axis: fn(&(f32, f32)) -> f32| figure.iter().map(axis).fold(f32::INFINITY, f32::min);
    let most = |axis: fn(&(f32, f32)) -> f32| figure.iter().map(axis).fold(f32::NEG_INFINITY, f32::max);
    let (left, bottom) = (least(|point| point.0), least(|point| point.1));
    rule(left, bottom, most(|point| point.0) - left, most(|point| point.1) - bottom, THICKNESS_MAX)
}

fn rule(left: f32, bottom: f32, width: f32, height: f32, thickness: f32) -> Option<Rule> {
    if height <= thickness && width >= LENGTH_MIN && width > height {
        return Some(Rule { horizontal: true, at: bottom + height / 2.0, from: left, to: left + width });
    }
    let upright = width <= thickness && height >= LENGTH_MIN;
    upright.then_some(Rule { horizontal: false, at: left + width / 2.0, from: bottom, to: bottom + height })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(operations: &[(&str, &[f32])]) -> Vec<Rule> {
        let mut paths = Paths::default();
        let placing = Matrix::new([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
        for (operator, operands) in operations {
            let operands: Vec<Object> = operands.iter().map(|number| Object::Real(*number)).collect();
            paths.takes(operator, &operands, placing);
        }
        paths.into_rules()
    }

    #[test]
    fn lines_are_strokes_thin_boxes_and_sides_of_boxes() {
        let across = Rule { horizontal: true, at: 20.0, from: 10.0, to: 90.0 };
        assert_eq!(rules(&[("m", &[10.0, 20.0]), ("l", &[90.0, 20.0]), ("S", &[])]), [across]);
        assert_eq!(rules(&[("re", &[10.0, 19.5, 80.0, 1.0]), ("f*", &[])]), [across]);
        assert_eq!(rules(&[("re", &[0.0, 0.0, 50.0, 30.0]), ("S", &[])]).len(), 4);
        assert_eq!(rules(&[("re", &[0.0, 0.0, 50.0, 30.0]), ("f", &[])]), []);
        assert_eq!(rules(&[("re", &[0.0, 0.0, 50.0, 30.0]), ("W", &[]), ("n", &[])]), []);
        assert_eq!(rules(&[("m", &[0.0, 0.0]), ("l", &[50.0, 40.0]), ("S", &[])]), []);
    }
}
