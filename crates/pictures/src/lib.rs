//! What touches every pixel, apart from what decides about pictures: it is optimised in every build, for unoptimised a photograph takes
//! seconds.

mod landscape;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageResult, Rgb, RgbImage};

pub use landscape::landscape;

/// The bytes of a JPEG without metadata; quality 1 to 100.
///
/// # Errors
/// It is wider or taller than 65,535 pixels.
pub fn jpeg(image: RgbImage, quality: u8) -> ImageResult<Vec<u8>> {
    let mut bytes = Vec::new();
    DynamicImage::ImageRgb8(image).write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, quality))?;
    Ok(bytes)
}

/// JPEG knows no transparency: what shines through is white.
#[must_use]
pub fn on_white(image: DynamicImage) -> RgbImage {
    if !image.color().has_alpha() {
        return image.into_rgb8();
    }
    let image = image.into_rgba8();
    let mix = |value: u8, alpha: u8| {
        let mixed = (u32::from(value) * u32::from(alpha) + 255 * (255 - u32::from(alpha)) + 127) / 255;
        u8::try_from(mixed).unwrap_or(255)
    };
    RgbImage::from_fn(image.width(), image.height(), |x, y| {
        let [red, green, blue, alpha] = image.get_pixel(x, y).0;
        Rgb([mix(red, alpha), mix(green, alpha), mix(blue, alpha)])
    })
}

#[cfg(test)]
mod tests {
    use image::{Rgba, RgbaImage};

    use super::*;

    #[test]
    fn what_shines_through_is_white() {
        let image = RgbaImage::from_fn(3, 1, |x, _| Rgba([200, 0, 0, [0, 128, 255][x as usize]]));
        let image = on_white(DynamicImage::ImageRgba8(image));
        assert_eq!(image.pixels().map(|pixel| pixel.0).collect::<Vec<_>>(), [[255, 255, 255], [227, 127, 127], [200, 0, 0]]);
    }

    #[test]
    fn a_landscape_is_a_picture_of_many_colours() {
        let picture = landscape([[120, 160, 200], [60, 90, 110], [90, 140, 70]]);
        let colours: std::collections::HashSet<[u8; 3]> = picture.pixels().map(|pixel| pixel.0).collect();
        assert!(colours.len() > 100, "{}", colours.len());
        let (width, height) = (picture.width(), picture.height());
        let bytes = jpeg(picture, 85).expect("a JPEG");
        assert_eq!(&bytes[..3], [0xff, 0xd8, 0xff], "{width} × {height}");
    }
}
