//! Which sources a sentence of a model names. Pure.

/// A sentence with the numbers of the sources it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// Without the numbers.
    pub text: String,
    /// From 1.
    pub sources: Vec<usize>,
}

/// Takes `[1]`, `[1, 3]` and `[2][3]` out of a sentence.
#[must_use]
pub fn claimed(sentence: &str) -> Claimed {
    let (mut text, mut sources) = (String::new(), Vec::new());
    let mut rest = sentence;
    while let Some(open) = rest.find('[') {
        let Some(length) = rest[open..].find(']') else { break };
        let inner = &rest[open + 1..open + length];
        let numbers: Option<Vec<usize>> =
            inner.split([',', ';', ' ']).filter(|one| !one.is_empty()).map(|one| one.parse().ok()).collect();
        text.push_str(&rest[..open]);
        match numbers.filter(|numbers| !numbers.is_empty()) {
            Some(numbers) => sources.extend(numbers),
            None => text.push_str(&rest[open..=open + length]),
        }
        rest = &rest[open + length + 1..];
    }
    text.push_str(rest);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").replace(" .", ".").replace(" ,", ",");
    Claimed { text, sources }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_of_sources_are_taken_out() {
        let claimed = claimed("Sở Xây dựng chủ trì [1], hạn 20/6 [2, 3].");
        assert_eq!((claimed.text.as_str(), claimed.sources), ("Sở Xây dựng chủ trì, hạn 20/6.", vec![1, 2, 3]));
        assert_eq!(super::claimed("Theo [Luật], có.").text, "Theo [Luật], có.");
    }
}
