//! What must hold of any bytes given to the crate `vietnamese`.

use vietnamese::legacy::{self, LegacyEncoding};
use vietnamese::{abbreviation, date, list_letter, normalise, number, order, roman, slug, syllable};

/// Panics when an invariant is broken.
pub fn check(data: &[u8]) {
    check_legacy(data);
    let text = String::from_utf8_lossy(data);
    check_spellings(&text);
    check_maps(&text);
    check_spans(&text);
    check_values(&text);
    for word in text.split_whitespace() {
        check_values(word);
        check_syllable(word);
    }
}

fn check_legacy(data: &[u8]) {
    use LegacyEncoding::{Mojibake, Tcvn3, Viqr, Vni, Windows1258};
    legacy::detect(data);
    for encoding in [Tcvn3, Vni, Viqr, Windows1258, Mojibake] {
        legacy::decode(data, encoding);
    }
}

/// Every rewriting comes to rest after one step, and the two schools of tone placement lead to each other.
fn check_spellings(text: &str) {
    let normal = vietnamese::normalise(text);
    assert_eq!(vietnamese::normalise(&normal), normal);
    let folded = vietnamese::fold(text);
    assert_eq!(vietnamese::fold(&folded), folded);
    assert_eq!(vietnamese::fold(&normal), folded);
    let key = vietnamese::key(text);
    assert_eq!(vietnamese::key(&key), key);
    let name = vietnamese::name_key(text);
    assert_eq!(vietnamese::name_key(&name), name);
    let (old, new) = (vietnamese::old_style(text), vietnamese::new_style(text));
    assert_eq!(vietnamese::old_style(&new), old);
    assert_eq!(vietnamese::new_style(&old), new);
    // Invisible characters cut words for the placement and not for the key.
    let placed = vietnamese::new_style(&normal);
    assert!(vietnamese::same_text(text, &placed) && vietnamese::same_name(text, &placed));
    if let Some(slug) = slug::slug_within(text, 24) {
        assert!(slug.len() <= 24 && slug::slug_within(&slug, 24).as_ref() == Some(&slug));
    }
    assert!(normalise::unify_dashes(text).len() <= text.len() && normalise::unify_quotes(text).len() <= text.len());
    let squeezed = normalise::squeeze_spaces(text);
    assert_eq!(normalise::squeeze_spaces(&squeezed), squeezed);
    assert_eq!(order::compare(text, &normal), order::sort_key(text).cmp(&order::sort_key(&normal)));
}

fn check_maps(text: &str) {
    for mapped in [vietnamese::fold_with_map(text), normalise::normalise_with_map(text)] {
        let made = mapped.text();
        let mut end = 0;
        for (at, c) in made.char_indices() {
            let source = mapped.source_range(at..at + c.len_utf8());
            assert!(text.get(source.clone()).is_some_and(|piece| !piece.is_empty()));
            assert!(source.end >= end);
            end = source.end;
        }
    }
    assert_eq!(vietnamese::fold_with_map(text).text(), vietnamese::fold(text));
    assert_eq!(normalise::normalise_with_map(text).text(), vietnamese::normalise(text));
}

/// What is found in a text lies in it, in order and without overlap.
fn check_spans(text: &str) {
    let mut finds = vec![
        vietnamese::syllables(text).map(|t| t.span).collect::<Vec<_>>(),
        vietnamese::tokens(text).into_iter().map(|t| t.span).collect(),
        abbreviation::expand(text).into_iter().map(|e| e.span).collect(),
        date::find_periods(text).into_iter().map(|p| p.span).collect(),
    ];
    let numbers = vietnamese::document_numbers(text);
    for number in &numbers {
        assert_eq!(&text[number.span.clone()], number.text);
        let again = vietnamese::document_numbers(number.text);
        assert_eq!(again.len(), 1);
        assert_eq!(again[0].key(), number.key());
    }
    finds.push(numbers.into_iter().map(|n| n.span).collect());
    for spans in finds {
        assert!(spans.iter().all(|span| !span.is_empty() && text.get(span.clone()).is_some()));
        assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].start));
    }
    abbreviation::expand_text(text);
}

/// What can be read can be written and read again.
fn check_values(text: &str) {
    if let Ok(reading) = number::parse_number(text) {
        assert_eq!(number::parse_number(&reading.value.to_string()).map(|r| r.value), Ok(reading.value));
        number::in_words(reading.value);
        reading.value.to_fixed(2);
    }
    if let Some((reading, rest)) = number::leading_number(text) {
        assert_eq!(number::parse_number(&text[..text.len() - rest.len()]), Ok(reading));
    }
    if let Ok(period) = date::parse_period(text) {
        assert!(period.start() <= period.end() && period.contains(period.start()));
        assert_eq!(date::parse_period(&period.to_string()), Ok(period));
        period.in_words();
    }
    if let Some(value) = roman::from_roman(text) {
        assert_eq!(roman::from_roman(&roman::to_roman(value).unwrap_or_default()), Some(value));
    }
    for letter in text.chars() {
        assert!(list_letter::letter_index(letter).is_none() || !list_letter::is_foreign(letter));
    }
}

fn check_syllable(word: &str) {
    let Some(read) = syllable::Syllable::parse(word) else {
        return;
    };
    for placement in [syllable::Placement::Old, syllable::Placement::New] {
        let at = read.tone_index(placement);
        assert!(word.chars().nth(at).is_some_and(vietnamese::letter::is_vowel));
    }
    assert_eq!(read.onset() + &read.vowels() + &read.coda(), word.chars().map(base).collect::<String>());
}

fn base(c: char) -> char {
    vietnamese::letter::split(c).0.to_lowercase().next().unwrap_or(c)
}
