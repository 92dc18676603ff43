//! Foreign services as the tests meet them, on the loopback address. The product does not carry them.

#![expect(clippy::disallowed_methods, reason = "servers of their own, which no request of the product waits for")]

pub mod s3;
pub mod service;
pub mod tiktok;
pub mod youtube;
