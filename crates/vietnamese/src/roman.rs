//! Roman numerals, as in the headings of plans (`II.`) and in quarters (`quý II`).

const STEPS: [(u32, &str); 13] = [
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
];

/// The numeral of 1 to 3999; `None` outside.
///
/// ```
/// assert_eq!(vietnamese::roman::to_roman(14).as_deref(), Some("XIV"));
/// ```
pub fn to_roman(value: u32) -> Option<String> {
    if !(1..4000).contains(&value) {
        return None;
    }
    let mut rest = value;
    let mut numeral = String::new();
    for (step, letters) in STEPS {
        while rest >= step {
            numeral.push_str(letters);
            rest -= step;
        }
    }
    Some(numeral)
}

/// The value of a well-formed numeral, all capitals or all small; the single characters `Ⅰ` to `ⅿ` are read too. `IIII` and
/// `IC` are refused.
///
/// ```
/// use vietnamese::roman::from_roman;
/// assert_eq!(from_roman("XIV"), Some(14));
/// assert_eq!(from_roman("IIII"), None);
/// ```
pub fn from_roman(numeral: &str) -> Option<u32> {
    let mixed = numeral.contains(char::is_uppercase) && numeral.contains(char::is_lowercase);
    if mixed || numeral.chars().count() > 15 {
        return None;
    }
    let plain: String = numeral.chars().map(spell_out).collect::<Option<_>>()?;
    let mut rest = plain.as_str();
    let mut value = 0;
    for (step, letters) in STEPS {
        while let Some(after) = rest.strip_prefix(letters) {
            value += step;
            rest = after;
        }
    }
    (rest.is_empty() && to_roman(value)? == plain).then_some(value)
}

fn spell_out(c: char) -> Option<&'static str> {
    const SINGLE: [&str; 16] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "L", "C", "D", "M"];
    match c {
        '\u{2160}'..='\u{216F}' => Some(SINGLE[c as usize - 0x2160]),
        '\u{2170}'..='\u{217F}' => Some(SINGLE[c as usize - 0x2170]),
        _ => SINGLE.into_iter().find(|s| s.len() == 1 && s.starts_with(c.to_ascii_uppercase())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_numerals_read_back() {
        for value in 1..4000 {
            let numeral = to_roman(value).unwrap();
            assert_eq!(from_roman(&numeral), Some(value));
            assert_eq!(from_roman(&numeral.to_lowercase()), Some(value));
        }
    }

    #[test]
    fn others_are_refused() {
        for text in ["", "IIII", "VV", "IC", "Iv", "A", "IVI", "1", "Ⅳi", "MMMM"] {
            assert_eq!(from_roman(text), None, "{text}");
        }
        assert_eq!(to_roman(0), None);
        assert_eq!(to_roman(4000), None);
        assert_eq!(from_roman("Ⅳ"), Some(4));
        assert_eq!(from_roman("ⅻ"), Some(12));
    }
}
