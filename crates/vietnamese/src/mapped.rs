//! A text made from another one, with the way back to the bytes it was made from.

use std::ops::Range;

/// A rewritten text that still knows where each of its bytes came from.
///
/// Made by [`fold_with_map`](crate::fold::fold_with_map) and [`normalise_with_map`](crate::normalise::normalise_with_map):
/// search in [`Mapped::text`], then highlight [`Mapped::source_range`] of the hit in the original.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapped {
    text: String,
    runs: Vec<Run>,
}

/// A stretch of the made text. In an aligned run every character is as long as its source character, so offsets
/// inside it correspond one to one; any other run belongs to its source as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Run {
    made: Range<usize>,
    source: Range<usize>,
    aligned: bool,
}

impl Mapped {
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Mapped { text: String::with_capacity(bytes), runs: Vec::new() }
    }

    /// Appends `piece`, made from `from`, which starts at byte `at` of the source.
    pub(crate) fn push(&mut self, piece: &str, from: &str, at: usize) {
        if piece.is_empty() {
            return;
        }
        let made = self.text.len()..self.text.len() + piece.len();
        let source = at..at + from.len();
        self.text.push_str(piece);
        let aligned = piece.len() == from.len() && is_one_character(piece) && is_one_character(from);
        match self.runs.last_mut() {
            Some(last) if aligned && last.aligned && last.source.end == source.start => {
                last.made.end = made.end;
                last.source.end = source.end;
            }
            _ => self.runs.push(Run { made, source, aligned }),
        }
    }

    /// The made text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The made text, giving up the way back.
    pub fn into_text(self) -> String {
        self.text
    }

    /// The bytes of the source that `range` of [`text`](Mapped::text) was made from, whole characters always.
    ///
    /// An empty range gives an empty range; what lies past the end gives the end of the source that was used.
    pub fn source_range(&self, range: Range<usize>) -> Range<usize> {
        let start = self.source_start(range.start);
        if range.end <= range.start {
            return start..start;
        }
        start..self.source_end(range.end).max(start)
    }

    fn source_start(&self, made: usize) -> usize {
        let run = &self.runs[..];
        match run.get(run.partition_point(|run| run.made.end <= made)) {
            Some(run) if run.aligned => run.source.start + (made - run.made.start),
            Some(run) => run.source.start,
            None => run.last().map_or(0, |run| run.source.end),
        }
    }

    fn source_end(&self, made: usize) -> usize {
        let run = &self.runs[..];
        match run.get(run.partition_point(|run| run.made.end < made)) {
            Some(run) if run.aligned => run.source.start + (made - run.made.start),
            Some(run) => run.source.end,
            None => run.last().map_or(0, |run| run.source.end),
        }
    }
}

fn is_one_character(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some() && characters.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leads_back_through_shorter_longer_and_dropped_pieces() {
        let source = "xin \u{200B}chào ½";
        let mut mapped = Mapped::default();
        for (at, character) in source.char_indices() {
            let from = &source[at..at + character.len_utf8()];
            let piece = match character {
                'à' => "a",
                '½' => "1/2",
                '\u{200B}' => "",
                _ => from,
            };
            mapped.push(piece, from, at);
        }
        assert_eq!(mapped.text(), "xin chao 1/2");
        let back = |range: Range<usize>| &source[mapped.source_range(range)];
        assert_eq!(back(0..3), "xin");
        assert_eq!(back(4..8), "chào");
        assert_eq!(back(6..7), "à");
        assert_eq!(back(10..11), "½");
        assert_eq!(back(0..12), source);
        assert_eq!(back(5..5), "");
        assert_eq!(back(40..50), "");
    }

    #[test]
    fn an_empty_text_maps_to_nothing() {
        assert_eq!(Mapped::default().source_range(0..3), 0..0);
    }
}
