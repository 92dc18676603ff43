//! What the agency gave in earlier periods: to be carried over, and to see what is far from it.

use std::collections::HashMap;

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use super::values::{self, Filled, Value};
use crate::duties::slot::{self, Slot};
use crate::duties::standing;
use crate::web::Obstacle;
use ::measures::Amount;

/// So many periods back are looked at.
const PERIODS: u64 = 6;
/// Fewer earlier values say nothing.
const VALUES_MIN: usize = 2;
/// More than so many times the greatest, or less than such a part of the least, is far.
const FAR: i128 = 3;

/// Earlier answers to the same duty, that were not sent back; the newest period first.
///
/// # Errors
/// The database failed.
pub async fn before(on: &impl ConnectionTrait, slot: &Slot) -> Result<Vec<(String, Filled)>, DbErr> {
    let earlier = slot::Entity::find()
        .filter(slot::Column::Duty.eq(slot.duty))
        .filter(slot::Column::Agency.eq(slot.agency))
        .filter(slot::Column::EndOn.lt(slot.end_on))
        .filter(slot::Column::VoidedOn.is_null())
        .order_by_desc(slot::Column::EndOn)
        .limit(PERIODS)
        .all(on)
        .await?;
    let ids: Vec<Uuid> = earlier.iter().map(|slot| slot.id).collect();
    let mut filled = if ids.is_empty() { HashMap::new() } else { values::of(on, &ids).await? };
    if filled.is_empty() {
        return Ok(Vec::new());
    }
    let stories = standing::brief(on, &earlier).await?;
    let last = |slot: &Slot| {
        let story = stories.get(&slot.id)?;
        let kept = story.answers.iter().rev().find(|answer| !story.is_sent_back(answer))?;
        Some((slot.period.clone(), filled.remove(&kept.id)?))
    };
    Ok(earlier.iter().filter_map(last).collect())
}

/// The figures of those answers by field, the newest first.
#[must_use]
pub fn figures(before: &[(String, Filled)]) -> HashMap<String, Vec<Amount>> {
    let mut figures: HashMap<String, Vec<Amount>> = HashMap::new();
    for (code, entry) in before.iter().flat_map(|(_, filled)| &filled.values.entries) {
        if let Some(Value::Number(number)) = entry.value {
            figures.entry(code.clone()).or_default().push(number);
        }
    }
    figures
}

/// What is said to a value that is far from the earlier ones; None when it is not, or too few are known.
#[must_use]
pub fn odd(given: Amount, earlier: &[Amount]) -> Option<Obstacle> {
    let (least, most) = (*earlier.iter().min()?, *earlier.iter().max()?);
    if earlier.len() < VALUES_MIN {
        return None;
    }
    let words = |key| Obstacle::new(key).with("least", least.shown()).with("most", most.shown()).with("n", FAR);
    if most > Amount::default() && given > most.times(FAR) {
        return Some(words("form-odd-more"));
    }
    (given.times(FAR) < least).then(|| words("form-odd-less"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn far_is_three_times_beyond_what_was() {
        let earlier = [10, 12].map(Amount::from);
        let odd = |given: u64| odd(Amount::from(given), &earlier).map(|words| words.key);
        assert_eq!([36, 37, 4, 3].map(odd), [None, Some("form-odd-more"), None, Some("form-odd-less")]);
        assert_eq!(super::odd(Amount::from(99), &earlier[..1]), None, "one period is no custom");
        assert_eq!(super::odd(Amount::from(99), &[]), None);
        assert_eq!(super::odd(Amount::from(1), &[0, 0].map(Amount::from)), None, "the first after nothing is no slip");
    }
}
