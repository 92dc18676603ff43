//! What of an address a list does not understand: it narrows nothing, which the page says.

use super::cut;

/// As much of a word of the address as a notice repeats.
pub const UNREAD_LETTERS: usize = 40;

/// Those that were asked for and are not known, as they stand in the address; each with whether it is known. Empty when there are none.
#[must_use]
pub fn unread(asked: &[(bool, &str)]) -> String {
    let odd = asked.iter().filter(|(is_known, value)| !is_known && !value.is_empty());
    odd.map(|(_, value)| cut(value, UNREAD_LETTERS)).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::unread;

    #[test]
    fn what_is_known_or_was_not_asked_for_is_not_told() {
        assert_eq!(unread(&[(true, "2026"), (false, "")]), "");
        assert_eq!(unread(&[(false, "x"), (true, "a"), (false, "năm nay")]), "x, năm nay");
        assert_eq!(unread(&[(false, &"ẵ".repeat(50))]).chars().count(), 41);
    }
}
