//! Who misbehaves, and how: by shares of the fleet, the same clusters in every run.

/// What a cluster is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Manner {
    Honest,
    /// Never there.
    Offline,
    /// Acknowledges and plays nothing.
    Liar,
    /// Its clock was never set: it begins at 1970 when the cluster does.
    Unset,
    /// Sends what it sent before once more, word for word.
    Repeating,
    /// Breaks its line off and comes back, again and again.
    Storming,
}

/// Of a thousand clusters, so many are like that; the rest is honest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shares {
    pub offline: u32,
    pub liar: u32,
    pub unset: u32,
    pub repeating: u32,
    pub storming: u32,
}

impl Default for Shares {
    /// Of the scenario: 8 % are offline and 2 % acknowledge without playing. The others are assumptions.
    fn default() -> Self {
        Self { offline: 80, liar: 20, unset: 10, repeating: 20, storming: 10 }
    }
}

impl Shares {
    /// Nobody misbehaves.
    pub const HONEST: Self = Self { offline: 0, liar: 0, unset: 0, repeating: 0, storming: 0 };

    /// The manner of the cluster at this place of so many. Every share has at least one cluster where it is not 0 and there are enough
    /// clusters.
    #[must_use]
    pub fn of(&self, at: usize, count: usize) -> Manner {
        let shares = [
            (self.offline, Manner::Offline),
            (self.liar, Manner::Liar),
            (self.unset, Manner::Unset),
            (self.repeating, Manner::Repeating),
            (self.storming, Manner::Storming),
        ];
        let mut before = 0;
        // Spread over the fleet, so that not all of one commune are the same.
        let place = spread(at, count);
        for (per_mille, manner) in shares {
            let clusters = (count * per_mille as usize).div_ceil(1_000);
            if place < before + clusters {
                return manner;
            }
            before += clusters;
        }
        Manner::Honest
    }
}

/// A place for each place: steps that share no factor with the count meet every place once.
fn spread(at: usize, count: usize) -> usize {
    let step = [7_919, 104_729, 1_299_709].into_iter().find(|step| !count.is_multiple_of(*step)).unwrap_or(1);
    (at % count.max(1)) * step % count.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_met_to_the_cluster() {
        let shares = Shares::default();
        let of = |count: usize, manner| (0..count).filter(|at| shares.of(*at, count) == manner).count();
        assert_eq!((of(1_600, Manner::Offline), of(1_600, Manner::Liar), of(1_600, Manner::Unset)), (128, 32, 16));
        assert_eq!(of(1_600, Manner::Honest), 1_600 - 128 - 32 - 16 - 32 - 16);
        assert_eq!((of(25, Manner::Offline), of(25, Manner::Liar), of(25, Manner::Storming)), (2, 1, 1));
        assert!((0..30).all(|at| Shares::HONEST.of(at, 30) == Manner::Honest));
    }
}
