//! Files made on the spot for the browser to save.

use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG, HeaderValue};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use super::address;
use super::page::has;
use crate::base::digest::sha256;

/// A file to be saved under a name. The name may hold any letters (RFC 6266, RFC 5987).
pub struct Download {
    pub name: String,
    pub media_type: &'static str,
    pub bytes: Vec<u8>,
}

pub const CSV: &str = "text/csv; charset=utf-8";
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
pub const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
pub const ICALENDAR: &str = "text/calendar; charset=utf-8";
pub const GEOJSON: &str = "application/geo+json";

impl Download {
    /// The file for everyone, or for a program that asks again and again: kept, and asked whether it is still true
    /// (ETag, 304).
    #[must_use]
    pub fn kept(self, request: &HeaderMap) -> Response {
        let tag = format!("\"{}\"", &sha256(&self.bytes)[..32]);
        let mut answer = if has(request, &tag) { StatusCode::NOT_MODIFIED.into_response() } else { self.into_response() };
        let headers = answer.headers_mut();
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
        if let Ok(tag) = tag.parse() {
            headers.insert(ETAG, tag);
        }
        answer
    }
}

impl IntoResponse for Download {
    fn into_response(self) -> Response {
        let plain: String = self
            .name
            .chars()
            .map(|letter| if letter.is_ascii_alphanumeric() || "._-".contains(letter) { letter } else { '_' })
            .collect();
        let encoded = address::encode(&self.name);
        let disposition = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}");
        let head =
            [(CONTENT_TYPE, self.media_type.to_owned()), (CONTENT_DISPOSITION, disposition), (CACHE_CONTROL, "no-store".into())];
        (head, self.bytes).into_response()
    }
}

/// A cell that a spreadsheet would take for a formula gets an apostrophe (CSV injection, OWASP); so does one that
/// begins with an apostrophe, so that [`as_meant`] can take it back.
#[must_use]
pub fn harmless(cell: &str) -> String {
    if is_risky(cell) { format!("'{cell}") } else { cell.to_owned() }
}

/// What a cell was before [`harmless`].
#[must_use]
pub fn as_meant(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_risky(rest)).unwrap_or(cell)
}

fn is_risky(cell: &str) -> bool {
    cell.starts_with(['=', '+', '@', '\t', '\r', '\'']) || (cell.starts_with('-') && cell.len() > 1 && !cell.starts_with("- "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_harmless_cell_is_taken_back_as_it_was() {
        for cell in ["", "Sở", "=1+1", "+84 277", "-5", "- gạch", "-", "@a", "'=1", "''", "'", "\t=1"] {
            assert_eq!(as_meant(&harmless(cell)), cell);
            assert!(!harmless(cell).starts_with(['=', '+', '@', '\t']), "{cell}");
        }
    }
}
