//! What a value is worth.

use measures::Amount;
use serde::{Deserialize, Serialize};

use crate::exact::{minus, share};
use crate::score::Given;

/// Which way is better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    #[default]
    Higher,
    Lower,
}

/// From that mark on (up to it, where lower is better) so many points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Band {
    pub mark: Amount,
    pub points: Amount,
}

/// How a value becomes points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Rule {
    /// The best band that the value reaches; none: nothing.
    Bands { better: Better, bands: Vec<Band> },
    /// Nothing at the one mark, all points at the other, straight between; which of them is larger says which way is better.
    Linear { none_at: Amount, all_at: Amount },
    /// All or nothing.
    YesNo,
    /// The value is the points themselves.
    Points,
}

impl Rule {
    /// The points of an answer, at most `most`. None: it leaves the denominator. What was not answered is worth nothing.
    #[must_use]
    pub fn points(&self, given: &Given, most: Amount) -> Option<Amount> {
        let none = Amount::default();
        let points = match (self, given) {
            (_, Given::NotApplicable) => return None,
            (_, Given::Missing) | (Self::YesNo, Given::No) => none,
            (Self::YesNo, Given::Yes) => most,
            (Self::Bands { better, bands }, Given::Value { amount }) => banded(*better, bands, *amount),
            (Self::Linear { none_at, all_at }, Given::Value { amount }) => linear(*none_at, *all_at, *amount, most),
            (Self::Points, Given::Value { amount }) => *amount,
            // An answer that the rule does not ask for is none.
            (Self::YesNo, Given::Value { .. }) | (_, Given::Yes | Given::No) => none,
        };
        Some(points.clamp(none, most))
    }
}

/// Whether a better mark brings at least as many points as a worse one.
#[must_use]
pub fn bands_agree(better: Better, bands: &[Band]) -> bool {
    let mut ordered: Vec<&Band> = bands.iter().collect();
    ordered.sort_by_key(|band| band.mark);
    ordered.windows(2).all(|pair| match better {
        Better::Higher => pair[0].points <= pair[1].points,
        Better::Lower => pair[0].points >= pair[1].points,
    })
}

fn banded(better: Better, bands: &[Band], value: Amount) -> Amount {
    let reached = bands.iter().filter(|band| match better {
        Better::Higher => value >= band.mark,
        Better::Lower => value <= band.mark,
    });
    reached.map(|band| band.points).max().unwrap_or_default()
}

fn linear(none_at: Amount, all_at: Amount, value: Amount, most: Amount) -> Amount {
    let (low, high) = (none_at.min(all_at), none_at.max(all_at));
    let within = value.clamp(low, high);
    share(most, minus(within, none_at), minus(all_at, none_at)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(plain: &str) -> Amount {
        Amount::read(plain).expect("an amount")
    }

    fn value(plain: &str) -> Given {
        Given::Value { amount: of(plain) }
    }

    #[test]
    fn bands_lines_and_yes_or_no() {
        let band = |mark: &str, points: &str| Band { mark: of(mark), points: of(points) };
        let higher = Rule::Bands { better: Better::Higher, bands: vec![band("50", "1"), band("80", "1.5"), band("100", "2")] };
        let lower = Rule::Bands { better: Better::Lower, bands: vec![band("0", "2"), band("3", "1")] };
        let up = Rule::Linear { none_at: of("20"), all_at: of("80") };
        let down = Rule::Linear { none_at: of("10"), all_at: of("0") };
        let told: [(&Rule, Given, Option<&str>); 17] = [
            (&higher, value("49.99"), Some("0")),
            (&higher, value("50"), Some("1")),
            (&higher, value("99.999999"), Some("1.5")),
            (&higher, value("100"), Some("2")),
            (&lower, value("0"), Some("2")),
            (&lower, value("2"), Some("1")),
            (&lower, value("4"), Some("0")),
            (&up, value("20"), Some("0")),
            (&up, value("50"), Some("1")),
            (&up, value("120"), Some("2")),
            (&up, value("-5"), Some("0")),
            (&down, value("4"), Some("1.2")),
            (&Rule::YesNo, Given::Yes, Some("2")),
            (&Rule::YesNo, Given::No, Some("0")),
            (&Rule::Points, value("7"), Some("2")),
            (&Rule::YesNo, Given::Missing, Some("0")),
            (&higher, Given::NotApplicable, None),
        ];
        for (rule, given, points) in told {
            assert_eq!(rule.points(&given, of("2")).map(Amount::plain).as_deref(), points, "{rule:?} {given:?}");
        }
        let bands = [band("90", "1"), band("50", "2")];
        assert!(!bands_agree(Better::Higher, &bands) && bands_agree(Better::Lower, &bands));
        assert!(bands_agree(Better::Higher, &[]) && bands_agree(Better::Higher, &bands[..1]));
        let flat = Rule::Linear { none_at: of("5"), all_at: of("5") };
        assert_eq!(flat.points(&value("5"), of("2")), Some(Amount::default()), "never a division by nothing");
    }
}
