//! Pictures of a document, read once for both files.

use typesetting::Drawing;

use super::WriteError;
use super::compose::{Composed, Laid};

/// Points to a millimetre: 220 to an inch.
const POINTS_PER_MM: f32 = 8.66;

/// A picture as it is shown.
#[derive(Debug)]
pub(super) struct Shown {
    /// With letters as outlines, so that no program looks for fonts and no reader takes its letters for the text.
    pub svg: String,
    pub png: Vec<u8>,
    /// In millimetres.
    pub width: f32,
    pub height: f32,
}

/// All pictures in the order of the document.
pub(super) fn drawn(composed: &Composed) -> Result<Vec<Shown>, WriteError> {
    let stretches = composed.body.iter().chain(composed.annexes.iter().flat_map(|annex| &annex.body));
    let mut shown = Vec::new();
    for block in stretches.flat_map(|stretch| &stretch.blocks) {
        let Laid::Figure { picture, .. } = block else { continue };
        let failed = |why: typesetting::Error| WriteError::Picture { place: shown.len() + 1, why: why.to_string() };
        let drawing = Drawing::read(&picture.svg).map_err(failed)?;
        let width = picture.width.min(picture.height / drawing.slope());
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "points of a page")]
        let across = (width * POINTS_PER_MM).ceil() as u32;
        let png = drawing.png(across).map_err(failed)?;
        shown.push(Shown { svg: drawing.svg(), png, width, height: width * drawing.slope() });
    }
    Ok(shown)
}
