//! Which questions ask nearly the same: the share of pairs of neighbouring syllables that two have in common. Candidates come from the
//! search index where it is open, and from the table.

use std::collections::HashSet;

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use super::question::{self, Column, Question, State};
use crate::base::App;
use crate::search::asking::{self, Wanted};
use crate::web::Result;

/// As many are offered.
const OFFERED: usize = 3;
/// Likeness from which two are offered as one.
const ALIKE_MIN: f64 = 0.34;
/// Hits of the index that are looked at, and rows of the table.
const HITS: usize = 20;
const ROWS: u64 = 300;

/// The pairs of neighbouring syllables of a folded text; the syllables where it has but one.
fn pairs(folded: &str) -> HashSet<(&str, &str)> {
    let words: Vec<&str> = folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    match words.as_slice() {
        [one] => HashSet::from([(*one, "")]),
        words => words.windows(2).map(|pair| (pair[0], pair[1])).collect(),
    }
}

/// 0 to 1: twice what both have, of what they have together (Dice).
#[must_use]
pub fn likeness(one: &str, other: &str) -> f64 {
    let (one, other) = (pairs(one), pairs(other));
    let together = one.len() + other.len();
    if together == 0 {
        return 0.0;
    }
    let both = u32::try_from(one.intersection(&other).count() * 2).unwrap_or(u32::MAX);
    f64::from(both) / f64::from(u32::try_from(together).unwrap_or(u32::MAX))
}

/// The best of these, with nothing that is too far.
fn best(words: &str, rows: Vec<Question>) -> Vec<Question> {
    let mut scored: Vec<(f64, Question)> = rows.into_iter().map(|row| (likeness(words, &row.words), row)).collect();
    scored.retain(|(score, _)| *score >= ALIKE_MIN);
    scored.sort_by(|one, other| other.0.total_cmp(&one.0).then(other.1.asked_at.cmp(&one.1.asked_at)));
    scored.into_iter().take(OFFERED).map(|(_, row)| row).collect()
}

/// Published questions that ask nearly the same, for who is about to ask.
///
/// # Errors
/// The index is damaged, or the database failed.
pub async fn published(app: &App, text: &str) -> Result<Vec<Question>> {
    let words = vietnamese::fold(text).into_owned();
    let q: String = text.chars().take(asking::LETTERS_MAX).collect();
    let wanted = Wanted { q, kind: "question".into(), limit: HITS, ..Wanted::default() };
    let mut slugs: Vec<String> = Vec::new();
    if let Some(answer) = asking::ask(app, wanted).await? {
        let urls = answer.hits.iter().map(|hit| asking::shown(&hit.document).url);
        slugs.extend(urls.filter_map(|url| url.rsplit('/').next().map(str::to_owned)));
    }
    let mut rows = Vec::new();
    if !slugs.is_empty() {
        rows = question::valid().filter(Column::Slug.is_in(slugs)).all(&app.db).await?;
    }
    if rows.is_empty() {
        rows = question::valid().order_by_desc(Column::ShownAt).limit(ROWS).all(&app.db).await?;
    }
    Ok(best(&words, rows))
}

/// Questions at any body that ask nearly the same as this one, for who works on it.
///
/// # Errors
/// The database failed.
pub async fn open(app: &App, question: &Question) -> Result<Vec<Question>> {
    let rows = question::Entity::find()
        .filter(Column::Id.ne(question.id))
        .filter(Column::State.is_in([State::New, State::Open, State::Asked, State::Answered]))
        .order_by_desc(Column::AskedAt)
        .limit(ROWS)
        .all(&app.db)
        .await?;
    Ok(best(&question.words, rows))
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn who_asks_the_same_is_found_and_who_does_not_is_not() {
        let like = |one: &str, other: &str| likeness(&vietnamese::fold(one), &vietnamese::fold(other));
        let near = like("Khi nào mở lớp kỹ năng số ở xã Tân Phú?", "Lớp kỹ năng số ở xã Tân Phú khi nào mở ạ?");
        assert!(near >= ALIKE_MIN, "{near}");
        let far = like("Khi nào mở lớp kỹ năng số ở xã Tân Phú?", "Loa truyền thanh của ấp bị hỏng đã lâu");
        assert!(far < 0.1, "{far}");
        assert!((like("Alo", "alo") - 1.0).abs() < f64::EPSILON && like("", "").abs() < f64::EPSILON);
    }
}
