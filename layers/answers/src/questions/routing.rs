//! Which bodies a question may be for: those it names, and those whose name and duties have its words. A suggestion: people decide.

use std::collections::{HashMap, HashSet};

use sea_orm::entity::prelude::*;

use crate::base::{App, time};
use crate::duties::{duty, holder};
use crate::people::agency::brief::Known;
use crate::people::resolve::{Resolution, Resolver};
use crate::web::Result;

/// As many are suggested.
const SUGGESTED: usize = 3;
/// What naming a body weighs beside its words.
const NAMED: f64 = 12.0;
/// A node reads the fields of agencies no oftener.
const LATELY_S: i64 = 600;
/// Words that every name and duty has, folded.
const EMPTY: [&str; 22] = [
    "va", "cac", "cua", "ve", "cho", "duoc", "trong", "den", "tu", "voi", "de", "nhung", "mot", "theo", "tai", "tren", "so",
    "tinh", "uy", "ban", "nhan", "dan",
];

/// The words of each open agency's field.
#[derive(Debug, Default)]
pub struct Fields {
    of: Vec<(Uuid, HashSet<String>)>,
    /// In how many fields a word stands.
    spread: HashMap<String, u32>,
}

impl Fields {
    /// Of texts by agency.
    #[must_use]
    pub fn new(texts: HashMap<Uuid, String>) -> Self {
        let mut fields = Self::default();
        for (agency, text) in texts {
            let words = words(&text);
            for word in &words {
                *fields.spread.entry(word.clone()).or_default() += 1;
            }
            fields.of.push((agency, words));
        }
        fields
    }

    /// How much each body's field has of a text, the best first; those without anything are left out.
    #[must_use]
    pub fn near(&self, text: &str) -> Vec<(Uuid, f64)> {
        let asked = words(text);
        let all = f64::from(u32::try_from(self.of.len()).unwrap_or(u32::MAX));
        let weigh = |word: &String| {
            let spread = f64::from(self.spread.get(word).copied().unwrap_or(1));
            // Pairs say more than single syllables.
            (1.0 + all / spread).ln() * if word.contains(' ') { 2.0 } else { 0.5 }
        };
        let score = |field: &HashSet<String>| asked.iter().filter(|word| field.contains(*word)).map(weigh).sum::<f64>();
        let mut scored: Vec<(Uuid, f64)> = self.of.iter().map(|(agency, field)| (*agency, score(field))).collect();
        scored.retain(|(_, score)| *score > 1.0);
        scored.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        scored
    }
}

/// Syllables and pairs of them, folded, without those that say nothing.
fn words(text: &str) -> HashSet<String> {
    let folded = vietnamese::fold(text);
    let all: Vec<&str> = folded
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| word.len() > 1 && !EMPTY.contains(word) && !word.bytes().all(|byte| byte.is_ascii_digit()))
        .collect();
    let pairs = all.windows(2).map(|pair| format!("{} {}", pair[0], pair[1]));
    pairs.chain(all.iter().map(|word| (*word).to_owned())).collect()
}

async fn read(app: &App) -> Result<Fields> {
    let (known, today) = (Known::now(app).await?, time::local_date(app.clock.now()));
    let mut texts: HashMap<Uuid, String> = known
        .values()
        .filter(|body| body.is_open_on(today))
        .map(|body| (body.id, format!("{} {}", body.name, body.short_name)))
        .collect();
    let held: Vec<(Uuid, Uuid)> = {
        use sea_orm::QuerySelect;
        let holders = holder::Entity::find().select_only().columns([holder::Column::Duty, holder::Column::Agency]);
        holders
            .filter(holder::Column::Agency.is_not_null())
            .filter(holder::Column::Part.eq(holder::Part::Lead))
            .into_tuple()
            .all(&app.db)
            .await?
    };
    let duties = duty::Entity::find().all(&app.db).await?;
    let titles: HashMap<Uuid, String> = duties.into_iter().map(|duty| (duty.id, duty.title)).collect();
    for (duty, agency) in held {
        if let (Some(text), Some(title)) = (texts.get_mut(&agency), titles.get(&duty)) {
            text.push(' ');
            text.push_str(title);
        }
    }
    Ok(Fields::new(texts))
}

/// The bodies it may be for, the best first; never that one.
///
/// # Errors
/// The database failed.
pub async fn suggest(app: &App, text: &str, not: Uuid) -> Result<Vec<Uuid>> {
    let fields = app.lately("question-fields", LATELY_S, read(app)).await?;
    let resolver = Resolver::of(app).await?;
    let mut scores: HashMap<Uuid, f64> = fields.near(text).into_iter().collect();
    for found in resolver.find_in(text, time::local_date(app.clock.now())) {
        if let Resolution::Agency(agency) = found.resolution {
            *scores.entry(agency).or_default() += NAMED;
        }
    }
    scores.remove(&not);
    let mut scored: Vec<(Uuid, f64)> = scores.into_iter().collect();
    scored.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
    Ok(scored.into_iter().take(SUGGESTED).map(|(agency, _)| agency).collect())
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn the_words_of_a_field_find_its_body() {
        let (health, school) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let fields = Fields::new(HashMap::from([
            (health, "Sở Y tế khám chữa bệnh từ xa, hồ sơ sức khỏe điện tử".to_owned()),
            (school, "Sở Giáo dục và Đào tạo kỹ năng số cho học sinh".to_owned()),
        ]));
        assert_eq!(fields.near("Hồ sơ sức khỏe điện tử của tôi xem ở đâu?")[0].0, health);
        assert_eq!(fields.near("hoc sinh hoc ky nang so o dau")[0].0, school, "without accents, too");
        assert!(fields.near("trời mưa quá").is_empty());
    }
}
