//! How long a film is and how it stands, read from its boxes (ISO/IEC 14496-12: `moov/mvhd`, `moov/trak/tkhd`). Only heads and the
//! index are fetched, wherever in the file it lies. What can not be read is not known, which is no error: the platform looks itself.

use bytes::Bytes;
use futures_util::TryStreamExt;

use crate::library::storage::Store;

/// An index larger than this is not read: that of an hour of film has some hundred kilobytes.
const INDEX_BYTES_MAX: u64 = 8 * 1024 * 1024;
/// Boxes of a file that are walked past.
const BOXES_MAX: usize = 64;
const SIDE_PX_MAX: u32 = 100_000;

/// What is known of a film; 0: not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Film {
    pub duration_ms: u64,
    /// As it is shown: turned where the file says so.
    pub width_px: u32,
    pub height_px: u32,
}

impl Film {
    /// Whether it is taller than wide; false where nobody knows.
    #[must_use]
    pub const fn is_upright(&self) -> bool {
        self.height_px > self.width_px
    }

    /// Looks at an object of the library's store that has so many bytes.
    ///
    /// # Errors
    /// The store failed.
    pub async fn look(store: &Store, object: &str, size: u64) -> anyhow::Result<Self> {
        let mut place = 0;
        for _ in 0..BOXES_MAX {
            let Some(head) = part(store, object, place, 16.min(size.saturating_sub(place))).await? else { break };
            let Some((length, name, before)) = one_box(&head, size - place) else { break };
            if name == *b"moov" {
                let inside = length - before;
                if inside > INDEX_BYTES_MAX {
                    break;
                }
                let index = part(store, object, place + before, inside).await?;
                return Ok(index.map(|index| Self::of_index(&index)).unwrap_or_default());
            }
            place += length;
            if place >= size {
                break;
            }
        }
        Ok(Self::default())
    }

    /// From what is in `moov`.
    #[must_use]
    pub fn of_index(index: &[u8]) -> Self {
        let mut film = Self::default();
        for (name, inside) in boxes(index) {
            match &name {
                b"mvhd" => film.duration_ms = duration_ms(inside).unwrap_or_default(),
                b"trak" => {
                    let head = boxes(inside).into_iter().find(|(name, _)| name == b"tkhd");
                    // Tracks of sound have no size; the largest picture is the film.
                    if let Some((width, height)) = head.and_then(|(_, head)| sides(head))
                        && width.max(height) > film.width_px.max(film.height_px)
                    {
                        (film.width_px, film.height_px) = (width, height);
                    }
                }
                _ => {}
            }
        }
        film
    }
}

async fn part(store: &Store, object: &str, from: u64, length: u64) -> anyhow::Result<Option<Bytes>> {
    if length < 8 {
        return Ok(None);
    }
    let Some(stream) = store.read(object, Some(from..from + length)).await? else { return Ok(None) };
    let parts: Vec<Bytes> = stream.try_collect().await?;
    Ok(Some(Bytes::from(parts.concat())))
}

/// Length, name and length of the head of the box that begins there; None when it is none, or longer than what is left.
fn one_box(head: &[u8], left: u64) -> Option<(u64, [u8; 4], u64)> {
    let name: [u8; 4] = head.get(4..8)?.try_into().ok()?;
    let (length, before) = match u32::from_be_bytes(head.get(..4)?.try_into().ok()?) {
        0 => (left, 8),
        1 => (u64::from_be_bytes(head.get(8..16)?.try_into().ok()?), 16),
        length => (u64::from(length), 8),
    };
    (length >= before && length <= left).then_some((length, name, before))
}

/// The boxes in a box, as far as they are whole.
fn boxes(mut rest: &[u8]) -> Vec<([u8; 4], &[u8])> {
    let mut found = Vec::new();
    while let Some((length, name, before)) = one_box(rest, rest.len() as u64) {
        let (Ok(length), Ok(before)) = (usize::try_from(length), usize::try_from(before)) else { break };
        let (one, after) = rest.split_at(length);
        found.push((name, &one[before..]));
        rest = after;
    }
    found
}

fn number(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes).map(u64::from)
}

/// `mvhd`: a scale (units a second) and a duration in it; version 1 has longer numbers.
fn duration_ms(head: &[u8]) -> Option<u64> {
    let (scale, duration) = match head.first()? {
        0 => (number(head, 12)?, number(head, 16)?),
        _ => (number(head, 20)?, number(head, 24)?.checked_shl(32)? | number(head, 28)?),
    };
    // All ones: not known.
    if scale == 0 || duration == u64::from(u32::MAX) || duration == u64::MAX {
        return None;
    }
    u64::try_from(u128::from(duration) * 1_000 / u128::from(scale)).ok()
}

/// `tkhd`: width and height as fixed-point numbers, turned by a quarter where the matrix says so (a phone held upright).
fn sides(head: &[u8]) -> Option<(u32, u32)> {
    let matrix = if *head.first()? == 0 { 40 } else { 52 };
    let at = |place: usize| number(head, matrix + place * 4);
    let (width, height) = (at(9)? >> 16, at(10)? >> 16);
    let (width, height) = (u32::try_from(width).ok()?, u32::try_from(height).ok()?);
    let is_turned = at(0)? == 0 && at(1)? != 0 && at(3)? != 0;
    let is_size = |side: u32| (1..=SIDE_PX_MAX).contains(&side);
    let sides = if is_turned { (height, width) } else { (width, height) };
    (is_size(width) && is_size(height)).then_some(sides)
}

#[cfg(test)]
mod tests {
    use doubles::films;

    use super::*;

    #[test]
    fn length_and_sides_are_read_as_they_are_shown() {
        let read = |index: Vec<u8>| Film::of_index(&index);
        let lying = Film { duration_ms: 61_000, width_px: 1_920, height_px: 1_080 };
        assert_eq!(read(films::index(61_000, (1_920, 1_080), false)), lying);
        let upright = read(films::index(61_000, (1_920, 1_080), true));
        assert_eq!((upright.width_px, upright.height_px, upright.is_upright()), (1_080, 1_920, true));
    }

    #[test]
    fn what_can_not_be_read_is_not_known() {
        assert_eq!(Film::of_index(&[]), Film::default());
        assert_eq!(Film::of_index(b"\0\0\0\x0cmvhd\0\0\0\0"), Film::default(), "cut short");
        assert_eq!(Film::of_index(b"\xff\xff\xff\xffmvhd"), Film::default(), "longer than the file");
        assert_eq!(Film::of_index(b"\0\0\0\x04trak"), Film::default(), "shorter than its own head");
        let whole = films::index(61_000, (1_920, 1_080), false);
        for end in 0..whole.len() {
            let _ = Film::of_index(&whole[..end]);
        }
    }
}
