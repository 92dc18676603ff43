//! The issuing body as a person reads it. A document's head has it in capitals (NĐ 30/2020/NĐ-CP, appendix I, element 2);
//! on a page it is written as in a sentence: `Ủy ban nhân dân tỉnh Đồng Tháp`.

use chrono::NaiveDate;

use crate::people::{Resolution, Resolver};

/// Words after which a name of a place follows.
const UNITS: [&str; 8] = ["tỉnh", "thành phố", "phường", "xã", "đặc khu", "huyện", "thị xã", "quận"];

/// The name in small letters where it stands in capitals; otherwise as it is. A body that is known is called by its
/// own name, with what the document adds to it (the province).
#[must_use]
pub fn readable(written: &str, resolver: &Resolver, day: NaiveDate) -> String {
    let written = vietnamese::normalise(written).trim().to_owned();
    if written.chars().any(char::is_lowercase) || !written.chars().any(char::is_alphabetic) {
        return written;
    }
    let known = match resolver.resolve(&written, day) {
        Resolution::Agency(id) => resolver.name_of(id).unwrap_or_default(),
        _ => "",
    };
    let (known_words, words): (Vec<&str>, Vec<&str>) = (known.split_whitespace().collect(), written.split_whitespace().collect());
    let same = known_words.iter().zip(&words).take_while(|(one, other)| vietnamese::same_name(one, other)).count();
    if same > 0 && same == known_words.len() {
        return [known.to_owned()]
            .into_iter()
            .chain(words[same..].iter().map(|word| capitalised(word)))
            .collect::<Vec<_>>()
            .join(" ");
    }
    in_a_sentence(&words)
}

/// Small letters, with a capital at the start and in the name of a place behind its unit.
fn in_a_sentence(words: &[&str]) -> String {
    let small: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let unit = (0..small.len()).rev().find(|at| {
        let rest = small[*at..].join(" ");
        UNITS.iter().any(|unit| rest.strip_prefix(unit).is_some_and(|name| name.starts_with(' ')))
    });
    let place = unit.map_or(small.len(), |at| {
        let rest = small[at..].join(" ");
        let unit = UNITS.iter().filter(|unit| rest.starts_with(*unit)).max_by_key(|unit| unit.len());
        at + unit.map_or(1, |unit| unit.split(' ').count())
    });
    let spelt = small.iter().enumerate().map(|(at, word)| if at == 0 || at >= place { capitalised(word) } else { word.clone() });
    spelt.collect::<Vec<_>>().join(" ")
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters.flat_map(char::to_lowercase)).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_become_a_name_in_a_sentence() {
        for (written, read) in [
            ("ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG", "Ủy ban nhân dân tỉnh Lâm Đồng"),
            ("ỦY BAN NHÂN DÂN THÀNH PHỐ CẦN THƠ", "Ủy ban nhân dân thành phố Cần Thơ"),
            ("HỘI ĐỒNG NHÂN DÂN XÃ MỸ THIỆN", "Hội đồng nhân dân xã Mỹ Thiện"),
            ("BAN THƯỜNG VỤ", "Ban thường vụ"),
        ] {
            assert_eq!(in_a_sentence(&written.split_whitespace().collect::<Vec<_>>()), read);
        }
    }
}
