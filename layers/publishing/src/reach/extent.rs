//! How many people an article reached, as far as can be said: a range. One person may have met it on every channel, so the lower bound is
//! the largest count of people on one of them; nobody may have met it twice, so the upper bound is the sum, of people where a channel
//! counts people and of views where it does not. A channel that says nothing is named, and in no sum. Pure.

use super::figure::VIEWS;

/// What is known of one copy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known {
    pub people: Option<i64>,
    pub views: Option<i64>,
}

impl Known {
    /// Takes a figure of the copy in; others than people and views say nothing of how many were reached.
    #[must_use]
    pub fn and(self, figure: &str, people: bool, value: Option<i64>) -> Self {
        match value {
            Some(_) if people => Self { people: self.people.max(value), ..self },
            Some(_) if figure == VIEWS => Self { views: self.views.max(value), ..self },
            _ => self,
        }
    }
}

/// The range.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// None: no channel counts people.
    pub low: Option<i64>,
    /// None: no channel says anything.
    pub high: Option<i64>,
    /// Copies that say neither people nor views.
    pub silent: usize,
}

/// The range over all copies.
#[must_use]
pub fn of(copies: impl IntoIterator<Item = Known>) -> Extent {
    copies.into_iter().fold(Extent::default(), |so_far, copy| {
        let high = copy.people.or(copy.views);
        Extent {
            low: so_far.low.max(copy.people),
            high: match (so_far.high, high) {
                (Some(sum), Some(more)) => Some(sum.saturating_add(more)),
                (sum, more) => sum.or(more),
            },
            silent: so_far.silent + usize::from(high.is_none()),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_range_is_the_largest_audience_and_the_sum_of_all() {
        let page = Known { people: Some(1_200), views: Some(3_000) };
        let zalo = Known { people: None, views: Some(800) };
        let letter = Known { people: Some(2_000), views: None };
        assert_eq!(of([page, zalo, letter]), Extent { low: Some(2_000), high: Some(4_000), silent: 0 });
        assert_eq!(of([zalo]), Extent { low: None, high: Some(800), silent: 0 });
        let quiet = of([Known::default(), page]);
        assert_eq!(quiet, Extent { low: Some(1_200), high: Some(1_200), silent: 1 });
        assert_eq!(of([]), Extent::default());
        assert_eq!(of([Known::default()]), Extent { low: None, high: None, silent: 1 });
    }

    #[test]
    fn zero_is_a_value_and_likes_reach_nobody() {
        let none = Known::default().and("views", false, Some(0)).and("likes", false, Some(9)).and("people", true, None);
        assert_eq!(none, Known { people: None, views: Some(0) });
        assert_eq!(of([none]).high, Some(0));
    }

    #[test]
    fn the_lower_bound_is_never_above_the_upper() {
        for people in [None, Some(0), Some(7), Some(i64::MAX)] {
            for views in [None, Some(0), Some(5), Some(i64::MAX)] {
                let range = of([Known { people, views }, Known { people: Some(3), views: Some(1) }]);
                assert!(range.low <= range.high, "{range:?}");
            }
        }
    }
}
