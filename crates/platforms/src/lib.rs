//! How the platforms are spoken to on which a message goes out. A leaf: it knows no product, opens no line of its own and never
//! tries anything again.
//!
//! Publishing has one call that can not be taken back. Whoever uses this crate hears of it beforehand ([`Journal::about_to_publish`]),
//! writes that down, and knows after a crash that the outcome is unknown. What is unknown is looked up ([`Found`]), never sent again.
//!
//! ```text
//! check ──► publish ──► Published │ Accepted ──► status ──► Published │ Refused
//!                       Refused   (certainly not there)
//!                       Unknown   ──► find ──► Yes │ No │ Pending │ CanNotTell
//! ```

pub mod activitypub;
pub mod facebook;
pub mod oauth;
pub mod sms;
pub mod telegram;
pub mod tiktok;
pub mod webpush;
pub mod websub;
pub mod youtube;
pub mod zalo;
pub mod zns;

mod account;
mod check;
mod line;
mod media;
mod message;
mod multipart;
mod note;
mod outcome;
mod reply;
mod replying;
mod secret;
mod signature;
mod wire;

pub use account::{Account, Platform, Sought};
pub use line::{Line, LineError, Request, Response};
pub use message::{Limits, Media, MediaKind, Message, Obstacle, Unit};
pub use note::Note;
pub use outcome::{Copy, Found, Journal, Outcome, Reading, Refusal, Stopped, Value, Why};
pub use secret::Secret;
