//! Bodies that the document itself names exactly: in cells, after labels, among those addressed, or twice with other words
//! after the name. What is named exactly once is then recognised wherever it stands.

use std::collections::HashMap;

use official_document::{Document, Part};

use super::gazetteer::{Gazetteer, Label};
use super::labels;
use super::parties::{Manner, list_at};
use super::table;
use super::words::{Phrases, Shape, Words, phrases};

/// Names taken from one document at most.
const NAMES_MAX: usize = 200;
/// Tokens of one document that are compared.
const TOKENS_MAX: usize = 40_000;
/// Parts of one document that are looked at.
const PARTS_MAX: usize = 20_000;
/// Places where names begin alike that are compared.
const ALIKE_MAX: usize = 12;
/// Tokens of a name.
const NAME_TOKENS: std::ops::RangeInclusive<usize> = 4..=16;

/// The names that rules alone would cut short or split.
pub(super) fn named(gazetteer: &Gazetteer, document: &Document) -> Vec<String> {
    let mut names = exact(gazetteer, document);
    names.extend(twice(gazetteer, document));
    names.sort_unstable();
    names.dedup();
    names.truncate(NAMES_MAX);
    names
}

fn exact(gazetteer: &Gazetteer, document: &Document) -> Vec<String> {
    let addressed = document.addressees.iter().chain(&document.recipients).map(|passage| passage.text.clone());
    let parts = || document.walk().take(PARTS_MAX).map(|(_, part)| part);
    let cells = parts().filter_map(|part| part.table.as_ref()).flat_map(|one| table::parties(gazetteer, one));
    let labelled = parts().filter_map(|part| labelled(gazetteer, part));
    let texts = addressed.chain(cells).chain(labelled).take(4 * NAMES_MAX);
    texts.flat_map(|text| text.split(['\n', ';']).filter_map(|piece| whole_name(gazetteer, piece)).collect::<Vec<_>>()).collect()
}

/// "Đơn vị chủ trì: …"
fn labelled(gazetteer: &Gazetteer, part: &Part) -> Option<String> {
    let label = labels::label_of(gazetteer, part)?;
    let (_, value) = part.text.split_once(':').filter(|_| matches!(label, Label::Lead | Label::Cooperate))?;
    Some(value.to_owned())
}

/// The piece, when it is one name that the rules do not see as one.
fn whole_name(gazetteer: &Gazetteer, piece: &str) -> Option<String> {
    let piece = piece.trim().trim_start_matches(['-', '+']).trim().trim_end_matches(['.', ',', ';']).trim_end();
    let words = Words::new(piece);
    let len = words.len();
    (is_name(gazetteer, &words, 0, len) && !is_seen(gazetteer, &words, len)).then(|| words.name(0, len))
}

/// The tokens begin with a kind of body and hold nothing that no name holds.
fn is_name(gazetteer: &Gazetteer, words: &Words<'_>, from: usize, to: usize) -> bool {
    let foreign = phrases!("để|theo|khi|cho|với|được|trong|trên|về|từ|đến|không|có|là|hoặc");
    let plain = |at: usize| {
        let sign = words.shape(at) == Some(Shape::Sign) && words.key(at) != "-";
        !sign && words.any(at, foreign).is_none() && !gazetteer.roles.has(words, at)
    };
    let second = |at: usize| words.key(at) == "và" && begins(gazetteer, words, at + 1);
    NAME_TOKENS.contains(&(to - from))
        && !words.all_caps()
        && begins(gazetteer, words, from)
        && (from..to).all(|at| plain(at) && !second(at))
}

fn begins(gazetteer: &Gazetteer, words: &Words<'_>, at: usize) -> bool {
    let capital = words.shape(at) == Some(Shape::Title);
    capital && gazetteer.heads.has(words, at) && !gazetteer.not_heads.has(words, at)
}

/// The rules make one name of the first `len` tokens.
fn is_seen(gazetteer: &Gazetteer, words: &Words<'_>, len: usize) -> bool {
    list_at(gazetteer, words, 0, Manner::Subject).is_some_and(|list| list.end >= len && list.names.len() == 1)
}

/// A place where a name begins.
struct Place<'a, 't> {
    words: &'a Words<'t>,
    at: usize,
}

impl Place<'_, '_> {
    fn hash(&self, offset: usize) -> u64 {
        self.words.hash(self.at + offset)
    }

    /// How many tokens are the same here and there.
    fn same(&self, other: &Self) -> usize {
        (0..=*NAME_TOKENS.end()).take_while(|offset| self.hash(*offset) != 0 && self.hash(*offset) == other.hash(*offset)).count()
    }
}

/// "Trung tâm Công nghệ thông tin | chủ trì …" and "Trung tâm Công nghệ thông tin | phối hợp …".
fn twice(gazetteer: &Gazetteer, document: &Document) -> Vec<String> {
    let passages = document.bases.iter().chain(&document.preamble).map(|passage| passage.text.as_str());
    let mut left = TOKENS_MAX;
    let texts: Vec<Words<'_>> = passages
        .chain(document.walk().take(PARTS_MAX).map(|(_, part)| part.text.as_str()))
        .map_while(|text| {
            let words = Words::new(text);
            left = left.checked_sub(words.len())?;
            Some(words)
        })
        .collect();
    let mut alike: HashMap<[u64; 3], Vec<Place<'_, '_>>> = HashMap::new();
    for words in &texts {
        for at in (0..words.len()).filter(|at| begins(gazetteer, words, *at)) {
            let places = alike.entry([words.hash(at), words.hash(at + 1), words.hash(at + 2)]).or_default();
            if places.len() < ALIKE_MAX {
                places.push(Place { words, at });
            }
        }
    }
    let mut names = Vec::new();
    for places in alike.values() {
        for (index, first) in places.iter().enumerate() {
            names.extend(places[index + 1..].iter().filter_map(|second| common(gazetteer, first, second)));
        }
    }
    names
}

/// The name that two places have in common, when something else ends it in both.
fn common(gazetteer: &Gazetteer, first: &Place<'_, '_>, second: &Place<'_, '_>) -> Option<String> {
    let len = first.same(second);
    let end = first.at + len;
    if !is_name(gazetteer, first.words, first.at, end) {
        return None;
    }
    let seen = list_at(gazetteer, first.words, first.at, Manner::Subject).map_or(first.at, |list| list.end);
    let over_verb = gazetteer.verbs.has(first.words, seen);
    let ends = |place: &Place<'_, '_>| {
        let at = place.at + len;
        let sign = place.words.shape(at).is_none_or(|shape| shape == Shape::Sign);
        let role = gazetteer.roles.has(place.words, at);
        sign || role || !over_verb && gazetteer.verbs.has(place.words, at)
    };
    (seen < end && ends(first) && ends(second)).then(|| first.words.name(first.at, end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use official_document::read_text;

    fn own(text: &str) -> Vec<String> {
        named(Gazetteer::standard(), &read_text(text))
    }

    #[test]
    fn a_name_that_stands_alone_is_known_everywhere() {
        let found =
            own("KẾ HOẠCH\nThử\nI. NHIỆM VỤ\n1. Mở lớp.\n- Cơ quan chủ trì: Trung tâm Ươm mầm thấu hiểu cộng đồng Mẫu.\n");
        assert_eq!(found, ["Trung tâm Ươm mầm thấu hiểu cộng đồng Mẫu"]);
    }

    #[test]
    fn what_two_places_share_before_other_words_is_a_name() {
        let text = "KẾ HOẠCH\nThử\nI. TỔ CHỨC THỰC HIỆN\n1. Trung tâm Ươm mầm thấu hiểu sẻ chia chủ trì mở lớp.\n\
                    2. Trung tâm Ươm mầm thấu hiểu sẻ chia phối hợp với Sở Y tế.\n\
                    3. Sở Y tế tổ chức đánh giá.\n4. Sở Y tế tổ chức triển khai.\n";
        assert_eq!(own(text), ["Trung tâm Ươm mầm thấu hiểu sẻ chia"]);
    }
}
