//! Lines of many estimates added up by agency, source, duty, part of the plan or year. Pure. What nobody entered is no
//! zero: a sum knows of how many lines it is made, and is none when it is made of none.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use uuid::Uuid;

/// One line as it is added up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub estimate: Uuid,
    pub agency: Uuid,
    pub duty: Uuid,
    /// Code of the funding source.
    pub source: String,
    pub year: i32,
    pub asked: i64,
    pub appraised: Option<i64>,
    pub approved: Option<i64>,
    pub spent: Option<i64>,
}

/// A sum of those lines that have the figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    sum: i64,
    known: usize,
}

impl Sum {
    /// The sum in đồng; None when no line has the figure.
    #[must_use]
    pub const fn value(&self) -> Option<i64> {
        if self.known == 0 { None } else { Some(self.sum) }
    }

    /// Of how many lines it is made.
    #[must_use]
    pub const fn known(&self) -> usize {
        self.known
    }

    const fn of(figure: Option<i64>) -> Self {
        match figure {
            Some(sum) => Self { sum, known: 1 },
            None => Self { sum: 0, known: 0 },
        }
    }
}

impl AddAssign for Sum {
    fn add_assign(&mut self, other: Self) {
        self.sum += other.sum;
        self.known += other.known;
    }
}

/// The four figures of some lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    pub lines: usize,
    pub asked: Sum,
    pub appraised: Sum,
    pub approved: Sum,
    pub spent: Sum,
}

impl Sums {
    /// Those of one line.
    #[must_use]
    pub const fn of(line: &Line) -> Self {
        Self {
            lines: 1,
            asked: Sum::of(Some(line.asked)),
            appraised: Sum::of(line.appraised),
            approved: Sum::of(line.approved),
            spent: Sum::of(line.spent),
        }
    }

    /// In the order of the way of an estimate.
    #[must_use]
    pub const fn four(&self) -> [Option<i64>; 4] {
        [self.asked.value(), self.appraised.value(), self.approved.value(), self.spent.value()]
    }
}

impl AddAssign for Sums {
    fn add_assign(&mut self, other: Self) {
        self.lines += other.lines;
        self.asked += other.asked;
        self.appraised += other.appraised;
        self.approved += other.approved;
        self.spent += other.spent;
    }
}

impl Sums {
    /// Of how many lines each of the four is made.
    #[must_use]
    pub const fn known(&self) -> [usize; 4] {
        [self.asked.known(), self.appraised.known(), self.approved.known(), self.spent.known()]
    }
}

/// Adds all lines up.
#[must_use]
pub fn total(lines: &[Line]) -> Sums {
    let mut total = Sums::default();
    lines.iter().for_each(|line| total += Sums::of(line));
    total
}

/// Adds the lines up by what `key` says of each.
#[must_use]
pub fn by<K: Ord>(lines: &[Line], key: impl Fn(&Line) -> K) -> BTreeMap<K, Sums> {
    let mut sums: BTreeMap<K, Sums> = BTreeMap::new();
    for line in lines {
        *sums.entry(key(line)).or_default() += Sums::of(line);
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(agency: u128, source: &str, asked: i64, approved: Option<i64>) -> Line {
        Line {
            estimate: Uuid::from_u128(agency),
            agency: Uuid::from_u128(agency),
            duty: Uuid::from_u128(asked.unsigned_abs().into()),
            source: source.into(),
            year: 2027,
            asked,
            appraised: approved,
            approved,
            spent: None,
        }
    }

    #[test]
    fn groups_add_up_to_the_total_to_the_dong() {
        let lines: Vec<Line> = (1..=500)
            .map(|at| line(at % 7, ["a", "b", "c"][at as usize % 3], at as i64 * 333_333_337, Some(at as i64)))
            .collect();
        let whole = total(&lines);
        assert_eq!(whole.asked.value(), Some((1..=500).map(|at| at * 333_333_337_i64).sum()));
        for groups in [
            by(&lines, |line| line.agency.to_string()),
            by(&lines, |line| line.source.clone()),
            by(&lines, |line| line.duty.to_string()),
        ] {
            let mut again = Sums::default();
            groups.values().for_each(|sums| again += *sums);
            assert_eq!(again, whole);
        }
    }

    #[test]
    fn what_nobody_entered_is_no_zero() {
        let lines = [line(1, "a", 10, None), line(2, "a", 20, Some(0))];
        let sums = by(&lines, |line| line.agency);
        assert_eq!(sums[&Uuid::from_u128(1)].four(), [Some(10), None, None, None]);
        assert_eq!(sums[&Uuid::from_u128(2)].four(), [Some(20), Some(0), Some(0), None]);
        assert_eq!(total(&[]).four(), [None; 4]);
    }
}
