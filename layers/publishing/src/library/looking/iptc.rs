//! IPTC-IIM 4.2 within Photoshop's image resources: the fields that news agencies write.

use super::found::Found;

/// Reads the resources after their head `Photoshop 3.0`.
pub fn read(resources: &[u8]) -> Found {
    let mut rest = resources;
    while let Some((id, data, after)) = resource(rest) {
        if id == 0x0404 {
            return datasets(data);
        }
        rest = after;
    }
    Found::default()
}

/// `8BIM`, id, name (padded to even), length, data (padded to even).
fn resource(bytes: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let rest = bytes.strip_prefix(b"8BIM")?;
    let id = u16::from_be_bytes(rest.get(..2)?.try_into().ok()?);
    let name = usize::from(*rest.get(2)?) + 1;
    let rest = rest.get(2 + name + name % 2..)?;
    let length = usize::try_from(u32::from_be_bytes(rest.get(..4)?.try_into().ok()?)).ok()?;
    let data = rest.get(4..4 + length)?;
    Some((id, data, rest.get(4 + length + length % 2..).unwrap_or_default()))
}

fn datasets(bytes: &[u8]) -> Found {
    let mut found = Found::default();
    let mut rest = bytes;
    while let [0x1c, record, number, high, low, after @ ..] = rest {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let Some(value) = after.get(..length) else { break };
        let field = match (record, number) {
            (2, 5) => Some(&mut found.title),
            (2, 80) => Some(&mut found.creator),
            (2, 110) => Some(&mut found.credit),
            (2, 116) => Some(&mut found.copyright),
            (2, 120) => Some(&mut found.caption),
            _ => None,
        };
        if let Some(field) = field.filter(|field| field.is_empty()) {
            *field = text(value);
        }
        rest = &after[length..];
    }
    found
}

/// UTF-8 where it is; else Latin 1, as programs of old wrote.
fn text(bytes: &[u8]) -> String {
    std::str::from_utf8(bytes).map_or_else(|_| bytes.iter().map(|byte| char::from(*byte)).collect(), str::to_owned)
}
