//! Terms and pairs of neighbours as numbers: what ranking compares, and what the index knows neighbours by.

use crate::text::folded_of;

/// A term in four bytes: 24 bits of its folded form, 8 of what tells its accents (0 for none).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub u32);

/// Two terms, the left one first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pair(pub Code, pub Code);

impl Code {
    /// The code of a [key](crate::text).
    #[must_use]
    pub fn of(key: &str) -> Self {
        let folded = folded_of(key);
        let accents = key.get(folded.len() + 1..).unwrap_or_default();
        let low = match accents {
            "" => 0,
            _ => 1 + hash(accents) % 255,
        };
        Self(hash(folded) << 8 | low)
    }

    /// The same for all terms that fold alike.
    #[must_use]
    pub fn folded(self) -> u32 {
        self.0 >> 8
    }

    /// Whether two terms fold alike.
    #[must_use]
    pub fn folds_like(self, other: Self) -> bool {
        self.folded() == other.folded()
    }

    fn accents(self) -> u32 {
        self.0 & 0xff
    }
}

/// FNV-1a: the same on every machine and for ever, since it is stored.
fn hash(text: &str) -> u32 {
    let wide = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    (wide ^ wide >> 32) as u32
}

impl Pair {
    /// Letters of what all pairs that fold alike begin with.
    pub const STEM: usize = 8;
    /// Letters of a whole pair.
    pub const LENGTH: usize = 11;

    /// The pair as a term of the index, six bits a letter: both folded forms, then the accents of both.
    pub fn write(self, term: &mut String) {
        let mut put = |bits: u32, letters: u32| {
            (0..letters).rev().for_each(|at| term.push(char::from(b'0' + (bits >> (6 * at) & 63) as u8)));
        };
        put(self.0.folded(), 4);
        put(self.1.folded(), 4);
        put(self.0.accents() << 8 | self.1.accents(), 3);
    }

    /// The pair as a term of the index.
    #[must_use]
    pub fn term(self) -> String {
        let mut term = String::with_capacity(Self::LENGTH);
        self.write(&mut term);
        term
    }

    /// What [`write`](Self::write) wrote; `None` when it is none of it.
    #[must_use]
    pub fn read(term: &[u8]) -> Option<Self> {
        let bits = |letters: &[u8]| {
            letters
                .iter()
                .try_fold(0_u32, |bits, letter| Some(bits << 6 | u32::from(letter.checked_sub(b'0').filter(|six| *six < 64)?)))
        };
        let (left, right, accents) = (bits(term.get(..4)?)?, bits(term.get(4..8)?)?, bits(term.get(8..)?)?);
        (term.len() == Self::LENGTH).then_some(Self(Code(left << 8 | accents >> 8 & 0xff), Code(right << 8 | accents & 0xff)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::forms;
    use proptest::prelude::*;

    #[test]
    fn codes_tell_accents_apart_and_fold() {
        let code = |word: &str| Code::of(&forms(word).1);
        assert_eq!(code("hoà"), code("hòa"));
        assert!(code("hòa") != code("hóa") && code("hòa").folds_like(code("hoa")));
        assert!(!code("hòa").folds_like(code("hoan")));
    }

    proptest! {
        #[test]
        fn pairs_come_back(left in any::<u32>(), right in any::<u32>()) {
            let pair = Pair(Code(left), Code(right));
            let term = pair.term();
            prop_assert_eq!(Pair::read(term.as_bytes()), Some(pair));
            let bare = Pair(Code(left & !0xff), Code(right & !0xff)).term();
            prop_assert_eq!(&bare[..Pair::STEM], &term[..Pair::STEM]);
        }

        #[test]
        fn any_bytes_are_taken_calmly(bytes in proptest::collection::vec(any::<u8>(), 0..14)) {
            let _ = Pair::read(&bytes);
        }
    }
}
