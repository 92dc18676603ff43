//! Which plan a question names: by its number, or as "kế hoạch 118". Pure.

use super::intent;

/// The numbers that a question names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// Keys of whole numbers: `118/KH-UBND`.
    whole: Vec<String>,
    /// The figures of "kế hoạch 118".
    short: Vec<String>,
}

impl Named {
    /// Whether any is named.
    #[must_use]
    pub fn is_some(&self) -> bool {
        !self.whole.is_empty() || !self.short.is_empty()
    }

    /// Whether a plan of that number may be meant.
    #[must_use]
    pub fn fits(&self, number: &str) -> bool {
        if !self.is_some() {
            return true;
        }
        let keys: Vec<String> = vietnamese::document_numbers(number).iter().map(vietnamese::DocumentNumber::key).collect();
        let figures = number.split('/').next().unwrap_or_default().trim().trim_start_matches('0');
        keys.iter().any(|key| self.whole.contains(key))
            || (!figures.is_empty() && self.short.iter().any(|short| short == figures))
    }
}

/// The question without the numbers of plans, and the numbers. A number of another sort of document (a resolution) stays where it is:
/// it is what the question is about.
#[must_use]
pub fn apart(question: &str) -> (String, Named) {
    let mut named = Named::default();
    let mut plain = question.to_owned();
    let found = vietnamese::document_numbers(question);
    for number in found.iter().filter(|number| number.type_abbreviation() == Some("KH")) {
        named.whole.push(number.key());
        plain = plain.replace(number.text, " ");
    }
    let words: Vec<&str> = plain.split_whitespace().collect();
    let folded: Vec<String> = words.iter().map(|word| intent::words(word).join(" ")).collect();
    let is_number =
        |at: usize| folded.get(at).is_some_and(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit()));
    let mut kept = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if folded[at] == "ke" && folded.get(at + 1).is_some_and(|word| word == "hoach") {
            let next = at + 2 + usize::from(folded.get(at + 2).is_some_and(|word| word == "so"));
            if is_number(next) {
                named.short.push(folded[next].trim_start_matches('0').to_owned());
                at = next + 1;
                continue;
            }
            if named.is_some() {
                at += 2;
                continue;
            }
        }
        kept.push(words[at]);
        at += 1;
    }
    (kept.join(" "), named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_is_named_by_its_number_and_in_short() {
        let (plain, named) = apart("Ai chủ trì trồng cây theo Kế hoạch số 07/KH-UBND?");
        assert_eq!(intent::words(&plain).join(" "), "ai chu tri trong cay theo so");
        assert!(named.fits("07/KH-UBND") && !named.fits("08/KH-UBND"));
        let (plain, named) = apart("Theo kế hoạch 7, ai chủ trì trồng cây?");
        assert_eq!(plain, "Theo ai chủ trì trồng cây?");
        assert!(named.fits("07/KH-UBND") && !named.fits("17/KH-UBND"));
        let (plain, named) = apart("Nghị quyết 57-NQ/TW nói gì?");
        assert!(!named.is_some() && plain.contains("57-NQ/TW"));
    }
}
