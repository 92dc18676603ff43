//! Counts as Vietnamese writes them: a point between thousands.

use std::fmt::Display;

/// `1.234.567`. What is no whole number stays as it is.
#[must_use]
pub fn grouped(count: impl Display) -> String {
    let count = count.to_string();
    count.parse().map_or(count, vietnamese::number::format_integer)
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_are_told_apart() {
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_234_567_u64), "1.234.567");
        assert_eq!(grouped("–"), "–");
    }
}
