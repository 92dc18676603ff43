//! The kind of a file by its first bytes; its name is not asked.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// RIFF/WAVE.
    Wav,
    /// MPEG-1/2 layer III, with or without an ID3 tag.
    Mp3,
    Ogg,
    /// AAC in ADTS frames (ISO/IEC 13818-7).
    Aac,
    /// ISO base media (ISO/IEC 14496-12): `.m4a`, `.mp4`.
    M4a,
}

impl Kind {
    #[must_use]
    pub fn mime(self) -> &'static str {
        match self {
            Self::Wav => "audio/wav",
            Self::Mp3 => "audio/mpeg",
            Self::Ogg => "audio/ogg",
            Self::Aac => "audio/aac",
            Self::M4a => "audio/mp4",
        }
    }
}

/// By at least the first twelve bytes; `None` for everything else.
#[must_use]
pub fn kind_of(head: &[u8]) -> Option<Kind> {
    match head {
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', ..] => Some(Kind::Wav),
        [b'O', b'g', b'g', b'S', ..] => Some(Kind::Ogg),
        [b'I', b'D', b'3', ..] => Some(Kind::Mp3),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => Some(Kind::M4a),
        // Twelve bits of sync; layer 0 is ADTS, layer bits 01 are layer III.
        [0xFF, second, ..] if second & 0xF6 == 0xF0 => Some(Kind::Aac),
        [0xFF, second, ..] if second & 0xE6 == 0xE2 => Some(Kind::Mp3),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_by_bytes() {
        for (head, kind) in [
            (&b"RIFF\0\0\0\0WAVEfmt "[..], Some(Kind::Wav)),
            (b"RIFF\0\0\0\0AVI LIST", None),
            (b"\xFF\xFB\x90\x00", Some(Kind::Mp3)),
            (b"\xFF\xF1\x50\x80", Some(Kind::Aac)),
            (b"\xFF\xD8\xFF\xE0 a JPEG", None),
            (b"\0\0\0\x20ftypM4A ", Some(Kind::M4a)),
            (b"%PDF-1.7", None),
            (b"", None),
        ] {
            assert_eq!(kind_of(head), kind, "{head:?}");
        }
    }
}
