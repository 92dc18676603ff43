//! Foreign services as the tests meet them, on the loopback address. The product does not carry them.
//!
//! A double of a platform keeps what it was sent, checks what the platform checks, and can be told to misbehave for the next
//! request of a kind ([`Double::play`]). A new one is a type that implements [`Platform`].

#![expect(clippy::disallowed_methods, reason = "servers of their own, which no request of the product waits for")]

pub mod facebook;
pub mod files;
pub mod films;
pub mod fleet;
pub mod mastodon;
pub mod models;
pub mod page;
pub mod postfix;
pub mod push;
pub mod s3;
pub mod service;
pub mod sink;
pub mod sms;
pub mod speech;
pub mod subscriber;
pub mod telegram;
pub mod tiktok;
pub mod youtube;
pub mod zalo;

mod call;
mod double;
mod line;
mod stage;
mod trick;

pub use call::{Answer, Call, File};
pub use double::{Double, Platform, Receipt};
pub use line::{Failure, exchange};
pub use stage::{Locked, Window, now_s};
pub use trick::Trick;
