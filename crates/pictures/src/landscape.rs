//! Sky, a low sun, a river between two fields.

use image::{Rgb, RgbImage};

const WIDTH: u32 = 1600;
const HEIGHT: u32 = 1000;

/// Of the colours of the sky, the water and the fields (red, green, blue): 1600 × 1000.
#[must_use]
pub fn landscape([sky, water, field]: [[u8; 3]; 3]) -> RgbImage {
    RgbImage::from_fn(WIDTH, HEIGHT, |x, y| {
        let (x, y) = (x as f32 / WIDTH as f32, y as f32 / HEIGHT as f32);
        let horizon = 0.42 + 0.012 * (x * 9.0).sin();
        let sun = ((x - 0.66) * 1.6).hypot(y - 0.33);
        if y < horizon {
            return if sun < 0.09 { mix([255, 236, 204], sky, sun * 4.0) } else { mix([255, 255, 255], sky, 0.45 + y) };
        }
        let depth = (y - horizon) / (1.0 - horizon);
        let middle = 0.6 - 0.25 * depth + 0.05 * (depth * 7.0).sin();
        let bank = 0.02 + 0.34 * depth * depth;
        if (x - middle).abs() < bank {
            let ripple = 0.16 * ((y * 160.0 / (0.2 + depth)).sin() * 0.5 + 0.5);
            mix(water, sky, 0.35 * (1.0 - depth) + ripple)
        } else {
            let row = 0.14 * ((x - middle) / (0.05 + depth) * 46.0).sin();
            mix(field, [52, 74, 50], 0.2 + 0.35 * depth + row)
        }
    })
}

fn mix(from: [u8; 3], to: [u8; 3], part: f32) -> Rgb<u8> {
    let one = |place: usize| (f32::from(from[place]) * (1.0 - part) + f32::from(to[place]) * part).clamp(0.0, 255.0) as u8;
    Rgb([one(0), one(1), one(2)])
}
