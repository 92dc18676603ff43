//! How many pixels a notice board has: `192x96`.

use std::fmt;

/// A narrower one shows nothing, a wider one is no board.
const SIDE: std::ops::RangeInclusive<u32> = 16..=4096;

/// Width and height.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    pub width: u32,
    pub height: u32,
}

impl Screen {
    /// Of a board of which nobody said how large it is.
    pub const USUAL: Self = Self { width: 640, height: 320 };

    /// Reads what a person typed; None when it is no size of a board.
    #[must_use]
    pub fn read(typed: &str) -> Option<Self> {
        let (width, height) = typed.split_once(['x', 'X', '×', '*'])?;
        let side = |text: &str| text.trim().parse().ok().filter(|side| SIDE.contains(side));
        Some(Self { width: side(width)?, height: side(height)? })
    }
}

impl fmt::Display for Screen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}x{}", self.width, self.height)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_read_as_people_write_it() {
        for typed in ["192x96", " 192 × 96 ", "192X96", "192*96"] {
            assert_eq!(Screen::read(typed).map(|one| one.to_string()).as_deref(), Some("192x96"), "{typed}");
        }
        for typed in ["", "192", "x96", "8x96", "192x9600", "-1x96", "192x96x2"] {
            assert_eq!(Screen::read(typed), None, "{typed}");
        }
    }
}
