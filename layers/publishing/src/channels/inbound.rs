//! What platforms tell us by their webhooks. Nothing that is said there changes anything by itself: it is kept raw, once, and may wake
//! a question that would have been asked later anyway. Who is not believed is refused, counted and logged, and nothing else.
//!
//! ```text
//!   POST ──signature──► no: 403, one more of that reason today
//!              └──────► yes: known already? one more time : kept ──► deliveries that are not certain are asked for at once
//! ```

pub mod arrival;
pub mod clearing;
pub mod distrust;
pub mod hearing;
pub mod said;
pub mod trusting;
