//! Foreign services as the tests meet them, on the loopback address. The product does not carry them.

pub mod s3;
