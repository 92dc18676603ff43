//! The pictures of the guide (`docs/pictures`). They are taken by `make docs-pictures`; a chapter reads well without them.

use rust_embed::RustEmbed;

/// Only what chapters show: the README's dark and narrow ones stay out of the binary.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../docs/pictures"]
#[allow_missing = true]
#[include = "*.png"]
#[exclude = "*-dark.png"]
#[exclude = "*-phone.png"]
pub struct Pictures;

/// Width and height in pixels, from the head of the file (PNG, ISO/IEC 15948, section 11.2.2); None when there is no such picture.
pub fn size(name: &str) -> Option<(u32, u32)> {
    let file = Pictures::get(name)?;
    measure(&file.data)
}

fn measure(png: &[u8]) -> Option<(u32, u32)> {
    let at = |from: usize| Some(u32::from_be_bytes(png.get(from..from + 4)?.try_into().ok()?));
    (png.get(12..16)? == b"IHDR").then_some(())?;
    Some((at(16)?, at(20)?))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_png_says_its_size_and_anything_else_does_not() {
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        png.extend([0, 0, 5, 160, 0, 0, 3, 132]);
        assert_eq!(super::measure(&png), Some((1440, 900)));
        assert_eq!(super::measure(b"GIF89a"), None);
        assert_eq!(super::measure(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0"), None);
    }
}
