//! Inspections counted: items by verdict, findings by where they stand. Counts of an inspection are sums of its visits'.

use chrono::NaiveDate;

use super::finding::Standing;
use super::item::Verdict;
use super::visit::Whole;

/// Counts of one visit, or of several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub meets: usize,
    pub fails: usize,
    pub not_applicable: usize,
    pub not_looked_at: usize,
    /// Findings the agency is to remedy, those past their day among them.
    pub open: usize,
    pub overdue: usize,
    pub answered: usize,
    pub remedied: usize,
}

impl Tally {
    /// The counts of a visit on a day.
    #[must_use]
    pub fn of(whole: &Whole, today: NaiveDate) -> Self {
        let items = |verdict: Verdict| whole.items.iter().filter(|item| item.verdict == verdict).count();
        let findings = |standing: Standing| whole.findings.iter().filter(|one| one.standing(today) == standing).count();
        Self {
            meets: items(Verdict::Meets),
            fails: items(Verdict::Fails),
            not_applicable: items(Verdict::NotApplicable),
            not_looked_at: items(Verdict::NotLookedAt),
            open: findings(Standing::Open) + findings(Standing::Overdue),
            overdue: findings(Standing::Overdue),
            answered: findings(Standing::Answered),
            remedied: findings(Standing::Remedied),
        }
    }

    /// With another's added.
    #[must_use]
    pub fn and(self, other: &Self) -> Self {
        Self {
            meets: self.meets + other.meets,
            fails: self.fails + other.fails,
            not_applicable: self.not_applicable + other.not_applicable,
            not_looked_at: self.not_looked_at + other.not_looked_at,
            open: self.open + other.open,
            overdue: self.overdue + other.overdue,
            answered: self.answered + other.answered,
            remedied: self.remedied + other.remedied,
        }
    }

    /// All findings.
    #[must_use]
    pub const fn findings(&self) -> usize {
        self.open + self.answered + self.remedied
    }
}
