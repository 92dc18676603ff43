//! What a document's head has in capitals (issuing body and subject; NĐ 30/2020/NĐ-CP, appendix I, elements 2 and 5), written
//! as in a sentence, so that a page does not shout: `Ủy ban nhân dân tỉnh Đồng Tháp`. Which words keep a capital is
//! learnt from the document itself: its body writes the same names (`Bộ Chính trị`, `Đồng Tháp`) in the usual way.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::people::{Resolution, Resolver};

/// How much of a document is looked at, in bytes.
const BODY_BYTES_MAX: usize = 400_000;

/// A word between its neighbours, in small letters; an empty neighbour is any.
type Place = [String; 3];

/// The body's own name when it is known, with what the document adds to it (the province); else as in a sentence.
///
/// A document without its head (a copied text) is told by its number: `118/KH-UBND` is the committee's.
#[must_use]
pub fn issuer(written: &str, number: &str, body: &str, resolver: &Resolver, day: NaiveDate) -> String {
    if written.trim().is_empty() {
        let signed = number.rsplit_once('-').and_then(|(_, code)| resolver.by_code(code.trim()));
        return signed.map(|life| life.name.clone()).unwrap_or_default();
    }
    let spelt = in_a_sentence(written, body);
    let Resolution::Agency(id) = resolver.resolve(written, day) else { return spelt };
    let (known, words): (Vec<&str>, Vec<&str>) =
        (resolver.name_of(id).unwrap_or_default().split(' ').collect(), spelt.split(' ').collect());
    let begins_so = known.len() <= words.len() && known.iter().zip(&words).all(|(one, other)| vietnamese::same_name(one, other));
    if begins_so && is_shouted(written) { [&known, &words[known.len()..]].concat().join(" ") } else { spelt }
}

/// A text in capitals as in a sentence; any other text as it is, with single spaces.
#[must_use]
pub fn in_a_sentence(written: &str, body: &str) -> String {
    let written = vietnamese::normalise(written);
    let words: Vec<&str> = written.split_whitespace().collect();
    if !is_shouted(&written) {
        return words.join(" ");
    }
    let small: Vec<String> = words.iter().map(|word| core(word).to_lowercase()).collect();
    let seen = evidence(body, &(0..small.len()).flat_map(|at| places(&small, at)).collect());
    let spelt = |at: usize| {
        let word = words[at];
        if core(word).chars().any(|letter| letter.is_numeric() || "-/&".contains(letter)) {
            return word.to_owned(); // 57-NQ/TW, KH&CN
        }
        let opens = at == 0 || word.starts_with(['“', '"', '«']);
        let casing = if opens { Some(vietnamese::capitalised(&small[at])) } else { vote(&seen, &places(&small, at)) };
        word.replace(core(word), &casing.unwrap_or_else(|| small[at].clone()))
    };
    (0..words.len()).map(spelt).collect::<Vec<_>>().join(" ")
}

fn is_shouted(text: &str) -> bool {
    text.chars().any(char::is_alphabetic) && !text.chars().any(char::is_lowercase)
}

/// The word without the marks around it.
fn core(word: &str) -> &str {
    word.trim_matches(|letter: char| !letter.is_alphanumeric())
}

/// The word with both neighbours, with the one before, with the one behind.
fn places(small: &[String], at: usize) -> [Place; 3] {
    let word = |at: Option<usize>| at.and_then(|at| small.get(at)).cloned().unwrap_or_default();
    let (before, own, after) = (word(at.checked_sub(1)), word(Some(at)), word(Some(at + 1)));
    [[before.clone(), own.clone(), after.clone()], [before, own.clone(), String::new()], [String::new(), own, after]]
}

/// How the body writes the middle word of the places asked for, each time once.
fn evidence(body: &str, asked: &HashSet<Place>) -> HashMap<Place, Vec<String>> {
    let mut seen: HashMap<Place, Vec<String>> = HashMap::new();
    let end = (0..=body.len().min(BODY_BYTES_MAX)).rev().find(|at| body.is_char_boundary(*at)).unwrap_or_default();
    for line in body[..end].lines().filter(|line| !is_shouted(line)) {
        let line = vietnamese::normalise(line);
        let words: Vec<&str> = line.split_whitespace().collect();
        let small: Vec<String> = words.iter().map(|word| core(word).to_lowercase()).collect();
        for at in 1..words.len() {
            // A capital at the start of a sentence says nothing about the word.
            if words[at - 1].ends_with(['.', ':', ';', ')', '-', '“']) || words[at].starts_with('“') {
                continue;
            }
            for place in places(&small, at).into_iter().filter(|place| asked.contains(place)) {
                seen.entry(place).or_default().push(core(words[at]).to_owned());
            }
        }
    }
    seen
}

/// The casing most often seen: between the same two neighbours, or else beside one of them.
fn vote(seen: &HashMap<Place, Vec<String>>, [between, behind, before]: &[Place; 3]) -> Option<String> {
    let of = |place: &Place| seen.get(place).into_iter().flatten();
    let mut counts: HashMap<&String, usize> = HashMap::new();
    of(between).for_each(|word| *counts.entry(word).or_default() += 1);
    if counts.is_empty() {
        of(behind).chain(of(before)).for_each(|word| *counts.entry(word).or_default() += 1);
    }
    counts.into_iter().max_by_key(|(word, count)| (*count, *word)).map(|(word, _)| word.clone())
}

#[cfg(test)]
mod tests {
    use super::in_a_sentence;

    const BODY: &str = "Căn cứ Nghị quyết số 57-NQ/TW của Bộ Chính trị; UBND tỉnh Lâm Đồng ban hành Kế hoạch.\n\
        ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG\nLâm Đồng, ngày 1 tháng 2 năm 2026.\n\
        - Sở Khoa học và Công nghệ chủ trì. Ủy ban nhân dân tỉnh theo dõi cả hệ thống chính trị, nhiệm vụ chính trị và việc thực hiện Nghị quyết trên địa bàn tỉnh Lâm Đồng.";

    #[test]
    fn names_keep_the_capitals_that_the_body_gives_them() {
        for (written, read) in [
            ("ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG", "Ủy ban nhân dân tỉnh Lâm Đồng"),
            ("THỰC HIỆN NGHỊ QUYẾT SỐ 57-NQ/TW CỦA BỘ CHÍNH TRỊ", "Thực hiện Nghị quyết số 57-NQ/TW của Bộ Chính trị"),
            ("CHƯƠNG TRÌNH “ĐẨY MẠNH CHUYỂN ĐỔI SỐ” NĂM 2026", "Chương trình “Đẩy mạnh chuyển đổi số” năm 2026"),
            ("SỞ KHOA HỌC VÀ CÔNG NGHỆ", "Sở Khoa học và Công nghệ"),
            ("Đã viết thường  rồi", "Đã viết thường rồi"),
            ("", ""),
            ("— ***", "— ***"),
        ] {
            assert_eq!(in_a_sentence(written, BODY), read);
        }
    }

    #[test]
    fn a_body_without_the_name_gives_small_letters() {
        assert_eq!(in_a_sentence("BAN THƯỜNG VỤ", ""), "Ban thường vụ");
    }
}
