//! The names of agencies with all the forms that documents give them.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use sea_orm::prelude::Uuid;

use super::Life;
use super::trie::Trie;
use super::words::{Gap, Word, keys, plain};
use crate::people::agency::Kind;
use crate::people::agency::name::{Model as Name, NameKind};

/// One form of one name.
#[derive(Clone, Debug)]
pub struct Entry {
    pub agency: Uuid,
    since: Option<NaiveDate>,
    until: Option<NaiveDate>,
    form: Form,
    /// Of an old unit: the place its name was told apart by, e.g. `mĩ tho` of `Phường 4 (thành phố Mỹ Tho)`.
    pub place: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// Of a body: commas may stand within.
    Body,
    /// `xã Tân Phú`, `UBND xã Tân Phú`: no comma within.
    Unit,
    /// `Tân Phú`: in a text only with capitals, and not behind a word that makes it something else.
    Bare,
}

/// What makes a bare place name the name of something else than our commune.
const NOT_BEHIND: [&str; 27] = [
    "huyện",
    "tp",
    "tx",
    "tỉnh",
    "quận",
    "đường",
    "ấp",
    "khóm",
    "phố",
    "sông",
    "kênh",
    "cầu",
    "chợ",
    "núi",
    "trường",
    "thpt",
    "thcs",
    "viện",
    "ông",
    "bà",
    "trấn",
    "xã",
    "phường",
    "ty",
    "khu",
    "vùng",
    "làng",
];

impl Entry {
    /// Whether the form was in use that day.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.since.is_none_or(|since| since <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// Whether the form had come into use by that day.
    pub fn began_by(&self, day: NaiveDate) -> bool {
        self.since.is_none_or(|since| since <= day)
    }

    /// Of a commune, ward or old unit.
    pub fn is_local(&self) -> bool {
        self.form != Form::Body
    }

    /// Whether these words of a running text can be this form.
    pub fn fits(&self, before: Option<&Word>, words: &[Word], widest: Gap) -> bool {
        match self.form {
            Form::Body => true,
            Form::Unit => widest == Gap::Space || self.place.is_some(),
            Form::Bare => {
                widest == Gap::Space
                    && words.iter().all(|word| word.capital)
                    && !before.is_some_and(|word| NOT_BEHIND.contains(&word.key.as_str()))
                    && (words.len() > 1 || !before.is_some_and(|word| word.capital))
            }
        }
    }
}

/// All forms of all names.
pub struct Index {
    pub names: Trie<Entry>,
    /// Without any mark ([`plain`]), for input that has none.
    pub folded: HashMap<String, Vec<Entry>>,
    /// By code, in lower case: `skhcn`, `28249`.
    pub codes: HashMap<String, Uuid>,
    /// The words of the province's name.
    pub province: Vec<String>,
    called: HashSet<(Uuid, String)>,
}

impl Index {
    /// Takes every name in every form.
    pub fn build(lives: &[Life], names: &[Name]) -> Self {
        let province = province_of(lives);
        let codes = lives.iter().map(|life| (life.code.to_lowercase(), life.id)).collect();
        let mut index = Self { names: Trie::default(), folded: HashMap::new(), codes, province, called: HashSet::new() };
        let kinds: HashMap<Uuid, &Life> = lives.iter().map(|life| (life.id, life)).collect();
        for name in names {
            if let Some(life) = kinds.get(&name.agency) {
                index.take(name, life.kind);
            }
        }
        index
    }

    /// Whether the agency's own name is this place.
    pub fn is_called(&self, agency: Uuid, place: &str) -> bool {
        self.called.contains(&(agency, place.to_owned()))
    }

    fn take(&mut self, name: &Name, kind: Kind) {
        let entry = Entry { agency: name.agency, since: name.since, until: name.until, form: Form::Body, place: None };
        for text in std::iter::once(&name.name).chain(&name.short_name) {
            self.folded.entry(plain(text)).or_default().push(entry.clone());
            match (kind.is_local(), name.kind) {
                (true, NameKind::Former) => self.take_unit(text, entry.clone()),
                (true, _) => self.take_local(text, entry.clone()),
                (false, _) => self.take_body(keys(text), kind, &entry),
            }
        }
    }

    /// `Phường 4 (thành phố Mỹ Tho)`: with its place, without it, and as the committee of either.
    fn take_unit(&mut self, text: &str, entry: Entry) {
        let (unit, context) = text.split_once(" (").map_or((text, ""), |(unit, rest)| (unit, rest.trim_end_matches(')')));
        let (unit, context) = (keys(unit), keys(context));
        let place = place_of(&context.join(" ")).map(str::to_owned);
        let entry = Entry { form: Form::Unit, place, ..entry };
        for committee in [false, true] {
            let front: Vec<String> = committee.then(|| "ubnd".to_owned()).into_iter().chain(unit.clone()).collect();
            if let Some(place) = &entry.place {
                self.insert([front.clone(), context.clone()].concat(), entry.clone());
                self.insert([front.clone(), place.split(' ').map(str::to_owned).collect()].concat(), entry.clone());
            }
            self.insert(front, entry.clone());
        }
    }

    fn take_local(&mut self, text: &str, entry: Entry) {
        let words = keys(text);
        let bare = !words.iter().any(|word| matches!(word.as_str(), "xã" | "phường" | "ubnd"));
        if bare {
            self.called.insert((entry.agency, words.join(" ")));
        }
        self.insert(words, Entry { form: if bare { Form::Bare } else { Form::Unit }, ..entry });
    }

    /// A body's name with and without the province behind it.
    fn take_body(&mut self, words: Vec<String>, kind: Kind, entry: &Entry) {
        let stem = self.without_province(&words);
        let needs_province = matches!(
            kind,
            Kind::ProvincialCommittee
                | Kind::Council
                | Kind::ArmedForces
                | Kind::CommitteeBody
                | Kind::FatherlandFront
                | Kind::University
                | Kind::College
        );
        let owned = stem.len() < words.len();
        self.insert(words.clone(), entry.clone());
        if kind == Kind::University || kind == Kind::College {
            self.take_school(&words, entry);
            return;
        }
        let stem_alone = owned && (!needs_province || stem.len() > 3) && stem.len() > 1;
        if stem_alone {
            self.insert(stem.clone(), entry.clone());
        }
        let province = self.province.clone();
        let tails = [vec!["tỉnh".to_owned()], [vec!["tỉnh".to_owned()], province.clone()].concat(), province];
        for tail in tails {
            self.insert([stem.clone(), tail].concat(), entry.clone());
        }
    }

    /// "Đại học Đồng Tháp" beside "Trường Đại học Đồng Tháp".
    fn take_school(&mut self, words: &[String], entry: &Entry) {
        if words.first().is_some_and(|word| word == "trường") {
            self.insert(words[1..].to_vec(), entry.clone());
        } else {
            self.insert([vec!["trường".to_owned()], words.to_vec()].concat(), entry.clone());
        }
    }

    fn without_province(&self, words: &[String]) -> Vec<String> {
        let mut stem = words;
        if !self.province.is_empty() {
            stem = stem.strip_suffix(self.province.as_slice()).filter(|stem| !stem.is_empty()).unwrap_or(stem);
        }
        match stem {
            [stem @ .., last] if last == "tỉnh" && !stem.is_empty() => stem.to_vec(),
            _ => stem.to_vec(),
        }
    }

    fn insert(&mut self, words: Vec<String>, entry: Entry) {
        let known = self.names.at_keys(&words).iter().any(|one| {
            one.agency == entry.agency && one.since == entry.since && one.until == entry.until && one.place == entry.place
        });
        if known || words.is_empty() {
            return;
        }
        self.names.insert(&words, entry);
    }
}

/// The words of the province's name, from the name of its People's Committee.
fn province_of(lives: &[Life]) -> Vec<String> {
    let committee = lives.iter().find(|life| life.kind == Kind::ProvincialCommittee);
    let words = committee.map(|life| keys(&life.name)).unwrap_or_default();
    match words.as_slice() {
        [committee, unit, name @ ..] if committee == "ubnd" && (unit == "tỉnh" || unit == "tp") => name.to_vec(),
        _ => Vec::new(),
    }
}

/// The words' keys, with spaces.
pub fn join(words: &[Word]) -> String {
    words.iter().map(|word| word.key.as_str()).collect::<Vec<_>>().join(" ")
}

/// `mĩ tho` of `tp mĩ tho`: the name of a former district, town or city.
pub fn place_of(context: &str) -> Option<&str> {
    ["tp ", "tx ", "huyện "].iter().find_map(|unit| context.strip_prefix(unit))
}

/// "tỉnh", "tỉnh Đồng Tháp", "Đồng Tháp".
pub fn is_province(words: &[Word], province: &[String]) -> bool {
    let keys: Vec<&str> = words.iter().map(|word| word.key.as_str()).collect();
    let name = keys.strip_prefix(&["tỉnh"]).unwrap_or(&keys);
    (name.is_empty() && !keys.is_empty()) || (!province.is_empty() && name.iter().eq(province.iter()))
}
