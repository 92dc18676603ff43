//! Foreign services as the tests meet them, on the loopback address. The product does not carry them.

#![expect(clippy::disallowed_methods, reason = "servers of their own, which no request of the product waits for")]

pub mod mastodon;
pub mod push;
pub mod s3;
pub mod service;
pub mod sms;
pub mod subscriber;
pub mod tiktok;
pub mod youtube;
