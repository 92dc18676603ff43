//! Which provisions a question is about: how much of its topic each one says, rare words and words that stand together weighing more. Pure.

use std::collections::{HashMap, HashSet};

use super::intent::{self, Intent, Wish};

/// Of a topic, a provision has to say so much before anything is answered from it.
const SAYS_MIN: f64 = 0.62;
/// Of wishes that few provisions answer, less is enough where no other says half of it.
const SAYS_MIN_OF_FEW: f64 = 0.45;
const ALONE: f64 = 0.5;
/// An agency's name is meant when so much of it is said.
const NAMED: f64 = 0.6;
/// One that says nearly as much is shown beside it.
const NEARLY: f64 = 0.93;
/// Words and neighbours.
const WORDS: f64 = 0.65;
const PAIRS: f64 = 0.35;
/// What stands around a provision (its headings, who is named) says half.
const AROUND: f64 = 0.6;
/// One that says so much less than another, which does not have what is asked, is not what the question is about.
const MEANT: f64 = 0.75;
/// A topic of fewer words is about too much.
const TOPIC_MIN: usize = 2;
/// More candidates help nobody.
pub const SHOWN_MAX: usize = 3;

/// A provision as it is matched.
#[derive(Clone, Debug, Default)]
pub struct Candidate {
    words: HashSet<String>,
    pairs: HashSet<String>,
    around: HashSet<String>,
    around_pairs: HashSet<String>,
    names: Vec<HashSet<String>>,
    pub has: Has,
}

/// What a provision can answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Has {
    pub lead: bool,
    pub support: bool,
    pub recipient: bool,
    pub due: bool,
    pub report: bool,
    pub percent: bool,
    pub number: bool,
    pub exception: bool,
    /// Says which part somebody plays.
    pub role: bool,
}

impl Candidate {
    /// Of its text, the headings above it and the names of the bodies that lead.
    #[must_use]
    pub fn new(text: &str, headings: &[String], leads: &[&str], has: Has) -> Self {
        let own = intent::words(text);
        let mut around: Vec<String> = Vec::new();
        for piece in headings.iter().map(String::as_str).chain(leads.iter().copied()) {
            around.extend(intent::words(piece));
            around.push(String::new()); // no pair over the edge
        }
        Self {
            pairs: pairs(&own),
            words: own.into_iter().collect(),
            around_pairs: pairs(&around),
            around: around.into_iter().filter(|word| !word.is_empty()).collect(),
            names: leads
                .iter()
                .map(|name| intent::words(name).into_iter().filter(|word| !intent::is_empty(word)).collect())
                .collect(),
            has,
        }
    }

    /// From 0 to 1: how much of the name of a body that leads is said.
    fn named(&self, topic: &[String]) -> f64 {
        let share = |name: &HashSet<String>| {
            let said = name.iter().filter(|word| topic.contains(word)).count();
            said as f64 / name.len().max(1) as f64
        };
        self.names.iter().map(share).fold(0.0, f64::max)
    }

    fn answers(&self, wish: Wish) -> bool {
        match wish {
            Wish::Lead => self.has.lead,
            Wish::Support => self.has.support,
            Wish::Due => self.has.due,
            Wish::Percent => self.has.percent,
            Wish::Number => self.has.number,
            Wish::ReportDay => self.has.report,
            Wish::Recipient => self.has.recipient,
            Wish::Exception => self.has.exception,
            Wish::Role => self.has.role,
            Wish::Work => self.has.lead,
            Wish::Basis => false,
        }
    }
}

/// All provisions, with how rare their words are.
#[derive(Clone, Debug, Default)]
pub struct Candidates {
    all: Vec<Candidate>,
    counts: HashMap<String, usize>,
}

/// Which provisions answer a wish, the best first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    pub wish: Wish,
    pub places: Vec<usize>,
}

impl Candidates {
    #[must_use]
    pub fn new(all: Vec<Candidate>) -> Self {
        let mut counts: HashMap<String, usize> = HashMap::new();
        for one in &all {
            let terms: HashSet<&String> =
                [&one.words, &one.around, &one.pairs, &one.around_pairs].into_iter().flatten().collect();
            terms.into_iter().for_each(|term| *counts.entry(term.clone()).or_default() += 1);
        }
        Self { all, counts }
    }

    /// For each wish the provisions that answer it: one, several that say about the same, or none.
    #[must_use]
    pub fn choose(&self, intent: &Intent) -> Vec<Chosen> {
        if intent.topic.len() < TOPIC_MIN && intent.wishes != [Wish::ReportDay] {
            return Vec::new();
        }
        let of = |wish: &Wish| {
            Some(Chosen { wish: *wish, places: self.of(*wish, &intent.topic) }).filter(|one| !one.places.is_empty())
        };
        intent.wishes.iter().filter_map(of).collect()
    }

    fn of(&self, wish: Wish, topic: &[String]) -> Vec<usize> {
        let is_meant = |one: &Candidate| wish != Wish::Work || one.named(topic) >= NAMED;
        let answering = self.all.iter().enumerate().filter(|(_, one)| one.answers(wish) && is_meant(one));
        if wish == Wish::ReportDay {
            return self.reports(answering, topic);
        }
        let mut scored: Vec<(usize, f64)> = answering.map(|(at, one)| (at, self.says(one, topic, wish))).collect();
        scored.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        let Some((_, best)) = scored.first().copied() else { return Vec::new() };
        let second = scored.get(1).map_or(0.0, |(_, says)| *says);
        let is_plain = matches!(wish, Wish::Lead | Wish::Support | Wish::Due | Wish::Percent | Wish::Number);
        if is_plain && self.about(wish, topic).is_some_and(|(_, says)| best < says * MEANT) {
            return Vec::new();
        }
        let is_of_few = matches!(wish, Wish::Recipient | Wish::Exception | Wish::Role);
        let is_enough = best >= SAYS_MIN || (is_of_few && best >= SAYS_MIN_OF_FEW && second <= best * ALONE);
        if !is_enough {
            return Vec::new();
        }
        scored.into_iter().take_while(|(_, says)| *says >= best * NEARLY).map(|(at, _)| at).take(SHOWN_MAX).collect()
    }

    /// The provision that the topic is about among those that do not have what is wished, with how much of it that says.
    fn about(&self, wish: Wish, topic: &[String]) -> Option<(usize, f64)> {
        let without = self.all.iter().enumerate().filter(|(_, one)| !one.answers(wish));
        let scored = without.map(|(at, one)| (at, self.says(one, topic, wish)));
        scored.max_by(|one, other| one.1.total_cmp(&other.1).then(other.0.cmp(&one.0))).filter(|(_, says)| *says >= SAYS_MIN)
    }

    /// The provision that a question is about where it does not have what is asked for, and no other answers.
    #[must_use]
    pub fn lacking(&self, wish: Wish, topic: &[String]) -> Option<usize> {
        if topic.len() < TOPIC_MIN || !self.of(wish, topic).is_empty() {
            return None;
        }
        self.about(wish, topic).map(|(at, _)| at)
    }

    /// Report days are few: those of whom the question names, or all of them.
    fn reports<'a>(&self, answering: impl Iterator<Item = (usize, &'a Candidate)>, topic: &[String]) -> Vec<usize> {
        let all: Vec<(usize, &Candidate)> = answering.collect();
        let about: Vec<&String> = topic
            .iter()
            .filter(|word| !["bao", "cao", "dinh", "ky", "ngay", "truoc", "ket", "qua"].contains(&word.as_str()))
            .collect();
        let known = about.iter().filter(|word| self.counts.contains_key(word.as_str())).count();
        if known * 2 < about.len() {
            return Vec::new(); // about reports of something that no plan knows
        }
        let best = all.iter().map(|(_, one)| one.named(topic)).fold(0.0, f64::max);
        let kept = |one: &Candidate| best < NAMED || one.named(topic) >= best * NEARLY;
        all.into_iter().filter(|(_, one)| kept(one)).map(|(at, _)| at).take(SHOWN_MAX).collect()
    }

    /// From 0 to 1: how much of the topic the provision says.
    fn says(&self, one: &Candidate, topic: &[String], wish: Wish) -> f64 {
        let around = if wish == Wish::Work { 1.0 } else { AROUND };
        let share = |terms: &[String], own: &HashSet<String>, beside: &HashSet<String>| {
            let (mut said, mut all) = (0.0, 0.0);
            for term in terms {
                let weight = self.rarity(term);
                all += weight;
                said += weight
                    * if own.contains(term) {
                        1.0
                    } else if beside.contains(term) {
                        around
                    } else {
                        0.0
                    };
            }
            if all > 0.0 { said / all } else { 0.0 }
        };
        let mut words = topic.to_vec();
        words.sort();
        words.dedup();
        let mut neighbours: Vec<String> = pairs(topic).into_iter().collect();
        neighbours.sort();
        WORDS * share(&words, &one.words, &one.around) + PAIRS * share(&neighbours, &one.pairs, &one.around_pairs)
    }

    /// What nobody says is the rarest: a question about something else must not look answered.
    fn rarity(&self, term: &str) -> f64 {
        let count = self.counts.get(term).copied().unwrap_or_default() as f64;
        let all = self.all.len() as f64;
        (1.0 + (all - count + 0.5) / (count + 0.5)).ln()
    }
}

/// Neighbours.
fn pairs(words: &[String]) -> HashSet<String> {
    words.windows(2).filter(|pair| pair.iter().all(|word| !word.is_empty())).map(|pair| pair.join(" ")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidates() -> Candidates {
        let lead = |due: bool| Has { lead: true, due, ..Has::default() };
        let of = |text: &str, name: &str, has: Has| Candidate::new(text, &["II. NHIỆM VỤ".to_owned()], &[name], has);
        Candidates::new(vec![
            of("Lập danh mục tuyến đường cần trồng cây. Hoàn thành trong năm 2026.", "Sở Xây dựng", lead(true)),
            of("Chăm sóc cây đã trồng ở tuyến đường.", "Sở Xây dựng", lead(false)),
            of("Mở lớp dạy nghề cho thanh niên nông thôn.", "Sở Nội vụ", lead(true)),
            of("Mở lớp dạy nghề cho thanh niên thành thị.", "Sở Nội vụ", lead(true)),
            of("Gửi báo cáo trước ngày 20 tháng 6.", "Các sở", Has { lead: true, report: true, ..Has::default() }),
        ])
    }

    fn chosen(question: &str) -> Vec<Vec<usize>> {
        let intent = intent::read(question).expect("an intent");
        candidates().choose(&intent).into_iter().map(|one| one.places).collect()
    }

    #[test]
    fn one_that_says_it_is_chosen_and_two_are_shown() {
        assert_eq!(chosen("Ai chủ trì lập danh mục tuyến đường?"), [[0]]);
        assert_eq!(chosen("ai chu tri lap danh muc tuyen duong"), [[0]]);
        assert_eq!(chosen("Ai chủ trì mở lớp dạy nghề cho thanh niên?"), [[2, 3]]);
        assert_eq!(chosen("Bao giờ gửi báo cáo?"), [[4]]);
    }

    #[test]
    fn what_a_provision_lacks_is_not_taken_from_another() {
        let intent = intent::read("Chăm sóc cây đã trồng ở tuyến đường khi nào xong?").expect("an intent");
        assert!(candidates().choose(&intent).is_empty(), "the other one has a deadline, and is not about it");
        assert_eq!(candidates().lacking(Wish::Due, &intent.topic), Some(1));
        let other = intent::read("Xây cầu vượt sông Tiền khi nào xong?").expect("an intent");
        assert_eq!(candidates().lacking(Wish::Due, &other.topic), None);
    }

    #[test]
    fn nothing_is_guessed() {
        assert!(chosen("Ai chủ trì xây cầu vượt sông Tiền?").is_empty());
        assert!(chosen("Ai chủ trì tuyến tàu điện ngầm?").is_empty());
        assert!(chosen("Lớp học bơi mùa hè bao giờ mở?").is_empty());
    }
}
