//! How every capability speaks JSON, under `/api/v1`: who asks (bearer tokens, RFC 6750), what is asked, lists in pages,
//! tags (RFC 9110, section 8.8.3), and problems (RFC 9457). The capabilities' own addresses are in their `api.rs`.

pub mod access;
pub mod asked;
pub mod listing;
pub mod problem;
pub mod rate;
pub mod reference;
pub mod scope;

pub use access::{Access, Holder};
pub use asked::{Asked, Sent};
pub use listing::{Cursor, Listing, answer, private};
pub use problem::{AboutToken, Usual};
pub use scope::Scope;

/// Where the API begins.
pub const HERE: &str = "/api/v1";

/// Where devices of grassroots information speak, in words and with tokens of their own.
const DEVICES: &str = "/api/devices/";

/// Whether the address is one that devices call: their tokens are none of the API's.
#[must_use]
pub fn is_of_devices(path: &str) -> bool {
    path.starts_with(DEVICES)
}

/// Whether the address is one of the API's, where failures are problems and not pages. The reference is a page.
#[must_use]
pub fn is_at(path: &str) -> bool {
    path != HERE && (path == "/api" || path.starts_with("/api/"))
}
