//! A capital at the beginning.

/// The text with a capital first letter: a name that is kept as it stands within a sentence ("xã Mỹ Hiệp"), where it stands
/// by itself.
///
/// ```
/// assert_eq!(vietnamese::capitalised("xã Mỹ Hiệp"), "Xã Mỹ Hiệp");
/// assert_eq!(vietnamese::capitalised("đơn vị"), "Đơn vị");
/// assert_eq!(vietnamese::capitalised(""), "");
/// ```
#[must_use]
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
