//! An amended plan beside the adopted one: what is carried over, what changed and how, what is new, what is gone.
//!
//! Provisions are matched by their words, not by their numbers, so that an inserted bullet shifts paths and loses nothing.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::model::{Deadline, Provision, Target};
use super::similarity::{Index, pairs};
use super::words::{canonical, text_key};

/// Likeness from which two provisions are one, amended.
const SAME_MIN: f64 = 0.5;
/// Likeness from which two provisions at the same path are one, amended.
const SAME_PLACE_MIN: f64 = 0.3;

/// The amended plan against the adopted one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// Equal in everything but perhaps the path.
    pub carried: Vec<Pair>,
    /// The same provision with other words, bodies, deadline or target.
    pub changed: Vec<Change>,
    /// Paths of the amended plan that the adopted one does not have.
    pub new: Vec<String>,
    /// Paths of the adopted plan that the amended one does not have.
    pub gone: Vec<String>,
}

/// One provision in both plans.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair {
    /// Its path in the adopted plan.
    pub before: String,
    /// Its path in the amended plan.
    pub after: String,
}

/// One provision that changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Its path in the adopted plan.
    pub before: String,
    /// Its path in the amended plan.
    pub after: String,
    /// What changed: "text", "kind", "leads", "cooperates", "recipients", "role", "deadline", "target", "result".
    pub fields: Vec<String>,
    /// Likeness of the texts, 0 to 1.
    pub score: f64,
}

impl Comparison {
    /// Where each path of the adopted plan went.
    pub fn paths(&self) -> HashMap<&str, &str> {
        let carried = self.carried.iter().map(|pair| (pair.before.as_str(), pair.after.as_str()));
        carried.chain(self.changed.iter().map(|change| (change.before.as_str(), change.after.as_str()))).collect()
    }
}

/// Compares the provisions of an amended plan with those of the adopted one, in time nearly linear in their number.
pub fn compare(adopted: &[Provision], amended: &[Provision]) -> Comparison {
    let mut matching = Matching { adopted, amended, partner: vec![None; amended.len()], taken: vec![false; adopted.len()] };
    matching.same_words();
    matching.like_words();
    matching.comparison()
}

struct Matching<'a> {
    adopted: &'a [Provision],
    amended: &'a [Provision],
    /// For each amended provision its adopted one and their likeness.
    partner: Vec<Option<(usize, f64)>>,
    taken: Vec<bool>,
}

impl Matching<'_> {
    fn pair(&mut self, before: usize, after: usize, score: f64) {
        self.taken[before] = true;
        self.partner[after] = Some((before, score));
    }

    /// Texts that are equal word for word; among several the same path first, then the same leads, then the order.
    fn same_words(&mut self) {
        let mut groups: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, one) in self.adopted.iter().enumerate() {
            groups.entry(text_key(&one.text)).or_default().push(place);
        }
        let keys: Vec<String> = self.amended.iter().map(|one| text_key(&one.text)).collect();
        let tests: [fn(&Provision, &Provision) -> bool; 3] = [
            |one, other| one.path == other.path,
            |one, other| one.leads == other.leads && one.headings.last() == other.headings.last(),
            |_, _| true,
        ];
        for test in tests {
            for (after, key) in keys.iter().enumerate() {
                let Some(group) = groups.get_mut(key).filter(|_| self.partner[after].is_none()) else { continue };
                // Boilerplate that hundreds of provisions share is matched in order, so that the search stays short.
                let found = group.iter().take(200).position(|before| test(&self.adopted[*before], &self.amended[after]));
                if let Some(at) = found {
                    let before = group.remove(at);
                    self.pair(before, after, 1.0);
                }
            }
        }
    }

    /// Texts that are alike, the most alike first.
    fn like_words(&mut self) {
        let free: Vec<usize> = (0..self.adopted.len()).filter(|place| !self.taken[*place]).collect();
        let index = Index::of(free.iter().map(|place| pairs(&self.adopted[*place].text)).collect());
        let mut scored: Vec<(f64, usize, usize)> = Vec::new();
        for after in (0..self.amended.len()).filter(|after| self.partner[*after].is_none()) {
            let own = pairs(&self.amended[after].text);
            for candidate in index.candidates(&own) {
                let before = free[candidate];
                let score = index.likeness(&own, candidate);
                let same_place = self.adopted[before].path == self.amended[after].path;
                if score >= SAME_MIN || same_place && score >= SAME_PLACE_MIN {
                    scored.push((score + if same_place { 0.05 } else { 0.0 }, before, after));
                }
            }
        }
        scored.sort_by(|one, other| other.0.total_cmp(&one.0).then((one.1, one.2).cmp(&(other.1, other.2))));
        for (score, before, after) in scored {
            if !self.taken[before] && self.partner[after].is_none() {
                self.pair(before, after, score.min(1.0));
            }
        }
    }

    fn comparison(self) -> Comparison {
        let mut all = Comparison::default();
        for (after, partner) in self.partner.iter().enumerate() {
            let new = &self.amended[after];
            let Some((before, score)) = *partner else {
                all.new.push(new.path.clone());
                continue;
            };
            let old = &self.adopted[before];
            let fields = differences(old, new);
            let (before, after) = (old.path.clone(), new.path.clone());
            if fields.is_empty() {
                all.carried.push(Pair { before, after });
            } else {
                all.changed.push(Change { before, after, fields, score });
            }
        }
        let gone = self.taken.iter().zip(self.adopted).filter(|(taken, _)| !**taken);
        all.gone = gone.map(|(_, one)| one.path.clone()).collect();
        all
    }
}

/// The fields in which two provisions differ.
fn differences(old: &Provision, new: &Provision) -> Vec<String> {
    let same_names = |one: &[String], other: &[String]| {
        one.len() == other.len() && one.iter().zip(other).all(|(a, b)| canonical(a) == canonical(b))
    };
    let tests = [
        ("text", text_key(&old.text) != text_key(&new.text)),
        ("kind", old.kind != new.kind),
        ("leads", !same_names(&old.leads, &new.leads)),
        ("cooperates", !same_names(&old.cooperates, &new.cooperates)),
        ("recipients", !same_names(&old.recipients, &new.recipients)),
        ("role", old.role != new.role),
        ("deadline", when(&old.deadline) != when(&new.deadline)),
        ("target", !same_target(old.target.as_ref(), new.target.as_ref())),
        ("result", old.result.as_deref().map(canonical) != new.result.as_deref().map(canonical)),
    ];
    tests.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field.to_owned()).collect()
}

/// A deadline without the words it was read from.
fn when(deadline: &Deadline) -> Deadline {
    Deadline { raw: None, source: None, ..deadline.clone() }
}

fn same_target(old: Option<&Target>, new: Option<&Target>) -> bool {
    match (old, new) {
        (None, None) => true,
        (Some(old), Some(new)) => {
            let values =
                |one: &Target| (one.op.clone(), one.value, one.value_to, one.unit.clone(), one.exclude.clone(), one.year);
            values(old) == values(new)
                && old.more.len() == new.more.len()
                && old.more.iter().zip(&new.more).all(|(a, b)| values(a) == values(b))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Gazetteer, recognise};
    use super::*;

    fn plan(text: &str) -> Vec<Provision> {
        recognise(&official_document::read_text(text), Gazetteer::standard()).provisions
    }

    const ADOPTED: &str = "Số: 5/KH-UBND\nKẾ HOẠCH\nTruyền thông\nI. NHIỆM VỤ\n1. Sở Y tế\n- Mở lớp tập huấn cho cộng tác viên ấp. Hoàn thành trong năm 2026.\n- Phát thanh thông điệp phòng bệnh trên loa xã. Nhiệm vụ thường xuyên.\n2. Sở Nội vụ\n- Phối hợp với Sở Y tế thực hiện Kế hoạch.\n3. Sở Tài chính\n- Phối hợp với Sở Y tế thực hiện Kế hoạch.\nII. KINH PHÍ\n1. Ngân sách tỉnh.\n";

    #[test]
    fn an_unchanged_plan_is_carried_whole() {
        let all = plan(ADOPTED);
        let compared = compare(&all, &all);
        assert_eq!(
            (compared.carried.len(), compared.changed.len(), compared.new.len(), compared.gone.len()),
            (all.len(), 0, 0, 0)
        );
        assert!(compared.carried.iter().all(|pair| pair.before == pair.after));
    }

    #[test]
    fn an_inserted_bullet_shifts_paths_and_loses_nothing() {
        let amended = ADOPTED
            .replace("năm 2026", "năm 2027")
            .replace("- Mở lớp", "- Khảo sát nhu cầu học tập của người dân vùng sâu. Hoàn thành trong năm 2026.\n- Mở lớp");
        let compared = compare(&plan(ADOPTED), &plan(&amended));
        assert_eq!(compared.new, ["I.1.1"]);
        assert!(compared.gone.is_empty());
        let change = &compared.changed[0];
        assert_eq!((change.before.as_str(), change.after.as_str()), ("I.1.1", "I.1.2"));
        assert_eq!(change.fields, ["text", "deadline"]);
        assert_eq!(compared.paths()["I.1.2"], "I.1.3");
        assert_eq!(compared.paths()["I.2.1"], "I.2.1");
        assert_eq!(compared.paths()["I.3.1"], "I.3.1");
    }

    #[test]
    fn order_does_not_matter() {
        let adopted = plan(ADOPTED);
        let mut turned = adopted.clone();
        turned.reverse();
        let compared = compare(&adopted, &turned);
        assert_eq!((compared.carried.len(), compared.changed.len()), (adopted.len(), 0));
        assert!(compared.carried.iter().all(|pair| pair.before == pair.after));
    }

    #[test]
    fn a_new_lead_is_told() {
        let amended = ADOPTED.replace("1. Sở Y tế\n", "1. Sở Y tế và Công an tỉnh\n");
        let compared = compare(&plan(ADOPTED), &plan(&amended));
        assert_eq!(compared.changed.len(), 2);
        assert!(compared.changed.iter().all(|change| change.fields == ["leads"]));
    }

    #[test]
    fn thousands_of_equal_and_of_different_texts_take_little_time() {
        let template = plan(ADOPTED).remove(0);
        let many = |text: &dyn Fn(usize) -> String| -> Vec<Provision> {
            (0..4000).map(|number| Provision { path: number.to_string(), text: text(number), ..template.clone() }).collect()
        };
        let start = std::time::Instant::now();
        let equal = many(&|_| "Thực hiện Kế hoạch này".into());
        assert_eq!(compare(&equal, &equal).carried.len(), 4000);
        let different = many(&|number| format!("Nhiệm vụ chung của đơn vị số {number} trong kỳ {}", number * 7));
        let amended = many(&|number| format!("Nhiệm vụ chung của đơn vị số {number} trong kỳ {} và kỳ sau", number * 7));
        assert_eq!(compare(&different, &amended).gone.len(), 0);
        assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
    }
}
