//! Pictures that may hold a scanned page, by their first bytes.

/// A scan at 600 dots an inch of A3 has 70 million dots; more is made to burst.
const DOTS_MAX: u64 = 120_000_000;

/// A picture and its size in dots.
pub(crate) struct Picture {
    width: u64,
    height: u64,
}

impl Picture {
    /// A PNG (ISO/IEC 15948) or a JPEG (ISO/IEC 10918-1); nothing for other bytes.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            let side = |at: usize| bytes.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes);
            return Some(Self { width: side(16)?.into(), height: side(20)?.into() });
        }
        if bytes.starts_with(b"\xff\xd8\xff") { Some(jpeg(bytes)) } else { None }
    }

    /// Unpacking it would take too much memory.
    pub fn is_too_large(&self) -> bool {
        self.width.saturating_mul(self.height) > DOTS_MAX
    }
}

/// The size in the frame header; none is no dots.
fn jpeg(bytes: &[u8]) -> Picture {
    let number = |at: usize| bytes.get(at..at + 2)?.try_into().ok().map(u16::from_be_bytes);
    let mut at = 2;
    while let (Some([0xff, marker]), Some(length)) = (bytes.get(at..at + 2), number(at + 2)) {
        // Frame headers are C0 to CF but for the tables C4, C8, CC.
        if matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc) {
            let (height, width) = (number(at + 5).unwrap_or(0), number(at + 7).unwrap_or(0));
            return Picture { width: width.into(), height: height.into() };
        }
        at += 2 + usize::from(length).max(2);
    }
    Picture { width: 0, height: 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_of_pictures() {
        let png = [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &2480u32.to_be_bytes(), &3508u32.to_be_bytes()].concat();
        let picture = Picture::of(&png).expect("a picture");
        assert_eq!((picture.width, picture.height, picture.is_too_large()), (2480, 3508, false));
        let jpeg = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc2\x00\x11\x08\xff\xff\xff\xf0\x01";
        let picture = Picture::of(jpeg).expect("a picture");
        assert_eq!((picture.width, picture.height, picture.is_too_large()), (65520, 65535, true));
        assert!(Picture::of(b"\x89PNG\r\n\x1a\n").is_none());
        assert!(Picture::of(b"%PDF-1.7").is_none());
        assert!(Picture::of(b"\xff\xd8\xff\xff").is_some());
    }
}
