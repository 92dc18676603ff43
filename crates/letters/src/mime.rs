//! As much of a letter's build (RFC 5322, 2045, 2046) as reading reports needs. Any bytes may come; none make it fail.

use base64::Engine;
use base64::alphabet::STANDARD as ALPHABET;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use crate::quoted;

/// More lines of a head, or parts, than a report has.
const FIELDS_MAX: usize = 400;
const PARTS_MAX: usize = 50;

/// A head and what follows it.
pub struct Entity<'a> {
    fields: Vec<(String, String)>,
    pub body: &'a [u8],
}

impl<'a> Entity<'a> {
    /// Reads the head; without an empty line all of it is head.
    pub fn read(bytes: &'a [u8]) -> Self {
        let mut fields: Vec<(String, String)> = Vec::new();
        let mut rest = bytes;
        while !rest.is_empty() {
            let end = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |at| at + 1);
            let (line, after) = rest.split_at(end);
            rest = after;
            let text = String::from_utf8_lossy(line);
            let text = text.trim_end_matches(['\r', '\n']);
            if text.is_empty() {
                break;
            }
            if text.starts_with([' ', '\t']) {
                if let Some((_, value)) = fields.last_mut() {
                    value.push(' ');
                    value.push_str(text.trim());
                }
                continue;
            }
            if let Some((name, value)) = text.split_once(':')
                && fields.len() < FIELDS_MAX
            {
                fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
        Self { fields, body: rest }
    }

    /// The first field of that name, in small letters.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    pub fn all<'b>(&'b self, name: &'b str) -> impl Iterator<Item = &'b str> {
        self.fields.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// `multipart/report`, in small letters.
    pub fn media_type(&self) -> String {
        let value = self.get("content-type").unwrap_or("text/plain");
        value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    pub fn parameter(&self, name: &str) -> Option<String> {
        let value = self.get("content-type")?;
        value.split(';').skip(1).find_map(|pair| {
            let (field, text) = pair.split_once('=')?;
            field.trim().eq_ignore_ascii_case(name).then(|| text.trim().trim_matches('"').to_owned())
        })
    }

    /// The body without its transfer encoding.
    pub fn decoded(&self) -> Vec<u8> {
        match self.get("content-transfer-encoding").unwrap_or_default().to_ascii_lowercase().as_str() {
            "quoted-printable" => quoted::decode(self.body),
            "base64" => {
                let config = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
                let letters: Vec<u8> = self.body.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
                GeneralPurpose::new(&ALPHABET, config).decode(&letters).unwrap_or(letters)
            }
            _ => self.body.to_vec(),
        }
    }

    /// The parts of a multipart body.
    pub fn parts(&self) -> Vec<Entity<'a>> {
        let Some(boundary) = self.parameter("boundary").filter(|boundary| !boundary.is_empty()) else { return Vec::new() };
        let opening = format!("--{boundary}");
        let mut parts = Vec::new();
        let mut start: Option<usize> = None;
        let mut at = 0;
        while at < self.body.len() && parts.len() < PARTS_MAX {
            let rest = &self.body[at..];
            let length = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |end| end + 1);
            let line = &rest[..length];
            if line.starts_with(opening.as_bytes()) {
                if let Some(from) = start.take() {
                    parts.push(Self::read(&self.body[from..at]));
                }
                if line[opening.len()..].starts_with(b"--") {
                    return parts;
                }
                start = Some(at + length);
            }
            at += length;
        }
        // Cut short on its way: what there is of the last part is read.
        if let Some(from) = start {
            parts.push(Self::read(self.body.get(from..).unwrap_or_default()));
        }
        parts
    }
}
