//! Letters to many. A leaf: it knows no product and asks no clock.
//!
//! ```text
//! Address::read ──► Template::new (once an issue) ──► Template::letter (for each recipient) ──► Line::send ──► Outcome
//!                                                                                                  │
//!                              Report::read (what a mail server says later about one of them) ◄────┘
//! ```
//!
//! [`Line`] speaks SMTP (RFC 5321) phase by phase over a connection that is kept. What matters is which phase was reached: before the
//! end of the data a letter is certainly not sent, between the end of the data and the word on it nobody knows ([`Outcome`]).

pub mod address;
pub mod bounce;
pub mod header;
pub mod letter;
pub mod line;
pub mod received;
pub mod relay;

mod mime;
mod quoted;
mod reply;
mod stream;

pub use address::{Address, Malformed};
pub use bounce::{Report, Severity};
pub use letter::{Issue, Personal, Sender, Template};
pub use line::{Letter, Line, Outcome, Phase};
pub use received::Received;
pub use relay::{Misconfigured, Relay, Security};
