//! What the adapters and the doubles of the platforms agree on.

mod facebook;
mod once;
mod stage;
mod telegram;
mod webhooks;
mod zalo;
