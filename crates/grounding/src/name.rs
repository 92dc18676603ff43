//! Names, and who does what.

use crate::Lack;
use crate::reading::{Kind, Reading};

/// Names that begin so go on in small letters: "Sở Tài chính".
const AGENCIES: [&str; 20] = [
    "sở",
    "ban",
    "phòng",
    "bộ",
    "ủy",
    "trung",
    "cục",
    "chi",
    "văn",
    "công",
    "đoàn",
    "hội",
    "trường",
    "tòa",
    "viện",
    "kho",
    "tổ",
    "đài",
    "báo",
    "bảo",
];
/// What somebody does, as the first two words of it.
const ROLES: [[&str; 2]; 12] = [
    ["chủ", "trì"],
    ["phối", "hợp"],
    ["chịu", "trách"],
    ["ban", "hành"],
    ["phê", "duyệt"],
    ["tham", "mưu"],
    ["báo", "cáo"],
    ["hướng", "dẫn"],
    ["thẩm", "định"],
    ["tổ", "chức"],
    ["quyết", "định"],
    ["tổng", "hợp"],
];
/// Behind a role, these lead to who has it.
const LEADING: [&str; 3] = ["là", "bởi", "do"];
/// So far from a role its name stands, in words.
const NEAR: usize = 24;

pub fn lacks(said: &Reading, sources: &[Reading]) -> Vec<Lack> {
    let mut lacks = Vec::new();
    for name in names(said) {
        if !sources.iter().any(|source| source.places(&name.keys).next().is_some()) {
            lacks.push(Lack::Name(name.keys.join(" ")));
        }
    }
    for at in 0..said.words.len() {
        let Some(role) = role(said, at) else { continue };
        let Some(name) = holder(said, at) else { continue };
        if !sources.iter().any(|source| has_role(source, role, &name)) {
            lacks.push(Lack::Role(name.join(" ")));
        }
    }
    lacks
}

struct Name {
    from: usize,
    keys: Vec<String>,
}

/// Runs of words with capitals. A lone capital at the beginning of a sentence is none; an agency's name goes on for one small word.
fn names(said: &Reading) -> Vec<Name> {
    let mut found = Vec::new();
    let mut at = 0;
    let is_capital = |at: usize| said.words.get(at).is_some_and(|word| word.is_capital && word.kind == Kind::Word);
    while at < said.words.len() {
        if !is_capital(at) {
            at += 1;
            continue;
        }
        let from = at;
        at += 1;
        while is_capital(at) && said.words[at - 1].joins && !said.words[at].begins {
            at += 1;
        }
        if said.words[from].begins && at == from + 1 {
            continue;
        }
        let of_people = from + 1 == at && said.key(from + 2) == "nhân" && said.key(from + 3) == "dân";
        let goes_on = AGENCIES.contains(&said.key(from)) && said.words[at - 1].joins && at < said.words.len();
        // "Ủy ban nhân dân tỉnh" up to whose it is.
        let end = match (of_people, goes_on) {
            (true, _) => said.words.len().min(from + 5),
            (_, true) => at + 1,
            _ => at,
        };
        let keys = said.words[from..end].iter().map(|word| word.key.clone()).collect();
        found.push(Name { from, keys });
    }
    found
}

fn role(reading: &Reading, at: usize) -> Option<[&'static str; 2]> {
    ROLES
        .into_iter()
        .find(|[first, second]| reading.key(at) == *first && reading.key(at + 1) == *second && !reading.words[at].is_capital)
}

/// Who has the role at a place: the last name before it in its sentence, or the name it leads to.
fn holder(said: &Reading, at: usize) -> Option<Vec<String>> {
    let all = names(said);
    let begun = (0..=at).rev().find(|place| said.words[*place].begins).unwrap_or(0);
    let before = all.iter().rev().find(|name| name.from >= begun && name.from < at && at - name.from <= NEAR);
    let behind = || all.iter().find(|name| leads(said, at) && name.from > at && name.from - at <= NEAR);
    before.or_else(behind).map(|name| name.keys.clone())
}

/// Whether what stands behind a role says who has it: "chủ trì: Sở …", "chủ trì là Sở …".
fn leads(reading: &Reading, at: usize) -> bool {
    reading.words.get(at + 1).is_some_and(|word| word.colon) || LEADING.contains(&reading.key(at + 2))
}

/// Whether a name stands with a role: before it and behind the role before, or where the role leads to it.
fn has_role(source: &Reading, role_wanted: [&str; 2], name: &[String]) -> bool {
    let places: Vec<usize> = source.places(name).collect();
    (0..source.words.len()).filter(|at| role(source, *at) == Some(role_wanted)).any(|at| {
        let from = (at.saturating_sub(NEAR)..at)
            .rev()
            .find(|place| source.words[place + 1].begins || role(source, *place).is_some())
            .map_or(at.saturating_sub(NEAR), |place| place + 1);
        let to = (at + 1..source.words.len().min(at + NEAR))
            .find(|place| source.words[*place].begins || role(source, *place).is_some())
            .unwrap_or(source.words.len().min(at + NEAR));
        places.iter().any(|place| (from..at).contains(place) || (leads(source, at) && (at..to).contains(place)))
    })
}
