//! Long lists in pages of a fixed size; the page number is in the address.

/// Which part of a list is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paging {
    /// From 1.
    pub page: u64,
    pub size: u64,
    pub total: u64,
}

impl Paging {
    /// The page asked for, held within what there is.
    #[must_use]
    pub fn new(asked: Option<u64>, size: u64, total: u64) -> Self {
        let last = total.div_ceil(size).max(1);
        Self { page: asked.unwrap_or(1).clamp(1, last), size, total }
    }

    #[must_use]
    pub fn offset(&self) -> u64 {
        (self.page - 1) * self.size
    }

    #[must_use]
    pub fn last(&self) -> u64 {
        self.total.div_ceil(self.size).max(1)
    }

    /// The first row shown, from 1; 0 when there is none.
    #[must_use]
    pub fn from(&self) -> u64 {
        if self.total == 0 { 0 } else { self.offset() + 1 }
    }

    /// The last row shown.
    #[must_use]
    pub fn to(&self) -> u64 {
        (self.offset() + self.size).min(self.total)
    }

    /// The page so many further on; None where there is none.
    #[must_use]
    pub fn turn(&self, by: i64) -> Option<u64> {
        let to = self.page.saturating_add_signed(by);
        (by != 0 && (1..=self.last()).contains(&to)).then_some(to)
    }
}
